"""Parity: is one party treated worse than another?

In: measures.  Out: one comparison per measure and ordered pair of parties, `fail`, `pass` or `inconclusive`, with the
false-fail risk of the whole run held at `alpha`.
Source: parity.md; `docs/decisions/0003-parity.md`; ISO/IEC 17025:2017, 7.8.6 (decision rules).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import inf, isfinite
from typing import Literal

from conformance.judgements import pairs
from conformance.judgements.exact import holm, shortest_stretch
from conformance.judgements.measures import Measure, Pair, lost_connections

Decision = Literal["pass", "fail", "inconclusive"]


@dataclass(frozen=True)
class Comparison:
    """Whether `worse` was treated worse than `better`.

    `blocks` were planned; `used` have a time of both, `lost` have not.  `ratios` are worse over better (dimensionless),
    one per block, None where lost.  `p` holds the exact p of each test, `failing` the tests that hold over the whole
    run, `undecided` those that neither fail nor pass.  `lower` is at the run's corrected level, `upper` at 95 %.
    `fewest_slow` and `shortest_stretch` say what would have failed; `stretch` is the worst one, as places [first, end)
    among the used blocks.  `floor` and `slow_threshold` (median over the blocks) are in microseconds.
    """

    measure: str
    better: str
    worse: str
    blocks: int
    used: int
    lost: int
    decision: Decision
    median_ratio: float | None
    lower: float | None
    upper: float | None
    smallest_detectable: float | None
    p: Mapping[str, float]
    failing: tuple[str, ...]
    undecided: tuple[str, ...]
    ratios: tuple[float | None, ...]
    floor: int
    slow_threshold: float | None
    fewest_slow: int
    shortest_stretch: int
    stretch: tuple[int, int] | None

    @property
    def test(self) -> str | None:
        """The failing test with the smallest p; None when none failed."""
        return min(self.failing, key=lambda name: self.p[name], default=None)

    def row(self) -> dict[str, object]:
        """The comparison as `report.json` shows it: what is infinite is null, `p` is that of the deciding test."""
        names = ("measure", "better", "worse", "blocks", "used", "lost", "decision")
        numbers = ("median_ratio", "lower", "upper", "smallest_detectable")
        return {
            **{name: getattr(self, name) for name in names},
            **{name: _finite(getattr(self, name)) for name in numbers},
            "p": self.p[self.test] if self.test else min(self.p.values(), default=None),
            "ratios": [_finite(ratio) for ratio in self.ratios],
            "floor_ms": self.floor / 1000,
            "test": self.test,
        }


def judge(measures: Sequence[Measure], m_whole: int, m_parts: int, alpha: float = 0.01) -> tuple[Comparison, ...]:
    """Every measure, and the pooled lost connections, for every ordered pair of parties.

    `alpha` is the false-fail risk of the run, half for tests of the whole run, half for those of its parts; `m_whole`
    and `m_parts` are how many tests of each the plan has.  Raises ValueError when more are judged than planned.
    """
    judged = [measure.pair(*parties) for measure in measures for parties in permutations(measure.times, 2)]
    judged += [lost_connections(measures, *parties) for parties in _parties(measures)]
    p = {(place, name): test.p for place, pair in enumerate(judged) for name, test in pair.tests.items()}
    whole = {key: value for key, value in p.items() if not _is_part(key[1])}
    parts = {key: value for key, value in p.items() if _is_part(key[1])}
    held = holm(whole, m_whole, alpha / 2) | holm(parts, m_parts, alpha / 2)
    levels = alpha / 2 / m_whole, alpha / 2 / m_parts
    return tuple(
        _comparison(pair, tuple(name for name in pair.tests if (place, name) in held), *levels) for place, pair in enumerate(judged)
    )


def plan_tests(parties: int, timings: int, strata: int) -> tuple[int, int]:
    """`m_whole` and `m_parts` of a plan: 3 parties, 4 timings and 6 strata give 78 and 168."""
    ordered = parties * (parties - 1)
    return ordered * (3 * timings + 1), ordered * timings * (1 + strata)


def blocks_needed(measures: Iterable[Measure]) -> int:
    """How many blocks a noisy target needs, by its first blocks: 200, 400 or 800.  Blind to who is slower."""
    shares = (pairs.noise(measure.pair(*parties).used) for measure in measures for parties in permutations(measure.times, 2))
    wanted = max(((3.4 / share) ** 2 if share else inf for share in shares), default=0.0)
    return next((blocks for blocks in (200, 400) if blocks >= wanted), 800)


def _parties(measures: Sequence[Measure]) -> list[tuple[str, str]]:
    return list(dict.fromkeys(parties for measure in measures for parties in permutations(measure.times, 2)))


def _is_part(test: str) -> bool:
    return test == "stretch" or test.startswith("stratum:")


def _comparison(pair: Pair, failing: tuple[str, ...], level: float, part_level: float) -> Comparison:
    undecided = tuple(name for name, test in pair.tests.items() if not test.passes and name not in failing)
    used, bounds = len(pair.used), pairs.bounds(pair.used, level)
    return Comparison(
        pair.measure,
        pair.better,
        pair.worse,
        blocks=pair.blocks,
        used=used if pair.ratios else pair.blocks,
        lost=len(pair.ratios) - used,
        decision="fail" if failing else "inconclusive" if undecided else "pass",
        median_ratio=bounds.median,
        lower=bounds.lower,
        upper=bounds.upper,
        smallest_detectable=bounds.smallest_detectable,
        p={name: test.p for name, test in pair.tests.items()},
        failing=failing,
        undecided=undecided,
        ratios=pair.ratios,
        floor=pair.floor,
        slow_threshold=pair.slow_threshold,
        fewest_slow=pairs.fewest_alone(pair.slow_of_better, used, level),
        shortest_stretch=shortest_stretch(part_level, used),
        stretch=pairs.worst_stretch(pair.used),
    )


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None
