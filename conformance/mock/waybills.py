"""Which parcel a waybill number belongs to.  Numbers are used again in the trade: a parcel that has arrived sets its number free.

In: bindings.  Out: the parcel, or a conflict (rule 8.1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from conformance.mock.calls import Call, Problem
from conformance.mock.questions import WaybillConflicts, WaybillRead
from conformance.mock.questions.question import Document

Parcel = tuple[str, str]
"""Consignment id and parcel number."""


@dataclass(slots=True)
class Waybills:
    """`finished` says whether a parcel is at its end; `former` holds, by number, the records that had it before another courier
    took over."""

    finished: Callable[[Parcel], bool]
    parcels: dict[str, Parcel] = field(default_factory=dict)
    former: dict[str, Document] = field(default_factory=dict)

    def read(self, call: Call, waybill_no: str, pointer: str) -> str:
        """The number as it is kept.  Raises Problem where it is refused."""
        kept = call.asker.ask(WaybillRead(call.caller, waybill_no))
        if kept is None:
            raise Problem("invalid", (pointer, "pattern"))
        return kept

    def check(self, call: Call, waybill_no: str, parcel: Parcel, present: str | None = None) -> None:
        """Raises Problem where the number means another parcel under way, or the parcel's number is already another."""
        known = self.parcels.get(waybill_no, parcel)
        used, taken = known != parcel, known != parcel and not self.finished(known)
        if call.asker.ask(WaybillConflicts(call.caller, waybill_no, present, used, taken)):
            call.refuse("waybill_conflict")

    def bind(self, waybill_no: str, parcel: Parcel) -> None:
        """Let the number mean this parcel, unless it means one that got it later and is under way."""
        known = self.parcels.get(waybill_no, parcel)
        if known != parcel and not self.finished(known):
            return
        self.parcels[waybill_no] = parcel
        self.former.pop(waybill_no, None)

    def release(self, record: Document) -> Document:
        """The record without its numbers, as another courier takes it over; they still mean what it was (rule 7.9)."""
        for waybill_no in [parcel["waybill_no"] for parcel in record["parcels"] if "waybill_no" in parcel]:
            self.parcels.pop(waybill_no, None)
            self.former[waybill_no] = record
        parcels = [{name: value for name, value in parcel.items() if name != "waybill_no"} for parcel in record["parcels"]]
        return {**record, "parcels": [{**parcel, "status": "created"} for parcel in parcels], "status": "created"}
