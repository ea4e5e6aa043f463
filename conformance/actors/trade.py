"""The stage of the trade: the cast as attributes, people to send parcels to, the couriers' offers.

In: the kernel's stage.  Out: `stage.merchant_1`, `stage.courier_a`, … for scenarios that read like a day at work.
"""

from __future__ import annotations

from functools import cached_property

from conformance.actors.courier import Courier
from conformance.actors.listening import Listening
from conformance.actors.merchant import Merchant
from conformance.actors.onlooker import Onlooker
from conformance.actors.operator import Operator
from conformance.parties import Party
from conformance.people import People
from conformance.records import Answer, Exchange
from conformance.stage import Stage, Theatre
from conformance.untrusted import parsed

NOTICE_TYPES = (
    "interruption.notified", "interruption.replied", "interruption.reported", "interruption.published", "interruption.withdrawn",
)
COURIER_TYPES = ("consignment.created", "consignment.updated", "consignment.cancelled", *NOTICE_TYPES)
MERCHANT_TYPES = ("waybill.event", "interruption.published", "interruption.withdrawn")
"""What each kind of party subscribes to (specs/platform.openapi.yaml, `createSubscription`)."""


class Trade(Stage):
    """A scenario's stage with its actors.  Each scenario has its own people; no two of a run share a value."""

    def __init__(self, theatre: Theatre, scenario: str) -> None:
        super().__init__(theatre, scenario)
        self.merchant_1, self.merchant_2 = Merchant(self, Party("merchant_1")), Merchant(self, Party("merchant_2"))
        self.courier_a, self.courier_b = Courier(self, Party("courier_a")), Courier(self, Party("courier_b"))
        self.courier_new = Courier(self, Party("courier_new"))
        self.consumer, self.nobody = Onlooker(self, Party("consumer")), Onlooker(self, Party("nobody"))
        self.analyst, self.third_party = Onlooker(self, Party("analyst")), Onlooker(self, Party("third_party"))
        self.authority = Onlooker(self, Party("authority"))
        self.operator = Operator(self, Party("operator"))

    @property
    def couriers(self) -> tuple[Courier, ...]:
        return (self.courier_a, self.courier_b, self.courier_new)

    @property
    def merchants(self) -> tuple[Merchant, ...]:
        return (self.merchant_1, self.merchant_2)

    @cached_property
    def people(self) -> People:
        """Fresh people for this scenario, from the pool of phones where the target is not loopback."""
        return People(self.rng, self.theatre.phones, self.theatre.taken)

    def product_of(self, courier_code: str) -> str:
        """A service product of that courier, as the platform offers it."""
        return self.theatre.facts.get(f"product:{courier_code}", "standard")

    def other_product_of(self, courier_code: str) -> str:
        """Another one; nothing where the courier has only one."""
        other = self.theatre.facts.get(f"other product:{courier_code}", "")
        return "" if other == self.product_of(courier_code) else other

    async def look(self) -> None:
        """Every courier reads what is new in its feed."""
        if "pull" in self.theatre.capabilities:
            for courier in self.couriers:
                await courier.catches_up()

    async def prologue(self) -> None:
        """Before the first scenario: the couriers' offers are read, and everybody who may have a receiver gets one."""
        await self._forgets_former_receivers()
        offers = await self.merchant_1.asks_for_couriers()
        given = offers.get("items")
        for offer in given if isinstance(given, list) else ():
            products = offer.get("service_products") if isinstance(offer, dict) else None
            if isinstance(products, list) and products and isinstance(products[0], dict):
                self.theatre.facts[f"product:{offer.get('courier_code')}"] = str(products[0].get("code", "standard"))
                last = products[-1].get("code") if isinstance(products[-1], dict) else None
                self.theatre.facts[f"other product:{offer.get('courier_code')}"] = str(last or "")
        if "push" in self.theatre.capabilities:
            for courier in self.couriers:
                await courier.subscribes(COURIER_TYPES)
            for merchant in self.merchants:
                await merchant.subscribes(MERCHANT_TYPES)
            await self.authority.subscribes(("interruption.reported", "interruption.withdrawn"))

    async def _forgets_former_receivers(self) -> None:
        """Takes away what a former turn of the run registered: nobody listens there any more."""
        for record in self.theatre.journal.records if self.theatre.turn else ():
            if isinstance(record, Exchange) and record.operation == "createSubscription" and isinstance(record.answer, Answer):
                told = parsed(record.answer.body.raw)
                if isinstance(told, dict) and told.get("subscription_id"):
                    path = {"subscription_id": str(told["subscription_id"])}
                    await self.binding.call("deleteSubscription", as_=record.sender, path=path)

    async def epilogue(self) -> None:
        """Subscriptions that a scenario made for itself end with it: receivers that nobody needs are not called."""
        for actor in vars(self).values():
            if isinstance(actor, Listening):
                for subscription, box in list(actor.standing.items()):
                    await actor.unsubscribes(box, subscription)
