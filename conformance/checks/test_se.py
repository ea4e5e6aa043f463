"""Security: doors, signatures, repetitions, errors, and what becomes of bad input."""

from __future__ import annotations

from conformance.check import check
from conformance.checks import answers
from conformance.checks.trials import accepted, codes, mistakes, twins
from conformance.vocabulary import DISCOVERY, PROBLEM, OperationTried


@check("SE-P-13", needs={OperationTried, PROBLEM}, least=400)
def test_every_error_is_a_well_formed_problem_detail(evidence, expect, rule):
    members, media_types = rule.words("members"), rule.words("media_types")
    for exchange, answer in answers.errors(evidence):
        expect(exchange).satisfies(answers.problem_as_documented(evidence, answer, members, media_types))


@check("SE-P-15", needs={OperationTried}, least=400)
def test_input_that_breaks_the_schema_is_refused_while_its_twin_is_accepted(evidence, expect, rule):
    statuses = codes(rule.words("statuses"))
    for twin in twins(evidence).values():
        expect(twin).is_accepted()
    for mistake, twin in mistakes(evidence):
        if accepted(twin):
            expect(mistake).is_answered_with(statuses)


@check("SE-P-16", needs={OperationTried, DISCOVERY}, least=60)
def test_answers_and_messages_are_as_documented(evidence, expect, rule):
    for exchange, operation, answer in answers.rightly_asked(evidence):
        expect(exchange).satisfies(answers.as_documented(operation, answer))
    for exchange, message in answers.webhooks(evidence):
        expect(exchange).satisfies(answers.message_as_documented(exchange, message))
