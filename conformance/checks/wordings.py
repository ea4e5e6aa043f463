"""Wordings: how a consignment read at each time, as the merchant entered and changed it, and who was told which wording.

In: evidence.  Out: pairs of an entry as it then stood and a telling; nothing is judged here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import msgspec

from conformance.evidence import Evidence, Telling
from conformance.judgements.faithful import at
from conformance.parties import IUT, Party, Subject
from conformance.records import JSON, Answer, Exchange, Instant
from conformance.untrusted import parsed
from conformance.vocabulary import CONSIGNMENT, ConsignmentEntered

CHANGE: Final = "updateConsignment"
"""The operation by which merchants change what they entered, whatever they mean by it."""

CORRECTABLE: Final = ("/recipient/name", "/recipient/address", "/remarks")
"""What merchants correct, and platforms leave alone (a phone they may replace)."""


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """The entry as it stood from a version on, and from a time on, by an act (its number).

    `certain` is false after a change of which we do not know whether, or as which version, it was taken.
    """

    entry: ConsignmentEntered
    version: int
    since: Instant
    act: int
    certain: bool = True


Told = list[tuple[ConsignmentEntered, Telling]]


def handed_over(evidence: Evidence) -> Told:
    """What couriers were told of consignments, each with the entry as it then stood; the same in the same way only once.

    Needs entries and consignments.
    """
    return evidence.derived(told_to_couriers)


def read_back(evidence: Evidence) -> Told:
    """What merchants were told of their consignments, each with the entry as it then stood."""
    return evidence.derived(told_to_merchants)


def own_view(evidence: Evidence, entry: ConsignmentEntered) -> JSON:
    """What the merchant itself was first told of its entry, an empty object where nothing was."""
    return evidence.derived(own_views).get(id(entry), {})


def own_views(evidence: Evidence) -> dict[int, JSON]:
    """What merchants were first told of each wording of their entries."""
    found: dict[int, JSON] = {}
    for entry, telling in read_back(evidence):
        found.setdefault(id(entry), telling.value)
    return found


def told_to_couriers(evidence: Evidence) -> Told:
    return list(worded(evidence, "courier"))


def told_to_merchants(evidence: Evidence) -> Told:
    return list(worded(evidence, "merchant"))


def worded(evidence: Evidence, kind: str) -> Iterator[tuple[ConsignmentEntered, Telling]]:
    """What parties of a kind were told of consignments that were theirs, each with the entry as it then stood."""
    found = evidence.derived(wordings)
    for entry in evidence.each(ConsignmentEntered):
        seen: set[tuple[str, Party, int]] = set()
        for telling in evidence.told(CONSIGNMENT, about=entry.about[0]):
            same = (telling.operation, telling.to, id(telling.value))
            if telling.to not in evidence.cast or evidence.cast[telling.to].kind != kind or same in seen:
                continue
            seen.add(same)
            wording = in_force(found[entry.about[0]], telling)
            if wording is not None and wording.certain:
                yield wording.entry, telling


def in_force(found: list[Wording], telling: Telling) -> Wording | None:
    """The last wording that the telling can mean: of its version or before, and of a consignment that was the courier's.

    What reads as an earlier wording is one that came no further, which is a matter of its own.  Without a version it is the one that
    it reads as.
    """
    version = telling["version"].value
    fitting = [
        one for one in reversed(found)
        if telling.to in (one.entry.to, one.entry.by) and one.since <= telling.at
        and (not isinstance(version, int) or one.version <= version)
    ]
    latest = fitting[0] if fitting and (isinstance(version, int) or len(found) == 1) else None
    return next((one for one in fitting if reads_as(one.entry.data, telling.value)), latest)


def reads_as(data: JSON, told: JSON) -> bool:
    """Whether what merchants can correct reads the same, phones aside."""
    return all(at(data, place) == at(told, place) for place in CORRECTABLE)


def wordings(evidence: Evidence) -> dict[Subject, list[Wording]]:
    """The wordings of every consignment, in their order.  Needs entries."""
    changes: dict[Subject, list[Exchange]] = defaultdict(list)
    for exchange in evidence.exchanges:
        act = evidence.act_of(exchange) if exchange.operation == CHANGE else None
        for subject in act.about if act is not None and not refused(exchange) else ():
            changes[subject].append(exchange)
    found: dict[Subject, list[Wording]] = {}
    for entry in evidence.each(ConsignmentEntered):
        found[entry.about[0]] = [Wording(entry=entry, version=0, since=entry.trade, act=entry.n)]
        for exchange in changes[entry.about[0]]:
            found[entry.about[0]].append(changed(evidence, found[entry.about[0]][-1], exchange))
    return found


def changed(evidence: Evidence, before: Wording, exchange: Exchange) -> Wording:
    """The wording after a change (each member given replaces the former value whole, null takes it away)."""
    change, version = parsed(exchange.request.body.raw), version_told(evidence, exchange)
    if not isinstance(change, dict) or version is None:
        return Wording(entry=before.entry, version=0, since=exchange.trade, act=exchange.act or 0, certain=False)
    data = {name: value for name, value in {**before.entry.data, **change}.items() if value is not None}
    to = next((party for party, member in evidence.cast.items() if member.code == data["courier_code"]), before.entry.to)
    entry = msgspec.structs.replace(before.entry, data=data, to=to)
    return Wording(entry=entry, version=version, since=exchange.trade, act=exchange.act or 0, certain=before.certain)


def version_told(evidence: Evidence, exchange: Exchange) -> int | None:
    """The version that an answer gives to the consignment."""
    told = [one["version"].value for one in evidence.tellings_in(exchange) if one.by == IUT and one.kind == CONSIGNMENT]
    return next((version for version in told if isinstance(version, int)), None)


def refused(exchange: Exchange) -> bool:
    """Whether the request changed nothing (4xx)."""
    return isinstance(exchange.answer, Answer) and 400 <= exchange.answer.status < 500
