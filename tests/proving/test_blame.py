"""When two findings are about the same wrong thing."""

from __future__ import annotations

import pytest

from conformance.proving.blame import same
from conformance.proving.units import Place


@pytest.mark.parametrize(
    ("one", "another", "alike"),
    [
        (Place("a", "/recipient", "missing"), Place("a", "/recipient/name", "other"), True),
        (Place("a", "/recipient/name", "missing"), Place("a", "/recipient", "other"), True),
        (Place("a", "/recipient", "missing"), Place("a", "/recipient_2", "missing"), False),
        (Place("a", "/recipient", "missing"), Place("b", "/recipient", "missing"), False),
        (Place("a", "", "late"), Place("a", "/recipient", "missing"), False),
        (Place("a", "", "late"), Place("a", "", "lost"), True),
        (Place("a", "/name", "difference_cut"), Place("b", "/data/recipient_name", "difference_cut"), True),
        (Place("a", "/name", "difference_cut"), Place("b", "/data/remarks", "difference_cut"), False),
        (Place("a", "/name", "difference_cut"), Place("b", "/data/name", "difference_lost"), False),
        (Place("a", "", "status"), Place("a", "/code", "problem_contradicts"), True),
        (Place("a", "", "status"), Place("b", "/code", "problem_contradicts"), False),
        (Place("a", "", "late"), Place("a", "/code", "problem_contradicts"), False),
    ],
)
def test_the_same_wrong_thing(one: Place, another: Place, alike: bool) -> None:
    assert same(one, another) is alike
    assert same(another, one) is alike
