"""Real name: the check's outcome is passed on, and identity numbers go nowhere."""

from __future__ import annotations

from conformance.check import check
from conformance.checks.handing import answered, named_places, statuses, tried
from conformance.checks.happenings import happenings, tried_to_report
from conformance.checks.numbers import from_events, from_orders, number_in, shown_to
from conformance.judgements.faithful import as_posted, at
from conformance.judgements.usability import placeholder
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    ConsignmentEntered,
    ConsignmentTried,
    EventsReported,
    EventsTried,
)


@check("RN-P-01", needs={EventsReported, EventsTried, EVENT}, least=20)
def test_outcome_and_time_of_the_real_name_check_reach_the_merchant(evidence, expect, rule):
    for one in evidence.derived(happenings):
        for told in one.shown:
            expect(told).satisfies(as_posted(one.event, ("real_name_check",)))
    for _, answer in tried_to_report(evidence, "unchecked"):
        expect(answer).holds(not evidence.accepted(evidence.act_of(answer)), "accepted")


@check("RN-P-02", needs={ConsignmentEntered, ConsignmentTried, CONSIGNMENT}, least=20)
def test_identity_numbers_in_orders_are_refused_and_go_nowhere(evidence, expect, rule):
    for attempt, answer in tried(evidence, "identity"):
        expect(answer).is_answered_with(statuses(rule.words("statuses")))
        seen = shown_to(evidence.derived(from_orders), number_in(attempt), "courier")
        expect(attempt).holds(not seen, "identity_number_shown", seen=seen)
    for _, answer in answered(evidence, only="twin:identity"):
        expect(answer).is_accepted()


@check("RN-P-03", needs={EventsReported, EventsTried, EVENT}, least=20)
def test_identity_numbers_in_events_are_shown_to_nobody(evidence, expect, rule):
    for attempt, answer in tried_to_report(evidence, "identity"):
        expect(answer).is_answered_with(statuses(rule.words("statuses")))
        seen = shown_to(evidence.derived(from_events), attempt.data["number"], "merchant", "consumer", "nobody")
        expect(attempt).holds(not seen, "identity_number_shown", seen=seen)


@check("RN-P-04", needs={ConsignmentEntered, ConsignmentTried, CONSIGNMENT}, least=40)
def test_blanks_and_placeholders_are_refused_and_named(evidence, expect, rule):
    for attempt, answer in tried(evidence, "blank"):
        place = attempt.data["place"]
        if placeholder(at(attempt.data["entry"], place), rule.words("placeholders")):
            expect(answer).is_answered_with(statuses(rule.words("statuses")))
            if not evidence.accepted(attempt):
                expect(answer).holds(bool(named_places(evidence, answer, place)), "place_not_named", expected=place)
    for _, answer in answered(evidence, only="twin:blank"):
        expect(answer).is_accepted()
