"""Security: doors, signatures, repetitions, errors, and what becomes of bad input."""

from __future__ import annotations

from conformance.check import check
from conformance.checks import answers, doors
from conformance.checks.trials import accepted, codes, mistakes, twins
from conformance.vocabulary import DISCOVERY, PROBLEM, DoorTried, OperationTried, OthersAsked, TokenAsked, TokenShown


@check("SE-P-01", needs={DoorTried}, least=20)
def test_no_protected_operation_is_open_to_somebody_without_a_token(evidence, expect, rule):
    for exchange in doors.knocks(evidence, keys=frozenset({"none"})):
        expect(exchange).is_answered_with(codes(rule.words("statuses")))


@check("SE-P-02", needs={DoorTried, TokenAsked}, least=60)
def test_tokens_and_secrets_that_nobody_gave_out_are_refused(evidence, expect, rule):
    for exchange in doors.knocks(evidence, but=frozenset({"none", "role"})):
        expect(exchange).is_answered_with(codes(rule.words("statuses")))
    for exchange in doors.wrong_secrets(evidence):
        expect(exchange).is_answered_with(codes(rule.words("statuses")))


@check("SE-P-03", needs={TokenShown}, least=8)
def test_a_token_is_refused_when_its_life_is_over(evidence, expect, rule):
    for exchange in doors.worn_out(evidence, rule.duration("grace")):
        expect(exchange).is_answered_with(codes(rule.words("statuses")))


@check("SE-P-04", needs={DoorTried}, least=60)
def test_a_token_opens_the_doors_of_its_role_only(evidence, expect, rule):
    for exchange in doors.knocks(evidence, keys=frozenset({"role"})):
        expect(exchange).is_answered_with(codes(rule.words("statuses")))


@check("SE-P-05", needs={OthersAsked}, least=50)
def test_other_peoples_objects_are_answered_as_if_they_did_not_exist(evidence, expect, rule):
    for foreign, its_answer, unknown, other_answer in doors.reaches(evidence):
        if foreign.data["hidden"]:
            expect(its_answer).is_answered_with(codes(rule.words("statuses")))
        doors.nobody_can_tell(expect, its_answer, other_answer, (foreign.data["id"], unknown.data["id"]))


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
