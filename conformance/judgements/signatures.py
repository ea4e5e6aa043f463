"""Signatures: is a webhook what its sender signed, at the time that it says?

In: headers, body, secret, times.  Out: flaws.  The signature is Standard Webhooks' (HMAC-SHA256 over id, timestamp and body).
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from standardwebhooks.webhooks import Webhook

from conformance.clock import moment
from conformance.judgements.schemas import Departure
from conformance.records import Body, Headers, Instant

ID: Final = "webhook-id"
TIMESTAMP: Final = "webhook-timestamp"
SIGNATURE: Final = "webhook-signature"
LONGEST: Final = 11
"""Digits of a time in seconds that calendars still know."""


def header(headers: Headers, name: str) -> str | None:
    """The value of the first header of that name, or None."""
    return next((value for key, value in headers if key.lower() == name), None)


def sent_at(headers: Headers) -> Instant | None:
    """The time of the attempt that the message claims, in µs; None where it claims none."""
    written = header(headers, TIMESTAMP) or ""
    return int(written) * 1_000_000 if written.isascii() and written.isdigit() and len(written) <= LONGEST else None


def signature_flaw(headers: Headers, body: Body, secret: str) -> Departure | None:
    """Why the message does not verify.  One right signature of several is enough (secrets are changed that way).

    A body that is no UTF-8 is no JSON either, and left to whoever judges that.
    """
    claimed, at, id = header(headers, SIGNATURE), sent_at(headers), header(headers, ID)
    if not claimed:
        return Departure(kind="signature_missing", expected=SIGNATURE)
    if id is None or at is None:
        return Departure(kind="signature_incomplete", expected=f"{ID}, {TIMESTAMP}", seen=f"{id}, {header(headers, TIMESTAMP)}")
    if body.text is None or body.digest is not None:
        return None
    right = signer(secret).sign(id, datetime.fromtimestamp(at // 1_000_000, UTC), body.text)
    if any(hmac.compare_digest(one.encode(), right.encode()) for one in claimed.split(" ")):
        return None
    return Departure(kind="signature_wrong", seen=claimed)


@lru_cache(maxsize=256)
def signer(secret: str) -> Webhook:
    """Signs as the owner of the secret would."""
    return Webhook(secret)


def timestamp_flaw(headers: Headers, since: Instant, arrived: Instant, tolerance: Instant) -> Departure | None:
    """Why the timestamp is not the time of this very attempt, which was made between `since` and `arrived`."""
    at = sent_at(headers)
    if at is None:
        return Departure(kind="timestamp_missing", expected=TIMESTAMP, seen=header(headers, TIMESTAMP))
    if since - tolerance <= at <= arrived + tolerance:
        return None
    return Departure(kind="timestamp_off", expected=moment(arrived), seen=moment(at))
