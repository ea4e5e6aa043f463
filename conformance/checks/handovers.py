"""Handovers: what became of a consignment that a merchant gave to another courier.

In: evidence, a change of courier.  Out: what both couriers were told, and the parcels that began anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf
from typing import Final

from conformance.checks.handing import open_to
from conformance.evidence import Absent, Evidence, Seen, Telling
from conformance.parties import IUT, Party
from conformance.records import JSON, Instant
from conformance.vocabulary import CONSIGNMENT, CourierChanged, EventsReported

OVER: Final = {"status": "cancelled"}
"""How a consignment looks to the courier that no longer performs it (rule 7.9)."""


def performed_by(code: str) -> Callable[[JSON], bool]:
    """Whether a consignment is that courier's."""
    return lambda value: isinstance(value, dict) and value.get("courier_code") == code and value.get("status") != "cancelled"


def taken_over(evidence: Evidence, change: CourierChanged, within: Instant) -> Iterator[Seen | Absent]:
    """What the new courier was told, on each channel that is open to it."""
    about, code = change.about[0], performed_by(change.data["courier_code"])
    for channel in open_to(evidence, Party(str(change.to)), change.trade, within):
        yield evidence.first(
            CONSIGNMENT, about=about, to=Party(str(change.to)), since=change.trade, within=within, channel=channel, where=code
        )


def handed_over(evidence: Evidence, change: CourierChanged, within: Instant) -> Iterator[Seen | Absent]:
    """How the former courier learned that it no longer performs, on each channel that is open to it."""
    about, former = change.about[0], Party(change.data["from"])
    for channel in open_to(evidence, former, change.trade, within):
        yield evidence.first(CONSIGNMENT, about=about, to=former, since=change.trade, within=within, channel=channel, where=OVER)


def told_after(evidence: Evidence, change: CourierChanged) -> list[Telling]:
    """What the former courier was told of versions later than the one that said good-bye to it, unless it was given it back."""
    given_back = any(
        one.n > change.n and one.about == change.about and one.to == change.data["from"] for one in evidence.each(CourierChanged)
    )
    told = [
        telling for telling in evidence.told(CONSIGNMENT, about=change.about[0], to=Party(change.data["from"]))
        if isinstance(telling.value, dict) and isinstance(telling.value.get("version"), int)
    ]
    farewell = next((telling for telling in told if telling.at >= change.trade and telling.value.get("status") == "cancelled"), None)
    if given_back or farewell is None:
        return []
    return [telling for telling in told if telling.value["version"] > farewell.value["version"]]


def parcels_after(evidence: Evidence, change: CourierChanged) -> Iterator[Seen]:
    """The parcels as the answer to the change shows them."""
    answer = evidence.answer(change)
    if answer is not None and evidence.accepted(change):
        for telling in evidence.tellings_in(answer):
            if telling.kind == CONSIGNMENT and telling.by == IUT:
                yield from telling["parcels"]


def reported_after(evidence: Evidence, change: CourierChanged) -> list[EventsReported]:
    """What the new courier reported, for as long as it had the consignment."""
    about = change.about[0]
    end = next((one.n for one in evidence.each(CourierChanged) if one.n > change.n and one.about[0] == about), inf)
    reports = evidence.each(EventsReported) if evidence.accepted(change) else ()
    return [one for one in reports if one.about == change.about and one.by == change.to and change.n < one.n < end]
