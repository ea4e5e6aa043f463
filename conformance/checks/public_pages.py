"""Public pages: what somebody who looked a waybill up was shown, beside the events that the merchant was told of.

In: evidence.  Out: pages with what should stand on them; nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conformance.checks.happenings import happenings, looked_up
from conformance.evidence import Evidence, Telling
from conformance.judgements.moments import at_instant
from conformance.records import JSON, Instant
from conformance.vocabulary import TRACKING, EventsReported


def pages(evidence: Evidence, within: Instant) -> Iterator[tuple[Telling, list[Mapping[str, JSON]], frozenset[JSON]]]:
    """Pages of parcels of which nothing new was reported lately: the events until then, and the ids of those that the merchant was told
    of as they were posted.  What got lost on its way to the platform, or became something else there, is a matter of its own."""
    certain, doubtful = evidence.derived(passed_on), evidence.derived(in_doubt)
    for answer, events in looked_up(evidence, within):
        act = evidence.act_of(answer)
        waybill = act.data["waybill_no"] if act is not None else ""
        known = frozenset(event["event_id"] for event in events if (waybill, event["event_id"]) in certain)
        for page in evidence.tellings_in(answer) if waybill not in doubtful else ():
            if page.kind == TRACKING:
                yield page, events, known


def passed_on(evidence: Evidence) -> frozenset[tuple[str, str]]:
    """Waybill and id of the events that the merchant was told of with their code and time, retractions with what they retract."""
    return frozenset(
        (one.report.data["waybill_no"], one.id) for one in evidence.derived(happenings) if any(
            told["code"].value == one.event["code"] and told["retracts"].value == one.event.get("retracts", told["retracts"].value)
            and at_instant(told["occurred_at"].value) == at_instant(one.event["occurred_at"]) for told in one.shown
        )
    )


def in_doubt(evidence: Evidence) -> frozenset[str]:
    """Waybills of which we do not know whether something was taken on."""
    return frozenset(
        one.data["waybill_no"] for one in evidence.each(EventsReported) if evidence.perhaps(one) and not evidence.accepted(one)
    )
