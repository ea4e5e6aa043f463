"""Webhooks on their way: signed, repeated on the specification's schedule, no endpoint ever waiting for another.

In: an event type, its data and who is told.  Out: POST requests through the injected client, on the trade clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import anyio
import httpx
import msgspec

from conformance.mock.asking import Asker
from conformance.mock.limits import ATTEMPT_TIMEOUT, RETRIES
from conformance.mock.parties import Party
from conformance.mock.questions import (
    AttemptTaken,
    AttemptTimeout,
    DeliveryLane,
    MessageId,
    RetrySchedule,
    SentTwice,
    Signature,
    SignedAt,
    WebhookDelay,
    WebhookHeaders,
    WebhookPayload,
)
from conformance.mock.questions.question import Document
from conformance.mock.trade_clock import TradeClock


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a subscriber is told, and the secret that signs."""

    to: Party
    url: str
    secret: str
    alive: Callable[[], bool]


@dataclass(slots=True)
class Standing:
    """What the platform knows of an endpoint: for the exchange status."""

    pending: int = 0
    failures_in_a_row: int = 0
    last_success: float | None = None
    last_failure: float | None = None


class Deliveries:
    """Sends in a task group that lives as long as the app."""

    def __init__(self, asker: Asker, clock: TradeClock) -> None:
        self._ask = asker.ask
        self._clock = clock
        self._client: httpx.AsyncClient | None = None
        self._tasks: anyio.abc.TaskGroup | None = None
        self._lanes: dict[str, anyio.Lock] = {}
        self.standings: dict[str, Standing] = {}

    def opened(self, tasks: anyio.abc.TaskGroup, client: httpx.AsyncClient) -> None:
        """The app's lifespan began."""
        self._tasks, self._client = tasks, client

    def send(self, endpoint: Endpoint, type: str, data: Document, message_id: str, at: str) -> None:
        """Start telling one endpoint; returns at once."""
        if self._tasks is None:
            raise RuntimeError("the app's lifespan has not begun: webhooks need its task group")
        payload = self._ask(WebhookPayload(endpoint.to, type, {"type": type, "timestamp": at, "data": data}))
        raw = msgspec.json.encode(payload)
        self.standing(endpoint.to).pending += 1
        self._tasks.start_soon(self._deliver, endpoint, type, data, raw, message_id)

    def standing(self, party: Party) -> Standing:
        """The standing of a counterpart."""
        return self.standings.setdefault(party.code, Standing())

    async def _deliver(self, endpoint: Endpoint, type: str, data: Document, raw: bytes, message_id: str) -> None:
        await self._clock.sleep(self._ask(WebhookDelay(endpoint.to, type, data)))
        lane = self._ask(DeliveryLane(endpoint.to, type))
        if lane is None:
            await self._attempts(endpoint, type, raw, message_id)
        else:
            async with self._lanes.setdefault(lane, anyio.Lock()):
                await self._attempts(endpoint, type, raw, message_id)

    async def _attempts(self, endpoint: Endpoint, type: str, raw: bytes, message_id: str) -> None:
        standing = self.standing(endpoint.to)
        schedule = self._ask(RetrySchedule(endpoint.to, type, RETRIES))
        first = self._clock.now()
        for number, pause in enumerate((0.0, *schedule), start=1):
            await self._clock.sleep(pause)
            if not endpoint.alive():
                break
            status = await self._post(endpoint, type, raw, message_id, number, first)
            if self._ask(AttemptTaken(endpoint.to, type, number, status)):
                standing.failures_in_a_row, standing.last_success = 0, self._clock.now()
                for _ in range(self._ask(SentTwice(endpoint.to, type)) - 1):
                    await self._post(endpoint, type, raw, message_id, number, first)
                break
            standing.failures_in_a_row += 1
            standing.last_failure = self._clock.now()
        standing.pending -= 1

    async def _post(self, endpoint: Endpoint, type: str, raw: bytes, message_id: str, number: int, first: float) -> int | None:
        """The status of one attempt; None where no answer came in time."""
        assert self._client is not None
        to = endpoint.to
        name = self._ask(MessageId(to, type, message_id, number))
        moment = self._ask(SignedAt(to, type, number, self._clock.now(), first))
        headers = {
            "content-type": "application/json",
            "webhook-id": name,
            "webhook-timestamp": str(moment),
            "webhook-signature": self._ask(Signature(to, type, endpoint.secret, name, moment, raw)),
        }
        sent = self._ask(WebhookHeaders(to, type, headers))
        seconds = self._ask(AttemptTimeout(to, type, ATTEMPT_TIMEOUT))
        with anyio.move_on_after(seconds):
            try:
                answer = await self._client.post(endpoint.url, content=raw, headers=sent)
            except (httpx.HTTPError, httpx.InvalidURL, OSError):
                return None
            return answer.status_code
        return None
