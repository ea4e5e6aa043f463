"""The gap: what merchants and a courier do while an interruption is in effect, and try again after it.

In: a stage, the courier, its notice.  Out: acts of their own kind, since nobody owes their delivery at once; each is asked once,
not repeated as `Retry-After` would have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.actors.actor import Actor
from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier
from conformance.actors.merchant import Merchant
from conformance.actors.notice import Notice
from conformance.binding.http import Reply
from conformance.parties import Party, Subject
from conformance.records import JSON
from conformance.vocabulary import DoneInTheGap

if TYPE_CHECKING:
    from conformance.actors.trade import Trade


class Gap:
    """What happens between `courier` and the merchants during the interruption of one notice."""

    def __init__(self, stage: Trade, courier: Courier, notice: Notice) -> None:
        self.stage, self.courier, self.notice = stage, courier, notice
        self._touched: list[tuple[Merchant, Consignment]] = []
        self._refused: list[tuple[Consignment, str, list[JSON]]] = []

    async def enters(self, merchant: Merchant) -> None:
        """A merchant enters a consignment for the courier, which the platform may refuse."""
        entry = merchant.writes_out(self.courier)
        await self._done("entered", merchant, self.stage.subject("C"), self.courier.party, "createConsignment", body=entry)

    async def corrects(self, merchant: Merchant, consignment: Consignment) -> None:
        """A merchant corrects what was entered before."""
        self._touched.append((merchant, consignment))
        change = {"remarks": f"改放物业 {self.notice.subject}-{consignment.subject}"}
        path = {"consignment_id": consignment.id}
        await self._done("corrected", merchant, consignment.subject, consignment.courier, "updateConsignment", path=path, body=change)

    async def cancels(self, merchant: Merchant, consignment: Consignment) -> None:
        """A merchant cancels what was entered before and not yet picked up."""
        path, body = {"consignment_id": consignment.id}, {"reason": "consumer_request"}
        await self._done("cancelled", merchant, consignment.subject, consignment.courier, "cancelConsignment", path=path, body=body)

    async def reports(self, consignment: Consignment, waybill_no: str, events: list[JSON] | None = None) -> None:
        """The courier reports where the parcel is."""
        events = events or [self.courier.happening("ARRIVED_HUB"), self.courier.happening("DEPARTED_HUB")]
        body = {"consignment_id": consignment.id, "parcel_no": "1", "events": events}
        reply = await self._done(
            "reported", self.courier, consignment.subject, consignment.merchant, "postEvents", path={"waybill_no": waybill_no}, body=body
        )
        if reply.status and not reply.ok:  # of what got lost on the way nobody knows whether it was taken
            self._refused.append((consignment, waybill_no, events))

    async def tries_again(self) -> None:
        """After the end the courier reports once more what was not taken."""
        refused, self._refused = self._refused, []
        for consignment, waybill_no, events in refused:
            await self.reports(consignment, waybill_no, events)

    async def everybody_reads(self) -> None:
        """The merchants read the events of what was touched."""
        for merchant, consignment in self._touched:
            await merchant.reads_events_of(consignment)

    async def _done(
        self, what: str, who: Actor, about: Subject, to: Party, operation: str, *, path: dict[str, str] | None = None, body: JSON = None
    ) -> Reply:
        data = {"what": what, "notice": self.notice.subject, "body": body}
        act = self.stage.act(DoneInTheGap(by=who.party, about=(about,), to=to, data=data))
        return await self.stage.binding.call(operation, as_=who.party, act=act, path=path, body=body, attempts=1)
