"""Privacy: consents that merchants register, data that parties ask for, the data set for analysis, and curiosity.

In: a stage.  Out: acts and exchanges; consents for the scenario to hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conformance.actors.actor import Actor
from conformance.actors.consignment import Consignment
from conformance.actors.reading import Reading
from conformance.binding.http import Reply
from conformance.clock import moment
from conformance.parties import Subject
from conformance.records import JSON
from conformance.vocabulary import AnalyticsRead, ConsentGiven, ConsentWithdrawn, DataRequested, Pried

FIELDS = ("recipient_name", "recipient_phone", "recipient_address", "recipient_region", "item_categories", "status")
"""What a consent or a data request may name."""
MONTH = 30 * 24 * 3600.0


@dataclass
class Consent:
    """`name` is ours, `id` the platform's, empty where it did not take the consent; it ends at `until` (trade time)."""

    name: str
    id: str
    until: int


class Consenting(Actor):
    """What a merchant does for its users."""

    async def gives_consent(
        self, consignment: Consignment, to: Actor, fields: Sequence[str] = FIELDS, *, lasts: float = MONTH, cross_border: bool | None = None
    ) -> Consent:
        """Registers the user's consent that `to` gets these fields of the order, for so many seconds."""
        until = (self.stage.now + round(lasts * 1e6)) // 1_000_000 * 1_000_000
        entry: dict[str, JSON] = {
            "order_no": consignment.order_no, "purpose": "value_added", "recipient_code": to.code, "fields": list(fields),
            "expires_at": moment(until), **({} if cross_border is None else {"cross_border": cross_border}),
        }
        name = self.stage.subject("K")
        act = ConsentGiven(by=self.party, to=to.party, about=(consignment.subject,), data={"consent": name, "entry": entry})
        _, reply = await self.does(act, "giveConsent", body=entry)
        return Consent(name, str(reply.get("consent_id") or ""), until)

    async def gives_consent_wrongly(self, consignment: Consignment, to: Actor, *, lasts: float = MONTH, **wrong: JSON) -> Reply:
        """Registers a consent that cannot be: `wrong` replaces members of it, or it is over already."""
        entry: dict[str, JSON] = {
            "order_no": consignment.order_no, "purpose": "value_added", "recipient_code": to.code, "fields": list(FIELDS),
            "expires_at": moment(self.stage.now + round(lasts * 1e6)), **wrong,
        }
        data = {"consent": self.stage.subject("K"), "entry": entry}
        act = ConsentGiven(by=self.party, to=to.party, about=(consignment.subject,), intent="malformed", data=data)
        _, reply = await self.does(act, "giveConsent", body=entry)
        return reply

    async def withdraws_consent(self, consignment: Consignment, consent: Consent) -> Reply:
        """Passes on that the user withdrew it."""
        act = ConsentWithdrawn(by=self.party, about=(consignment.subject,), data={"consent": consent.name})
        _, reply = await self.does(act, "withdrawConsent", path={"consent_id": consent.id})
        return reply


class Asking(Actor):
    """What couriers, analysts and others do who want an order's data."""

    async def asks_for_data(
        self, consignment: Consignment, purpose: str, fields: Sequence[str] = FIELDS, *, consent: Consent | None = None,
        jurisdiction: str = "CN", basis: str | None = None,
    ) -> Reply:
        """Asks for these fields of the order, referring to a consent or to none."""
        request: dict[str, JSON] = {
            "order_no": consignment.order_no, "purpose": purpose, "fields": list(fields), "jurisdiction": jurisdiction,
            **({"cross_border_basis": basis} if basis else {}), **({"consent_id": consent.id} if consent and consent.id else {}),
        }
        named = consent.name if consent else None
        act = DataRequested(by=self.party, about=(consignment.subject,), data={"consent": named, "request": request})
        _, reply = await self.does(act, "requestData", body=request)
        return reply


    async def asks_about_nothing(self, purpose: str) -> Reply:
        """Asks for the data of an order that nobody entered."""
        subject = self.stage.subject("O")
        request: dict[str, JSON] = {
            "order_no": f"{self.stage.plan.nonce}-{subject}", "purpose": purpose, "fields": list(FIELDS), "jurisdiction": "CN",
        }
        act = DataRequested(by=self.party, about=(subject,), data={"consent": None, "request": request})
        _, reply = await self.does(act, "requestData", body=request)
        return reply


class Analysing(Reading):
    """What the analyst does with the data set."""

    async def reads_the_data_set(self) -> list[JSON]:
        """All rows, page by page: one query."""
        def act(cursor: str | None, walk: int) -> AnalyticsRead:
            return AnalyticsRead(by=self.party, data={"cursor": cursor, "walk": walk})

        return await self.walks("listAnalyticsShipments", act)


class Prying(Actor):
    """What anybody may try who is curious or careless."""

    async def pries(
        self, how: str, operation: str, *about: Subject, path: Mapping[str, str] | None = None,
        query: Mapping[str, str | int] | None = None, body: JSON = None, headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Calls an operation on what is not its own, or wrongly on purpose."""
        act = Pried(by=self.party, about=about, intent="hostile", data={"how": how})
        _, reply = await self.does(act, operation, path=path, query=query, body=body, headers=headers)
        return reply
