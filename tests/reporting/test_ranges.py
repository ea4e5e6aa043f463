"""Neighbouring ids are joined, others left alone."""

import pytest

from conformance.reporting.ranges import ranges


@pytest.mark.parametrize(
    ("ids", "shown"),
    [
        ([], []),
        (["FC-P-01", "FC-P-02"], ["FC-P-01", "FC-P-02"]),
        (["FC-P-01", "FC-P-02", "FC-P-03", "FC-P-05", "MK-P-06"], ["FC-P-01…03", "FC-P-05", "MK-P-06"]),
        (["X-8", "X-9", "X-10"], ["X-8…10"]),
        (["odd", "odd", "FC-P-99"], ["odd", "odd", "FC-P-99"]),
    ],
)
def test_neighbours_are_joined(ids: list[str], shown: list[str]) -> None:
    assert ranges(ids) == shown
