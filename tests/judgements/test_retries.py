"""Refused messages come again when it was agreed: not before, not after, not never."""

from __future__ import annotations

import pytest

from conformance.judgements.retries import Attempt, retries

S = 1_000_000
SCHEDULE = (5 * S, 30 * S)


def came(*began: float, taken_last: bool = False, until: float = 1000.0) -> list[str]:
    attempts = [
        Attempt(round(at * S), round(at * S), round(at * S), not (taken_last and place == len(began)), place)
        for place, at in enumerate(began, 1)
    ]
    found = retries(attempts, SCHEDULE, jitter=0.5, slack=5 * S, looked_until=lambda at: at <= until * S)
    return [one.came for one in found]


@pytest.mark.parametrize(
    ("began", "expected"),
    [
        ((0, 5, 35), ["in_time", "in_time"]),
        ((0, 7.5, 52.5), ["in_time", "in_time"]),
        ((0, 1), ["retry_early", "retry_missing"]),
        ((0, 5, 20), ["in_time", "retry_early"]),
        ((0, 13, 43), ["retry_late", "in_time"]),
        ((0,), ["retry_missing"]),
        ((0, 36), ["retry_late"]),
    ],
)
def test_each_interval_counts_from_the_attempt_before(began: tuple[float, ...], expected: list[str]) -> None:
    assert came(*began) == expected


def test_an_attempt_that_got_lost_is_not_the_next_ones_fault() -> None:
    attempts = [Attempt(at * S, at * S, at * S, True, n) for n, at in enumerate((0, 36, 336), 1)]
    found = list(retries(attempts, (5 * S, 30 * S, 300 * S), jitter=0.5, slack=5 * S, looked_until=lambda at: at <= 1000 * S))
    assert [(one.came, one.skipped) for one in found] == [("retry_late", True), ("in_time", False)]


def test_nothing_is_expected_after_what_was_taken() -> None:
    assert came(0, 5, taken_last=True) == ["in_time"]


def test_what_nobody_looked_for_is_not_missing() -> None:
    assert came(0, until=6) == ["unseen"]


def test_a_retry_that_may_have_been_in_time_is_not_late() -> None:
    attempts = [Attempt(0, 0, 0, True, 1), Attempt(6 * S, 600 * S, 600 * S, False, 2)]
    found = retries(attempts, SCHEDULE, jitter=0.5, slack=5 * S, looked_until=lambda at: True)
    assert [one.came for one in found] == ["in_time"]
