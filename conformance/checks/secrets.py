"""Secrets: is a subscription's signing secret in anything that the target sent?

In: evidence.  Out: everything that the target said about subscriptions, and everything else that holds one of the secrets.
"""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks.deliveries import secrets
from conformance.checks.pieces import sent_to_kinds
from conformance.evidence import Evidence
from conformance.judgements.leaks import Canaries
from conformance.judgements.schemas import Departure
from conformance.parties import IUT
from conformance.records import Answer, Exchange

ABOUT = "/subscriptions"
PREFIX = "whsec_"
FULL = 12
"""So many secrets are searched for in every encoding; of the others the plain forms will do."""


def shown(evidence: Evidence) -> Iterator[tuple[Exchange, Departure | None]]:
    """Answers about subscriptions with what they show; of all else that was sent, only what shows something."""
    known = {box: secret.removeprefix(PREFIX) for box, secret in secrets(evidence).items()}
    canaries = Canaries(known, brief=frozenset(list(known)[FULL:]))
    anywhere = any(canaries.among(pieces) for pieces in evidence.derived(sent_to_kinds).values())
    for exchange in evidence.exchanges:
        found = next((found for raw in said(exchange) for found in canaries.find(raw)), None) if anywhere else None
        if found is not None:
            yield exchange, Departure(kind="secret_shown", params={"encoding": found.encoding}, seen=found.encoding)
        elif exchange.answerer == IUT and exchange.request.target.startswith(ABOUT) and isinstance(exchange.answer, Answer):
            yield exchange, None


def said(exchange: Exchange) -> Iterator[bytes]:
    """All that the target said in an exchange, raw."""
    if exchange.sender == IUT:
        yield exchange.request.body.raw
        yield "\n".join((exchange.request.target, *(f"{name}: {value}" for name, value in exchange.request.headers))).encode()
    elif isinstance(exchange.answer, Answer):
        yield exchange.answer.body.raw
        yield "\n".join(f"{name}: {value}" for name, value in exchange.answer.headers).encode()
