"""A merchant on the platform: chooses couriers, enters, corrects, redirects and cancels consignments, follows its parcels.

In: a stage.  Out: acts and exchanges; consignments for the scenario to hold.
"""

from __future__ import annotations

from conformance.actors.actor import Actor
from conformance.actors.comparing import Following
from conformance.actors.consignment import Consignment
from conformance.actors.goods import parcels, things, value_added
from conformance.actors.listening import Listening
from conformance.actors.privacy import Consenting, Prying
from conformance.actors.wrongly import EnteringWrongly
from conformance.binding.http import Reply
from conformance.guise import serial
from conformance.parties import Party, Subject
from conformance.people import Person
from conformance.records import JSON, Block
from conformance.vocabulary import (
    ConsignmentCancelled,
    ConsignmentCorrected,
    ConsignmentEntered,
    CourierChanged,
    CouriersAsked,
)


class Merchant(Listening, Consenting, Prying, EnteringWrongly, Following):
    """Verbs of a merchant."""

    kind = "merchant"

    async def asks_for_couriers(self) -> Reply:
        """Which couriers can I choose?"""
        _, reply = await self.does(
            CouriersAsked(by=self.party), "listCouriers", path={"merchant_id": self.code}, query={"limit": 100}
        )
        return reply

    def writes_out(self, courier: Actor, recipient: Person | None = None, sender: Person | None = None, **more: JSON) -> dict[str, JSON]:
        """What a merchant enters for a parcel to `recipient`; `more` replaces single fields (None leaves one out)."""
        recipient, sender = recipient or self.stage.people.person(), sender or self.stage.people.person()
        rng = self.stage.rng
        number = self.stage.theatre.count("order")
        entry: dict[str, JSON] = {
            "order_no": self.order_number(number),
            "courier_code": courier.code,
            "service_product": self.stage.product_of(courier.code),
            "sender": sender.contact(),
            "recipient": recipient.contact(),
            "items": things(rng),
            "parcels": parcels(rng, 1),
            "payment_mode": "prepaid",
            "value_added": value_added(rng),
            "remarks": f"送货前请先联系，{self.mark(number)}" if self.plain else f"请放门卫 {self.mark(number)}",
            "purpose": "delivery",
        }
        entry.update(more)
        return {name: value for name, value in entry.items() if value is not None}

    def order_number(self, number: int) -> str:
        """What it calls an order."""
        nonce = self.stage.plan.nonce
        return f"SO{serial(nonce, 'order', number, 10)}" if self.plain else f"{nonce}-{number:05}"

    async def creates_a_consignment(
        self, courier: Actor, recipient: Person | None = None, sender: Person | None = None, *, block: Block | None = None,
        features: frozenset[str] = frozenset(), headers: dict[str, str] | None = None, **more: JSON,
    ) -> Consignment:
        """Enters a consignment for that courier."""
        recipient, sender = recipient or self.stage.people.person(), sender or self.stage.people.person()
        entry = self.writes_out(courier, recipient, sender, **more)
        return await self.enters(courier, entry, block=block, features=features | recipient.features, headers=headers)

    async def enters(
        self, courier: Actor, entry: dict[str, JSON], *, block: Block | None = None, features: frozenset[str] = frozenset(),
        headers: dict[str, str] | None = None,
    ) -> Consignment:
        """Enters what was written out; `features` say what sort of case it is."""
        subject = self.stage.subject("C")
        act = ConsignmentEntered(
            by=self.party, about=(subject,), to=courier.party, data=entry, block=block, features=tuple(sorted(features)),
        )
        _, reply = await self.does(act, "createConsignment", body=entry, headers=headers)
        known = str(reply.get("consignment_id") or "")
        if known:
            self.stage.theatre.facts.setdefault(f"oldest:{self.party}", f"{subject} {known} {courier.party} {entry['order_no']}")
        return Consignment(subject, self.party, courier.party, dict(entry), known, _version(reply))

    @property
    def oldest(self) -> Consignment | None:
        """The first consignment that was taken from it, with no more of what was entered than its order number."""
        fact = self.stage.theatre.facts.get(f"oldest:{self.party}")
        if fact is None:
            return None
        subject, known, courier, order_no = fact.split(" ", 3)
        return Consignment(Subject(subject), self.party, Party(courier), {"order_no": order_no}, known)

    async def corrects(self, consignment: Consignment, *, block: Block | None = None, **changes: JSON) -> Reply:
        """Corrects the recipient or the remarks."""
        act = ConsignmentCorrected(by=self.party, about=(consignment.subject,), to=consignment.courier, data=changes, block=block)
        _, reply = await self.does(act, "updateConsignment", path={"consignment_id": consignment.id}, body=changes)
        if reply.ok:
            consignment.entered.update(changes)
            consignment.version = _version(reply)
        return reply

    async def changes_courier(self, consignment: Consignment, to: Actor, **changes: JSON) -> Reply:
        """Gives the consignment to another courier, with further changes if there are any."""
        change: dict[str, JSON] = {"courier_code": to.code, "service_product": self.stage.product_of(to.code), **changes}
        act = CourierChanged(
            by=self.party, about=(consignment.subject,), to=to.party, data={"from": consignment.courier, **change}
        )
        _, reply = await self.does(act, "updateConsignment", path={"consignment_id": consignment.id}, body=change)
        if reply.ok:
            consignment.entered.update(change)
            consignment.courier, consignment.version = to.party, _version(reply)
        return reply

    async def cancels(self, consignment: Consignment) -> Reply:
        """Cancels the consignment."""
        act = ConsignmentCancelled(by=self.party, about=(consignment.subject,), to=consignment.courier)
        path = {"consignment_id": consignment.id}
        _, reply = await self.does(act, "cancelConsignment", path=path, body={"reason": "consumer_request"})
        return reply


def _version(reply: Reply) -> int:
    version = reply.get("version")
    return version if isinstance(version, int) else 0
