"""Faithful: what reached a party against what was entered, told apart by what is wrong with it.

In: the record as entered and as it arrived, and the shape that the specification gives it.  Out: flaws with their places, each
under one concern only, so that one damage is blamed on one requirement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal

from conformance.judgements.fidelity import Difference, differences
from conformance.records import JSON
from conformance.specification import Shape
from conformance.untrusted import MISSING

Concern = Literal["content", "missing", "placeholder", "mixed", "door"]
"""What a difference is a matter of: the wording, a required value that is not there or a placeholder, somebody else's data, the
door of an address."""
CONTACTS: Final = ("sender", "recipient")
NAMED: Final = {"phone": "number", "address": "detail"}
"""By what a member of a contact is known."""
_DOOR: Final = re.compile(
    r"(?:[\dA-Za-z零〇一二三四五六七八九十百#\s\-－—*＊]|号|楼|栋|棟|幢|座|单元|單元|层|層|室|房|户|戶|铺|床|门|东|西|南|北|侧|院|后|（[^）]*）)+"
)


@dataclass(frozen=True)
class Alteration:
    """At `pointer` something else arrived than was entered; `kind` is a code of `reports/words/`."""

    kind: str
    pointer: str = ""
    expected: JSON = None
    seen: JSON = None
    params: Mapping[str, JSON] = field(default_factory=dict, hash=False)


def as_entered(
    entered: Mapping[str, JSON], shape: Shape, places: Collection[str], strangers: Collection[str] = (), concern: Concern = "content",
    own_view: JSON = None,
) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: at these places (JSON pointers) stands what was entered, as far as it is a matter of the concern.

    `strangers` are values that other people entered.  What lacks as well in `own_view`, that of who entered it, was not kept in the
    first place, which is a matter of its own (`kept`).
    """

    members = members_of(tuple(places))

    def judged(arrived: JSON) -> Iterator[Alteration]:
        if isinstance(arrived, dict) and all(entered.get(name) == arrived.get(name) for name in members):
            return
        if all(unaltered(at(entered, place), at(arrived, place)) for place in places):
            return
        found = [(one, concern_of(one, shape, strangers)) for one in differences(entered, arrived)]
        elsewhere = {whole for one, its in found if its == "mixed" for whole in exchanged_with(one.pointer)}
        for one, its in found:
            foreign = its == "content" and any(below(one.pointer, whole) for whole in elsewhere)
            unkept = one.kind in ("lost", "cut") and isinstance(own_view, dict) and same_lack(one, own_view)
            if its == concern and not (foreign or unkept) and any(below(one.pointer, place) for place in places):
                yield Alteration(one.word, one.pointer, one.expected, one.seen, {"other": one.other or ""})

    return judged


def same_lack(one: Difference, own_view: Mapping[str, JSON]) -> bool:
    """Whether the view of who entered it lacks the same."""
    seen = at(own_view, one.pointer)
    return bool(own_view) and (seen is MISSING if one.seen is None else seen == one.seen)


def exchanged_with(pointer: str) -> Iterator[str]:
    """What is somebody else's as a whole when the value at the pointer is: the phone with its number, the contact with its name or door."""
    contact, _, member = pointer.removeprefix("/").partition("/")
    if member in ("name", "address/detail"):
        yield f"/{contact}"
    elif member == "phone/number":
        yield f"/{contact}/phone"


def unaltered(entered: JSON, arrived: JSON) -> bool:
    """Whether nothing of what was entered is missing or otherwise: the quick look, before the whole record is compared."""
    return entered is MISSING or entered == arrived or (isinstance(entered, list) and not differences(entered, arrived))


def of_contacts(
    entered: Mapping[str, JSON], member: str, judgement: Callable[[JSON], Callable[[JSON], Iterator[Alteration]]]
) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: the judgement that is made from a member of each contact as entered holds of that member as it arrived."""

    def judged(arrived: JSON) -> Iterator[Alteration]:
        for contact in CONTACTS:
            place = f"/{contact}/{member}"
            seen = at(arrived, place)
            if seen is not MISSING:
                yield from (replace(flaw, pointer=place + flaw.pointer) for flaw in judgement(at(entered, place))(seen))

    return judged


def as_posted(event: Mapping[str, JSON], names: Collection[str], **frame: JSON) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: these fields are as posted, with nothing added to them, and those that were not posted are not there; what `frame`
    adds is there as well."""
    wanted = {**{name: event[name] for name in names if name in event}, **frame}

    def judged(value: JSON) -> Iterator[Alteration]:
        if isinstance(value, dict) and all(value.get(name) == wanted.get(name) for name in (*names, *frame)):
            return
        for one in differences(wanted, value):
            yield Alteration(one.word, one.pointer, one.expected, one.seen, {"other": one.other or ""})
        yield from nothing_added(wanted, names)(value)

    return judged


def nothing_added(entered: Mapping[str, JSON], names: Collection[str]) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: of these fields none is there that was not entered, and none holds members that were not."""

    def judged(value: JSON) -> Iterator[Alteration]:
        for name in names:
            own, seen = entered.get(name), at(value, f"/{name}")
            if own is None and seen is not MISSING:
                yield Alteration("difference_added", f"/{name}", None, seen)
            for inner in sorted(set(seen) - set(own)) if isinstance(own, dict) and isinstance(seen, dict) else ():
                yield Alteration("difference_added", f"/{name}/{inner}", None, seen[inner])

    return judged


def kept(entered: Mapping[str, JSON], shape: Shape, strangers: Collection[str]) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: nothing was cut short, nothing that may be left out was left out, and contacts hold nothing beside."""
    places = as_entered(entered, shape, tuple(f"/{name}" for name in entered), strangers)

    def judged(arrived: JSON) -> Iterator[Alteration]:
        yield from (one for one in places(arrived) if one.kind in ("difference_lost", "difference_cut"))
        for place, key in ((f"/{contact}/{member}", key) for contact in CONTACTS for member, key in NAMED.items()):
            own, seen = at(entered, place), at(arrived, place)
            if isinstance(own, dict) and isinstance(seen, dict) and seen.get(key) == own.get(key):
                yield from (Alteration("difference_added", f"{place}/{name}", None, seen[name]) for name in sorted(set(seen) - set(own)))

    return judged


def concern_of(one: Difference, shape: Shape, strangers: Collection[str]) -> Concern:
    """What the difference is a matter of."""
    own, other = (pointer.split("/")[1:2] for pointer in (one.pointer, one.other or ""))
    if one.kind in ("lost", "placeholder") and required(shape, one.pointer):
        return "missing" if one.kind == "lost" else "placeholder"
    if one.kind == "exchanged" and own != other and {*own, *other} == set(CONTACTS) and not one.pointer.endswith("/phone/kind"):
        return "mixed"
    if isinstance(one.seen, str) and one.kind != "exchanged" and one.seen in strangers:
        return "mixed"
    if one.pointer.endswith("/address/detail") and door_withheld(str(one.expected), str(one.seen)):
        return "door"
    return "content"


def door_withheld(entered: str, seen: str) -> bool:
    """Whether the address is as entered up to its building, and what follows (building, unit, room) is cut off or hidden."""
    same = next((place for place, (own, arrived) in enumerate(zip(entered, seen, strict=False)) if own != arrived), len(seen))
    rest, shown = entered[same:], seen[same:]
    return bool(same and rest) and bool(_DOOR.fullmatch(rest)) and (not shown or bool(_DOOR.fullmatch(shown)))


def same_as(first: Mapping[str, JSON], shape: Shape) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: every field that the specification names is the same as in the first telling of that version.

    A required one that is missing here or there is a matter of completeness.
    """

    def judged(value: JSON) -> Iterator[Alteration]:
        for name in shape.fields if value is not first else ():
            expected, seen = first.get(name), value.get(name) if isinstance(value, dict) else None
            lacking = (expected is None or seen is None) and name in shape.required
            if expected != seen and not lacking:
                yield Alteration("contradicts", f"/{name}", expected, seen)

    return judged


def required(shape: Shape | None, pointer: str) -> bool:
    """Whether the specification requires the member at the pointer."""
    *path, leaf = pointer.split("/")[1:] or [""]
    for step in path:
        shape = (shape.items if step.isdigit() else shape.child(step)) if shape is not None else None
    return shape is not None and leaf in shape.required


def at(value: JSON, pointer: str) -> JSON:
    """What stands at a JSON pointer, MISSING where nothing or null does."""
    for step, index in steps(pointer):
        if isinstance(value, dict):
            value = value.get(step, MISSING)
        else:
            value = value[index] if index is not None and isinstance(value, list) and index < len(value) else MISSING
    return MISSING if value is None else value


@lru_cache(maxsize=1024)
def members_of(places: tuple[str, ...]) -> frozenset[str]:
    """The members of a record in which these places are."""
    return frozenset(steps(place)[0][0] for place in places)


@lru_cache(maxsize=1024)
def steps(pointer: str) -> tuple[tuple[str, int | None], ...]:
    """The steps of a JSON pointer, each with the index that it is in a list."""
    return tuple((step, int(step) if step.isdigit() else None) for step in pointer.split("/") if step)


def below(pointer: str, place: str) -> bool:
    """Whether one of the two pointers leads through the other."""
    return f"{pointer}/".startswith(f"{place}/") or f"{place}/".startswith(f"{pointer}/")
