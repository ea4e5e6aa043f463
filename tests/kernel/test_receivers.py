"""What comes to a receiver of ours is written down as it came; what was broken off was not said."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

from conformance.binding.receivers import UNKNOWN, Receivers
from conformance.checks.answers import webhooks
from conformance.checks.deliveries import deliveries
from conformance.clock import Clock
from conformance.evidence import Evidence
from conformance.journal import Journal
from conformance.parties import Party
from conformance.records import Answer, Exchange, Failure, Started
from conformance.redaction import Redaction
from conformance.specification import specification
from conformance.vocabulary import Subscribed

MESSAGE = b'{"type": "consignment.created", "timestamp": "2026-11-24T08:00:00+08:00", "data": {}}'
COURIER = Party("courier_a")
WHOLE: dict[str, Any] = {"type": "http.request", "body": MESSAGE, "more_body": False}
PART: dict[str, Any] = {"type": "http.request", "body": MESSAGE, "more_body": True}
GONE: dict[str, Any] = {"type": "http.disconnect"}


def came(*messages: dict[str, Any]) -> tuple[Exchange, list[int]]:
    """The exchange that is written down of a request that comes so, and the statuses of the answers."""
    statuses: list[int] = []
    written: list[Exchange] = []

    async def delivered() -> None:
        clock = Clock(now=0)
        journal = Journal(clock)
        receivers = Receivers(journal, clock, Redaction(), specification("platform"))
        receivers.box(COURIER, "box-1")
        coming = iter(messages)

        async def receive() -> dict[str, Any]:
            return next(coming)

        async def send(message: Any) -> None:
            if "status" in message:
                statuses.append(message["status"])

        scope = {"type": "http", "method": "POST", "path": "/box-1", "query_string": b"", "headers": [(b"webhook-id", b"m-1")]}
        await receivers(scope, receive, send)
        written.extend(record for record in journal.records if isinstance(record, Exchange))

    anyio.run(delivered)
    [exchange] = written
    return exchange, statuses


def test_a_whole_message_is_taken() -> None:
    exchange, statuses = came(WHOLE)
    assert (exchange.operation, exchange.answer, statuses) == ("consignmentCreated", Answer(204), [204])


@pytest.mark.parametrize("messages", [(GONE,), (PART, GONE)])
def test_what_was_broken_off_is_written_down_and_was_not_said(messages: tuple[dict[str, Any], ...]) -> None:
    exchange, statuses = came(*messages)
    assert isinstance(exchange.answer, Failure)
    assert exchange.broke_off
    assert exchange.operation == UNKNOWN, "even if all of its body came"
    assert statuses == [408]
    subscribed = Subscribed(n=1, by=COURIER, data={"box": "box-1", "secret": "whsec_c2VjcmV0", "event_types": []})
    evidence = Evidence([Started(plan={}, cast=()), subscribed, exchange], specification("platform"))
    assert deliveries(evidence) == []
    assert list(webhooks(evidence)) == []
