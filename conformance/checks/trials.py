"""Trials: operations that were called rightly and with one thing wrong, each wrong one with its twin.

In: evidence.  Out: the exchange of each twin, and of each mistake whose twin was accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from conformance.evidence import Evidence
from conformance.records import Act, Answer, Exchange
from conformance.vocabulary import OperationTried

ABSENT: Final = 501
"""Says that there is no such operation: whoever promised it has to answer for that, under another requirement."""
BUSY: Final = 429
TOO_LARGE: Final = "rule:too_large"
"""The feature of a call whose body is larger than the interface allows."""


def twins(evidence: Evidence) -> dict[str, Exchange]:
    """The last answer to each rightful call that is somebody's twin, by its name."""
    answered = [exchange for act in evidence.each(OperationTried) if (exchange := evidence.answer(act)) is not None]
    return {exchange.case.name: exchange for exchange in answered if exchange.case is not None and status_of(exchange) != ABSENT}


def mistakes(evidence: Evidence) -> Iterator[tuple[Exchange, Exchange]]:
    """Each wrong call that reached the target, with its twin; who is sent too much may hang up (rule 1.6)."""
    rightly = twins(evidence)
    for act in evidence.every(OperationTried):
        for exchange in evidence.answers(act)[-1:]:
            case, status = exchange.case, status_of(exchange)
            if case is not None and case.twin in rightly and status != BUSY and (status or TOO_LARGE not in case.features):
                yield exchange, rightly[case.twin]


def accepted(exchange: Exchange) -> bool:
    """Answered with 2xx."""
    return isinstance(exchange.answer, Answer) and exchange.answer.status < 300


def codes(words: tuple[str, ...]) -> tuple[int, ...]:
    """Statuses as the catalogue writes them."""
    return tuple(map(int, words))


def status_of(exchange: Exchange) -> int:
    """The status, 0 where there was no answer."""
    return exchange.answer.status if isinstance(exchange.answer, Answer) else 0


def said(evidence: Evidence, act: Act) -> Iterator[Exchange]:
    """Every answer to an act, repetitions included, or the failure that it ended with."""
    several = evidence.answers(act)
    return (one for place, one in enumerate(several, 1) if isinstance(one.answer, Answer) or place == len(several))
