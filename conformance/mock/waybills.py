"""Which parcel a waybill number belongs to.  Numbers are used again in the trade: a parcel that has arrived sets its number free.

In: bindings.  Out: the parcel, or a conflict.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from conformance.mock.calls import Call

Parcel = tuple[str, str]
"""Consignment id and parcel number."""


@dataclass(slots=True)
class Waybills:
    """`finished` says whether a parcel's life is over."""

    finished: Callable[[Parcel], bool]
    parcels: dict[str, Parcel] = field(default_factory=dict)

    def bind(self, call: Call, waybill_no: str, consignment_id: str, parcel_no: str) -> None:
        """Let the number mean this parcel from now on.  Raises Problem where it means another that is under way."""
        known, wanted = self.parcels.get(waybill_no), (consignment_id, parcel_no)
        if known is not None and known != wanted and not self.finished(known):
            call.refuse("waybill_conflict")
        self.parcels[waybill_no] = wanted
