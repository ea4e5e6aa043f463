"""A webhook verifies with its secret, over the very bytes, and says when it was sent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook

from conformance.judgements.signatures import sent_at, signature_flaw, timestamp_flaw
from conformance.records import Body, Headers

SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
RAW = '{"type":"waybill.event","data":{"描述":"已揽收"}}'
AT = 1_772_334_000


def signed(*more: str, id: str = "msg-1", at: str = str(AT)) -> Headers:
    right = Webhook(SECRET).sign(id, datetime.fromtimestamp(AT, UTC), RAW)
    return (("Webhook-Id", id), ("webhook-timestamp", at), ("webhook-signature", " ".join((*more, right))))


def kind(headers: Headers, body: bytes = RAW.encode()) -> str | None:
    flaw = signature_flaw(headers, Body.of(body), SECRET)
    return flaw.kind if flaw else None


def test_what_was_signed_verifies() -> None:
    assert kind(signed()) is None


def test_one_right_signature_of_several_is_enough() -> None:
    assert kind(signed("v1,AAAA", "v2,x")) is None


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        (signed()[:2], RAW.encode(), "signature_missing"),
        (signed()[1:], RAW.encode(), "signature_incomplete"),
        (signed(at="soon"), RAW.encode(), "signature_incomplete"),
        (signed(at=str(AT + 1)), RAW.encode(), "signature_wrong"),
        (signed(), RAW.encode() + b" ", "signature_wrong"),
    ],
)
def test_what_does_not_verify_is_said(headers: Headers, body: bytes, expected: str) -> None:
    assert kind(headers, body) == expected


@pytest.mark.parametrize("written", ["", "-1", "1.5", "１", "9" * 40])
def test_a_time_that_is_none_is_no_time(written: str) -> None:
    assert sent_at((("webhook-timestamp", written),)) is None


def test_a_timestamp_may_be_from_any_time_that_was_moved_over() -> None:
    at = AT * 1_000_000
    assert timestamp_flaw(signed(), at - 5, at + 900_000_000, 60_000_000) is None
    flaw = timestamp_flaw(signed(), at + 61_000_000, at + 62_000_000, 60_000_000)
    assert flaw is not None
    assert flaw.kind == "timestamp_off"
