"""Blame: which requirements failed besides the one that a fault breaks, and whether they had to.  Pure.

In: what is known of the fault, and the places of all findings.  Out: for each other requirement that failed a word.  One had to fail
when the fault's registration says so (`also`), or when all that is held against it stands where the broken requirement's findings
stand as well: both look at the same wrong thing.  Everything else is stray.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from conformance.proving.units import Place, Told

Word = Literal["declared", "same", "stray"]
CHANGE: Final = "difference_"
"""Flaws that name a change to what was entered begin so: the same change to the same member, seen in another message, is the same fault."""

STATUS: Final = ("status", "status_undocumented")
CONTRADICTS: Final = "problem_contradicts"


def blame(also: Sequence[str], breaks: str, found: Told) -> dict[str, Word]:
    """Each other requirement that failed, with why."""
    own = found.places.get(breaks, ())
    return {name: word(name, also, own, found.places) for name in found.having("fail") if name != breaks}


def word(name: str, also: Sequence[str], own: Sequence[Place], places: Mapping[str, Sequence[Place]]) -> Word:
    if name in also:
        return "declared"
    held = places.get(name, ())
    return "same" if held and all(any(same(one, another) for another in own) for one in held) else "stray"


def same(one: Place, another: Place) -> bool:
    """Whether two findings are about the same wrong thing."""
    if one.kind == another.kind and one.kind.startswith(CHANGE) and alike(member(one), member(another)):
        return True
    if one.operation == another.operation and status(one) and status(another):
        return True
    return one.operation == another.operation and (within(one.pointer, another.pointer) or within(another.pointer, one.pointer))


def status(place: Place) -> bool:
    """Whether the finding is about the status that an answer has, or that its problem document repeats."""
    return place.kind in STATUS or (place.kind == CONTRADICTS and place.pointer in ("/status", "/code"))


def member(place: Place) -> str:
    return place.pointer.rpartition("/")[2]


def alike(one: str, another: str) -> bool:
    """Whether two members hold the same by their names: `name` and `recipient_name`."""
    return bool(one and another) and (one.endswith(another) or another.endswith(one))


def within(inner: str, outer: str) -> bool:
    """Whether a pointer is another, or leads into what the other points at; the whole message has nothing within."""
    return inner == outer or (bool(outer) and inner.startswith(outer + "/"))
