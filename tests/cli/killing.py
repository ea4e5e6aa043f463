"""`kill -9` of a run at a random moment, again and again: what it left is read, judged and gone on with.

    python -m tests.cli.killing [TIMES]        (make kills)

In: how often.  Out: a line for each time; exit code 1 where something was lost.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

COMMAND = (sys.executable, "-m", "conformance.cli")
ONLY = ("NT-P-14", "MO-P-02", "FC-P-15", "MK-P-12")
"""Requirements whose scenarios take a few rounds and a few seconds."""


def environment() -> dict[str, str]:
    return {**os.environ, "HULIAN_LANG": "en", "PYTHONUNBUFFERED": "1"}


class Killed(NamedTuple):
    """What came of one: whole lines in the journal, and what judging it, going on and judging again said."""

    lines: int
    judged: subprocess.CompletedProcess[str]
    resumed: subprocess.CompletedProcess[str]
    again: subprocess.CompletedProcess[str]


@contextmanager
def served() -> Iterator[str]:
    """The URL of a mock that is a process of its own."""
    mock = subprocess.Popen([*COMMAND, "mock", "platform", "--port", "0"], stdout=subprocess.PIPE, text=True, env=environment())
    try:
        assert mock.stdout is not None
        address = re.search(r"http://[\d.:]+", mock.stdout.readline())
        assert address is not None
        yield address[0]
    finally:
        mock.terminate()
        mock.wait(10)


def cut_off(target: str, folder: Path, *, after: int, only: Sequence[str] = ONLY) -> int:
    """A run that is killed as soon as its journal has so many bytes, or has ended.  Gives how many whole lines it left."""
    journal = folder / "journal.jsonl"
    chosen = [word for name in only for word in ("--only", name)]
    run = subprocess.Popen(
        [*COMMAND, "run", "--role", "platform", "--target", target, "--out", str(folder), *chosen], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env=environment(),
    )
    while run.poll() is None and not (journal.exists() and journal.stat().st_size >= after):
        pass
    run.kill()
    run.wait()
    return journal.read_bytes().count(b"\n")


def killed(target: str, folder: Path, *, after: int, only: Sequence[str] = ONLY) -> Killed:
    """A run that was cut off, and what can still be done with it."""
    lines = cut_off(target, folder, after=after, only=only)
    run = str(folder)
    return Killed(lines, hulian("judge", "--partial", run), hulian("run", "--resume", run), hulian("judge", run))


def hulian(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, env=environment(), check=False)


def kept_its_word(one: Killed) -> bool:
    """What was left was judged as interrupted, the run went on to its end, and its journal is judged again alike."""
    return one.judged.returncode == 130 and one.resumed.returncode == 0 == one.again.returncode and "Traceback" not in one.resumed.stderr


def main(arguments: Sequence[str]) -> int:
    times, chance, lost = int(arguments[0]) if arguments else 100, random.Random(0), 0
    with served() as target, tempfile.TemporaryDirectory() as folder:
        for number in range(times):
            one = killed(target, Path(folder) / str(number), after=chance.randrange(20_000, 1_500_000))
            good = kept_its_word(one)
            lost += not good
            codes = [one.judged.returncode, one.resumed.returncode, one.again.returncode]
            print(f"{number + 1}: killed after {one.lines} records; exit codes {codes}" + ("" if good else f"\n{one.resumed}"), flush=True)
    return min(lost, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
