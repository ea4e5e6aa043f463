"""Comparing: what couriers and merchants do side by side, so that one can see who waits longer.

In: a stage.  Out: acts that carry a block; what is not there yet is looked for again every `POLL` seconds, a few times.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import Final

from conformance.actors.consignment import Consignment
from conformance.actors.reading import PAGES, Reading
from conformance.binding.http import Reply
from conformance.records import JSON, Act, Block
from conformance.vocabulary import BurstSent, EventsRead, FeedRead, PageAsked, PullsResumed, PullsStopped

POLL: Final = 0.2
"""Seconds of the wire between two looks."""
LOOKS: Final = 12
"""How often one looks before going on; later readings still show when it came."""
VAIN: Final = 18
"""So often all together may look again and again for a sort of thing in vain, from the beginning; then everybody looks once, until
somebody finds one: what comes by no means so soon would be waited for, block after block."""
PAGE: Final = 150
"""Consignments on the largest page that one asks for: more would not be kept whole in the journal."""


class Stepping(Reading):
    """Verbs of whoever does something else between two pages."""

    async def looks_for(self, what: str, look: Callable[[int], Awaitable[bool]]) -> bool:
        """Looks until it finds it, or has looked often enough; says whether it found it.  `look` is told how often it looked before."""
        theatre, found, vain = self.stage.theatre, f"found:{what}", f"vain:{what}"
        again = LOOKS if found in theatre.facts or theatre.counters.get(vain, 0) < VAIN else 0
        for number in range(again + 1):
            if await look(number):
                theatre.facts[found] = self.stage.scenario
                return True
            if number < again:
                await self.stage.pause(POLL)
        theatre.counters[vain] = theatre.counters.get(vain, 0) + 1
        return False

    async def pages(
        self, operation: str, act: Callable[[str | None, int], Act], *, size: int, cursor: str | None = None, pages: int = PAGES,
        path: Mapping[str, str] | None = None,
    ) -> AsyncIterator[int]:
        """Reads at most that many pages, and gives the number of each after it was read."""
        walk = self.stage.theatre.count("walk")
        for page in range(pages):
            query: dict[str, str | int] = {"limit": size, **({} if cursor is None else {"cursor": cursor})}
            _, reply = await self.does(act(cursor, walk), operation, path=path, query=query)
            following = reply.get("next_cursor")
            yield page
            if not isinstance(following, str) or following == cursor:
                return
            cursor = following


class Pulling(Stepping):
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

    @property
    def place(self) -> str | None:
        """The cursor from which it will read on."""
        return self.stage.theatre.facts.get(f"cursor:{self.party}") or None

    async def steps(self, size: int, cursor: str | None, *, pages: int = PAGES) -> AsyncIterator[int]:
        """Walks its feed from the cursor, `size` consignments at a time; gives the number of each page before it reads the next."""
        def act(at: str | None, walk: int) -> FeedRead:
            return FeedRead(by=self.party, data={"cursor": at, "limit": size, "walk": walk})

        async for page in self.pages("listConsignments", act, size=size, cursor=cursor, pages=pages):
            yield page

    async def finds(self, consignment: Consignment, block: Block | None = None) -> None:
        """Pulls until the consignment is there, or it has looked often enough."""
        async def look(number: int) -> bool:
            return holds(await self.pulls(block=None if number else block), "consignment_id", consignment.id)

        await (self.looks_for("consignment", look) if consignment.id else look(0))

    async def stops_pulling(self) -> None:
        """Reads all that there is, and then nothing for a while."""
        await self.catches_up()
        self.stage.act(PullsStopped(by=self.party))

    async def resumes_pulling(self) -> None:
        """Reads on from where it stopped."""
        self.stage.act(PullsResumed(by=self.party))
        await self.catches_up()

    async def asks_for_the_first_pages(self, limit: int | None) -> None:
        """The beginning of its feed, however much it has already seen, and the page after it."""
        query: dict[str, str | int] = {} if limit is None else {"limit": limit}
        for page in range(2):
            _, reply = await self.does(PageAsked(by=self.party, data={"limit": limit, "page": page}), "listConsignments", query=query)
            following = reply.get("next_cursor")
            if not isinstance(following, str):
                return
            query["cursor"] = following

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


class Following(Stepping):
    """Verbs of a merchant that waits to see what a courier reported."""

    async def steps_through_events(self, consignment: Consignment, size: int, *, pages: int = PAGES) -> AsyncIterator[int]:
        """Walks the consignment's events, `size` at a time; gives the number of each page before it reads the next."""
        def act(at: str | None, walk: int) -> EventsRead:
            return EventsRead(by=self.party, about=(consignment.subject,), data={"cursor": at, "limit": size, "walk": walk})

        path = {"consignment_id": consignment.id}
        async for page in self.pages("listConsignmentEvents", act, size=size, path=path, pages=pages):
            yield page

    async def follows(self, consignment: Consignment, event_id: str, block: Block | None = None) -> bool:
        """Looks at the consignment's events until that one is there, or it has looked often enough; says whether it was."""
        async def look(number: int) -> bool:
            act = EventsRead(
                by=self.party, about=(consignment.subject,), data={"cursor": None, "walk": 0}, block=None if number else block
            )
            _, reply = await self.does(act, "listConsignmentEvents", path={"consignment_id": consignment.id})
            return holds(items_of(reply), "event_id", event_id)

        return await (self.looks_for("event", look) if consignment.id else look(0))


def holds(items: Sequence[JSON], member: str, value: str) -> bool:
    """Whether one of the items is the one with that id."""
    return any(isinstance(item, dict) and item.get(member) == value for item in items)


def items_of(reply: Reply) -> list[JSON]:
    """The items of a page; none where it is no page."""
    items = reply.get("items")
    return items if reply.ok and isinstance(items, list) else []
