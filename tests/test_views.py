"""Whom a masked view shows, where somebody else was entered before."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from conformance.checks.persons import Contact
from conformance.checks.views import View, hides
from conformance.parties import Subject


@pytest.mark.parametrize(
    ("names", "shown", "fine"),
    [
        (("邓", "邓润鞅"), "邓**", True),  # the later one's mask, in which the former's only character stands by chance
        (("邓润鞅", "邓"), "邓**", False),  # the former's mask shows the later one whole
        (("邓",), "邓", False),
        (("史馥志", "邓润鞅"), "史馥志", False),
        (("史馥志", "邓润鞅"), "邓**", True),
    ],
)
def test_who_is_part_of_the_latest_by_chance_is_not_shown(names: tuple[str, ...], shown: str, fine: bool) -> None:
    entered = tuple(Contact(Subject("C-1"), "recipient", {"name": name}, place, place) for place, name in enumerate(names))
    view = View(cast(Any, SimpleNamespace(value={"name": shown})), entered)
    assert (hides(view, "name")(None) is None) is fine
