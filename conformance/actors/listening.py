"""Listening: what everybody with a receiver does alike.

In: a stage.  Out: subscriptions, and receivers that go down and come back.
"""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cached_property, partial

from conformance.actors.noticing import Noticing
from conformance.actors.overseeing import Overseeing
from conformance.actors.reading import PAGES
from conformance.binding.http import Reply
from conformance.binding.receivers import DOWN, Box
from conformance.records import JSON
from conformance.vocabulary import ReceiverDown, ReceiverUp, Subscribed, Unsubscribed


class Listening(Noticing, Overseeing):
    """Verbs of whoever has a receiver of its own."""

    subscription: str = ""

    @property
    def box(self) -> Box:
        """The receiver that it registered last in this scenario, else the one that it has for the whole run."""
        return self._own or self.stage.receivers.main[self.party]

    _own: Box | None = None

    @cached_property
    def standing(self) -> dict[str, Box]:
        """The subscriptions that it made in this scenario and has not taken away, with their receivers."""
        return {}

    async def subscribes(self, event_types: Sequence[str]) -> Reply:
        """Registers a receiver for these types of events; which is `self.box` from then on."""
        stage = self.stage
        number = stage.theatre.count("box")
        receiver = stage.receivers.box(self.party, self.box_name(number))
        body = self.writes_subscription(f"{stage.theatre.callback}/{receiver.name}", event_types)
        secret = stage.theatre.secrets[receiver.name] = str(body["secret"])
        act = Subscribed(by=self.party, data={"box": receiver.name, "secret": secret, "event_types": list(event_types)})
        _, reply = await self.does(act, "createSubscription", body=body, undo=partial(self._takes_back, str(body["url"])))
        self._own, self.subscription = receiver, str(reply.get("subscription_id") or "")
        if self.subscription:
            self.standing[self.subscription] = receiver
        return reply

    async def says_who_it_is(self) -> None:
        """Shows itself with its token, in the guise in which it is."""
        operation = "listSubscriptions" if "push" in self.stage.theatre.capabilities else "listConsignments"
        await self.stage.binding.call(operation, as_=self.party, query={"limit": 1}, guise=self.guise)

    async def _takes_back(self, url: str) -> None:
        """Takes away every subscription at that address: one that is made twice is told everything twice."""
        cursor: JSON = None
        for _ in range(PAGES):
            listed = await self.stage.binding.call("listSubscriptions", as_=self.party, query={"cursor": str(cursor)} if cursor else {})
            items = listed.get("items")
            for one in items if isinstance(items, list) else ():
                if isinstance(one, dict) and one.get("url") == url:
                    path = {"subscription_id": str(one.get("subscription_id"))}
                    await self.stage.binding.call("deleteSubscription", as_=self.party, path=path)
            cursor = listed.get("next_cursor")
            if not isinstance(cursor, str):
                return

    def writes_subscription(self, url: str, event_types: Sequence[str]) -> dict[str, JSON]:
        """A subscription with a fresh secret."""
        secret = "whsec_" + base64.b64encode(self.stage.rng.randbytes(32)).decode()
        return {"url": url, "event_types": list(event_types), "secret": secret}

    async def unsubscribes(self, box: Box | None = None, subscription: str = "") -> Reply:
        """Takes its receiver away again, or another one of its own."""
        path = {"subscription_id": subscription or self.subscription}
        reply = await self.stage.binding.call("deleteSubscription", as_=self.party, path=path)
        self.stage.receivers.closes(box or self.standing.pop(path["subscription_id"], self.box))
        self.standing.pop(path["subscription_id"], None)
        return reply

    async def takes_away(self, *, again: bool = False, said: bool = False) -> Reply:
        """Unsubscribes the receiver that it registered last, which goes on as it does; `again` when it is gone, `said` by itself."""
        act = Unsubscribed(
            by=self.party, intent="malformed" if again else "ordinary", data={"box": self.box.name, "again": again, "said": said},
        )
        _, reply = await self.does(act, "deleteSubscription", path={"subscription_id": self.subscription})
        self.standing.pop(self.subscription, None)
        return reply

    @asynccontextmanager
    async def down(self, status: int = DOWN, *, takes: float = 0.0, times: int = 0) -> AsyncIterator[None]:
        """Its receiver refuses everything while the context is open, and takes so many seconds of the wire for each of the first
        `times` messages."""
        main = self.box is self.stage.receivers.main.get(self.party)
        self.stage.act(ReceiverDown(by=self.party, data={"box": self.box.name, "status": status, "main": main}))
        self.stage.receivers.closes(self.box, status)
        self.box.delay, self.box.slow = takes, times
        try:
            yield
        finally:
            self.box.slow = 0
            self.stage.act(ReceiverUp(by=self.party, data={"box": self.box.name}))
            self.stage.receivers.opens(self.box)
