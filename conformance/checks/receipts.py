"""Receipts: what the target says it took of the events that couriers reported.

In: evidence.  Out: each receipt with what was reported, and what of it had been reported before; nothing is judged here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from conformance.checks.feeds import field_of
from conformance.evidence import Evidence
from conformance.parties import Party
from conformance.records import JSON, Answer, Exchange, Instant
from conformance.vocabulary import EventsReported


class Receipt(NamedTuple):
    """An answer to a report that was taken, the ids reported, those that had been taken before or came twice in it, and those it names."""

    answer: Exchange
    reported: frozenset[str]
    before: frozenset[str]
    accepted: frozenset[str]
    duplicates: frozenset[str]


def receipts(evidence: Evidence) -> Iterator[Receipt]:
    """Every receipt but for replayed ones, which say what was said the first time."""
    taken: dict[Party, dict[str, Instant]] = defaultdict(dict)
    for report in evidence.each(EventsReported):
        answer = evidence.answer(report)
        if answer is None or not isinstance(answer.answer, Answer) or not evidence.accepted(report):
            continue
        ids = frozenset(str(event["event_id"]) for event in report.data["events"])
        known = taken[report.by]
        often = Counter(str(event["event_id"]) for event in report.data["events"])
        before = frozenset(id for id in ids if often[id] > 1 or (id in known and known[id] < answer.wire))
        if answer.answer.header("idempotency-replayed") is None:
            yield Receipt(answer, ids, before, texts(field_of(answer, "accepted")), texts(field_of(answer, "duplicates")))
        for id in ids:
            known.setdefault(id, answer.wire + answer.took)


def texts(value: JSON) -> frozenset[str]:
    """The texts of a list; none of what is no list."""
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, list) else frozenset()
