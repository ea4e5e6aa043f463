"""Consignment data: entered by merchants, handed to the courier that they chose, corrected, cancelled, read.

In: calls of merchants and couriers.  Out: answers, and `consignment.*` messages to the courier.  A record is never changed in place: each
version is a document of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from conformance.mock import pages, text_rules
from conformance.mock.calls import Answer, Call
from conformance.mock.consignment_rules import ConsignmentRules
from conformance.mock.feeds import Feed
from conformance.mock.parties import BY_CODE, Party
from conformance.mock.questions import (
    AssignedCourier,
    BegunAnew,
    CancelledAgain,
    ChangeStored,
    ConsignmentStored,
    FieldsShown,
    HandOver,
    Kept,
)
from conformance.mock.questions.question import Document
from conformance.mock.subscriptions import Subscriptions
from conformance.mock.waybills import Parcel, Waybills
from conformance.mock.world import World


def _nobody_asks(id: str) -> None:
    """Nothing else hangs on a consignment yet."""


@dataclass(slots=True)
class Consignments:
    """All consignments, and a feed for each party that is concerned.

    `capable` refuses what is not declared; `parted` is told of a consignment whose courier has changed.
    """

    world: World
    rules: ConsignmentRules
    waybills: Waybills
    subscriptions: Subscriptions
    capable: Callable[[str], None]
    records: dict[str, Document] = field(default_factory=dict)
    feeds: dict[str, Feed] = field(default_factory=dict)
    orders: dict[str, dict[str, None]] = field(default_factory=dict)
    farewells: dict[tuple[str, str], Document] = field(default_factory=dict)
    parted: Callable[[str], None] = _nobody_asks

    async def create(self, call: Call) -> Answer:
        """`createConsignment`."""
        self.rules.check_entry(call)
        entered = self.world.ask(ConsignmentStored(call.caller, call.operation, call.body))
        courier = self.world.ask(AssignedCourier(call.caller, entered["courier_code"], None, entered))
        now = self.world.clock.stamp()
        id = self.world.new_id("C")
        numbered = self._numbered(call, id, entered["parcels"])
        for waybill_no, parcel in numbered.items():
            self.waybills.check(call, waybill_no, parcel)
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
        if self.world.ask(Kept(call.caller, record)):
            self.waybills.parcels.update(numbered)
            self._keep(record)
            self.tell("consignment.created", record)
        return Answer(201, self.shown(record, call.caller, "read"), {"Location": f"/consignments/{id}"})

    async def change(self, call: Call) -> Answer:
        """`updateConsignment`."""
        before = self.records[call.found["consignment_id"]]
        if "courier_code" in call.body:
            self.capable("courier_change")
        self.rules.check_change(call, before)
        patch = self.world.ask(ChangeStored(call.caller, before, call.body))
        if patch.get("courier_code", before["courier_code"]) != before["courier_code"]:
            chosen = self.world.ask(AssignedCourier(call.caller, patch["courier_code"], before["courier_code"], before))
            patch = {**patch, "courier_code": chosen}
        record = {name: value for name, value in {**before, **patch}.items() if value is not None}
        if record == before:
            return Answer(200, self.shown(before, call.caller, "read"))
        if record["courier_code"] == before["courier_code"]:
            record = self.replaced(record)
            self.tell("consignment.updated", record)
        else:
            record = self.replaced({**record, **self._begun_anew(before)})
            self._hand_over(before, record)
        return Answer(200, self.shown(record, call.caller, "read"))

    async def cancel(self, call: Call) -> Answer:
        """`cancelConsignment`."""
        record = self.records[call.found["consignment_id"]]
        errors = list(text_rules.identity_numbers(call.body))
        if errors:
            call.refuse("invalid", *errors)
        again = record["status"] == "cancelled"
        if again and not self.world.ask(CancelledAgain(call.caller, record)):
            call.refuse("state_conflict")
        if not again:
            if record["status"] != "created":
                self.rules.refuse_state(call)
            record = self.replaced(_cancelled(record))
            self.tell("consignment.cancelled", record)
        return Answer(200, self.shown(record, call.caller, "read"))

    async def get(self, call: Call) -> Answer:
        """`getConsignment`."""
        self.check_flow(call, "out")
        return Answer(200, self.shown(call.found, call.caller, "read"))

    async def listing(self, call: Call) -> Answer:
        """`listConsignments`."""
        self.check_flow(call, "out")
        feed = self._feed(call.caller.code)
        entries = self._entries(feed, pages.start(call), call.caller)
        return pages.feed_page(self.world, call, "/consignments", entries, len(feed.keys), pages.recorded("updated_at"))

    def find_feed(self, call: Call) -> None:
        """Raises Problem where couriers cannot pull."""
        if call.caller.kind == "courier":
            self.capable("pull")

    def find_pulled(self, call: Call) -> Document:
        """The consignment of the path, for reading.  Raises Problem."""
        self.find_feed(call)
        return self.find(call)

    def find(self, call: Call) -> Document:
        """The consignment of the path, where the caller may see it.  Raises Problem."""
        return self.known(call, call.path["consignment_id"], both=True)

    def known(self, call: Call, id: str, both: bool) -> Document:
        """A consignment that the caller performs, or (`both`) entered.  Raises Problem."""
        record = self.records.get(id)
        if record is None:
            raise call.absent()
        owners = (record["merchant_id"], record["courier_code"]) if both else (record["courier_code"],)
        if not call.may_see("consignment", id, *owners):
            raise call.absent(record)
        return record

    def check_flow(self, call: Call, direction: str) -> None:
        """Raises Problem where an interruption stops what the caller does."""
        if not self.subscriptions.flows(call.caller, direction, call.operation):
            call.refuse("unavailable", headers={"Retry-After": "60"})

    def shown(self, record: Document, to: Party, channel: str) -> Document:
        """What a party sees of a consignment."""
        return self.world.ask(FieldsShown(record, to, channel))

    def replaced(self, record: Document) -> Document:
        """The next version of a record, kept and at the end of the feeds."""
        record = {**record, "version": record["version"] + 1, "updated_at": self.world.clock.stamp()}
        self._keep(record)
        return record

    def tell(self, type: str, record: Document) -> None:
        """Send the performing courier a message about a consignment."""
        courier = BY_CODE[record["courier_code"]]
        self.subscriptions.tell(type, record, (courier,), lambda to: self.shown(record, to, "push"))

    def of_order(self, order_no: str) -> list[Document]:
        """The consignments of an order, of whichever merchant."""
        return [self.records[id] for id in self.orders.get(order_no, ())]

    def _numbered(self, call: Call, id: str, parcels: list[Document]) -> dict[str, Parcel]:
        """The parcels of an entry that come with a waybill number, by that number."""
        read = self.waybills.read
        return {
            read(call, parcel["waybill_no"], f"/parcels/{place}/waybill_no"): (id, parcel["parcel_no"])
            for place, parcel in enumerate(parcels)
            if "waybill_no" in parcel
        }

    def _begun_anew(self, before: Document) -> Document:
        """What another courier finds of the parcels: nothing of what happened."""
        self.parted(before["consignment_id"])
        released = self.world.ask(BegunAnew(before, self.waybills.release(before)))
        return {name: released[name] for name in ("parcels", "status")}

    def _hand_over(self, before: Document, record: Document) -> None:
        """The former courier learns once that it no longer performs, and nothing of what was entered since."""
        last = {**_cancelled(before), "version": record["version"], "updated_at": record["updated_at"]}
        self._feed(before["courier_code"]).removed(before["consignment_id"])
        tell_former, tell_new = self.world.ask(HandOver(before, record))
        if tell_former:
            self.farewells[before["courier_code"], before["consignment_id"]] = last
            self._feed(before["courier_code"]).changed(before["consignment_id"])
            self.tell("consignment.cancelled", last)
        if tell_new:
            self.tell("consignment.created", record)

    def _keep(self, record: Document) -> None:
        id = record["consignment_id"]
        self.records[id] = record
        self.orders.setdefault(record["order_no"], {})[id] = None
        self.farewells.pop((record["courier_code"], id), None)
        self._feed(record["merchant_id"]).changed(id)
        self._feed(record["courier_code"]).changed(id)

    def _feed(self, code: str) -> Feed:
        return self.feeds.setdefault(code, Feed())

    def _entries(self, feed: Feed, position: int, to: Party) -> Iterator[tuple[int, Document]]:
        for place, id in feed.since(position):
            record = self.farewells.get((to.code, id)) or self.records[id]
            yield place, self.shown(record, to, "pull")


def _cancelled(record: Document) -> Document:
    parcels = [{**parcel, "status": "cancelled"} for parcel in record["parcels"]]
    return {**record, "parcels": parcels, "status": "cancelled"}
