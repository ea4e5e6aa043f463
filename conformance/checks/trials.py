"""Trials: operations that were called rightly and with one thing wrong, each wrong one with its twin.

In: evidence.  Out: the exchange of each twin, and of each mistake whose twin was accepted.
"""

from __future__ import annotations

from collections.abc import Iterator

from conformance.evidence import Evidence
from conformance.records import Answer, Exchange
from conformance.vocabulary import OperationTried


def twins(evidence: Evidence) -> dict[str, Exchange]:
    """The last answer to each rightful call that is somebody's twin, by its name."""
    found = {}
    for act in evidence.each(OperationTried):
        exchange = evidence.answer(act)
        if exchange is not None and exchange.case is not None:
            found[exchange.case.name] = exchange
    return found


def mistakes(evidence: Evidence) -> Iterator[tuple[Exchange, Exchange]]:
    """Each wrong call that reached the target, with its twin."""
    rightly = twins(evidence)
    for act in evidence.every(OperationTried):
        for exchange in evidence.answers(act)[-1:]:
            if exchange.case is not None and exchange.case.twin in rightly:
                yield exchange, rightly[exchange.case.twin]


def accepted(exchange: Exchange) -> bool:
    """Answered with 2xx."""
    return isinstance(exchange.answer, Answer) and exchange.answer.status < 300


def codes(words: tuple[str, ...]) -> tuple[int, ...]:
    """Statuses as the catalogue writes them."""
    return tuple(map(int, words))


def status_of(exchange: Exchange) -> int:
    """The status, 0 where there was no answer."""
    return exchange.answer.status if isinstance(exchange.answer, Answer) else 0
