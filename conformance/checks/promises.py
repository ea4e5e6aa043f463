"""Promises: what the target declares about itself, and whether it keeps it.

In: evidence.  Out: rightful calls of declared capabilities, calls of undeclared ones, and what it said when it was asked too much.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from conformance.checks.answers import rightly_asked
from conformance.checks.trials import accepted, status_of
from conformance.evidence import Evidence
from conformance.expect import Expect
from conformance.records import JSON, Answer, Exchange
from conformance.vocabulary import DISCOVERY, OperationTried

NOT_SERVED: Final = frozenset({404, 405, 501})
"""Answers that say that there is no such thing here."""
PATIENCE: Final = 120
"""Seconds that the suite waits at most before it asks again."""


def declared(evidence: Evidence) -> frozenset[str]:
    """Every capability in a discovery document of the run."""
    lists = [telling.value.get("capabilities") for telling in evidence.told(DISCOVERY) if isinstance(telling.value, dict)]
    return frozenset(word for words in lists if isinstance(words, list) for word in words if isinstance(word, str))


def connected_since(evidence: Evidence) -> dict[JSON, JSON]:
    """The counterparts that the discovery documents declare, and since when each is connected."""
    lists = [telling.value.get("counterparts") for telling in evidence.told(DISCOVERY) if isinstance(telling.value, dict)]
    declared = [one for several in lists if isinstance(several, list) for one in several if isinstance(one, dict)]
    return {code: one.get("since") for one in declared if isinstance(code := one.get("code"), str)}


def kept(evidence: Evidence) -> Iterator[tuple[Exchange, bool]]:
    """Rightful calls of what is declared, and whether it was there; every ordinary request may show that it was not."""
    promised = declared(evidence)
    trials = {act.n for act in evidence.each(OperationTried) if act.data["capability"] in promised}
    for exchange, operation, answer in rightly_asked(evidence):
        if exchange.act in trials:
            yield exchange, accepted(exchange) or (answer.status not in NOT_SERVED and answer.status < 500)
        elif operation.capability in promised and answer.status == 501:
            yield exchange, False


def is_served(expect: Expect, exchange: Exchange, served: bool) -> None:
    """It was there.  To say that there is no such thing counts at once, to break down when it happens again."""
    seen = status_of(exchange)
    expect(exchange).holds(served, "not_served", nature="said" if seen in NOT_SERVED else "missing", expected="2xx", seen=seen)


def undeclared(evidence: Evidence) -> Iterator[Exchange]:
    """Calls of what is not declared."""
    for act in evidence.every(OperationTried):
        if act.data.get("declared") is False:
            yield from evidence.answers(act)[-1:]


def throttled(evidence: Evidence, statuses: tuple[int, ...]) -> Iterator[tuple[Exchange, Answer]]:
    """Every answer that limits the rate."""
    for exchange in evidence.exchanges:
        if isinstance(exchange.answer, Answer) and exchange.answer.status in statuses:
            yield exchange, exchange.answer


def seconds(answer: Answer) -> int | None:
    """What Retry-After says, in seconds; None for anything else."""
    text = (answer.header("retry-after") or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def served_after_waiting(evidence: Evidence, expect: Expect, statuses: tuple[int, ...]) -> None:
    """Who came back after the time that it was told is not sent away again."""
    attempts: dict[int, list[Exchange]] = {}
    for exchange in evidence.exchanges:
        if exchange.act is not None:
            attempts.setdefault(exchange.act, []).append(exchange)
    for several in attempts.values():
        for before, after in pairwise(several):
            waited = seconds(before.answer) if isinstance(before.answer, Answer) and before.answer.status in statuses else None
            if waited is not None and waited <= PATIENCE and isinstance(after.answer, Answer):
                status = after.answer.status
                expect(after).holds(status not in statuses, "throttled_again", seen=status)
