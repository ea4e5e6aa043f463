"""Overseeing: what the platform says of itself, of its connections, of the choice that merchants have, of its risks.

In: a stage.  Out: acts and exchanges.
"""

from __future__ import annotations

from conformance.actors.reading import Reading
from conformance.binding.http import Reply
from conformance.records import JSON
from conformance.vocabulary import DiscoveryRead, OffersRead, RisksRead, StatusRead, TokenTaken, TokenUsed


class Overseeing(Reading):
    """Verbs of whoever keeps an eye on the platform."""

    async def reads_discovery(self) -> Reply:
        """What does the platform say that it is?"""
        _, reply = await self.does(DiscoveryRead(by=self.party), "getDiscovery")
        return reply

    async def reads_the_status(self) -> list[JSON]:
        """How are the connections with everybody?"""
        return await self.walks("getExchangeStatus", lambda cursor, walk: StatusRead(by=self.party, data={"cursor": cursor, "walk": walk}))

    async def reads_the_risks(self) -> list[JSON]:
        """Which interruptions does the platform reckon with?"""
        return await self.walks("listRiskAssessments", lambda cursor, walk: RisksRead(by=self.party, data={"cursor": cursor, "walk": walk}))

    async def looks_at_its_choice(self, limit: int) -> list[JSON]:
        """Which couriers can a merchant choose?  Page by page."""
        def act(cursor: str | None, walk: int) -> OffersRead:
            return OffersRead(by=self.party, data={"cursor": cursor, "limit": limit, "walk": walk})

        return await self.walks("listCouriers", act, path={"merchant_id": self.code}, limit=limit)

    async def takes_a_token(self) -> Reply:
        """A token of its own, beside the one that it works with."""
        return await self.stage.binding.take_token(self.party, act=self.stage.act(TokenTaken(by=self.party)))

    async def uses_a_token(self, token: str, age: int) -> Reply:
        """One harmless request with that token, `age` µs after it was given."""
        operation = "listConsignments" if "pull" in self.stage.theatre.capabilities else "listSubscriptions"
        _, reply = await self.does(TokenUsed(by=self.party, data={"age": age}), operation, query={"limit": 1}, token=token)
        return reply
