"""Page size, rate limit and retries: fixed rules."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from conformance.judgements.limits import LimitComparison, page_size, rate_limit, retries


def toward_b(comparisons: tuple[LimitComparison, ...]) -> str:
    return next(c.decision for c in comparisons if c.worse == "b")


@pytest.mark.parametrize(("b", "decision"), [(50, "pass"), (100, "pass"), (49, "fail"), (None, "inconclusive")])
def test_the_largest_page_is_equal(b: int | None, decision: str) -> None:
    assert toward_b(page_size({"a": 50, "b": b})) == decision


@pytest.mark.parametrize(
    ("a", "b", "decision"),
    [
        ((50, 50, 50), (50, 50, 50), "pass"),
        ((50, 50, 50), (40, 40, 40), "pass"),
        ((50, 50, 50), (39, 39, 39), "fail"),
        ((50, 50, 50), (39, 39, 41), "inconclusive"),
        ((2, 2, 2), (1, 1, 1), "pass"),
        ((50, 50), (10, 10), "inconclusive"),
        ((), (), "inconclusive"),
    ],
)
def test_three_bursts_agree_or_nothing_is_said(a: Sequence[int], b: Sequence[int], decision: str) -> None:
    assert toward_b(rate_limit({"a": a, "b": b})) == decision


@pytest.mark.parametrize(
    ("b", "decision"),
    [((6, 6, 6, 6, 6), "pass"), ((5, 6, 5, 4, 5), "pass"), ((5, 5, 5, 5, 5), "fail"), ((5, 5, 5, 5), "inconclusive")],
)
def test_the_most_attempts_count_since_some_get_lost(b: Sequence[int], decision: str) -> None:
    assert toward_b(retries({"a": (6, 6, 6, 5, 6), "b": b})) == decision


def test_every_ordered_pair_is_compared() -> None:
    assert [(c.better, c.worse, c.decision) for c in page_size({"a": 1, "b": 2, "c": 2})] == [
        ("a", "b", "pass"),
        ("a", "c", "pass"),
        ("b", "a", "fail"),
        ("b", "c", "pass"),
        ("c", "a", "fail"),
        ("c", "b", "pass"),
    ]
