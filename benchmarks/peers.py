"""`make bench-peers`: faults found in a minute of CPU by this suite and by schemathesis alone, on the same faults.

Each fault is served by a mock in a process of its own; the CPU counted is the tester's.  What a tester reports on healthy mocks, too, does
not count.  Written to docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from benchmarks import rival
from benchmarks.measuring import Spent, spent
from benchmarks.page import PAGE, with_section
from benchmarks.serving import mock
from conformance.mock.faults import Fault, every

TITLE = "Against schemathesis alone"
HEALTHY = 2
"""Healthy mocks that schemathesis learns from; one more is the control."""


class Trial(NamedTuple):
    """One tester on one fault: what it spent, and whether it found it."""

    spent: Spent
    found: bool
    cut: bool = False
    """It was not at its end when its time was."""


class Tester(NamedTuple):
    """A row of the table: `alarmed` says in words what it reports of the healthy control."""

    name: str
    trials: Sequence[Trial]
    alarmed: str

    @property
    def rate(self) -> float:
        """Faults found in a minute of CPU."""
        return 60 * sum(one.found for one in self.trials) / sum(one.spent.cpu for one in self.trials)


class Asked(NamedTuple):
    faults: int
    whole: int
    limit: float
    seed: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", type=int, default=6, help="how many faults are drawn, each of another requirement")
    parser.add_argument("--whole", type=int, default=2, help="for how many of them this suite is also run as a whole")
    parser.add_argument("--limit", type=float, default=300.0, help="seconds that schemathesis, and a run of one requirement, may take")
    parser.add_argument("--seed", type=int, default=1)
    asked = Asked(**vars(parser.parse_args()))
    faults = sample(asked)
    with tempfile.TemporaryDirectory() as folder:
        testers = [whole(faults[: asked.whole], Path(folder)), own(faults, asked, Path(folder)), other(faults, asked, Path(folder))]
    PAGE.write_text(with_section(PAGE.read_text("utf-8"), TITLE, told(faults, testers, asked)), "utf-8")


def sample(asked: Asked) -> list[Fault]:
    """Hand-written faults, each of another requirement; themes take turns, so that no theme is left out while another comes twice."""
    drawn = every()
    random.Random(asked.seed).shuffle(drawn)
    first = {one.breaks: one for one in reversed(drawn)}
    turns: Counter[str] = Counter()
    placed = []
    for one in sorted(first.values(), key=drawn.index):
        theme = one.breaks.partition("-")[0]
        placed.append((turns[theme], one))
        turns[theme] += 1
    return [one for _, one in sorted(placed, key=lambda turn: turn[0])][: asked.faults]


def tried(faults: Sequence[Fault], test: Callable[[str, Fault], Trial]) -> list[Trial]:
    """Each fault served and tested, one after the other."""
    trials = []
    for fault in faults:
        with mock(fault.id) as target:
            trials.append(test(target, fault))
        sys.stderr.write(f"{fault.id}: {'found' if trials[-1].found else 'not found'}, {trials[-1].spent.cpu:.1f} s CPU\n")
    return trials


def judged(target: str, breaks: str, out: Path, limit: float, only: bool) -> Trial:
    """This suite against it; a fault is found where its own requirement fails."""
    options = [f"--target={target}", f"--out={out}", *([f"--only={breaks}"] if only else [])]
    spending = spent("-m", "conformance.cli", "run", "--role=platform", *options, limit=limit)
    report = out / "report.json"
    verdicts = json.loads(report.read_text("utf-8"))["verdicts"] if report.exists() else []
    return Trial(spending, any(one["requirement"] == breaks and one["verdict"] == "fail" for one in verdicts), spending.wall >= limit)


def own(faults: Sequence[Fault], asked: Asked, folder: Path) -> Tester:
    """With the requirement that the fault breaks, and no other."""
    trials = tried(faults, lambda target, fault: judged(target, fault.breaks, folder / f"own-{fault.id}", asked.limit, True))
    wrong = 0
    for fault in faults:
        with mock() as target:
            wrong += judged(target, fault.breaks, folder / f"healthy-{fault.breaks}", asked.limit, True).found
    return Tester("`hulian run --only` the requirement that is broken", trials, f"{wrong} of {len(faults)} requirements")


def whole(faults: Sequence[Fault], folder: Path) -> Tester:
    """With all requirements, which takes the time that it takes."""
    trials = tried(faults, lambda target, fault: judged(target, fault.breaks, folder / f"whole-{fault.id}", float("inf"), False))
    out = folder / "whole"
    with mock() as target:
        spent("-m", "conformance.cli", "run", "--role=platform", f"--target={target}", f"--out={out}")
    failed = sum(one["verdict"] == "fail" for one in json.loads((out / "report.json").read_text("utf-8"))["verdicts"])
    return Tester("`hulian run`, everything", trials, f"{failed} requirements")


def other(faults: Sequence[Fault], asked: Asked, folder: Path) -> Tester:
    """schemathesis, which learns from healthy mocks first; the CPU for that is not counted."""
    known = folder / "known.json"
    for number in range(HEALTHY):
        with mock() as target:
            rival.learns(target, known, asked.seed + number, asked.limit)
    with mock() as target:
        control = rival.reports(target, known, asked.seed + HEALTHY, asked.limit)

    def test(target: str, fault: Fault) -> Trial:
        seen = rival.reports(target, known, asked.seed, asked.limit)
        sys.stderr.write(f"  new {sorted(seen.new)}\n  elsewhere {sorted(seen.elsewhere)}\n")
        return Trial(seen.spent, bool(seen.new), seen.cut)

    baseline = f"{len(rival.entries(known))} failures, the baseline"
    alarmed = f"{baseline}; then {len(control.new)} new kinds, {len(control.elsewhere)} known ones at other operations"
    return Tester("`schemathesis` alone", tried(faults, test), alarmed)


def told(faults: Sequence[Fault], testers: Sequence[Tester], asked: Asked) -> list[str]:
    """The section."""
    seconds = f"{asked.limit:.0f} s"
    return [
        f"Written by `make bench-peers` (seed {asked.seed}). {len(faults)} hand-written faults, drawn by chance, each of another",
        "requirement; each served over TCP by `hulian mock platform --fault`, in a process of its own. CPU is the tester's,",
        f"start and report included. schemathesis {version('schemathesis')} runs its default phases and checks once on the",
        "interface's document, seeded, with valid tokens of parties that may call each operation and an existing `merchant_id`.",
        f"It had {seconds}, as had runs of one requirement. What it reports on {HEALTHY} healthy mocks is its baseline: a fault",
        "counts as found by it where it reports a kind of failure (check, kind, signature) that no healthy mock shows, whether",
        "or not that is what the fault breaks. By this suite a fault counts as found only where the very requirement that it",
        f"breaks fails. Whole runs were made for the first {asked.whole}; they take their time, since deadlines and comparisons",
        "need it. The faults are those that this project thought of: they say what a tester that knows the schemas only cannot",
        "see, not which tester is better on an interface of its own.",
        "",
        "| tester | faults found | CPU a fault | wall a fault | faults found a CPU-minute | reported of a healthy mock |",
        "|---|---|---|---|---|---|",
        *map(row, testers),
        "",
        "| fault | breaks | found by |",
        "|---|---|---|",
        *(by_fault(number, fault, testers) for number, fault in enumerate(faults)),
    ]


def by_fault(number: int, fault: Fault, testers: Sequence[Tester]) -> str:
    """Who found the fault, of those that were tried on it."""
    tried_on = [tester for tester in testers if number < len(tester.trials)]
    found = [tester.name for tester in tried_on if tester.trials[number].found]
    return f"| `{fault.id}` | {fault.breaks} | {'; '.join(found) or 'nobody'} ({len(found)} of {len(tried_on)}) |"


def row(tester: Tester) -> str:
    number = len(tester.trials)
    cpu, wall = (sum(getattr(one.spent, what) for one in tester.trials) / number for what in ("cpu", "wall"))
    found, cut = sum(one.found for one in tester.trials), sum(one.cut for one in tester.trials)
    counted = f"{found} of {number}" + (f" ({cut} cut off)" if cut else "")
    return f"| {tester.name} | {counted} | {cpu:.1f} s | {wall:.1f} s | {tester.rate:.1f} | {tester.alarmed} |"


if __name__ == "__main__":
    main()
