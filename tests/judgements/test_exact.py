"""Exact probabilities against first principles and the numbers of the rule."""

from __future__ import annotations

from itertools import product

import pytest

from conformance.judgements.exact import coin, fewest_heads, holm, shortest_stretch, stretch


def top(tosses: tuple[bool, ...]) -> int:
    score = best = 0
    for head in tosses:
        score = max(0, score + (1 if head else -2))
        best = max(best, score)
    return best


@pytest.mark.parametrize("n", range(11))
def test_probabilities_agree_with_counting_every_outcome(n: int) -> None:
    outcomes = list(product((False, True), repeat=n))
    for k in range(n + 2):
        assert coin(k, n) == sum(sum(tosses) >= k for tosses in outcomes) / 2**n
        assert stretch(k, n) == pytest.approx(sum(top(tosses) >= k for tosses in outcomes) / 2**n, abs=1e-12)


def test_the_numbers_that_the_rule_names() -> None:
    assert fewest_heads(0.005 / 78, 200) == 128
    assert fewest_heads(0.005 / 168, 50) == 40
    assert shortest_stretch(0.005 / 168, 200) == 29
    assert stretch(29, 200) == pytest.approx(2.05e-5, rel=0.005)
    assert coin(128, 200) == pytest.approx(4.56e-5, rel=0.005)
    assert coin(127, 200) == pytest.approx(8.21e-5, rel=0.005)


def test_critical_counts_lie_just_past_the_last_one_that_chance_explains() -> None:
    for n in (0, 1, 7, 30, 100, 200):
        for p in (0.5, 0.05, 1e-3, 1e-6):
            k, s = fewest_heads(p, n), shortest_stretch(p, n)
            assert coin(k, n) <= p < coin(k - 1, n)
            assert stretch(s, n) <= p < stretch(s - 1, n)


def test_large_samples_neither_overflow_nor_vanish() -> None:
    assert coin(0, 3200) == 1.0
    assert coin(1600, 3200) == pytest.approx(0.507, abs=0.001)
    assert coin(3200, 3200) == 0.0


def test_holm_rejects_in_steps_and_counts_tests_without_data() -> None:
    assert holm({"a": 0.01, "b": 0.02, "c": 0.9}, 3, 0.05) == {"a", "b"}
    assert holm({"a": 0.01, "b": 0.02, "c": 0.9}, 6, 0.05) == set()
    assert holm({}, 3, 0.05) == set()
    with pytest.raises(ValueError, match="corrects for 1"):
        holm({"a": 0.01, "b": 0.02}, 1, 0.05)
