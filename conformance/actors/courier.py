"""A courier: takes consignments by push and by pull, and reports what happens to the parcels.

In: a stage.  Out: acts and exchanges.
"""

from __future__ import annotations

from collections.abc import Sequence

from conformance.actors.comparing import Pulling
from conformance.actors.consignment import Consignment
from conformance.actors.listening import Listening
from conformance.actors.privacy import Asking, Prying
from conformance.actors.wrongly import ReportingWrongly
from conformance.binding.http import Reply
from conformance.clock import moment
from conformance.guise import serial, unmarked
from conformance.records import JSON, Block
from conformance.vocabulary import EventsReported

SHANGHAI = 8 * 3600


class Courier(Listening, Asking, Prying, ReportingWrongly, Pulling):
    """Verbs of a courier."""

    kind = "courier"

    def new_waybill(self) -> str:
        """A waybill number of ours that nobody has."""
        number = self.stage.theatre.count("waybill")
        nonce = self.stage.plan.nonce
        return f"KD{serial(nonce, 'waybill', number, 12)}" if self.plain else f"HL{nonce}{number:07}".replace("-", "").upper()

    def happening(self, code: str, *, at: int | None = None, **more: JSON) -> dict[str, JSON]:
        """An event as a courier posts it; `at` in trade time, now if not given."""
        number, nonce = self.stage.theatre.count("event"), self.stage.plan.nonce
        event: dict[str, JSON] = {
            "event_id": unmarked(nonce, "event", number) if self.plain else f"E-{nonce}-{number:06}",
            "code": code,
            "occurred_at": beijing(self.stage.now if at is None else at),
            "location": {"region_code": "330106", "city": "杭州市", "facility": "西湖集散中心"},
            "description": f"快件状态更新，流水号 {self.mark(number)}" if self.plain else f"{code} 第{number}条",
        }
        event.update(more)
        return {name: value for name, value in event.items() if value is not None}

    async def reports(
        self, consignment: Consignment, waybill_no: str, events: Sequence[JSON], *, parcel_no: str = "1", block: Block | None = None,
        features: frozenset[str] = frozenset(), headers: dict[str, str] | None = None,
    ) -> Reply:
        """Posts a batch of events for one parcel."""
        body = {"consignment_id": consignment.id, "parcel_no": parcel_no, "events": list(events)}
        act = EventsReported(
            by=self.party, about=(consignment.subject,), to=consignment.merchant, block=block, features=tuple(sorted(features)),
            data={"waybill_no": waybill_no, **body},
        )
        _, reply = await self.does(act, "postEvents", path={"waybill_no": waybill_no}, body=body, headers=headers)
        return reply


def beijing(at: int) -> str:
    """Trade time as couriers write it: to the second, with +08:00."""
    return moment(at // 1_000_000 * 1_000_000 + SHANGHAI * 1_000_000)[:19] + "+08:00"
