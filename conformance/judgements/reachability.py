"""Reachability: can the courier ring the person up, and find the door?

In: a phone or an address as entered, and as it arrived.  Out: a flaw, or None.  A platform may put a virtual number of its own in place
of a phone (rule 7.4 of the interface); the number that was entered, virtual or not, may not be altered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from conformance.clock import moment
from conformance.judgements.doors import doors, half_width
from conformance.judgements.faithful import Alteration
from conformance.judgements.fidelity import differences
from conformance.judgements.moments import at_instant
from conformance.judgements.usability import address_to_the_door, phone_usable
from conformance.records import JSON, Instant
from conformance.untrusted import named

EXPIRY: Final = "/expires_at"


def diallable(entered: Mapping[str, JSON], strangers: frozenset[str]) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: the number is the one that was entered, extension and all, or a virtual one that can be dialled."""

    def judged(arrived: JSON) -> Iterator[Alteration]:
        if arrived == entered or not isinstance(arrived, dict) or not arrived.get("number"):
            return
        if foreign(arrived, entered, "number", strangers):
            return
        flaw = phone_usable(arrived)
        if flaw is not None and phone_usable(entered) is None:
            yield Alteration(flaw.kind, "/number", entered, arrived, flaw.params)
        elif not substituted(entered, arrived):
            for one in differences(entered, arrived):
                if not (one.kind == "lost" and one.pointer == "/kind") and one.pointer != EXPIRY:
                    yield Alteration(one.word, one.pointer, one.expected, one.seen, {"other": one.other or ""})
            for name in sorted(set(arrived) - set(entered) - {EXPIRY[1:]}):
                yield Alteration("difference_added", f"/{name}", None, arrived[name])

    return judged


def lasting(entered: Mapping[str, JSON], until: Instant, strangers: frozenset[str]) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: a virtual number that the platform put in place of the one entered says that it is good until then, and of one that
    was entered the expiry is as entered."""

    def judged(arrived: JSON) -> Iterator[Alteration]:
        if not isinstance(arrived, dict) or (arrived.get("number") and foreign(arrived, entered, "number", strangers)):
            return
        end, said, own = at_instant(arrived.get("expires_at")), arrived.get("expires_at"), entered.get("expires_at")
        if substituted(entered, arrived) and end is None:
            yield Alteration("virtual_without_expiry", EXPIRY, moment(until), said)
        elif substituted(entered, arrived) and end is not None and end < until:
            yield Alteration("virtual_expires_early", EXPIRY, moment(until), said)
        elif not substituted(entered, arrived) and arrived.get("number") == entered.get("number") and said != own:
            yield Alteration("difference_different", EXPIRY, own, said)

    return judged


def substituted(entered: Mapping[str, JSON], arrived: Mapping[str, JSON]) -> bool:
    """Whether the platform put a virtual number of its own in place of the one that was entered."""
    return arrived.get("kind") == "virtual" and bool(arrived.get("number")) and arrived["number"] != entered.get("number")


def foreign(arrived: Mapping[str, JSON], entered: Mapping[str, JSON], name: str, strangers: frozenset[str]) -> bool:
    """Whether the value is somebody else's, which is a matter of its own."""
    return arrived[name] != entered[name] and named(arrived[name]) in strangers


def to_the_door(entered: Mapping[str, JSON], strangers: frozenset[str]) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: the address leads to the same door: building, unit and room are there, and to be read."""

    def judged(arrived: JSON) -> Iterator[Alteration]:
        detail = arrived.get("detail") if isinstance(arrived, dict) else None
        if arrived == entered or not isinstance(detail, str) or foreign(arrived, entered, "detail", strangers):
            return
        flaw = address_to_the_door({**entered, "detail": detail})
        own = str(entered["detail"])
        if flaw is not None and flaw.kind in ("address_placeholder", "address_missing"):
            return
        if flaw is not None and address_to_the_door(entered) is None:
            yield Alteration(flaw.kind, "/detail", own, detail, flaw.params)
        elif detail != own and own.startswith(detail[: len(detail) // 2]) and lost_numbers(own, detail):
            yield Alteration("door_lost", "/detail", own, detail, {"numbers": " ".join(lost_numbers(own, detail))})

    return judged


def lost_numbers(entered: str, arrived: str) -> list[str]:
    """The numbers of units and rooms that were entered and did not arrive."""
    entered, arrived = half_width(entered), half_width(arrived)
    left = [arrived[door.start : door.end] for door in doors(arrived)]
    lost = []
    for door in doors(entered):
        number = entered[door.start : door.end]
        if number in left:
            left.remove(number)
        else:
            lost.append(number)
    return lost
