"""Subscriptions: who wants to be told what, where; and telling them.

In: subscription requests, and changes that somebody is entitled to hear of.  Out: deliveries to every live endpoint of the entitled.
"""

from __future__ import annotations

import base64
import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from conformance.mock import event_types, pages
from conformance.mock.calls import Answer, Call, Problem
from conformance.mock.deliveries import Deliveries, Endpoint
from conformance.mock.parties import Party
from conformance.mock.questions import DataFlows, DeliverTo, GapFilled, StillTold, SubscriptionsAllowed, SubscriptionShown, TypeWanted
from conformance.mock.questions.question import Document
from conformance.mock.world import World

SECRET = (24, 64)
"""Bytes of a signing secret, at least and at most."""
MOST = 50


@dataclass(frozen=True, slots=True)
class Subscription:
    """`document` is what its owner reads, without the secret."""

    owner: Party
    document: Document
    endpoint: Endpoint


class Subscriptions:
    """All subscriptions, and the way out for webhooks."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.deliveries = Deliveries(world, lambda endpoint: self._end(endpoint, "gone"))
        self.live: dict[str, Subscription] = {}
        self._ended: list[Subscription] = []
        self.notices: dict[str, tuple[Document, ...]] = {}
        self._held: dict[str, list[tuple[str, Document]]] = {}

    async def create(self, call: Call) -> Answer:
        """`createSubscription`."""
        body = call.body
        url = urlsplit(body["url"])
        if url.scheme != "https" and not (url.scheme == "http" and _loopback(url.hostname or "")):
            call.refuse("invalid", ("/url", "not_allowed_here"))
        if not url.hostname:
            call.refuse("invalid", ("/url", "format"))
        if not SECRET[0] <= _size(body["secret"]) <= SECRET[1]:
            call.refuse("invalid", ("/secret", "pattern"))
        types = tuple(body["event_types"])
        foreign = [place for place, type in enumerate(types) if call.caller.kind not in event_types.roles()[type]]
        if foreign:
            call.refuse("invalid", *((f"/event_types/{place}", "not_in_list") for place in foreign))
        owned = sum(known.owner == call.caller for known in self.live.values())
        if owned >= self._world.ask(SubscriptionsAllowed(call.caller, types, MOST)):
            raise Problem("invalid", ("", "too_long"))
        id = self._world.new_id("sub")
        document = {"subscription_id": id, "url": body["url"], "event_types": list(types)}
        document["created_at"] = self._world.clock.stamp()
        self.live[id] = Subscription(call.caller, document, Endpoint(call.caller, body["url"], body["secret"]))
        return Answer(201, self._shown(call, self.live[id]), {"Location": f"/subscriptions/{id}"})

    async def listing(self, call: Call) -> Answer:
        """`listSubscriptions`."""
        found = [self._shown(call, known) for id, known in self.live.items() if call.may_see("subscription", id, known.owner.code)]
        return pages.page(self._world, call, "/subscriptions", found)

    def _shown(self, call: Call, known: Subscription) -> Document:
        return self._world.ask(SubscriptionShown(call.caller, known.document, known.endpoint.secret))

    def find(self, call: Call) -> Subscription:
        """The subscription of the path.  Raises Problem."""
        known = self.live.get(id := call.path["subscription_id"])
        if known is None or not call.may_see("subscription", id, known.owner.code):
            raise call.absent(known.document if known else None)
        return known

    async def delete(self, call: Call) -> Answer:
        """`deleteSubscription`."""
        self._end(call.found.endpoint, "owner")
        return Answer(204)

    def tell(self, type: str, data: Document, entitled: Iterable[Party], shown: Callable[[Party], Document]) -> None:
        """Tell everybody entitled to it of a change; `shown` is what a party sees of it."""
        at = self._world.clock.stamp()
        for to in self._world.ask(DeliverTo(type, data, tuple(entitled))):
            if type.startswith("interruption.") or self.flows(to, "out", type, data):
                self._send(type, shown(to), to, at)
            else:
                self._held.setdefault(to.code, []).append((type, shown(to)))

    def flows(self, to: Party, direction: str, operation: str, data: Document | None = None) -> bool:
        """Whether data goes to or comes from a counterpart now."""
        question = DataFlows(to, direction, operation, data, self.notices.get(to.code, ()), self._world.clock.now())
        return self._world.ask(question)

    def resume(self, to: Party) -> None:
        """An interruption ended: tell what was held back meanwhile."""
        at = self._world.clock.stamp()
        for type, data in self._held.pop(to.code, []):
            if self._world.ask(GapFilled(to, type, data)):
                self._send(type, data, to, at)

    def _send(self, type: str, data: Document, to: Party, at: str) -> None:
        for known in (*self.live.values(), *self._ended):
            wanted = known.owner == to and self._world.ask(TypeWanted(to, type, tuple(known.document["event_types"])))
            if wanted and self._world.ask(StillTold(to, type, 1, known.endpoint.ended)):
                self.deliveries.send(known.endpoint, type, data, at)

    def _end(self, endpoint: Endpoint, by: str) -> None:
        endpoint.ended = endpoint.ended or by
        self._ended += [known for known in self.live.values() if known.endpoint is endpoint]
        self.live = {id: known for id, known in self.live.items() if known.endpoint is not endpoint}


def _size(secret: str) -> int:
    """How many bytes a signing secret has; -1 for what is no base64."""
    try:
        return len(base64.b64decode(secret.removeprefix("whsec_") + "=="))
    except ValueError:
        return -1


def _loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
