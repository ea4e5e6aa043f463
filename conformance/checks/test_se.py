"""Security: doors, signatures, repetitions, errors, and what becomes of bad input."""

from __future__ import annotations

from conformance.check import check
from conformance.checks import answers, claims, deliveries, doors, guises, partings, promises, refusals, repetitions, secrets, statements
from conformance.checks.trials import accepted, codes, mistakes, said, twins
from conformance.judgements.fillers import Fillers
from conformance.judgements.moments import same_moment, stated
from conformance.judgements.paging import link_departure
from conformance.judgements.problems import form, internals
from conformance.judgements.signatures import signature_flaw, timestamp_flaw
from conformance.records import Answer
from conformance.untrusted import named, parsed
from conformance.vocabulary import (
    CONSIGNMENT,
    DISCOVERY,
    EVENT,
    OFFER,
    PROBLEM,
    SUBSCRIPTION,
    ConsignmentEntered,
    DiscoveryRead,
    DoorTried,
    Flooded,
    LineInspected,
    Misdirected,
    OffersRead,
    OperationTried,
    OthersAsked,
    Probed,
    ReceiverDown,
    RequestCrafted,
    SentAgain,
    StillServed,
    Subscribed,
    TokenAsked,
    TokenShown,
    Unsubscribed,
)


@check("SE-P-01", needs={DoorTried}, least=20, memory=False)
def test_no_protected_operation_is_open_to_somebody_without_a_token(evidence, expect, rule):
    for exchange in doors.knocks(evidence, keys=frozenset({"none"})):
        expect(exchange).is_answered_with(codes(rule.words("statuses")))


@check("SE-P-02", needs={DoorTried, TokenAsked}, least=60, memory=False)
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
    for answer, signs in doors.hints(evidence):
        expect(answer).holds(not signs, "header_tells", seen=" / ".join(signs))


@check("SE-P-06", needs={Subscribed, ReceiverDown}, least=15)
def test_every_webhook_verifies_with_its_secret(evidence, expect, rule):
    for exchange, secret in deliveries.deliveries(evidence):
        request = exchange.request
        expect(exchange).satisfies(lambda _, request=request, secret=secret: signature_flaw(request.headers, request.body, secret))


@check("SE-P-07", needs={Subscribed, ReceiverDown}, least=15)
def test_a_webhooks_timestamp_is_the_time_of_the_attempt(evidence, expect, rule):
    for exchange, _ in deliveries.deliveries(evidence):
        since, tolerance = evidence.sent_since(exchange), rule.duration("tolerance")
        flaw = timestamp_flaw(exchange.request.headers, since, exchange.trade, tolerance)
        expect(exchange).satisfies(lambda _, flaw=flaw: flaw)


@check("SE-P-08", needs={Subscribed, ReceiverDown}, least=15)
def test_a_webhooks_id_is_its_own_and_stays_in_every_attempt(evidence, expect, rule):
    for exchange, flaw in deliveries.identities(evidence):
        expect(exchange).satisfies(lambda _, flaw=flaw: flaw)


@check("SE-P-09", needs={Subscribed, ReceiverDown}, least=10)
def test_refused_webhooks_are_sent_again_on_the_agreed_schedule(evidence, expect, rule):
    retries = deliveries.refused(evidence, rule)
    for retry in retries:
        deliveries.sent_again_in_time(evidence, expect, retry)
    deliveries.every_interval_was_seen(expect, retries, rule)


@check("SE-P-10", needs={SentAgain, CONSIGNMENT, EVENT}, least=20)
def test_a_repeated_request_gets_the_same_result_and_takes_effect_once(evidence, expect, rule):
    for act, exchange, first in repetitions.repeated(evidence):
        repetitions.same_result(expect, exchange, first)
        repetitions.says_that_it_is_a_replay(evidence, expect, exchange, first)
        repetitions.took_effect_once(evidence, expect, act, exchange)
    for act, exchange in repetitions.unburdened(evidence):
        expect(exchange).is_accepted()
        repetitions.took_effect_once(evidence, expect, act, exchange)


@check("SE-P-11", needs={SentAgain, CONSIGNMENT, EVENT}, least=20)
def test_requests_at_once_under_one_key_take_effect_once(evidence, expect, rule):
    for group in repetitions.at_once(evidence):
        for _, exchange in group:
            expect(exchange).is_answered_with((*range(200, 300), *codes(rule.words("waiting"))))
        repetitions.took_effect_once(evidence, expect, *group[0])


@check("SE-P-12", needs={SentAgain, CONSIGNMENT, EVENT}, least=8)
def test_a_key_with_another_body_is_refused(evidence, expect, rule):
    for act, exchange in repetitions.sent(evidence, "other_body"):
        expect(exchange).is_answered_with(codes(rule.words("statuses")))
        repetitions.left_no_trace(evidence, expect, act, exchange)


@check("SE-P-13", needs={OperationTried, PROBLEM}, least=400)
def test_every_error_is_a_well_formed_problem_detail(evidence, expect, rule):
    for exchange, judgement in answers.errors(evidence, form(rule), (DoorTried, TokenAsked, Misdirected), others=True):
        expect(exchange).satisfies(judgement)


@check("SE-P-13", needs={DoorTried}, least=60)
def test_who_is_turned_away_gets_a_well_formed_error(evidence, expect, rule):
    for exchange, judgement in answers.errors(evidence, form(rule), (DoorTried, TokenAsked)):
        expect(exchange).satisfies(judgement)


@check("SE-P-13", needs={Misdirected}, least=50)
def test_who_takes_the_wrong_way_gets_a_well_formed_error(evidence, expect, rule):
    for exchange, judgement in answers.errors(evidence, form(rule), (Misdirected,)):
        expect(exchange).satisfies(judgement)


@check("SE-P-14", needs={RequestCrafted, PROBLEM}, least=60)
def test_no_error_shows_the_inside(evidence, expect, rule):
    for exchange, answer in answers.every_error(evidence):
        flaw = internals(exchange, answer, rule.words("traces"), rule.words("patterns"))
        expect(exchange).satisfies(lambda _, flaw=flaw: flaw)


@check("SE-P-15", needs={OperationTried}, least=400)
def test_input_that_breaks_the_schema_is_refused_while_its_twin_is_accepted(evidence, expect, rule):
    statuses = codes(rule.words("statuses"))
    for twin in twins(evidence).values():
        expect(twin).is_accepted()
    for mistake, twin in mistakes(evidence):
        if accepted(twin):
            expect(mistake).is_answered_with(statuses)


@check("SE-P-15", needs={RequestCrafted})
def test_cursors_that_nobody_gave_out_are_refused(evidence, expect, rule):
    statuses = codes(rule.words("statuses"))
    for act in evidence.every(RequestCrafted):
        for exchange in said(evidence, act):
            if act.data["how"].startswith("cursor_"):
                expect(exchange).is_answered_with(statuses)


@check("SE-P-16", needs={OperationTried, DISCOVERY}, least=60)
def test_answers_and_messages_are_as_documented(evidence, expect, rule):
    for exchange, operation, answer in answers.rightly_asked(evidence):
        expect(exchange).satisfies(answers.as_documented(operation, answer))
    for exchange, message in answers.webhooks(evidence):
        expect(exchange).satisfies(answers.message_as_documented(exchange, message))


@check("SE-P-16", needs={OperationTried, DISCOVERY}, least=8)
def test_pages_lead_to_the_next_as_documented(evidence, expect, rule):
    for exchange, answer in answers.pages(evidence):
        expect(exchange).satisfies(lambda _, answer=answer: link_departure(answer))


@check("SE-P-16", needs={OperationTried, DISCOVERY}, least=4)
def test_the_address_of_what_was_made_leads_to_it(evidence, expect, rule):
    for one in claims.addresses(evidence):
        expect(one.exchange).holds(one.fair, "address_elsewhere", expected=one.declared, seen=one.said)


@check("SE-P-16", needs={OperationTried, DISCOVERY}, least=60)
def test_no_required_text_is_a_placeholder(evidence, expect, rule):
    fillers = Fillers(rule.words("placeholders"))
    entered = fillers.in_requests(statements.entered(evidence))
    for exchange, shape, raw in statements.bodies(evidence):
        expect(exchange).satisfies(lambda _, shape=shape, raw=raw: fillers.flaws(raw, shape, entered))


@check("SE-P-16", needs={OperationTried, DISCOVERY}, least=60)
def test_the_times_that_the_platform_states_are_of_its_clock(evidence, expect, rule):
    skew, begun = rule.duration("skew"), statements.begun(evidence)
    for telling in statements.records(evidence):
        expect(telling).satisfies(stated(telling.shape, begun - skew, telling.at + skew))
    for exchange, shape, raw in statements.wrappings(evidence):
        judged = stated(shape, begun - skew, exchange.trade + exchange.took + skew)
        expect(exchange).satisfies(lambda _, judged=judged, raw=raw: judged(parsed(raw)))


@check("SE-P-17", needs={Misdirected}, least=50)
def test_wrong_methods_and_media_types_are_refused_as_such(evidence, expect, rule):
    statuses = {what: codes(rule.words(f"{what}_statuses")) for what in ("method", "media", "path")}
    for act in evidence.every(Misdirected):
        for exchange in evidence.answers(act):
            expect(exchange).is_answered_with(statuses[act.data["what"]])
            allowed, refused = answers.allowed(exchange), act.data["value"]
            if act.data["what"] == "method" and allowed is not None:
                expect(exchange).holds(bool(allowed) and refused not in allowed, "allow_missing", expected="Allow", seen=sorted(allowed))


@check("SE-P-18", needs={RequestCrafted, StillServed}, least=140)
def test_hostile_input_breaks_nothing(evidence, expect, rule):
    for act in evidence.every(RequestCrafted):
        for exchange in said(evidence, act):
            if act.data["answered"] or isinstance(exchange.answer, Answer):
                expect(exchange).is_answered_with(range(100, 500))
    for act in evidence.every(StillServed):
        for exchange in said(evidence, act):
            expect(exchange).is_accepted()


@check("SE-P-19", needs={Flooded}, least=1)
def test_an_answer_that_limits_the_rate_says_how_long_to_wait(evidence, expect, rule):
    statuses = codes(rule.words("statuses"))
    for exchange, answer in promises.throttled(evidence, statuses):
        expect(exchange).holds(promises.seconds(answer) is not None, "retry_after_missing", seen=answer.header("retry-after"))
    promises.served_after_waiting(evidence, expect, statuses)


@check("SE-P-20", needs={OperationTried, DISCOVERY}, least=20)
def test_what_is_declared_is_served_and_what_is_not_is_not(evidence, expect, rule):
    unsupported = codes(rule.words("statuses"))
    for exchange, served in promises.kept(evidence):
        promises.is_served(expect, exchange, served)
    for exchange in promises.undeclared(evidence):
        expect(exchange).is_answered_with(unsupported)


@check("SE-P-20", needs={DiscoveryRead, OffersRead, DISCOVERY, OFFER}, least=3)
def test_the_counterparts_that_are_declared_are_those_that_are_offered(evidence, expect, rule):
    declared = promises.connected_since(evidence)
    for offer in evidence.told(OFFER):
        code = named(offer["courier_code"].value)
        expect(offer).holds(code in declared, "counterpart_not_declared", expected=code, seen=sorted(map(str, declared)))
        expect(offer["since"]).satisfies(same_moment(declared.get(code)))


@check("SE-P-20", needs={OperationTried, DISCOVERY}, least=20)
def test_limits_are_what_was_declared(evidence, expect, rule):
    for statements_of in (claims.lives, claims.rates, claims.sizes):
        for one in statements_of(evidence):
            expect(one.exchange).holds(one.fair, "limit_contradicts", expected=one.declared, seen=one.said, name=one.name)


@check("SE-P-22", needs={LineInspected})
def test_the_line_is_protected_beyond_this_machine(evidence, expect, rule):
    versions = rule.words("versions")
    for act in evidence.each(LineInspected):
        if act.data["loopback"] and act.data["scheme"] != "https":
            expect.undecided("environment", why="loopback")
            continue
        expect(act).holds(act.data["version"] in versions, "tls_missing", expected=" / ".join(versions), seen=act.data["failure"])
        expect(act).holds(act.data["old"] is None, "tls_old", expected=" / ".join(versions), seen=act.data["old"])
        expect(act).holds(act.data["plain"] is None, "served_without_tls", seen=act.data["plain"])


@check("SE-P-23", needs={Subscribed, SUBSCRIPTION}, least=10)
def test_no_answer_shows_a_signing_secret(evidence, expect, rule):
    for exchange, flaw in secrets.shown(evidence):
        expect(exchange).satisfies(lambda _, flaw=flaw: flaw)


@check("SE-P-24", needs={Probed, CONSIGNMENT, EVENT}, least=10)
def test_who_does_not_say_that_it_tests_gets_the_same(evidence, expect, rule):
    for pair in evidence.derived(guises.Guises).pairs():
        exchanges = guises.answered(evidence, pair)
        if exchanges is not None:
            guises.answered_alike(expect, pair, exchanges)
            guises.told_alike(evidence, expect, pair, rule.duration("deadline"))


@check("SE-P-24", needs={Probed, CONSIGNMENT, EVENT})
def test_who_does_not_say_that_it_tests_waits_no_longer(evidence, expect, rule):
    for ways in guises.PAIRS:
        guises.waited_alike(evidence, expect, ways, rule.duration("floor"))


@check("SE-P-25", needs={Subscribed, Unsubscribed, ReceiverDown, ConsignmentEntered, CONSIGNMENT}, least=6)
def test_nobody_is_sent_what_he_did_not_ask_for_or_asks_for_no_more(evidence, expect, rule):
    for message, kind, asked in partings.asked_for(evidence):
        expect(message).holds(asked, "told_unasked", seen=kind)
    for parting in partings.parted(evidence, rule.duration("under_way")):
        for number, message in enumerate(parting.late):  # where a 410 got lost, one more is sent
            expect(message).holds(False, "told_after_unsubscribing", seen=message.operation, single=not number)
        if parting.missed and not parting.late:
            expect(parting.exchange).holds(True, "told_after_unsubscribing")
    for exchange in partings.unsubscribed_twice(evidence):
        expect(exchange).is_answered_with(codes(rule.words("statuses")))


@check("SE-P-26", needs={OperationTried, PROBLEM}, least=300)
def test_a_refusal_says_what_is_wrong_and_where(evidence, expect, rule):
    for mistake in refusals.judged(evidence, rule):
        expect(mistake.exchange).is_answered_with(mistake.statuses)
        for status in codes(rule.words("statuses")):
            flaw = refusals.misnamed(mistake, status)
            expect(mistake.exchange).satisfies(lambda _, flaw=flaw: flaw)
