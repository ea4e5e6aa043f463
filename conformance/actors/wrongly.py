"""Wrongly: what merchants and couriers enter though it cannot be taken as it is, through error or thoughtlessness.

In: a stage.  Out: acts, marked as malformed, and exchanges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conformance.actors.actor import Actor
from conformance.actors.consignment import Consignment
from conformance.binding.http import Reply
from conformance.records import JSON
from conformance.vocabulary import ConsignmentTried, EventsTried


class EnteringWrongly(Actor):
    """What a merchant gets wrong."""

    async def tries_to_enter(
        self, courier: Actor, entry: Mapping[str, JSON], *, why: str, place: str, name: str = "", code: str = ""
    ) -> Reply:
        """Enters it all the same; `why`, `place` and `code` as `ConsignmentTried` says, `name` tells the case apart."""
        act = ConsignmentTried(
            by=self.party, to=courier.party, about=(self.stage.subject("C"),), intent="malformed",
            data={"entry": dict(entry), "why": why, "place": place, **coded(code)},
            features=tuple(sorted({f"wrong:{why}", f"at:{place}", name} - {""})),
        )
        _, reply = await self.does(act, "createConsignment", body=dict(entry))
        return reply

    async def tries_to_correct(
        self, consignment: Consignment, change: Mapping[str, JSON], *, why: str, place: str, code: str = ""
    ) -> Reply:
        """Corrects a consignment with what cannot be taken; the act's `entry` is the change."""
        act = ConsignmentTried(
            by=self.party, to=consignment.courier, about=(consignment.subject,), intent="malformed",
            data={"entry": dict(change), "why": why, "place": place, **coded(code)}, features=(f"at:{place}", f"wrong:{why}"),
        )
        _, reply = await self.does(act, "updateConsignment", path={"consignment_id": consignment.id}, body=dict(change))
        return reply

    async def tries_to_cancel(self, consignment: Consignment, *, why: str, code: str = "") -> Reply:
        """Cancels what cannot be cancelled any more; the act's `entry` is what would become of it."""
        act = ConsignmentTried(
            by=self.party, to=consignment.courier, about=(consignment.subject,), intent="malformed", features=(f"wrong:{why}",),
            data={"entry": {"status": "cancelled"}, "why": why, "place": "", **coded(code)},
        )
        path = {"consignment_id": consignment.id}
        _, reply = await self.does(act, "cancelConsignment", path=path, body={"reason": "consumer_request"})
        return reply


class ReportingWrongly(Actor):
    """What a courier gets wrong."""

    async def tries_to_report(
        self, consignment: Consignment, waybill_no: str, events: Sequence[JSON], *, why: str, number: str = "", parcel_no: str = "1",
        code: str = "",
    ) -> Reply:
        """Posts it all the same; `why`, `number` and `code` as `EventsTried` says."""
        body = {"consignment_id": consignment.id, "parcel_no": parcel_no, "events": list(events)}
        act = EventsTried(
            by=self.party, to=consignment.merchant, about=(consignment.subject,), intent="malformed", features=(f"wrong:{why}",),
            data={"waybill_no": waybill_no, "why": why, "number": number, **coded(code), **body},
        )
        _, reply = await self.does(act, "postEvents", path={"waybill_no": waybill_no}, body=body)
        return reply


def coded(code: str) -> dict[str, JSON]:
    """What the refusal must say, where the act tells it."""
    return {"code": code} if code else {}
