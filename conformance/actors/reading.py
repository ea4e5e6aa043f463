"""Reading: what merchants and couriers do alike with feeds and single consignments.

In: an operation that gives pages.  Out: acts, exchanges, and the items.  A pager stops on a cursor that it has seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import anyio

from conformance.actors.actor import Actor
from conformance.actors.consignment import Consignment
from conformance.binding.http import Reply
from conformance.records import JSON, Act, Block
from conformance.vocabulary import CONSIGNMENT, ConsignmentRead, EventsRead, FeedRead

PAGES = 200
"""More pages than this nobody reads in one go."""


class Reading(Actor):
    """Verbs of whoever may read consignments.  `resume` is where the last walk ended, for going on later."""

    resume: str | None = None

    async def walks(
        self, operation: str, act: Callable[[str | None, int], Act], *, path: Mapping[str, str] | None = None,
        limit: int | None = None, cursor: str | None = None,
    ) -> list[JSON]:
        """Every item from `cursor` on, following the cursor to the end."""
        walk = self.stage.theatre.count("walk")
        items: list[JSON] = []
        seen: set[str | None] = set()
        for _ in range(PAGES):
            seen.add(cursor)
            query: dict[str, str | int] = {} if cursor is None else {"cursor": cursor}
            if limit is not None:
                query["limit"] = limit
            _, reply = await self.does(act(cursor, walk), operation, path=path, query=query)
            page = reply.get("items")
            items += page if isinstance(page, list) else []
            resume = reply.get("resume_cursor")
            self.resume = resume if isinstance(resume, str) else None
            following = reply.get("next_cursor")
            if not isinstance(following, str) or following in seen or not page:
                break
            cursor = following
        return items

    async def reads_the_feed(
        self, *, limit: int | None = None, cursor: str | None = None, features: frozenset[str] = frozenset()
    ) -> list[JSON]:
        """All of its consignments, from the cursor on."""
        def act(at: str | None, walk: int) -> FeedRead:
            return FeedRead(by=self.party, features=tuple(sorted(features)), data={"cursor": at, "limit": limit, "walk": walk})

        return await self.walks("listConsignments", act, limit=limit, cursor=cursor)

    async def catches_up(self) -> None:
        """Reads what is new in its feed since the last time anybody played this party, and notes that it has seen it.

        Where several scenarios ask at once, one of them reads for all who asked before it began.
        """
        facts, journal = self.stage.theatre.facts, self.stage.theatre.journal
        asked = len(journal.records)
        async with self.stage.theatre.locks.setdefault(self.party, anyio.Lock()):
            if int(facts.get(f"caught up:{self.party}", "-1")) < asked:
                facts[f"caught up:{self.party}"] = str(len(journal.records))
                await self._catches_up(f"cursor:{self.party}", facts)

    async def _catches_up(self, key: str, facts: dict[str, str]) -> None:
        cursor = facts.get(key) or None
        seen: set[str | None] = set()
        while cursor not in seen and len(seen) < PAGES:
            seen.add(cursor)
            act = FeedRead(by=self.party, data={"cursor": cursor, "limit": None, "walk": -self.stage.theatre.turn})
            _, reply = await self.does(act, "listConsignments", query={"cursor": cursor} if cursor else {})
            if not reply.ok:
                return
            resume, following = reply.get("resume_cursor"), reply.get("next_cursor")
            if isinstance(resume, str):
                facts[key] = resume
            if not isinstance(following, str):
                break
            cursor = following
        self.stage.watched(self.party, "pull", 0, CONSIGNMENT)

    async def reads(self, consignment: Consignment, *, block: Block | None = None) -> Reply:
        """One consignment."""
        act = ConsignmentRead(by=self.party, about=(consignment.subject,), block=block)
        _, reply = await self.does(act, "getConsignment", path={"consignment_id": consignment.id})
        return reply

    async def reads_events_of(self, consignment: Consignment, *, limit: int | None = None, cursor: str | None = None) -> list[JSON]:
        """Everything that happened to the consignment, from the cursor on, page by page."""
        def act(cursor: str | None, walk: int) -> EventsRead:
            return EventsRead(by=self.party, about=(consignment.subject,), data={"cursor": cursor, "walk": walk})

        return await self.walks("listConsignmentEvents", act, path={"consignment_id": consignment.id}, limit=limit, cursor=cursor)
