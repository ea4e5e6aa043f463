"""Data requests: granted or refused, by purpose, role and consent (rule 10.1).

In: calls of third parties, analysts and couriers.  Out: decisions; data only with a grant, and only the fields asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from conformance.mock.calls import Answer, Call
from conformance.mock.consents import Consents
from conformance.mock.consignments import Consignments
from conformance.mock.questions import ConsentJudged, CrossBorderBasis, DataDecision, DataGiven, PurposeAllowed
from conformance.mock.questions.question import Document
from conformance.mock.trade_clock import posix
from conformance.mock.world import World

GRANTS = frozenset({"performs_delivery", "consent_valid"})


@dataclass(frozen=True, slots=True)
class DataRequests:
    """Decides."""

    world: World
    consignments: Consignments
    consents: Consents

    async def decide(self, call: Call) -> Answer:
        """`requestData`."""
        consignment = self._consignment(call)
        judged = self._reason(call, consignment)
        reason = self.world.ask(DataDecision(call.caller, call.body, judged, consignment))
        decision: Document = {
            "decision_id": self.world.new_id("D"),
            "order_no": call.body["order_no"],
            "decision": "granted" if reason in GRANTS else "refused",
            "reason": reason,
        }
        data = _taken(consignment, call.body["fields"]) if reason in GRANTS and consignment else None
        given = self.world.ask(DataGiven(call.caller, call.body, decision["decision"], data, consignment))
        if given is not None:
            decision["data"] = given
        return Answer(200, decision)

    def _consignment(self, call: Call) -> Document | None:
        """The consignment that the request means: the caller's own to deliver, else the one of the consent's merchant."""
        found = self.consignments.of_order(call.body["order_no"])
        if call.body["purpose"] == "delivery":
            found = [record for record in found if record["courier_code"] == call.caller.code]
        else:
            consent = self.consents.records.get(call.body.get("consent_id", ""))
            found = [record for record in found if consent is None or record["merchant_id"] == consent.merchant]
        return next((record for record in reversed(found) if record["status"] != "cancelled"), found[-1] if found else None)

    def _reason(self, call: Call, consignment: Document | None) -> str:
        request, caller = call.body, call.caller
        unrelated = self.world.ask(PurposeAllowed(caller, request))
        if unrelated is not None:
            return unrelated
        abroad = request["jurisdiction"] != "CN"
        if abroad and not self.world.ask(CrossBorderBasis(caller, request, request.get("cross_border_basis"))):
            return "cross_border_basis_missing"
        consented: Document = {}
        if request["purpose"] == "delivery":
            if consignment is None:
                return "not_a_party"
        else:
            lacking, consented = self._consent(call)
            if lacking is not None:
                return lacking
        if abroad and not consented.get("cross_border"):
            return "cross_border_consent_missing"
        return "performs_delivery" if request["purpose"] == "delivery" else "consent_valid"

    def _consent(self, call: Call) -> tuple[str | None, Document]:
        """What the consent lacks, and the consent."""
        request = call.body
        consent = self.consents.records.get(request.get("consent_id", ""))
        document = consent.document if consent else {}
        question = ConsentJudged(
            call.caller,
            request,
            document,
            same_order=document.get("order_no") == request["order_no"],
            same_recipient=document.get("recipient_code") == call.caller.code,
            withdrawn=consent is not None and consent.withdrawn,
            expired=consent is not None and posix(document["expires_at"]) <= self.world.clock.now(),
            now=self.world.clock.now(),
        )
        return self.world.ask(question), document


def _taken(consignment: Document, fields: list[str]) -> Document:
    recipient = consignment["recipient"]
    everything = {
        "recipient_name": recipient["name"],
        "recipient_phone": recipient["phone"],
        "recipient_address": recipient["address"],
        "recipient_region": recipient["address"]["region_code"],
        "item_categories": [item["category"] for item in consignment["items"]],
        "status": consignment["status"],
    }
    return {name: everything[name] for name in fields}
