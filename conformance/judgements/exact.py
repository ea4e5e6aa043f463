"""Exact probabilities for counts: coin tosses, a score over coin tosses, Holm's correction.

In: counts.  Out: probabilities without approximation, and the critical counts for a given probability.
Source: `docs/decisions/0003-parity.md`; Page's CUSUM (Biometrika 41, 1954); Holm (Scand. J. Stat. 6, 1979).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from math import comb
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


@cache
def _tails(tosses: int) -> tuple[float, ...]:
    """P(at least k heads) for k = 0 … tosses, each rounded once."""
    ways, tails = 0, []
    for heads in range(tosses, -1, -1):
        ways += comb(tosses, heads)
        tails.append(ways / 2**tosses)
    return tuple(reversed(tails))


def coin(heads: int, tosses: int) -> float:
    """The probability of at least `heads` heads in `tosses` tosses of a fair coin."""
    if heads <= 0:
        return 1.0
    return _tails(tosses)[heads] if heads <= tosses else 0.0


def rare(times: int, of: int, share: float) -> float:
    """The probability that what happens in a share of all cases happens at least `times` of `of` times."""
    return max(0.0, 1.0 - sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(times)))


def fewest_heads(p: float, tosses: int) -> int:
    """The smallest k with `coin(k, tosses) <= p`; `tosses + 1` where not even all heads are so rare."""
    return _first(lambda k: coin(k, tosses) <= p, tosses + 1)


@cache
def stretch(score: int, tosses: int) -> float:
    """The probability that a score (+1 for a head, -2 for a tail, never below 0) reaches `score` in `tosses` tosses."""
    if score <= 0:
        return 1.0
    if score > tosses:
        return 0.0
    at, reached = [1.0] + [0.0] * (score - 1), 0.0
    for _ in range(tosses):
        reached += at[-1] / 2
        lowest = sum(at[:3]) / 2
        at = [lowest, *((below + above) / 2 for below, above in zip(at, [*at[3:], 0.0, 0.0, 0.0], strict=False))][:score]
    return reached


@cache
def shortest_stretch(p: float, tosses: int) -> int:
    """The smallest score with `stretch(score, tosses) <= p`: so many worse blocks in a row fail."""
    end = 16
    while end <= tosses and stretch(end, tosses) > p:
        end *= 2
    return _first(lambda score: stretch(score, tosses) <= p, min(end, tosses + 1))


def holm(p: Mapping[Name, float], m: int, alpha: float) -> frozenset[Name]:
    """The names whose p holds at family-wise level `alpha` among `m` tests.

    `m` comes from the plan, so that tests without data count too.  Raises ValueError for more tests than m.
    """
    if len(p) > m:
        raise ValueError(f"{len(p)} tests, but the plan corrects for {m}")
    held: set[Name] = set()
    for place, name in enumerate(sorted(p, key=lambda name: p[name])):
        if p[name] > alpha / (m - place):
            break
        held.add(name)
    return frozenset(held)


def _first(holds: Callable[[int], bool], end: int) -> int:
    """The smallest count from 0 for which a monotone condition holds; `end` where it holds for none before."""
    return bisect_left(range(end), True, key=holds)
