"""Which parcel a waybill number belongs to.  Numbers are used again in the trade: a parcel that has arrived sets its number free.

In: bindings.  Out: the parcel, or a conflict (rule 8.1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from conformance.mock.calls import Call, Problem
from conformance.mock.questions import WaybillRead

Parcel = tuple[str, str]
"""Consignment id and parcel number."""


@dataclass(slots=True)
class Waybills:
    """`finished` says whether a parcel's life is over."""

    finished: Callable[[Parcel], bool]
    parcels: dict[str, Parcel] = field(default_factory=dict)

    def read(self, call: Call, waybill_no: str, pointer: str) -> str:
        """The number as it is kept.  Raises Problem where it is refused."""
        kept = call.asker.ask(WaybillRead(call.caller, waybill_no))
        if kept is None:
            raise Problem("invalid", (pointer, "pattern"))
        return kept

    def check(self, call: Call, waybill_no: str, parcel: Parcel, present: str | None = None) -> None:
        """Raises Problem where the number means another parcel under way, or the parcel's number is already another."""
        known = self.parcels.get(waybill_no)
        taken = known is not None and known != parcel and not self.finished(known)
        if taken or (present is not None and present != waybill_no):
            call.refuse("waybill_conflict")

    def bind(self, waybill_no: str, parcel: Parcel) -> None:
        """Let the number mean this parcel from now on."""
        self.parcels[waybill_no] = parcel
