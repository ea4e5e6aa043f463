"""Possessions: live objects of a merchant and a courier, made for the security scenarios and known to no other.

In: a stage, and two parties who can spare them.  Out: what they own; `errands` lists every operation of the platform's interface.
What belongs to a capability that is not declared gets an invented id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.actors.business import picked_up
from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier
from conformance.actors.errands import Errand
from conformance.actors.merchant import Merchant
from conformance.clock import moment
from conformance.guise import unmarked
from conformance.records import JSON, Case
from conformance.vocabulary import OperationTried

if TYPE_CHECKING:
    from conformance.actors.trade import Trade

LEAD = 20 * 24 * 3600.0
"""Seconds between a notice and its beginning: longer than any lead time that the suite meets, and it is withdrawn long before."""
YEAR = 365 * 24 * 3600
RARE = ("interruption.withdrawn",)
"""What a subscription is for that is made for its own sake."""


class Possessions:
    """`parcel` is under way with `waybill`; three more consignments wait to be corrected, redirected and cancelled."""

    def __init__(self, stage: Trade, merchant: Merchant, courier: Courier, other: Courier) -> None:
        self.stage, self.merchant, self.courier, self.other = stage, merchant, courier, other
        self.waybill = courier.new_waybill()
        self.consent = self.subscription = self.notice = unmarked(stage.plan.nonce, "none", 0)

    async def acquire(self) -> Possessions:
        """Makes one of each."""
        declared = self.stage.theatre.capabilities
        self.parcel, self.corrected, self.redirected, self.cancelled = [await self._consigned() for _ in range(4)]
        await self._reporting(picked_up(self.stage, self.courier)).rightly(self.stage)
        for errand in (self._consenting(), self._subscribing(), self._giving_notice()):
            if errand.capability in declared:
                reply = await errand.rightly(self.stage)
                self.consent = str(reply.get("consent_id") or self.consent)
                self.subscription = str(reply.get("subscription_id") or self.subscription)
                self.notice = str(reply.get("notice_id") or self.notice)
        return self

    async def give_up(self) -> None:
        """Takes back what would go on without us."""
        for errand in self._ends():
            if errand.capability in {*self.stage.theatre.capabilities, None}:
                await self.stage.binding.call(errand.operation, as_=errand.actor.party, path=errand.path, body=errand.body)

    async def comes_too_late(self) -> None:
        """Gives up, and then tries what cannot be done any more."""
        await self.give_up()
        ended = {"notice_id": self.notice}, {"consignment_id": self.cancelled.id}
        late = [
            Errand("withdrawNotice", self.courier, "notices", path=ended[0], body={"message": "改期"}),
            Errand("updateConsignment", self.merchant, path=ended[1], body={"remarks": "请放门口"}),
        ]
        for errand in late:
            if errand.capability in {*self.stage.theatre.capabilities, None}:
                act = OperationTried(by=errand.actor.party, intent="malformed", data=errand.data)
                await errand.run(self.stage, act, case=Case(f"{errand.name} too late"))

    async def _consigned(self) -> Consignment:
        errand = self._consigning()
        reply = await errand.rightly(self.stage)
        number = str(reply.get("consignment_id") or unmarked(self.stage.plan.nonce, "none", 0))
        return Consignment(errand.about[0], self.merchant.party, self.courier.party, dict(errand.body or {}), number)

    def errands(self) -> list[Errand]:
        """Each operation once, those that end something last."""
        return [*self._looks(), *self._deliveries(), *self._favours(), *self._talks(), *self._ends()]

    # -- what makes something ------------------------------------------------------------------------------------------------

    def _consigning(self) -> Errand:
        body = written_out(self.stage, self.merchant, self.courier)
        return Errand("createConsignment", self.merchant, body=body, about=(self.stage.subject("C"),), to=self.courier)

    def _reporting(self, happening: JSON) -> Errand:
        body = {"consignment_id": self.parcel.id, "parcel_no": "1", "events": [happening]}
        path = {"waybill_no": self.waybill}
        return Errand("postEvents", self.courier, path=path, body=body, about=(self.parcel.subject,), to=self.merchant)

    def _consenting(self) -> Errand:
        until = (self.stage.now // 1_000_000 + YEAR) * 1_000_000
        body = {
            "order_no": self.parcel.order_no, "purpose": "value_added", "recipient_code": self.stage.third_party.code,
            "fields": ["recipient_region", "status"], "cross_border": False, "expires_at": moment(until),
        }
        return Errand("giveConsent", self.merchant, "consents", body=body, about=(self.parcel.subject,), to=self.stage.third_party)

    def _subscribing(self) -> Errand:
        """A receiver at which nobody listens: it is taken away before anything is sent."""
        url = f"{self.stage.theatre.callback}/{self.courier.box_name(self.stage.theatre.count('box'))}"
        return Errand("createSubscription", self.courier, "push", body=self.courier.writes_subscription(url, RARE))

    def _giving_notice(self) -> Errand:
        body = self.courier.writes_notice("other", starts_in=LEAD)
        return Errand("giveNotice", self.courier, "notices", body=body, about=(self.stage.subject("N"),))

    # -- what can be done with it --------------------------------------------------------------------------------------------

    def _looks(self) -> list[Errand]:
        """What only reads."""
        stage, merchant, courier = self.stage, self.merchant, self.courier
        mine, about, one = {"consignment_id": self.parcel.id}, (self.parcel.subject,), {"limit": 1}
        return [
            Errand("getDiscovery", stage.nobody),
            Errand("listCouriers", merchant, path={"merchant_id": merchant.code}, query=one),
            Errand("listConsignments", merchant, query=one),
            Errand("listConsignments", courier, "pull", query=one, variant="courier"),
            Errand("getConsignment", merchant, path=mine, about=about),
            Errand("getConsignment", courier, "pull", path=mine, about=about, variant="courier"),
            Errand("listConsignmentEvents", merchant, path=mine, query=one),
            Errand("trackWaybill", stage.consumer, "public_tracking", path={"waybill_no": self.waybill}, about=about),
            Errand("listSubscriptions", courier, "push", query=one),
            Errand("listNotices", courier, "notices", query=one),
            Errand("getNotice", courier, "notices", path={"notice_id": self.notice}),
            Errand("listPublicNotices", stage.nobody, "notices", query=one),
            Errand("listAnalyticsShipments", stage.analyst, "analytics", query=one),
            Errand("getExchangeStatus", courier, "monitoring", query=one),
            Errand("listRiskAssessments", courier, "monitoring", query=one),
        ]

    def _deliveries(self) -> list[Errand]:
        """Consignments and their events."""
        correction = {"recipient": stranger(self.stage), "remarks": f"请送前台 {self.merchant.mark(0)}"}
        change = {"courier_code": self.other.code, "service_product": self.stage.product_of(self.other.code)}
        return [
            self._consigning(),
            Errand(
                "updateConsignment", self.merchant, path={"consignment_id": self.corrected.id}, body=correction,
                about=(self.corrected.subject,), to=self.courier,
            ),
            Errand(
                "updateConsignment", self.merchant, "courier_change", path={"consignment_id": self.redirected.id}, body=change,
                about=(self.redirected.subject,), to=self.other, variant="courier",
            ),
            self._reporting(self.courier.happening("ARRIVED_HUB")),
        ]

    def _favours(self) -> list[Errand]:
        """Consents, data requests and subscriptions."""
        request = {"order_no": self.parcel.order_no, "purpose": "delivery", "fields": ["recipient_region", "status"], "jurisdiction": "CN"}
        asking = Errand("requestData", self.courier, "data_requests", body=request, about=(self.parcel.subject,))
        return [self._consenting(), asking, self._subscribing()]

    def _talks(self) -> list[Errand]:
        """A notice and the dialogue about it.  A reply needs the platform's acknowledgement, a report a dialogue that failed."""
        path, mark = {"notice_id": self.notice}, self.courier.mark(0)
        proposal = {"reply": "propose", "proposal": f"改在凌晨 {mark}", "message": f"请考虑 {mark}"}
        refusal = {"reply": "reject", "message": f"难以接受 {mark}"}
        report = {"authorities": ["commerce", "postal"], "message": f"协商不成 {mark}"}
        return [
            self._giving_notice(),
            Errand("replyToNotice", self.courier, "notices", path=path, body=proposal),
            Errand("replyToNotice", self.courier, "notices", path=path, body=refusal, variant="reject"),
            Errand("reportNotice", self.courier, "notices", path=path, body=report),
        ]

    def _ends(self) -> list[Errand]:
        """What takes something away."""
        cancellation = {"reason": "consumer_request", "message": f"不要了 {self.merchant.mark(0)}"}
        return [
            Errand(
                "cancelConsignment", self.merchant, path={"consignment_id": self.cancelled.id}, body=cancellation,
                about=(self.cancelled.subject,), to=self.courier,
            ),
            Errand("withdrawNotice", self.courier, "notices", path={"notice_id": self.notice}, body={"message": "改期"}),
            Errand("withdrawConsent", self.merchant, "consents", path={"consent_id": self.consent}),
            Errand("deleteSubscription", self.courier, "push", path={"subscription_id": self.subscription}),
        ]


def written_out(stage: Trade, merchant: Merchant, courier: Courier) -> dict[str, JSON]:
    """What a merchant enters for somebody whom no other scenario knows."""
    entry = merchant.writes_out(courier)
    return {**entry, "sender": stranger(stage), "recipient": stranger(stage)}


def stranger(stage: Trade) -> dict[str, JSON]:
    """A contact whose name holds nobody else's: names of two characters stand in longer ones by chance."""
    number = stage.theatre.count("stranger")
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:04}")
    return {**stage.people.person().contact(), "name": f"Qiu {letters.title()}"}
