"""A run that was cut off, by `kill -9` or by Ctrl-C, is judged as what it is, and goes on."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance import vocabulary as _acts  # noqa: F401  # record types
from conformance.journal import read
from conformance.records import Resumed
from tests.cli.killing import COMMAND, cut_off, environment, hulian, kept_its_word, killed, served


@pytest.fixture(scope="module")
def target() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.mark.parametrize("after", [2_000, 90_000])
def test_a_killed_run_goes_on(target: str, tmp_path: Path, after: int) -> None:
    one = killed(target, tmp_path / "run", after=after, only=("NT-P-14",))
    assert kept_its_word(one), one
    resumed = next(record for record in read(tmp_path / "run/journal.jsonl").records if isinstance(record, Resumed))
    assert resumed.rounds == 0
    assert resumed.n <= one.lines
    assert resumed.gap > 0


def test_a_run_that_was_interrupted_goes_on(target: str, tmp_path: Path) -> None:
    run = subprocess.Popen(
        [*COMMAND, "run", "--role", "platform", "--target", target, "--out", str(tmp_path / "run"), "--only", "NT-P-14"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment(),
    )
    assert run.stderr is not None
    next(line for line in run.stderr if line.startswith("round 1"))
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=30)
    assert run.returncode == 130
    resumed = hulian("run", "--resume", str(tmp_path / "run"))
    assert resumed.returncode == 0, resumed.stderr


def test_what_the_journal_settles_cannot_be_given_anew(target: str, tmp_path: Path) -> None:
    cut_off(target, tmp_path / "run", after=2_000, only=("NT-P-14",))
    journal = tmp_path / "run/journal.jsonl"
    before = journal.read_bytes()
    again = hulian("run", "--resume", str(tmp_path / "run"), "--target", target)
    assert again.returncode == 2
    assert "--target" in again.stderr
    assert journal.read_bytes() == before
