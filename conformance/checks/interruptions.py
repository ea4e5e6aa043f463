"""Interruptions: when each counterpart's was in effect, as the notices that name it tell (rules 7.2 and 12.7).

In: evidence.  Out: by counterpart, times; offers of couriers that were looked at, and whether such a time explains that one is withheld.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from conformance.evidence import Evidence, Telling
from conformance.judgements.dialogue import time_of
from conformance.records import JSON, Instant
from conformance.vocabulary import NOTICE, OFFER, CouriersAsked

CONSIGNMENTS: Final = "consignments"
"""What a notice names in its `scope` where new consignments stop."""
FOR_EVER: Final = 2**63


class Span(NamedTuple):
    """From when until when (trade time) an interruption was in effect, and what it stops."""

    since: Instant
    until: Instant
    scope: frozenset[str]


def spans(evidence: Evidence) -> Mapping[str, list[Span]]:
    """By counterpart's code, the times of every interruption that somebody was told of and that was not withdrawn."""
    return evidence.derived(_spans)


def _spans(evidence: Evidence) -> Mapping[str, list[Span]]:
    told: dict[str, list[Mapping[str, JSON]]] = defaultdict(list)
    for telling in evidence.told(NOTICE):
        if isinstance(telling.value, dict):
            told[str(telling.value.get("notice_id"))].append(telling.value)
    found: dict[str, list[Span]] = defaultdict(list)
    for records in told.values():
        since, last = time_of(records[-1].get("starts_at")), records[-1]
        if since is not None and not any(one.get("state") == "withdrawn" for one in records):
            scope = last.get("scope")
            span = Span(since, time_of(last.get("ends_at")) or FOR_EVER, frozenset(map(str, scope if isinstance(scope, list) else ())))
            for name in ("giver", "receiver"):
                found[str(last.get(name))].append(span)
    return found


def in_effect(evidence: Evidence, at: Instant) -> frozenset[str]:
    """Whose interruption was in effect at that time, by code."""
    return frozenset(code for code, several in spans(evidence).items() if any(one.since <= at <= one.until for one in several))


def offers(evidence: Evidence) -> Iterator[Telling]:
    """Every offer that a merchant was shown when it asked which couriers it can choose."""
    for asked in evidence.each(CouriersAsked):
        answer = evidence.answer(asked)
        yield from (one for one in evidence.tellings_in(answer) if one.kind == OFFER and isinstance(one.value, dict)) if answer else ()


def withheld_rightly(evidence: Evidence, offer: Telling, grace: Instant) -> bool:
    """Whether an interruption of that courier, of its new consignments, was in effect, or was over for no longer than `grace`."""
    asked = evidence.exchange(offer.exchange).trade
    mine = spans(evidence).get(str(offer.value.get("courier_code")), ())
    return any(CONSIGNMENTS in one.scope and one.since <= offer.at and asked <= one.until + grace for one in mine)
