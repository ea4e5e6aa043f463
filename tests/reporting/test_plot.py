"""Ratios stand where a logarithmic axis puts them, and nothing leaves the box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.reporting.plot import SLOWER, Scale, course, scale

RATIO = st.none() | st.floats(min_value=0, max_value=1e9)


def test_double_and_half_are_equally_far_from_equal() -> None:
    axis = Scale(0.25, 4)
    assert axis.at(1) == 50
    assert axis.at(2) - 50 == pytest.approx(50 - axis.at(0.5))
    assert (axis.at(1e-9), axis.at(1e9)) == (0, 100)


@given(st.lists(st.fixed_dictionaries({"lower": RATIO, "upper": RATIO, "median_ratio": RATIO})))
def test_every_axis_holds_equal_and_both_limits(rows: list[dict[str, float | None]]) -> None:
    axis = scale(rows)
    assert 0 < axis.at(0.8) < axis.at(1) < axis.at(SLOWER) < axis.at(1.5) < 100


@given(st.lists(RATIO, max_size=50))
def test_a_course_counts_slow_blocks_and_marks_lost_ones(ratios: list[float | None]) -> None:
    shown = course(ratios)
    assert shown.slow == sum(ratio is not None and ratio > SLOWER for ratio in ratios)
    assert shown.gaps.count("M") == ratios.count(None)
