"""Side by side: how couriers compare, and what a check says of it.

In: evidence.  Out: comparisons, and looks at them.  The family of tests is fixed by what was planned, not by what was seen; a
difference that all of a kind of block show is told by its measure, one that some show by merchants or regions (parity.md, section 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from conformance.checks.waiting import NOTHING, Samples, Waits
from conformance.evidence import Evidence
from conformance.expect import Expect
from conformance.judgements.measures import ANSWER_FLOOR, DELIVERY_FLOOR, Measure, freshness_floor
from conformance.judgements.pairs import ERROR_LIMIT, SLOW_LIMIT, WORSE
from conformance.judgements.parity import Comparison, judge, plan_tests
from conformance.parties import Party
from conformance.records import JSON
from conformance.vocabulary import Comparing

FLOORS: Final = {
    "entry": ANSWER_FLOOR, "feed": ANSWER_FLOOR, "read": ANSWER_FLOOR, "event_post": ANSWER_FLOOR,
    "webhook": DELIVERY_FLOOR, "freshness": DELIVERY_FLOOR, "visibility": DELIVERY_FLOOR, "event_webhook": DELIVERY_FLOOR,
}
"""The timings, and below which time (in µs) no difference matters unless a requirement says otherwise."""
POLLED: Final = ("freshness", "visibility")
WHOLE: Final = ("typical", "slow", "stretch")
WITHIN: Final = 4
"""A difference of less than this part of the floor never matters."""
NO_SIGN: Final = 0.05
"""In a stratum whose p is above this, nothing hints at worse treatment."""
KINDS: Final = {
    "typical": "waits_longer", "slow": "waits_grossly", "errors": "fails_more", "stretch": "waits_longer_for_a_while",
    "stratum": "waits_longer_there",
}


class SideBySide:
    """The comparisons of a run, each set of floors worked out once."""

    def __init__(self, evidence: Evidence) -> None:
        self.waits = evidence.derived(Waits)
        self.codes = {member.party: member.code for member in evidence.parties("courier")}
        begun = next(iter(evidence.each(Comparing)), None)
        self._poll: int = begun.data["poll"] if begun is not None else 0
        self._strata = len(begun.data["strata"]) if begun is not None else 0
        self.frame = tuple(one.n for one in evidence.answers(begun)) if begun is not None else ()
        self.disturbed: dict[tuple[str, int], int] = {}
        """How many blocks of a measure are left out since the suite itself was slow, by measure and floor."""
        self._done: dict[tuple[tuple[str, int], ...], tuple[Comparison, ...]] = {}

    def compared(self, floors: Mapping[str, int]) -> tuple[Comparison, ...]:
        """Every comparison of the run; `floors` (µs) replace those of single measures."""
        key = tuple(sorted({**FLOORS, **floors}.items()))
        if key not in self._done:
            measures = [self._measure(name, floor) for name, floor in key if self.waits.samples[name]]
            self._done[key] = judge(measures, *plan_tests(len(self.waits.parties), len(FLOORS), self._strata))
        return self._done[key]

    def _measure(self, name: str, floor: int) -> Measure:
        floor = max(floor, freshness_floor(self._poll)) if name in POLLED else floor
        samples, parties = self._undisturbed(name, floor), self.waits.parties
        times = {str(party): [turn[party].time for turn in samples] for party in parties}
        refused = {str(party): frozenset(n for n, turn in enumerate(samples) if turn[party].refused) for party in parties}
        return Measure(name, floor, times, refused, self.waits.strata)

    def _undisturbed(self, name: str, floor: int) -> Samples:
        """The samples, without the blocks in which the suite itself stood still for long enough to matter."""
        nothing = dict.fromkeys(self.waits.parties, NOTHING)
        kept = [nothing if self.waits.disturbed(turn, floor // WITHIN) else turn for turn in self.waits.samples[name]]
        self.disturbed[name, floor] = sum(after is nothing for after in kept)
        return kept

    def cited(self, one: Comparison) -> tuple[int, ...]:
        """The exchanges on which a comparison rests."""
        turns = self.waits.samples.get(one.measure, [])
        both = (turn[Party(party)].exchanges for turn in turns for party in (one.worse, one.better))
        return (*self.frame, *(n for exchanges in both for n in exchanges))


def measured(evidence: Evidence, expect: Expect, floors: Mapping[str, int]) -> None:
    """Looks at the measures for which floors are given: over the whole run, and in every stretch of it."""
    side_by_side = evidence.derived(SideBySide)
    for one in side_by_side.compared(floors):
        if one.measure in floors:
            weigh(expect, side_by_side, one, [test for test in one.p if test in WHOLE])


def failed(evidence: Evidence, expect: Expect) -> None:
    """Looks at errors and lost connections in every measure."""
    side_by_side = evidence.derived(SideBySide)
    for one in side_by_side.compared({}):
        weigh(expect, side_by_side, one, [test for test in one.p if test == "errors"])


def stratified(evidence: Evidence, expect: Expect, dimension: str, floor: int) -> None:
    """Looks at the strata of one kind, where not all of them show the same."""
    side_by_side = evidence.derived(SideBySide)
    for one in side_by_side.compared({name: floor for name in FLOORS if FLOORS[name] == ANSWER_FLOOR}):
        strata = [test for test in one.p if test.startswith(f"stratum:{dimension}:")]
        if strata:
            weigh(expect, side_by_side, one, strata if any(one.p[test] > NO_SIGN for test in strata) else [])


def weigh(expect: Expect, side_by_side: SideBySide, one: Comparison, tests: list[str]) -> None:
    """One look at a comparison, by these of its tests."""
    failing = sorted((test for test in tests if test in one.failing), key=lambda test: one.p[test])
    if not failing:
        expect.compares(one.row())
        disturbed = side_by_side.disturbed.get((one.measure, one.floor), 0)
        for test in tests:
            if disturbed and (test in one.undecided or disturbed > SLOW_LIMIT * one.blocks) and test != "errors":
                expect.undecided("environment", why="tester", disturbed=disturbed, **params(side_by_side, one, test))
            elif test in one.undecided:
                expect.undecided("statistics", **params(side_by_side, one, test))
        return
    test = failing[0]
    said = params(side_by_side, one, test)
    expect.compares(
        one.row(), KINDS[test.partition(":")[0]], params=said, expected=said["allowed"], seen=said["seen"],
        exchanges=side_by_side.cited(one), operation=one.measure,
    )


def params(side_by_side: SideBySide, one: Comparison, test: str) -> dict[str, JSON]:
    """What people need to know of one test of a comparison."""
    codes = side_by_side.codes
    return {
        "measure": one.measure, "worse": codes[Party(one.worse)], "better": codes[Party(one.better)], "test": test, "blocks": one.used,
        "p": f"{one.p[test]:.2g}", "detectable": shown(one.smallest_detectable), **dict(terms(side_by_side, one, test)),
    }


def terms(side_by_side: SideBySide, one: Comparison, test: str) -> Iterator[tuple[str, JSON]]:
    """What was allowed and what was seen, in numbers that speak for themselves."""
    ratio = f"{shown(one.median_ratio)} × ({shown(one.lower)} – {shown(one.upper)})"
    match test.partition(":")[0]:
        case "slow" | "errors":
            worse, better = (counted(side_by_side, one, party, test) for party in (one.worse, one.better))
            limit = SLOW_LIMIT if test == "slow" else ERROR_LIMIT
            yield from (("allowed", f"{better} / {one.blocks} + {limit:.0%}"), ("seen", f"{worse} / {one.blocks}"))
        case "stretch" if one.stretch is not None:
            first, end = one.stretch
            yield from (("allowed", f"≤ {WORSE} ×"), ("seen", f"> {WORSE} × ({first + 1} – {end} / {one.used})"))
        case "stratum":
            yield from (("allowed", f"≤ {WORSE} ×"), ("seen", f"> {WORSE} ×"), ("where", test.partition(":")[2]))
        case _:
            yield from (("allowed", f"≤ {WORSE} ×"), ("seen", ratio))


def counted(side_by_side: SideBySide, one: Comparison, party: str, test: str) -> int:
    """How often it happened to that party."""
    samples = side_by_side.waits.samples
    turns = [turn[Party(party)] for turn in samples[one.measure]] if one.measure in samples else [
        turn[Party(party)] for measure in samples.values() for turn in measure
    ]
    if one.measure not in samples:
        return sum(sample.time is None and not sample.refused and bool(sample.exchanges) for sample in turns)
    if test == "errors":
        return sum(sample.refused for sample in turns)
    return sum(sample.time is not None and sample.time > (one.slow_threshold or 0) for sample in turns)


def shown(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.2f}"
