"""Consignment data: entered by merchants, handed to the courier that they chose, corrected, cancelled, read.

In: calls of merchants and couriers.  Out: answers, and `consignment.*` messages to the courier.  A record is never changed in place: each
version is a document of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from conformance.mock import pages
from conformance.mock.calls import Answer, Call
from conformance.mock.consignment_rules import ConsignmentRules
from conformance.mock.feeds import Feed
from conformance.mock.parties import BY_CODE, Party
from conformance.mock.questions import AssignedCourier, ChangeStored, ConsignmentStored, FieldsShown, Kept
from conformance.mock.questions.question import Document
from conformance.mock.subscriptions import Subscriptions
from conformance.mock.waybills import Waybills
from conformance.mock.world import World

_BEFORE_PICKUP = "created"


@dataclass(slots=True)
class Consignments:
    """All consignments, and a feed for each party that is concerned."""

    world: World
    rules: ConsignmentRules
    waybills: Waybills
    subscriptions: Subscriptions
    records: dict[str, Document] = field(default_factory=dict)
    feeds: dict[str, Feed] = field(default_factory=dict)

    async def create(self, call: Call) -> Answer:
        """`createConsignment`."""
        self.rules.check_entry(call, call.body)
        entered = self.world.ask(ConsignmentStored(call.caller, call.operation, call.body))
        courier = self.world.ask(AssignedCourier(call.caller, entered["courier_code"], None, entered))
        now = self.world.clock.stamp()
        id = self.world.new_id("C")
        record: Document = {
            "consignment_id": id,
            "merchant_id": call.caller.code,
            **entered,
            "courier_code": courier,
            "parcels": [{**parcel, "status": "created"} for parcel in entered["parcels"]],
            "status": "created",
            "version": 1,
            "created_at": now,
            "updated_at": now,
        }
        for parcel in entered["parcels"]:
            if "waybill_no" in parcel:
                self.waybills.bind(call, parcel["waybill_no"], id, parcel["parcel_no"])
        if self.world.ask(Kept(call.caller, record)):
            self._keep(record)
            self._tell("consignment.created", record)
        return Answer(201, self.shown(record, call.caller, "read"), {"Location": f"/consignments/{id}"})

    async def change(self, call: Call) -> Answer:
        """`updateConsignment`."""
        before = self.found(call)
        patch = self.rules.check_change(call, before, call.body)
        patch = self.world.ask(ChangeStored(call.caller, before, patch))
        if "courier_code" in patch:
            chosen = self.world.ask(AssignedCourier(call.caller, patch["courier_code"], before["courier_code"], before))
            patch = {**patch, "courier_code": chosen}
        merged = {**before, **patch}
        record = {name: value for name, value in merged.items() if value is not None}
        if record == before:
            return Answer(200, self.shown(before, call.caller, "read"))
        record = self.replaced(record)
        if record["courier_code"] == before["courier_code"]:
            self._tell("consignment.updated", record)
        else:
            self._feed(before["courier_code"]).removed(before["consignment_id"])
            last = {**before, "status": "cancelled", "version": record["version"], "updated_at": record["updated_at"]}
            self._tell("consignment.cancelled", last)
            self._tell("consignment.created", record)
        return Answer(200, self.shown(record, call.caller, "read"))

    async def cancel(self, call: Call) -> Answer:
        """`cancelConsignment`."""
        record = self.found(call)
        if record["status"] != "cancelled":
            if record["status"] != _BEFORE_PICKUP:
                call.refuse("state_conflict")
            record = self.replaced({**record, "status": "cancelled"})
            self._tell("consignment.cancelled", record)
        return Answer(200, self.shown(record, call.caller, "read"))

    async def get(self, call: Call) -> Answer:
        """`getConsignment`."""
        self.rules.check_flow(call)
        return Answer(200, self.shown(self.found(call), call.caller, "read"))

    async def listing(self, call: Call) -> Answer:
        """`listConsignments`."""
        self.rules.check_flow(call)
        feed = self._feed(call.caller.code)
        entries = self._entries(feed, pages.start(call), call.caller)
        return pages.feed_page(self.world, call, "/consignments", entries, len(feed.keys), "updated_at")

    def found(self, call: Call) -> Document:
        """The consignment of the path, where the caller may see it.  Raises Problem."""
        record = self.records.get(call.path["consignment_id"])
        if record is None or not call.may_see("consignment", record["merchant_id"], record["courier_code"]):
            raise call.absent(record is not None)
        return record

    def shown(self, record: Document, to: Party, channel: str) -> Document:
        """What a party sees of a consignment."""
        return self.world.ask(FieldsShown(record, to, channel))

    def replaced(self, record: Document) -> Document:
        """The next version of a record, kept and at the end of the feeds."""
        record = {**record, "version": record["version"] + 1, "updated_at": self.world.clock.stamp()}
        self._keep(record)
        return record

    def of_order(self, order_no: str) -> list[Document]:
        """The consignments of an order."""
        return [record for record in self.records.values() if record["order_no"] == order_no]

    def _keep(self, record: Document) -> None:
        id = record["consignment_id"]
        self.records[id] = record
        self._feed(record["merchant_id"]).changed(id)
        self._feed(record["courier_code"]).changed(id)

    def _feed(self, code: str) -> Feed:
        return self.feeds.setdefault(code, Feed())

    def _entries(self, feed: Feed, position: int, to: Party) -> Iterator[tuple[int, Document]]:
        for place, id in feed.since(position):
            yield place, self.shown(self.records[id], to, "pull")

    def _tell(self, type: str, record: Document) -> None:
        courier = BY_CODE[record["courier_code"]]
        self.subscriptions.tell(type, record, (courier,), lambda to: self.shown(record, to, "push"))
