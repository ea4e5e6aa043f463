"""Questions about webhooks: to whom, when, what, how often again, signed how.

In: the addressee, the event type, the honest material.  Out: honest answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache

from standardwebhooks import Webhook

from conformance.mock.parties import Party
from conformance.mock.questions.question import Document, Question


class DeliverTo(Question[tuple[Party, ...]], frozen=True):
    """Who is told; `entitled` are those whom the specification names for this event."""

    type: str
    data: Document
    entitled: tuple[Party, ...]

    def honest(self) -> tuple[Party, ...]:
        return self.entitled


class WebhookDelay(Question[float], frozen=True):
    """Seconds of trade time between the change and the first attempt; honestly none."""

    to: Party
    type: str
    data: Document

    def honest(self) -> float:
        return 0.0


class WebhookPayload(Question[Document], frozen=True):
    """What the receiver reads: `type`, `timestamp`, `data`."""

    to: Party
    type: str
    payload: Document

    def honest(self) -> Document:
        return self.payload


class RetrySchedule(Question[tuple[float, ...]], frozen=True):
    """Seconds after each failed attempt at which the next is made."""

    to: Party
    type: str
    schedule: tuple[float, ...]

    def honest(self) -> tuple[float, ...]:
        return self.schedule


class AttemptBody(Question[bytes], frozen=True):
    """The body of an attempt, honestly the same for every one; `now` is POSIX seconds of trade time."""

    to: Party
    type: str
    attempt: int
    raw: bytes
    now: float

    def honest(self) -> bytes:
        return self.raw


class TypeWanted(Question[bool], frozen=True):
    """Whether a subscription to these types is told of a message of that type."""

    to: Party
    type: str
    types: tuple[str, ...]

    def honest(self) -> bool:
        return self.type in self.types


class StillTold(Question[bool], frozen=True):
    """Whether an attempt is made; `ended` says who ended the subscription: "" nobody, "owner", or "gone" for an endpoint that said so."""

    to: Party
    type: str
    attempt: int
    ended: str

    def honest(self) -> bool:
        return not self.ended


class AttemptTaken(Question[bool], frozen=True):
    """Whether an attempt counts as delivered; `status` is None where no answer came."""

    to: Party
    type: str
    attempt: int
    status: int | None

    def honest(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class AttemptTimeout(Question[float], frozen=True):
    """Seconds that the receiver has to answer."""

    to: Party
    type: str
    seconds: float

    def honest(self) -> float:
        return self.seconds


class MessageId(Question[str], frozen=True):
    """The `webhook-id` of an attempt: the same for every attempt, another for every message."""

    to: Party
    type: str
    id: str
    attempt: int

    def honest(self) -> str:
        return self.id


class SignedAt(Question[int], frozen=True):
    """The `webhook-timestamp` of an attempt, POSIX seconds of trade time."""

    to: Party
    type: str
    attempt: int
    now: float
    first: float

    def honest(self) -> int:
        return int(self.now)


@lru_cache(maxsize=256)
def signer(secret: str) -> Webhook:
    """What signs with a secret.  Raises RuntimeError where it is none."""
    return Webhook(secret)


class Signature(Question[str], frozen=True):
    """The `webhook-signature` of an attempt: Standard Webhooks 1.0, `v1`, HMAC-SHA-256 over id, time and raw body."""

    to: Party
    type: str
    secret: str
    id: str
    timestamp: int
    raw: bytes

    def honest(self) -> str:
        return signer(self.secret).sign(self.id, datetime.fromtimestamp(self.timestamp, UTC), self.raw.decode())


class WebhookHeaders(Question[Mapping[str, str]], frozen=True):
    """All headers of an attempt."""

    to: Party
    type: str
    headers: Mapping[str, str]

    def honest(self) -> Mapping[str, str]:
        return self.headers


class DeliveryLane(Question[str | None], frozen=True):
    """Deliveries of one lane wait for each other, retries included; honestly no delivery waits for another."""

    to: Party
    type: str

    def honest(self) -> str | None:
        return None


class SentTwice(Question[int], frozen=True):
    """How often an accepted message is sent; honestly once."""

    to: Party
    type: str

    def honest(self) -> int:
        return 1
