"""Webhooks on their way: signed, repeated on the specification's schedule, no endpoint ever waiting for another (rules 11.1 to 11.5).

In: an event type, its data and an endpoint.  Out: POST requests through the injected client, on the trade clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import anyio
import httpx
import msgspec

from conformance.mock.limits import ATTEMPT_TIMEOUT, RETRIES
from conformance.mock.parties import Party
from conformance.mock.posting import Poster
from conformance.mock.questions import (
    AttemptBody,
    AttemptTaken,
    AttemptTimeout,
    DeliveryLane,
    MessageId,
    RetrySchedule,
    SentTwice,
    Signature,
    SignedAt,
    StillTold,
    WebhookDelay,
    WebhookHeaders,
    WebhookPayload,
)
from conformance.mock.questions.question import Document
from conformance.mock.world import World

GONE = 410


@dataclass(slots=True)
class Standing:
    """How it goes with an endpoint: for the exchange status.  Times are POSIX seconds of trade time."""

    pending: int = 0
    failures_in_a_row: int = 0
    last_success: float | None = None
    last_failure: float | None = None


@dataclass(slots=True)
class Endpoint:
    """Where a subscriber is told, and the secret that signs; `ended` says who ended it, "" while it is alive (`StillTold`)."""

    to: Party
    url: str
    secret: str
    ended: str = ""
    standing: Standing = field(default_factory=Standing)


@dataclass(frozen=True, slots=True)
class _Message:
    type: str
    data: Document
    id: str
    raw: bytes


class Deliveries:
    """Sends beside the answers."""

    def __init__(self, world: World, unsubscribe: Callable[[Endpoint], None]) -> None:
        """`unsubscribe` is told of an endpoint that says it is gone."""
        self._world, self._unsubscribe = world, unsubscribe
        self._client: Poster | None = None
        self._lanes: dict[str, anyio.Lock] = {}

    def opened(self, client: Poster) -> None:
        """The app's lifespan began."""
        self._client = client

    def send(self, endpoint: Endpoint, type: str, data: Document, at: str) -> None:
        """Start telling one endpoint; returns at once."""
        payload = {"type": type, "timestamp": at, "data": data}
        raw = msgspec.json.encode(self._world.ask(WebhookPayload(endpoint.to, type, payload)))
        endpoint.standing.pending += 1
        self._world.background.start(self._deliver, endpoint, _Message(type, data, self._world.new_id("msg"), raw))

    async def _deliver(self, endpoint: Endpoint, message: _Message) -> None:
        await self._world.clock.sleep(self._world.ask(WebhookDelay(endpoint.to, message.type, message.data)))
        lane = self._world.ask(DeliveryLane(endpoint.to, message.type))
        if lane is None:
            await self._attempts(endpoint, message)
        else:
            async with self._lanes.setdefault(lane, anyio.Lock()):
                await self._attempts(endpoint, message)
        endpoint.standing.pending -= 1

    async def _attempts(self, endpoint: Endpoint, message: _Message) -> None:
        to, type, standing = endpoint.to, message.type, endpoint.standing
        first = self._world.clock.now()
        for number, pause in enumerate((0.0, *self._world.ask(RetrySchedule(to, type, RETRIES))), start=1):
            await self._world.clock.sleep(pause)
            if not self._world.ask(StillTold(to, type, number, endpoint.ended)):
                return
            status = await self._post(endpoint, message, number, first)
            if status == GONE and not self._world.ask(StillTold(to, type, number, "gone")):
                self._unsubscribe(endpoint)
            if self._world.ask(AttemptTaken(to, type, number, status)):
                standing.failures_in_a_row, standing.last_success = 0, self._world.clock.now()
                for _ in range(self._world.ask(SentTwice(to, type)) - 1):
                    await self._post(endpoint, message, number, first)
                return
            standing.failures_in_a_row += 1
            standing.last_failure = self._world.clock.now()

    async def _post(self, endpoint: Endpoint, message: _Message, number: int, first: float) -> int | None:
        """The status of one attempt; None where no answer came in time."""
        assert self._client is not None, "the lifespan is on while deliveries run"
        to, type, ask = endpoint.to, message.type, self._world.ask
        id = ask(MessageId(to, type, message.id, number))
        raw = ask(AttemptBody(to, type, number, message.raw, self._world.clock.now()))
        moment = ask(SignedAt(to, type, number, self._world.clock.now(), first))
        headers = {
            "content-type": "application/json",
            "webhook-id": id,
            "webhook-timestamp": str(moment),
            "webhook-signature": ask(Signature(to, type, endpoint.secret, id, moment, raw)),
        }
        sent: Mapping[str, str] = ask(WebhookHeaders(to, type, headers))
        with anyio.move_on_after(ask(AttemptTimeout(to, type, ATTEMPT_TIMEOUT))):
            try:
                answer = await self._client.post(endpoint.url, content=raw, headers=sent)
            except (httpx.HTTPError, httpx.InvalidURL, OSError):
                return None
            return answer.status_code
        return None
