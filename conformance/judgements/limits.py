"""Limits that a party meets: page size, rate limit, retries.  Decided by fixed rules, since nothing in them is random.

In: what each party got.  Out: one comparison of limits per ordered pair of parties.  Source: parity.md §1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Final, Literal

Decision = Literal["pass", "fail", "inconclusive"]
Rule = Callable[[tuple[int, ...], tuple[int, ...]], "Decision"]

BURSTS: Final = 3
DEAD_ENDPOINT_EVENTS: Final = 5
TOLERANCE: Final = 1.25  # a burst of a token bucket of 50 varies by a few requests
LEAST_GAP: Final = 2  # requests


@dataclass(frozen=True)
class LimitComparison:
    """Whether `worse` met a lower limit than `better`; the numbers are what each got, in the order of observation."""

    measure: str
    better: str
    worse: str
    decision: Decision
    of_better: tuple[int, ...]
    of_worse: tuple[int, ...]


def page_size(largest: Mapping[str, int | None]) -> tuple[LimitComparison, ...]:
    """The largest page that each party got at equal backlog; None where it got none.  Equal or failed."""
    seen = {party: () if size is None else (size,) for party, size in largest.items()}
    return _compared("page_size", seen, 1, lambda better, worse: "fail" if worse < better else "pass")


def rate_limit(accepted: Mapping[str, Sequence[int]]) -> tuple[LimitComparison, ...]:
    """How many requests of each of three interleaved bursts were accepted.  Lower in all: failed; in none: passed."""
    return _compared("rate_limit", accepted, BURSTS, _throttled)


def retries(attempts: Mapping[str, Sequence[int]]) -> tuple[LimitComparison, ...]:
    """How often each of five events was sent to a dead endpoint.  The maximum counts, since attempts get lost."""
    return _compared("retries", attempts, DEAD_ENDPOINT_EVENTS, lambda better, worse: "fail" if max(worse) < max(better) else "pass")


def _throttled(better: tuple[int, ...], worse: tuple[int, ...]) -> Decision:
    lower = [b < a / TOLERANCE and a - b >= LEAST_GAP for a, b in zip(better, worse, strict=True)]
    return "fail" if all(lower) else "inconclusive" if any(lower) else "pass"


def _compared(measure: str, got: Mapping[str, Sequence[int]], need: int, rule: Rule) -> tuple[LimitComparison, ...]:
    return tuple(
        LimitComparison(measure, better, worse, _decided(tuple(got[better]), tuple(got[worse]), need, rule), *numbers)
        for better, worse in permutations(got, 2)
        for numbers in [(tuple(got[better]), tuple(got[worse]))]
    )


def _decided(better: tuple[int, ...], worse: tuple[int, ...], need: int, rule: Rule) -> Decision:
    return rule(better, worse) if len(better) == len(worse) >= need else "inconclusive"
