"""Consents: what users agreed to, as their merchants register it (rules 10.1 to 10.3).

In: calls of merchants.  Out: records; a withdrawal takes effect at once and touches no delivery.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from conformance.mock.calls import Answer, Call
from conformance.mock.consignments import Consignments
from conformance.mock.parties import BY_CODE
from conformance.mock.questions import ConsentRegistered
from conformance.mock.questions.question import Document
from conformance.mock.trade_clock import posix
from conformance.mock.world import World


@dataclass(slots=True)
class Consent:
    """A registered consent, whose merchant may withdraw it."""

    document: Document
    merchant: str
    withdrawn: bool = False


@dataclass(slots=True)
class Consents:
    """All consents."""

    world: World
    consignments: Consignments
    records: dict[str, Consent] = field(default_factory=dict)

    async def give(self, call: Call) -> Answer:
        """`giveConsent`."""
        body = call.body
        errors = []
        if not any(record["merchant_id"] == call.caller.code for record in self.consignments.of_order(body["order_no"])):
            errors.append(("/order_no", "unknown_reference"))
        recipient = BY_CODE.get(body["recipient_code"])
        if recipient is None or recipient.kind == "operator":
            errors.append(("/recipient_code", "unknown_reference"))
        try:
            if posix(body["expires_at"]) <= self.world.clock.now():
                errors.append(("/expires_at", "in_past"))
        except ValueError:
            errors.append(("/expires_at", "format"))
        if errors:
            call.refuse("invalid", *errors)
        id = self.world.new_id("K")
        document = self.world.ask(ConsentRegistered(call.caller, {"consent_id": id, **body, "given_at": self.world.clock.stamp()}))
        self.records[id] = Consent(document, call.caller.code)
        return Answer(201, document, {"Location": f"/consents/{id}"})

    def find(self, call: Call) -> Consent:
        """The consent of the path.  Raises Problem."""
        consent = self.records.get(id := call.path["consent_id"])
        if consent is None or not call.may_see("consent", id, consent.merchant):
            raise call.absent(consent.document if consent else None)
        return consent

    async def withdraw(self, call: Call) -> Answer:
        """`withdrawConsent`."""
        call.found.withdrawn = True
        return Answer(204)
