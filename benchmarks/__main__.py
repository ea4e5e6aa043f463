"""`make bench`: the table of docs/benchmarks.md, measured anew.  `--runs N` for fewer than five runs each."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.measuring import RUNS, Spent, medians, spent
from benchmarks.page import PAGE, with_head
from benchmarks.serving import mock

PARITY = "NB-P-07"
"""Its scenario sends three thousand requests and waits for nothing, so that wall can be compared."""


class Row(NamedTuple):
    """One line of the table; `met` says whether the goal is met."""

    what: str
    measured: str
    goal: str
    met: bool


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=RUNS)
    runs = arguments.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        rows = [row for part in (in_process, offline, searching, over_tcp) for row in part(Path(folder), runs)]
    PAGE.write_text(with_head(PAGE.read_text("utf-8"), table(rows, runs)), "utf-8")
    sys.stdout.write(PAGE.read_text("utf-8"))


def task(name: str, *arguments: str) -> Spent:
    return spent("-m", "benchmarks.tasks", name, *arguments)


def said(one: Spent) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(one.said)
    return found


def in_process(folder: Path, runs: int) -> Iterator[Row]:
    """A whole run in process, and the command that a newcomer types."""
    journal = folder / "whole.jsonl"

    def whole() -> Spent:
        journal.unlink(missing_ok=True)
        return task("observe", str(journal))

    found = medians(whole, runs)
    seconds, number = said(found)["seconds"], said(found)["exchanges"]
    yield Row(f"whole run in process, {number} exchanges, observed and judged", f"{seconds:.1f} s", "≤ 5 s", seconds <= 5)
    yield Row("its memory at the peak", f"{found.peak:.0f} MiB", "≤ 300 MB", found.peak <= 286)
    number_of_demo = iter(range(runs + 1))
    demo = medians(lambda: spent("-m", "conformance.cli", "demo", "--out", str(folder / f"demo-{next(number_of_demo)}")), runs)
    yield Row("`hulian demo`, reports included", f"{demo.wall:.1f} s", "≤ 15 s", demo.wall <= 15)
    words = medians(lambda: spent("-m", "conformance.cli", "--help"), runs)
    yield Row("`hulian --help`", f"{words.wall:.2f} s", "≤ 0.3 s", words.wall <= 0.3)


def offline(folder: Path, runs: int) -> Iterator[Row]:
    """Judging a journal, against reading it."""
    journal = str(folder / "whole.jsonl")
    parsing, judging = (medians(lambda name=name: task(name, journal), runs) for name in ("parse", "judge"))  # type: ignore[misc]
    rate = said(judging)["exchanges"] / said(judging)["seconds"]
    times = said(judging)["seconds"] / said(parsing)["seconds"]
    yield Row("judging offline, exchanges a second on one core", f"{rate:,.0f}", "≥ 20,000", rate >= 20_000)
    yield Row("judging offline, against parsing the same journal", f"{times:.1f} ×", "≤ 3 ×", times <= 3)
    yield Row("memory at the peak while judging", f"{judging.peak:.0f} MiB", "flat in the journal's size", False)


def searching(folder: Path, runs: int) -> Iterator[Row]:
    """The search for two hundred people's values in everything that was sent."""
    found = said(medians(lambda: task("leaks", str(folder / "whole.jsonl")), runs))
    rate = found["megabytes"] / found["seconds"]
    yield Row("leak search, 600 values in all encodings", f"{rate:.0f} MB/s", "≥ 50 MB/s", rate >= 50)


def over_tcp(folder: Path, runs: int) -> Iterator[Row]:
    """The suite over TCP against a bare client that sends the same requests."""
    suites: list[Spent] = []
    bares: list[Spent] = []
    for number in range(runs):
        out = folder / f"tcp-{number}"
        with mock() as target:
            options = (f"--target={target}", f"--only={PARITY}", f"--out={out}")
            suites.append(spent("-m", "conformance.cli", "run", "--role=platform", *options))
        with mock() as target:
            bares.append(task("replay", str(out / "journal.jsonl"), target))
    suite, bare = (medians(iter(found).__next__, runs) for found in (suites, bares))
    number = said(bare)["exchanges"]
    wall, cpu = suite.wall / said(bare)["seconds"], suite.cpu / said(bare)["cpu"]
    yield Row(f"run over TCP ({number} requests, start, judging and report included) against a bare httpx replay, wall",
              f"{wall:.2f} ×", "≤ 1.5 ×", wall <= 1.5)
    yield Row("the same, CPU", f"{cpu:.2f} ×", "≤ 2 ×", cpu <= 2)


def table(rows: list[Row], runs: int) -> str:
    lines = [
        "# Benchmarks", "",
        "Written by `make bench`; medians of " + f"{runs} runs on {os.cpu_count()} cores, Python {platform.python_version()}. "
        "Ratios are of one session.", "",
        "| what | measured | goal | met |", "|---|---|---|---|",
        *(f"| {row.what} | {row.measured} | {row.goal} | {'yes' if row.met else 'no'} |" for row in rows), "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
