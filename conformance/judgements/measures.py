"""A measure: what was timed, for every party, block by block; and what it says of an ordered pair of parties.

In: waiting times, refusals, strata.  Out: a `Pair` with the ratios and the tests, not yet corrected for the run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median_low
from typing import Final

from conformance.judgements import pairs
from conformance.judgements.pairs import Test, Time

LOST_CONNECTIONS: Final = "lost_connections"
"""The measure that pools the lost connections of all others."""

ANSWER_FLOOR: Final = 100_000
"""Microseconds; among answers a difference of less than a quarter of it never matters."""
DELIVERY_FLOOR: Final = 300_000
"""Microseconds, for the delay of webhooks."""


def freshness_floor(poll_interval: int) -> int:
    """The floor for the age of what is polled, in microseconds: the poll's own grain is no delay."""
    return max(DELIVERY_FLOOR, 2 * poll_interval)


@dataclass(frozen=True)
class Pair:
    """What one measure shows of `worse` against `better`.  `ratios` as in `Comparison`; `tests` by name."""

    measure: str
    better: str
    worse: str
    blocks: int
    ratios: tuple[float | None, ...]
    tests: Mapping[str, Test]
    floor: int
    slow_threshold: float | None
    slow_of_better: int

    @cached_property
    def used(self) -> list[float]:
        """The ratios of the blocks in which both have a time."""
        return [ratio for ratio in self.ratios if ratio is not None]


@dataclass(frozen=True)
class Measure:
    """What was timed: for each party one time per block, in the order of the run.

    `floor` is in microseconds.  `refused` names the blocks in which a party was answered 5xx or 429 (its time is None);
    any other None is a lost connection.  `strata` holds the labels of each block, such as {"region:330100"}.
    Raises ValueError where parties or strata differ in the number of blocks.
    """

    name: str
    floor: int
    times: Mapping[str, Sequence[Time]]
    refused: Mapping[str, frozenset[int]] = field(default_factory=dict)
    strata: Sequence[frozenset[str]] = ()

    def __post_init__(self) -> None:
        if len({*map(len, self.times.values()), len(self.strata) or self.blocks}) > 1:
            raise ValueError(f"{self.name}: every block needs a time of every party, and strata if any has")

    @cached_property
    def blocks(self) -> int:
        return max(map(len, self.times.values()), default=0)

    @cached_property
    def far(self) -> list[float]:
        """Per block the time beyond which an answer is grossly slow, in microseconds."""
        return pairs.far(self.times, self.floor)

    def lost(self, party: str) -> frozenset[int]:
        """The blocks in which the party's connection was lost."""
        none = (block for block, time in enumerate(self.times[party]) if time is None)
        return frozenset(none) - self._refused(party)

    def pair(self, better: str, worse: str) -> Pair:
        """The tests of `worse` against `better`."""
        times = zip(self.times[worse], self.times[better], strict=True)
        ratios = tuple(pairs.ratio(slower, faster, self.floor) for slower, faster in times)
        timed = frozenset(block for block, ratio in enumerate(ratios) if ratio is not None)
        slow, slow_of_better = self._slow(worse) & timed, self._slow(better) & timed
        used = [ratio for ratio in ratios if ratio is not None]
        tests = {
            "typical": pairs.typical(used),
            "slow": _tally(slow, slow_of_better, len(used), pairs.SLOW_LIMIT),
            "errors": _tally(self._refused(worse), self._refused(better), self.blocks, pairs.ERROR_LIMIT),
            "stretch": pairs.stretch_test(used),
        } | {f"stratum:{label}": pairs.stratum(inside) for label, inside in self._strata(ratios).items()}
        threshold = median_low(self.far) if self.far else None
        alone = len(slow_of_better - slow)
        return Pair(self.name, better, worse, self.blocks, ratios, tests, self.floor, threshold, alone)

    def _refused(self, party: str) -> frozenset[int]:
        return self.refused.get(party, frozenset())

    def _slow(self, party: str) -> frozenset[int]:
        times = enumerate(zip(self.times[party], self.far, strict=True))
        return frozenset(block for block, (time, far) in times if time is not None and time > far)

    def _strata(self, ratios: Sequence[float | None]) -> dict[str, list[float]]:
        inside: dict[str, list[float]] = {label: [] for label in sorted(frozenset().union(*self.strata))}
        for ratio, labels in zip(ratios, self.strata, strict=False):
            if ratio is not None:
                for label in labels:
                    inside[label].append(ratio)
        return inside


def lost_connections(measures: Sequence[Measure], better: str, worse: str) -> Pair:
    """The lost connections of all measures as one: `worse` against `better`."""
    both = [measure for measure in measures if {better, worse} <= measure.times.keys()]
    blocks = sum(measure.blocks for measure in both)
    lost = {
        party: frozenset((number, block) for number, measure in enumerate(both) for block in measure.lost(party))
        for party in (worse, better)
    }
    tests = {"errors": _tally(lost[worse], lost[better], blocks, pairs.ERROR_LIMIT)}
    return Pair(LOST_CONNECTIONS, better, worse, blocks, (), tests, 0, None, 0)


def _tally(worse: frozenset[object], better: frozenset[object], n: int, limit: float) -> Test:
    return pairs.tally(len(worse - better), len(better - worse), n, limit)
