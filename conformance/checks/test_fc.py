"""Field completeness: what was entered arrives, whole and true."""

from __future__ import annotations

from conformance.check import check
from conformance.vocabulary import CONSIGNMENT, ConsignmentEntered


@check("FC-P-12", needs={ConsignmentEntered, CONSIGNMENT}, least=10)
def test_a_consignment_appears_in_the_couriers_feed_in_time(evidence, expect, rule):
    for entry in evidence.each(ConsignmentEntered):
        if evidence.accepted(entry):
            arrival = evidence.first(
                CONSIGNMENT, about=entry.about[0], to=entry.to, since=entry.trade, within=rule.duration("deadline"), channel="pull"
            )
            expect(arrival).arrives()


@check("FC-P-13", needs={ConsignmentEntered, CONSIGNMENT}, least=10)
def test_a_consignment_is_pushed_to_the_courier_in_time(evidence, expect, rule):
    for entry in evidence.each(ConsignmentEntered):
        if evidence.accepted(entry):
            arrival = evidence.first(
                CONSIGNMENT, about=entry.about[0], to=entry.to, since=entry.trade, within=rule.duration("deadline"), channel="push"
            )
            expect(arrival).arrives()
