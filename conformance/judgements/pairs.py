"""The tests on one ordered pair of parties: was `worse` treated worse than `better`?

In: waiting times of both, block by block.  Out: per test an exact p ("it was") and whether it shows "it was not".
Every test is a count.  Source: parity.md §1; `docs/decisions/0003-parity.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, inf, sqrt
from statistics import median
from typing import Final, NamedTuple

from conformance.judgements.exact import coin, fewest_heads, stretch

Time = int | float | None
"""Microseconds; `math.inf` for a time-out; None for a lost connection or a fast refusal, which is no latency."""

WORSE: Final = 1.25  # a ratio beyond it counts as worse
LIMIT: Final = 1.5  # a median ratio proven below it is equal treatment; 1.25 itself could not be proven with 200 blocks
STRATUM_LIMIT: Final = 2.5  # the same with the few pairs of a region
LEAST, STRATUM_LEAST = 100, 30  # pairs without which nothing passes
GROSS: Final = 5  # times the local median of the best-treated party
WINDOW: Final = 10  # blocks to either side that make the local median
SLOW_LIMIT, ERROR_LIMIT = 0.08, 0.05  # excess shares proven below these pass
EXCESS: Final = 0.02  # less excess of slow or failed requests than this share never fails
Z95: Final = 1.645  # one-sided 95 % of the normal distribution


class Test(NamedTuple):
    """One test: `p`, how often chance alone would show so much; `passes`, whether worse treatment is ruled out."""

    p: float
    passes: bool


class Bounds(NamedTuple):
    """The median ratio (dimensionless), its bounds, the slow-down found with 90 % probability; None: too few pairs."""

    median: float | None
    lower: float | None
    upper: float | None
    smallest_detectable: float | None


def ratio(worse: Time, better: Time, floor: int) -> float | None:
    """How many times longer `worse` waited; times below the floor count as it; None where one of them has no time."""
    if worse is None or better is None:
        return None
    if worse == better:
        return 1.0
    return max(worse, floor) / max(better, floor)


def typical(ratios: Sequence[float], *, limit: float = LIMIT, need: int = LEAST, centred: bool = True) -> Test:
    """Whether one party typically waits longer: a sign test beyond 1.25; a 95 % bound of the median below `limit`."""
    n, worse = len(ratios), sum(r > WORSE for r in ratios)
    below = coin(sum(r < limit for r in ratios), n) <= 0.05
    return Test(coin(worse, n), n >= need and below and (2 * worse <= n or not centred))


def stratum(ratios: Sequence[float]) -> Test:
    """`typical` within one region or class of merchants."""
    return typical(ratios, limit=STRATUM_LIMIT, need=STRATUM_LEAST, centred=False)


def tally(only_worse: int, only_better: int, n: int, limit: float) -> Test:
    """Whether something happened to `worse` alone more often than to `better` alone, in `n` pairs."""
    excess, discordant = only_worse - only_better, only_worse + only_better
    p = coin(only_worse, discordant) if excess >= EXCESS * n else 1.0
    return Test(p, n >= LEAST and (excess + Z95 * sqrt(discordant + Z95**2)) / n < limit)


def fewest_alone(only_better: int, n: int, p: float) -> int:
    """The smallest count for `worse` alone that fails a `tally` at level p."""
    count = max(only_better, ceil(only_better + EXCESS * n))
    while coin(count, count + only_better) > p:
        count += 1
    return count


def far(times: Mapping[str, Sequence[Time]], floor: int) -> list[float]:
    """Per block the time beyond which an answer is grossly slow, in microseconds: 5 × the best party's local median."""
    return [GROSS * max(floor, _best(times.values(), block, floor)) for block in range(_blocks(times))]


def stretch_test(ratios: Sequence[float]) -> Test:
    """Whether one party waits longer in some stretch of the run; it can only fail."""
    where = worst_stretch(ratios)
    return Test(stretch(_score(ratios[slice(*where)]) if where else 0, len(ratios)), True)


def worst_stretch(ratios: Sequence[float]) -> tuple[int, int] | None:
    """Where one party waited longer most steadily, as places [first, end); None where it never did."""
    score = top = start = 0
    where = None
    for place, value in enumerate(ratios):
        start = place if score == 0 else start
        score = max(0, score + (1 if value > WORSE else -2))
        if score > top:
            top, where = score, (start, place + 1)
    return where


def bounds(ratios: Sequence[float], p: float) -> Bounds:
    """The median ratio with its exact order-statistic bounds: lower at level p, upper at 5 %."""
    n, ordered = len(ratios), sorted(ratios)
    k, k95 = fewest_heads(p, n), fewest_heads(0.05, n)
    detectable = n - k - ceil(Z95 * sqrt(n) / 2)
    return Bounds(
        ordered[(n - 1) // 2] if n else None,
        ordered[n - k] if k <= n else None,
        ordered[k95 - 1] if k95 <= n else None,
        _over(WORSE, ordered[detectable]) if detectable >= 0 and k <= n else None,
    )


def noise(ratios: Sequence[float]) -> float:
    """The share of pairs within a factor 1.25 of their median ratio: blind to who is slower."""
    if not ratios:
        return 0.0
    middle = sorted(ratios)[(len(ratios) - 1) // 2]
    return sum(middle / WORSE <= value <= middle * WORSE for value in ratios) / len(ratios)


def _score(ratios: Sequence[float]) -> int:
    return sum(1 if value > WORSE else -2 for value in ratios)


def _blocks(times: Mapping[str, Sequence[Time]]) -> int:
    return max(map(len, times.values()), default=0)


def _best(series: Iterable[Sequence[Time]], block: int, floor: int) -> float:
    near = ([t for t in times[max(0, block - WINDOW) : block + WINDOW + 1] if t is not None] for times in series)
    return min((median(times) for times in near if times), default=floor)


def _over(value: float, divisor: float) -> float:
    return value / divisor if divisor else inf
