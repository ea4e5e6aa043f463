"""Comparing: what couriers and merchants do side by side, so that one can see who waits longer.

In: a stage.  Out: acts that carry a block; what is not there yet is looked for again every `POLL` seconds, a few times.
"""

from __future__ import annotations

from typing import Final

from conformance.actors.consignment import Consignment
from conformance.actors.reading import Reading
from conformance.binding.http import Reply
from conformance.records import JSON, Block
from conformance.vocabulary import BurstSent, EventsRead, FeedRead, PageAsked

POLL: Final = 0.2
"""Seconds of the wire between two looks."""
LOOKS: Final = 12
"""How often one looks before going on; later readings still show when it came."""
PAGE: Final = 150
"""Consignments on the largest page that one asks for: more would not be kept whole in the journal."""


class Pulling(Reading):
    """Verbs of a courier that keeps its place in the feed."""

    async def pulls(self, *, block: Block | None = None) -> list[JSON]:
        """The next page of its feed, from where anybody stopped who played this courier."""
        facts, key = self.stage.theatre.facts, f"cursor:{self.party}"
        cursor = facts.get(key) or None
        act = FeedRead(by=self.party, data={"cursor": cursor, "limit": None, "walk": 0}, block=block)
        _, reply = await self.does(act, "listConsignments", query={"cursor": cursor} if cursor else {})
        resume = reply.get("resume_cursor")
        if reply.ok and isinstance(resume, str):
            facts[key] = resume
        return items_of(reply)

    async def finds(self, consignment: Consignment, block: Block | None = None) -> None:
        """Pulls until the consignment is there, or it has looked often enough."""
        items = await self.pulls(block=block)
        for _ in range(LOOKS):
            if any(isinstance(item, dict) and item.get("consignment_id") == consignment.id for item in items) or not consignment.id:
                return
            await self.stage.pause(POLL)
            items = await self.pulls()

    async def asks_for_the_first_page(self, limit: int | None) -> Reply:
        """The beginning of its feed, however much it has already seen."""
        act = PageAsked(by=self.party, data={"limit": limit})
        _, reply = await self.does(act, "listConsignments", query={} if limit is None else {"limit": limit})
        return reply

    async def sends_a_burst(self, number: int, size: int) -> float:
        """So many requests, each as soon as the one before is answered.  Gives the longest that it was asked to wait, in seconds."""
        pull = "pull" in self.stage.theatre.capabilities
        operation = "listConsignments" if pull else "listSubscriptions"
        written = self.stage.act(BurstSent(by=self.party, data={"round": number, "size": size}))
        cursor = self.stage.theatre.facts.get(f"cursor:{self.party}") if pull else None
        wait = 0.0
        for _ in range(size):
            reply = await self.stage.binding.call(
                operation, as_=self.party, act=written, query={"cursor": cursor} if cursor else {"limit": 1}, attempts=1
            )
            wait = max(wait, reply.retry_after)
        return wait


class Following(Reading):
    """Verbs of a merchant that waits to see what a courier reported."""

    async def follows(self, consignment: Consignment, event_id: str, block: Block | None = None) -> bool:
        """Looks at the consignment's events until that one is there, or it has looked often enough; says whether it was."""
        for look in range(LOOKS + 1):
            act = EventsRead(
                by=self.party, about=(consignment.subject,), data={"cursor": None, "walk": 0}, block=block if look == 0 else None
            )
            _, reply = await self.does(act, "listConsignmentEvents", path={"consignment_id": consignment.id or "none"})
            if any(isinstance(item, dict) and item.get("event_id") == event_id for item in items_of(reply)):
                return True
            await self.stage.pause(POLL)
        return False


def items_of(reply: Reply) -> list[JSON]:
    """The items of a page; none where it is no page."""
    items = reply.get("items")
    return items if reply.ok and isinstance(items, list) else []
