"""Subscriptions: who wants to be told what, where; and telling them.

In: subscription requests, and changes that somebody is entitled to hear of.  Out: deliveries to every live endpoint of the entitled.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from conformance.mock.calls import Answer, Call
from conformance.mock.deliveries import Deliveries, Endpoint
from conformance.mock.parties import Party
from conformance.mock.questions import DataFlows, DeliverTo, GapFilled, SubscriptionsAllowed, VisibleTo
from conformance.mock.questions.question import Document
from conformance.mock.world import World

MOST = 50


@dataclass(frozen=True, slots=True)
class Subscription:
    """One endpoint; `document` is what its owner reads, without the secret."""

    owner: Party
    document: Document
    secret: str


class Subscriptions:
    """All subscriptions, and the way out for webhooks."""

    def __init__(self, world: World, deliveries: Deliveries, interrupted: Callable[[Party], bool]) -> None:
        """`interrupted` says whether a notice in effect stops what the platform tells a party."""
        self._world, self._deliveries, self._interrupted = world, deliveries, interrupted
        self._live: dict[str, Subscription] = {}
        self._held: dict[str, list[tuple[str, Document]]] = {}

    async def create(self, call: Call) -> Answer:
        """`createSubscription`."""
        body = call.body
        url = urlsplit(body["url"])
        if url.scheme != "https" and not (url.scheme == "http" and _loopback(url.hostname or "")):
            call.refuse("invalid", ("/url", "not_allowed_here"))
        types = tuple(body["event_types"])
        owned = sum(known.owner == call.caller for known in self._live.values())
        if owned >= self._world.ask(SubscriptionsAllowed(call.caller, types, MOST)):
            call.refuse("state_conflict")
        id = self._world.new_id("sub")
        document = {
            "subscription_id": id,
            "url": body["url"],
            "event_types": body["event_types"],
            "created_at": self._world.clock.stamp(),
        }
        self._live[id] = Subscription(call.caller, document, body["secret"])
        return Answer(201, document, {"Location": f"/subscriptions/{id}"})

    async def listing(self, call: Call) -> Answer:
        """`listSubscriptions`."""
        found = [
            known.document
            for known in self._live.values()
            if self._world.ask(VisibleTo("subscription", (known.owner.code,), call.caller, call.operation))
        ]
        return Answer(200, {"subscriptions": found})

    async def delete(self, call: Call) -> Answer:
        """`deleteSubscription`."""
        id = call.path["subscription_id"]
        known = self._live.get(id)
        owners = (known.owner.code,) if known else ()
        if known is None or not self._world.ask(VisibleTo("subscription", owners, call.caller, call.operation)):
            raise call.absent(known is not None)
        del self._live[id]
        return Answer(204)

    def tell(self, type: str, data: Document, entitled: Iterable[Party], shown: Callable[[Party], Document]) -> None:
        """Tell everybody entitled to it of a change; `shown` is what a party sees of it."""
        at = self._world.clock.stamp()
        for to in self._world.ask(DeliverTo(type, data, tuple(entitled))):
            stopped = self._interrupted(to) and not type.startswith("interruption.")
            if not self._world.ask(DataFlows(to, "out", stopped, stopped)):
                self._held.setdefault(to.code, []).append((type, data))
                continue
            self._send(type, shown(to), to, at)

    def resume(self, to: Party) -> None:
        """An interruption ended: tell what was held back meanwhile."""
        at = self._world.clock.stamp()
        for type, data in self._held.pop(to.code, []):
            if self._world.ask(GapFilled(to, type, data)):
                self._send(type, data, to, at)

    def _send(self, type: str, data: Document, to: Party, at: str) -> None:
        for id, known in list(self._live.items()):
            if known.owner == to and type in known.document["event_types"]:
                endpoint = Endpoint(to, known.document["url"], known.secret, partial(self._live.__contains__, id))
                self._deliveries.send(endpoint, type, data, self._world.new_id("msg"), at)


def _loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
