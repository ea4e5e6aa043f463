"""Monitoring: the platform knows with whom it is connected, and how well."""

from __future__ import annotations

from conformance.check import check
from conformance.checks.connections import FAILING, WELL, overviews, readings
from conformance.clock import moment
from conformance.judgements.assessments import complete_and_current
from conformance.vocabulary import (
    DISCOVERY,
    RISK,
    STATUS,
    ConsignmentEntered,
    DiscoveryRead,
    ReceiverDown,
    ReceiverUp,
    RisksRead,
    StatusRead,
)


@check("MO-P-01", needs={DiscoveryRead, StatusRead, DISCOVERY, STATUS}, least=20)
def test_the_status_lists_every_counterpart(evidence, expect, rule):
    for overview in overviews(evidence):
        for code in overview.due:
            expect(overview.last).holds(code in overview.rows, "connection_not_listed", expected=code, seen=sorted(overview.rows))
        for row in overview.rows.values():
            expect(row["state"]).is_there()


@check("MO-P-02", needs={ConsignmentEntered, ReceiverDown, ReceiverUp, StatusRead, STATUS}, least=9)
def test_the_status_shows_failures_and_recoveries(evidence, expect, rule):
    for reading in readings(evidence):
        if reading.steady >= rule.duration("detection"):
            expect(reading.row["state"]).is_one_of(FAILING if reading.failing else WELL)


@check("MO-P-03", needs={ConsignmentEntered, ReceiverDown, ReceiverUp, StatusRead, STATUS}, least=18)
def test_the_figures_of_the_status_agree_with_the_facts(evidence, expect, rule):
    for reading in readings(evidence):
        backlog = reading.row["backlog"]
        expect(backlog).holds(reading.counts(backlog.value), "backlog_made_up", expected=reading.waiting, seen=backlog.value)
        if reading.row["last_success_at"].there:
            known = reading.knows_of(reading.row["last_success_at"].value, rule.duration("tolerance"))
            expect(reading.row["last_success_at"]).holds(known, "no_success_then", expected=moment(reading.last_delivery))


@check("MO-P-04", needs={RisksRead, RISK}, least=4)
def test_the_risk_of_interruption_is_assessed(evidence, expect, rule):
    for read in evidence.each(RisksRead):
        answer = evidence.answer(read)
        if answer is None:  # the run was cut off just then
            continue
        risks = [telling for telling in evidence.tellings_in(answer) if telling.kind == RISK]
        expect(answer).holds(bool(risks), "nothing_assessed", expected="≥ 1", seen=len(risks))
        for telling in risks:
            expect(telling).satisfies(complete_and_current(read.trade, rule.duration("age")))


@check("MO-P-05", needs={DiscoveryRead, StatusRead, RisksRead, DISCOVERY, STATUS, RISK}, least=2)
def test_a_counterpart_sees_nothing_of_others(evidence, expect, rule):
    for overview in overviews(evidence):
        if not overview.all_seeing:
            for code, row in overview.rows.items():
                expect(row).holds(code in overview.due, "others_shown", expected=overview.due, seen=code)
    for risk in evidence.told(RISK):
        member = evidence.cast[risk.to]
        if member.kind != "authority" and risk["counterpart"].there:
            expect(risk["counterpart"]).holds(risk["counterpart"].value == member.code, "others_shown", expected=member.code)
