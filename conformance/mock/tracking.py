"""Public tracking: what anybody who holds a waybill number sees, and nothing more.

In: a waybill number.  Out: the masked view.
"""

from __future__ import annotations

from dataclasses import dataclass

from conformance.mock import masks
from conformance.mock.calls import Answer, Call
from conformance.mock.events import Events
from conformance.mock.parties import BY_CODE
from conformance.mock.questions import MaskOf, TrackingFound, TrackingShown
from conformance.mock.questions.question import Document
from conformance.mock.trade_clock import posix
from conformance.mock.world import World

_REGION = ("province", "city", "district")


@dataclass(frozen=True, slots=True)
class Tracking:
    """Looks waybills up for the public."""

    world: World
    events: Events

    async def get(self, call: Call) -> Answer:
        """`trackWaybill`."""
        waybill_no = call.path["waybill_no"]
        record, status, events = self._found(waybill_no)
        if record is None or self._outdated(record):
            raise call.absent()
        if not self.world.ask(TrackingFound(BY_CODE[record["courier_code"]], waybill_no)):
            raise call.absent(record)
        shown: Document = {
            "waybill_no": waybill_no,
            "courier_code": record["courier_code"],
            "status": status,
            "sender": contact(self.world, record["sender"], "tracking"),
            "recipient": contact(self.world, record["recipient"], "tracking"),
            "events": [_public(event) for event in events],
        }
        return Answer(200, self.world.ask(TrackingShown(waybill_no, shown, record)))

    def _found(self, waybill_no: str) -> tuple[Document | None, str, list[Document]]:
        """The record that a number means, its parcel's status and events: as they stood, where another courier took over."""
        waybills = self.events.consignments.waybills
        if (former := waybills.former.get(waybill_no)) is not None:
            status = next(parcel["status"] for parcel in former["parcels"] if parcel.get("waybill_no") == waybill_no)
            return former, status, self.events.of_former(former["consignment_id"], waybill_no)
        parcel = waybills.parcels.get(waybill_no)
        if parcel is None:
            return None, "", []
        return self.events.consignments.records.get(parcel[0]), self.events.current(parcel), self.events.of_parcel(parcel)

    def _outdated(self, record: Document) -> bool:
        kept = self.world.limits.retention_days * 86_400
        return posix(record["updated_at"]) + kept < self.world.clock.now()


def contact(world: World, full: Document, view: str) -> Document:
    """A contact, masked: of the address the region alone."""
    number = full["phone"]["number"]
    phone: Document = {"number": _mask(world, "phone", number, view, masks.phone(number)), "kind": "masked"}
    address = {name: full["address"][name] for name in _REGION if name in full["address"]}
    detail = _mask(world, "detail", full["address"]["detail"], view, "")
    if detail:
        address["detail"] = detail
    return {"name": _mask(world, "name", full["name"], view, masks.name(full["name"])), "phone": phone, "address": address}


def _mask(world: World, field: str, value: str, view: str, masked: str) -> str:
    return world.ask(MaskOf(field, value, view, masked))


def _public(event: Document) -> Document:
    shown = {name: event[name] for name in ("code", "occurred_at", "location")}
    if "sign_off" in event:
        shown["sign_off_manner"] = event["sign_off"]["manner"]
    return shown
