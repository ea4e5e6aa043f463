"""Flows: data on its way between merchants and couriers, one courier's beside another's that has the same to do.

In: evidence.  Out: acts with what should be told of them.  What the other courier does not get either is no matter of notices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from conformance.checks.notices import accepted, end, start
from conformance.evidence import Absent, Channel, Evidence, Seen, Where
from conformance.expect import Expect
from conformance.parties import Party
from conformance.records import Act, Instant
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    NOTICE,
    ConsignmentCorrected,
    DoneInTheGap,
    EventsReported,
)

FOR_EVER: Final = 2**62
"""Longer than any run, in µs."""

CHANNELS: tuple[Channel, Channel] = ("push", "pull")


class Pair(NamedTuple):
    """`act` concerns the courier of the notice, `other` is the same done for the other courier at the same time."""

    act: Act
    other: Act


def channel(evidence: Evidence, party: Party | None, since: Instant, within: Instant) -> Channel | None:
    """How a party must be told: pushed where it listens, else in any way."""
    return "push" if party and evidence.watched(party, "push", since, since + within) else None


def channels(evidence: Evidence, party: Party, since: Instant, within: Instant) -> list[Channel | None]:
    """The channels on which a party listened all that time; None for any, where it did on none."""
    return [one for one in CHANNELS if evidence.watched(party, one, since, since + within)] or [None]


def told(evidence: Evidence, act: Act, party: Party | None, within: Instant, where: Where | None = None) -> Seen | Absent:
    """How a party was told of a notice after the act: in time where it is told at once; else when it looked, early or late."""
    assert party is not None
    way = channel(evidence, party, act.trade, within)
    if way is None:
        within = FOR_EVER
    return evidence.first(NOTICE, about=act.about[0], to=party, since=act.trade, within=within, channel=way, where=where)


def courier_of(evidence: Evidence, act: Act) -> Party | None:
    """The courier that an act concerns."""
    return next((party for party in (act.to, act.by) if party and evidence.cast[party].kind == "courier"), None)


def before_start(evidence: Evidence, notices: type[Act], acts: type[Act], within: Instant) -> Iterator[Pair]:
    """What had time to arrive before the notice's interruption began."""
    for notice, pair in _pairs(evidence, notices, acts):
        if pair.act.trade + within <= start(evidence, notice):
            yield pair


def after_start(evidence: Evidence, notices: type[Act], acts: type[Act]) -> Iterator[Pair]:
    """What was done after the time at which the notice's interruption was to begin."""
    for notice, pair in _pairs(evidence, notices, acts):
        if pair.act.trade > start(evidence, notice):
            yield pair


def _pairs(evidence: Evidence, notices: type[Act], acts: type[Act]) -> Iterator[tuple[Act, Pair]]:
    groups: dict[str, list[Act]] = defaultdict(list)
    for act in evidence.each(acts):
        if act.block is not None:
            groups[act.block.measure].append(act)
    for notice in accepted(evidence, notices):
        done = groups.get(f"notice:{notice.about[0]}", [])
        yield from ((notice, pair) for pair in _paired(evidence, done, courier_of(evidence, notice)))


def _paired(evidence: Evidence, done: Sequence[Act], courier: Party | None) -> Iterator[Pair]:
    """In each round the acts of one merchant stand in the same order for both couriers."""
    rounds: dict[tuple[int, Party | None], tuple[list[Act], list[Act]]] = defaultdict(lambda: ([], []))
    for act in done:
        concerned = courier_of(evidence, act)
        merchant = act.by if concerned == act.to else act.to
        rounds[act.block.index if act.block else 0, merchant][concerned != courier].append(act)
    for own, others in rounds.values():
        yield from map(Pair, own, others)


def tidings(evidence: Evidence, act: Act, within: Instant, way: Channel | None = None) -> list[Seen | Absent]:
    """What whoever has to learn of an act was told, or was not: the consignment as it now is, or each event."""
    assert act.to is not None
    told: list[tuple[str, Where | None]] = [(CONSIGNMENT, None)]
    match act:
        case EventsReported(data=data):
            told = [(EVENT, {"event_id": event["event_id"]}) for event in data["events"]]
        case ConsignmentCorrected(data=data):
            told = [(CONSIGNMENT, dict(data))]
        case DoneInTheGap(data={"what": "reported", "body": body}):
            told = [(EVENT, {"event_id": event["event_id"]}) for event in body["events"]]
        case DoneInTheGap(data={"what": "corrected", "body": body}):
            told = [(CONSIGNMENT, dict(body))]
        case DoneInTheGap(data={"what": "cancelled"}):
            told = [(CONSIGNMENT, {"status": "cancelled"})]
    return [
        evidence.first(kind, about=act.about[0], to=act.to, since=act.trade, within=within, channel=way, where=where)
        for kind, where in told
    ]


def arrived(evidence: Evidence, act: Act, within: Instant, way: Channel | None = None) -> bool | None:
    """Whether all of it came in time; None where that cannot be said."""
    found = tidings(evidence, act, within, way)
    missing = [one for one in found if isinstance(one, Absent)]
    return not missing if all(one.decided or one.late for one in missing) else None


def comparable(evidence: Evidence, pair: Pair, within: Instant) -> list[Channel | None]:
    """The channels on which the other courier's twin came, so that this one should have."""
    if pair.act.to is None:
        return []
    own = channels(evidence, pair.act.to, pair.act.trade, within)
    return [one for one in own if arrived(evidence, pair.other, within, one)]


def expects_as_much(evidence: Evidence, expect: Expect, pair: Pair, within: Instant) -> None:
    """What the other courier's twin got, this one's gets too: it is taken, and everything is told on every channel."""
    if not evidence.accepted(pair.other):
        return
    expect(evidence.answer(pair.act)).is_accepted()
    for way in comparable(evidence, pair, within) if evidence.accepted(pair.act) else ():
        for told in tidings(evidence, pair.act, within, way):
            expect(told).arrives()


def gap_end(evidence: Evidence, act: DoneInTheGap, notices: type[Act]) -> Instant:
    """When the interruption ended in which an act was done."""
    notice = next(one for one in evidence.each(notices) if act.data["notice"] in one.about)
    return end(evidence, notice)
