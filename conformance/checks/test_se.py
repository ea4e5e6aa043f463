"""Security: doors, signatures, repetitions, errors, and what becomes of bad input."""

from __future__ import annotations

from conformance.check import check
from conformance.checks.trials import accepted, codes, mistakes, twins
from conformance.vocabulary import OperationTried


@check("SE-P-15", needs={OperationTried}, least=400)
def test_input_that_breaks_the_schema_is_refused_while_its_twin_is_accepted(evidence, expect, rule):
    statuses = codes(rule.words("statuses"))
    for twin in twins(evidence).values():
        expect(twin).is_accepted()
    for mistake, twin in mistakes(evidence):
        if accepted(twin):
            expect(mistake).is_answered_with(statuses)
