"""Statements: what the target says in answers to rightful requests and in messages, as bodies and as records.

In: evidence.  Out: bodies with their shapes, and where in time what the target states of its own must lie; nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks.answers import rightly_asked, webhooks
from conformance.evidence import Evidence, Telling
from conformance.judgements.moments import own_times
from conformance.parties import IUT
from conformance.records import Answer, Exchange, Instant
from conformance.specification import Shape


def bodies(evidence: Evidence) -> Iterator[tuple[Exchange, Shape, bytes]]:
    """Every body of a success and of a message that was kept whole, with its shape."""
    for exchange, operation, answer in rightly_asked(evidence):
        shape = operation.answers.get(str(answer.status))
        if shape is not None and answer.status < 300 and answer.body.digest is None:
            yield exchange, shape, answer.body.raw
    for exchange, message in webhooks(evidence):
        if message is not None and message.request is not None and exchange.request.body.digest is None:
            yield exchange, message.request, exchange.request.body.raw


def entered(evidence: Evidence) -> list[bytes]:
    """The bodies of every request that the target took."""
    return [
        exchange.request.body.raw for exchange in evidence.exchanges
        if exchange.answerer == IUT and isinstance(exchange.answer, Answer) and exchange.answer.status < 300
    ]


def wrappings(evidence: Evidence) -> Iterator[tuple[Exchange, Shape, bytes]]:
    """Bodies that state times of the target's own beside those of their records."""
    return ((exchange, shape, raw) for exchange, shape, raw in bodies(evidence) if shape.record is None and own_times(shape))


def records(evidence: Evidence) -> Iterator[Telling]:
    """What the target said of subjects of this run, or of itself, and states times of its own in."""
    for exchange in evidence.exchanges:
        for telling in evidence.tellings_in(exchange):
            if telling.by == IUT and own_times(telling.shape) and (telling.about or not telling.shape.identity):
                yield telling


def begun(evidence: Evidence) -> Instant:
    """When the run began, trade time."""
    return evidence.records[0].trade if evidence.records else 0
