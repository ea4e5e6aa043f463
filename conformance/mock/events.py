"""Express-item data: events that couriers report, handed to the merchant, never edited.

In: batches of couriers, calls of merchants.  Out: receipts, the feed of a consignment, `waybill.event` messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from conformance.mock import pages, parcel_life
from conformance.mock.calls import Answer, Call
from conformance.mock.consignments import Consignments
from conformance.mock.event_rules import EventRules
from conformance.mock.feeds import Feed
from conformance.mock.parties import BY_CODE, Party
from conformance.mock.questions import CurrentEvent, EventKnown, EventListed, EventShown, EventStored, RecordedAt, Retraction, StateTold
from conformance.mock.questions.question import Document
from conformance.mock.subscriptions import Subscriptions
from conformance.mock.trade_clock import posix, rfc3339
from conformance.mock.waybills import Parcel
from conformance.mock.world import World

Place = tuple[str, str, str]
"""Consignment, parcel and waybill number: content of an event like the rest (rule 8.2)."""


@dataclass(slots=True)
class Track:
    """The events of one consignment: by id, and their feed; the first `past` of them belong to former couriers."""

    events: dict[str, Document] = field(default_factory=dict)
    feed: Feed = field(default_factory=Feed)
    past: int = 0

    def of(self, parcel_no: str) -> list[Document]:
        """The events of one parcel under its courier, as they were recorded."""
        return [event for event in list(self.events.values())[self.past :] if event["parcel_no"] == parcel_no]

    def under(self, waybill_no: str) -> list[Document]:
        """The events of former couriers under a number."""
        return [event for event in list(self.events.values())[: self.past] if event["waybill_no"] == waybill_no]


@dataclass(slots=True)
class Events:
    """All events."""

    world: World
    rules: EventRules
    consignments: Consignments
    subscriptions: Subscriptions
    tracks: dict[str, Track] = field(default_factory=dict)
    posted: dict[tuple[str, str], tuple[Place, Document]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.consignments.parted = self._parted

    async def post(self, call: Call) -> Answer:
        """`postEvents`."""
        self.consignments.check_flow(call, "in")
        record = self.consignments.known(call, call.body["consignment_id"], both=False)
        events = call.body["events"]
        before = {event["event_id"]: self.posted.get((call.caller.code, event["event_id"])) for event in events}
        known = {id: found[1] if found else None for id, found in before.items()}
        present = self.rules.check(call, record, known)
        parcel = (record["consignment_id"], call.body["parcel_no"])
        waybill_no = self.consignments.waybills.read(call, call.path["waybill_no"], ":waybill_no")
        place = (*parcel, waybill_no)
        if any(found[0] != place for found in before.values() if found):
            call.refuse("event_id_reused")
        self.consignments.waybills.check(call, waybill_no, parcel, present)
        self.consignments.waybills.bind(waybill_no, parcel)
        now = self.world.clock.now()
        accepted: dict[str, None] = {}
        duplicates: dict[str, None] = {}
        for entry in events:
            id = entry["event_id"]
            if self.world.ask(EventKnown(call.caller, entry, known[id] is not None or id in accepted)):
                duplicates[id] = None
                continue
            accepted[id] = None
            self.posted[call.caller.code, id] = (place, entry)
            self._take(call, record, entry, waybill_no, now)
        self._move(record["consignment_id"], call.body["parcel_no"], waybill_no)
        return Answer(200, {"accepted": [*accepted], "duplicates": [*duplicates], "recorded_at": rfc3339(now)})

    async def listing(self, call: Call) -> Answer:
        """`listConsignmentEvents`."""
        id = call.found["consignment_id"]
        track = self.tracks.setdefault(id, Track())
        entries = self._entries(track, pages.start(call), call.caller)
        target = f"/consignments/{id}/events"
        return pages.feed_page(self.world, call, target, entries, len(track.feed.keys), pages.recorded("recorded_at"))

    def of_parcel(self, parcel: Parcel) -> list[Document]:
        """The standing events of a parcel, in order of occurrence."""
        track = self.tracks.get(parcel[0])
        return parcel_life.standing(track.of(parcel[1])) if track else []

    def current(self, parcel: Parcel) -> str:
        """The state of a parcel."""
        events = self.of_parcel(parcel)
        event = self.world.ask(CurrentEvent(events, parcel_life.last(events)))
        return (parcel_life.state_after(event["code"]) if event else None) or "created"

    def of_former(self, consignment_id: str, waybill_no: str) -> list[Document]:
        """The standing events of former couriers under a number, in order of occurrence."""
        track = self.tracks.get(consignment_id)
        return parcel_life.standing(track.under(waybill_no)) if track else []

    def _parted(self, consignment_id: str) -> None:
        track = self.tracks.setdefault(consignment_id, Track())
        track.past = len(track.events)

    def finished(self, parcel: Parcel) -> bool:
        """Whether the parcel's life is over."""
        record = self.consignments.records.get(parcel[0])
        cancelled = record is None or record["status"] == "cancelled"
        return cancelled or self.current(parcel) in parcel_life.finals()

    def _take(self, call: Call, record: Document, entry: Document, waybill_no: str, now: float) -> None:
        track = self.tracks.setdefault(record["consignment_id"], Track())
        latest = max((event["occurred_at"] for event in track.events.values()), key=posix, default=None)
        stored = self.world.ask(EventStored(call.caller, entry, latest))
        if stored is None:
            return
        event: Document = {
            **stored,
            "waybill_no": waybill_no,
            "consignment_id": record["consignment_id"],
            "parcel_no": call.body["parcel_no"],
            "courier_code": call.caller.code,
            "recorded_at": rfc3339(self.world.ask(RecordedAt(call.caller, entry, now))),
        }
        key = event["event_id"]
        while key in track.events:
            key += "'"
        track.events[key] = event
        track.feed.changed(key)
        self._retract(call, track, event)
        merchant = BY_CODE[record["merchant_id"]]
        self.subscriptions.tell("waybill.event", event, (merchant,), lambda to: self.shown(event, to, "push"))

    def _retract(self, call: Call, track: Track, event: Document) -> None:
        original = track.events.get(event.get("retracts", ""))
        if original is not None:
            edited = self.world.ask(Retraction(call.caller, original, event))
            if edited is not None:
                track.events[original["event_id"]] = edited

    def _move(self, consignment_id: str, parcel_no: str, waybill_no: str) -> None:
        """Write the parcel's state and number into the consignment; a version of its own where something changed."""
        record = self.consignments.records.get(consignment_id)
        if record is None:
            return
        cancelled = record["status"] == "cancelled"
        status = "cancelled" if cancelled else self.current((consignment_id, parcel_no))
        parcels = [
            {**parcel, "waybill_no": waybill_no, "status": status} if parcel["parcel_no"] == parcel_no else parcel
            for parcel in record["parcels"]
        ]
        if parcels != record["parcels"]:
            overall = "cancelled" if cancelled else parcel_life.consignment_status(parcels)
            record = self.consignments.replaced({**record, "parcels": parcels, "status": overall})
            if self.world.ask(StateTold(record)):
                self.consignments.tell("consignment.updated", record)

    def shown(self, event: Document, to: Party, channel: str) -> Document:
        """What a party sees of an event."""
        return self.world.ask(EventShown(event, to, channel))

    def _entries(self, track: Track, position: int, to: Party) -> Iterator[tuple[int, Document]]:
        for place, id in track.feed.since(position):
            event = track.events[id]
            if self.world.ask(EventListed(event, to)):
                yield place, self.shown(event, to, "pull")
