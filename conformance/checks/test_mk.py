"""Masking and personal information: what is shown of people, and to whom."""

from __future__ import annotations

from conformance.check import check
from conformance.checks import belongings, messages, publications, reasons_given, rows, unknown_numbers
from conformance.checks.leakage import Leakage, may_be_shown
from conformance.checks.persons import PERSONS
from conformance.checks.requests import ASKED, Requests, concealed, consents, decided, granted, outsider, refused, unconsented
from conformance.checks.views import analysed, hides, joined, tracked
from conformance.judgements.decisions import registered, within
from conformance.vocabulary import (
    ANALYTICS,
    CONSENT,
    CONSIGNMENT,
    EVENT,
    NOTICE,
    TRACKING,
    ConsentGiven,
    ConsentWithdrawn,
    ConsignmentCorrected,
    ConsignmentEntered,
    NoticeGiven,
    NoticeStepTaken,
    Pried,
    PublicNoticesRead,
    TrackingLooked,
)


@check("MK-P-01", needs={*PERSONS, TRACKING}, least=40)
def test_public_tracking_hides_a_character_of_every_name(evidence, expect, rule):
    for view in tracked(evidence):
        expect(view.shown["name"]).satisfies(hides(view, "name", rule.count("hidden")))


@check("MK-P-02", needs={*PERSONS, TRACKING}, least=40)
def test_public_tracking_hides_six_digits_of_every_phone(evidence, expect, rule):
    for view in tracked(evidence):
        expect(view.shown["phone"]).satisfies(hides(view, "phone", rule.count("hidden")))


@check("MK-P-03", needs={*PERSONS, TRACKING}, least=40)
def test_public_tracking_shows_no_unit_or_room(evidence, expect, rule):
    for view in tracked(evidence):
        expect(view.shown["address"]).satisfies(hides(view, "address"))


@check("MK-P-04", needs={*PERSONS, TRACKING, ANALYTICS}, least=15)
def test_masked_views_together_hide_as_much_as_one_must(evidence, expect, rule):
    hidden = {"name": rule.count("hidden_characters"), "phone": rule.count("hidden_digits")}
    for person in joined(evidence):
        expect(person.last).satisfies(lambda _, person=person: person.flaw(hidden))


@check("MK-P-05", needs=PERSONS, least=20)
def test_answers_about_other_things_hold_nobodys_data(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for message in messages.small(evidence, leakage, messages.impersonal(evidence)):
        messages.free_of(expect, message, messages.outside_masks(evidence, leakage, message), "personal_data_beside")


@check("MK-P-06", needs=PERSONS, least=100)
def test_headers_links_and_cursors_hold_nobodys_data(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for message in messages.envelopes(evidence, leakage):
        messages.free_of(expect, message, leakage.anybody(message.data, message.where), "personal_data_in_link")


@check("MK-P-07", needs={*PERSONS, Pried}, least=30)
def test_errors_tell_nobodys_data_to_strangers(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for message in messages.small(evidence, leakage, lambda message: message.failed):
        messages.free_of(expect, message, messages.unheard(leakage, message), "personal_data_in_error")


@check("MK-P-08", needs={*PERSONS, CONSIGNMENT, EVENT}, least=20)
def test_webhooks_carry_nobodys_data_to_strangers(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for message in messages.bodies(evidence, lambda message: message.pushed):
        messages.free_of(expect, message, leakage.strangers(message.audience, message.data), "personal_data_pushed")
    for telling in (*evidence.told(CONSIGNMENT, channel="push"), *evidence.told(EVENT, channel="push")):
        expect(telling).holds(not leakage.persons.strange(telling.to, telling.about), "not_its_own")


@check("MK-P-09", needs=PERSONS, least=100)
def test_no_stranger_receives_plain_digests(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for message in evidence.derived(messages.sent):
        exposed = leakage.strangers(message.audience, message.data, message.where, digest=True)
        messages.free_of(expect, message, exposed, "digest_of_value", digests=True)


@check("MK-P-10", needs={*PERSONS, *rows.NAMED, ANALYTICS}, least=4)
def test_the_data_set_names_nobody(evidence, expect, rule):
    leakage, identifiers = evidence.derived(Leakage), evidence.derived(rows.numbers_of)
    characters, digits = rule.count("hidden_characters"), rule.count("hidden_digits")
    for message in messages.bodies(evidence, rows.of_the_data_set(evidence)):
        exposed = (one for one in leakage.anybody(message.data) if not may_be_shown(one))
        messages.free_of(expect, message, exposed, "personal_data_in_data_set")
        rows.free_of(expect, message, identifiers)
    for view in analysed(evidence):
        expect(view.shown["name"]).satisfies(hides(view, "name", characters))
        expect(view.shown["phone"]).satisfies(hides(view, "phone", digits))
        expect(view.shown["address"]).satisfies(hides(view, "address"))


@check("MK-P-11", needs=rows.READ, least=4)
def test_the_data_set_shows_no_small_group(evidence, expect, rule):
    for cell in rows.cells(evidence):
        expect(cell.first).holds(cell.shown >= rule.count("k"), "small_group", expected=rule.count("k"), seen=cell.shown)
        expect(cell.first["cell_size"]).satisfies(rows.at_least(rule.count("k")))


@check("MK-P-12", needs={*rows.READ, *rows.NAMED}, least=6)
def test_no_pseudonym_of_the_data_set_lasts(evidence, expect, rule):
    for pseudonym in rows.pseudonyms(evidence):
        expect(pseudonym.seen).holds(not pseudonym.known, "lasting_pseudonym", seen=pseudonym.seen.value)


@check("MK-P-13", needs=ASKED, least=6)
def test_value_added_use_without_consent_is_refused(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for request in Requests(evidence):
        if request.obstacles == {"consent"} and not outsider(evidence, request.act.by):
            refused(evidence, expect, request, leakage)


@check("MK-P-14", needs=ASKED, least=6)
def test_a_valid_consent_opens_what_was_consented_to(evidence, expect, rule):
    requests = Requests(evidence)
    for given in evidence.each(ConsentGiven):
        expect(evidence.answer(given)).is_accepted()
    for request in requests:
        if not request.obstacles and request.asked["purpose"] == "value_added":
            granted(evidence, expect, request, requests)


@check("MK-P-15", needs=ASKED, least=4)
def test_a_withdrawn_consent_opens_nothing(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for withdrawn in evidence.each(ConsentWithdrawn):
        expect(evidence.answer(withdrawn)).is_accepted()
    for request in Requests(evidence):
        if request.obstacles == {"withdrawn"}:
            refused(evidence, expect, request, leakage)


@check("MK-P-16", needs=ASKED, least=4)
def test_a_consent_that_ran_out_opens_nothing(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for request in Requests(evidence):
        if request.obstacles == {"expired"} and request.act.trade > request.ends + rule.duration("tolerance"):
            refused(evidence, expect, request, leakage)


@check("MK-P-17", needs=ASKED, least=16)
def test_purposes_unrelated_to_delivery_are_refused(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for request in Requests(evidence):
        if request.obstacles == {"purpose"} and request.asked["purpose"] in rule.words("purposes"):
            refused(evidence, expect, request, leakage)


@check("MK-P-18", needs=ASKED, least=16)
def test_nobody_but_the_performing_courier_gets_data_without_consent(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for request in Requests(evidence):
        if request.unasked and (outsider(evidence, request.act.by) or request.obstacles == {"performs"}):
            refused(evidence, expect, request, leakage)


@check("MK-P-19", needs=ASKED, least=8)
def test_a_consent_serves_nobody_but_its_recipient(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for request in Requests(evidence):
        if request.obstacles == {"recipient"}:
            refused(evidence, expect, request, leakage)


@check("MK-P-20", needs=ASKED, least=12)
def test_no_field_is_given_that_was_not_consented_to(evidence, expect, rule):
    requests, leakage = Requests(evidence), evidence.derived(Leakage)
    for request in requests:
        if request.asked["purpose"] == "value_added" and request.obstacles <= {"scope"}:
            decided(evidence, expect, request, within(requests.pieces(request)))
            requests.nothing_else(expect, request, leakage)


@check("MK-P-20", needs=ASKED, least=3)
def test_a_courier_is_given_the_fields_that_it_asked_for(evidence, expect, rule):
    for request in Requests(evidence):
        if request.asked["purpose"] == "delivery" and not request.obstacles:
            for told in reasons_given.decisions(evidence, request.act):
                beyond = reasons_given.beyond(request, told)
                expect(told).holds(not beyond, "field_beyond_consent", field=", ".join(beyond))


@check("MK-P-21", needs=ASKED, least=6)
def test_requests_from_abroad_without_a_basis_are_refused(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for request in Requests(evidence, rule.words("home")):
        if "basis" in request.obstacles and request.obstacles <= {"basis", "separate"}:
            refused(evidence, expect, request, leakage)


@check("MK-P-22", needs={*PERSONS, ConsentGiven, ConsentWithdrawn, CONSIGNMENT}, least=4)
def test_a_consignment_arrives_whether_there_is_consent_or_not(evidence, expect, rule):
    for entry in unconsented(evidence, rule.duration("deadline")):
        arrival = evidence.first(CONSIGNMENT, about=entry.about[0], to=entry.to, since=entry.trade, within=rule.duration("deadline"))
        expect(arrival).arrives()
        expect(arrival).satisfies(concealed(evidence, entry))


@check("MK-P-23", needs={*PERSONS, CONSIGNMENT}, least=20)
def test_a_couriers_feed_holds_its_own_consignments_only(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for member in evidence.parties("courier"):
        for telling in belongings.listed(evidence, CONSIGNMENT, member.party):
            expect(telling["courier_code"]).equals(member.code)
            expect(telling).holds(not leakage.persons.strange(member.party, telling.about), "not_its_own")
        for message in belongings.pages(evidence, member.party):
            messages.free_of(expect, message, belongings.in_records(evidence, leakage, message), "personal_data_in_feed")


@check("MK-P-24", needs={*PERSONS, CONSIGNMENT, EVENT}, least=20)
def test_a_merchants_lists_hold_its_own_only(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for member in evidence.parties("merchant"):
        for telling in belongings.listed(evidence, CONSIGNMENT, member.party):
            expect(telling["merchant_id"]).equals(member.code)
        for telling in (*belongings.listed(evidence, CONSIGNMENT, member.party), *belongings.listed(evidence, EVENT, member.party)):
            expect(telling).holds(not leakage.persons.strange(member.party, telling.about), "not_its_own")
        for message in belongings.pages(evidence, member.party):
            messages.free_of(expect, message, belongings.in_records(evidence, leakage, message), "personal_data_in_feed")
            belongings.subscriptions_of_its_own(evidence, expect, message)


@check("MK-P-25", needs={*PERSONS, Pried, CONSIGNMENT}, least=8)
def test_a_former_courier_learns_nothing_more(evidence, expect, rule):
    for lost in belongings.lost(evidence):
        for exchange in lost.reads(evidence):
            expect(exchange).holds(not belongings.readable(exchange), "still_readable")
        for telling in lost.listed(evidence):
            expect(telling["status"]).equals("cancelled")
        by, told = lost.told(evidence)
        expect(by or lost.change).holds(told is None, "told_after_change", seen=told)


@check("MK-P-25", needs=ASKED, least=1)
def test_a_former_courier_that_asks_is_refused(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for request in Requests(evidence):
        if request.obstacles == {"former"}:
            refused(evidence, expect, request, leakage)


@check("MK-P-26", needs={TrackingLooked}, least=10)
def test_unknown_waybill_numbers_are_all_answered_alike(evidence, expect, rule):
    for look in unknown_numbers.answers(evidence):
        expect(look.exchange).is_answered_with([int(status) for status in rule.words("statuses")])
        expect(look.exchange).holds(not look.tells, "number_told_apart", seen=look.tells)


@check("MK-P-27", needs=ASKED, least=3)
def test_the_performing_courier_gets_its_data_whole_without_consent(evidence, expect, rule):
    requests = Requests(evidence)
    for request in requests:
        if not request.obstacles and request.asked["purpose"] == "delivery":
            granted(evidence, expect, request, requests)


@check("MK-P-28", needs=ASKED, least=6)
def test_requests_from_abroad_without_separate_consent_are_refused(evidence, expect, rule):
    leakage = evidence.derived(Leakage)
    for request in Requests(evidence, rule.words("home")):
        if request.obstacles == {"separate"}:
            refused(evidence, expect, request, leakage)


@check("MK-P-29", needs={ConsentGiven, CONSENT}, least=20)
def test_a_consent_is_registered_as_it_was_given(evidence, expect, rule):
    for given in evidence.each(ConsentGiven):
        for consent in consents(evidence, given):
            expect(consent).satisfies(registered(given.data["entry"]))


@check("MK-P-29", needs={ConsentGiven, CONSENT}, least=6)
def test_a_consent_that_cannot_be_is_refused(evidence, expect, rule):
    for given in evidence.every(ConsentGiven):
        if given.intent == "malformed":
            expect(evidence.answer(given)).is_answered_with([int(status) for status in rule.words("statuses")])


@check("MK-P-30", needs={NoticeGiven, NoticeStepTaken, PublicNoticesRead, NOTICE}, least=20)
def test_what_is_published_of_a_notice_names_no_contact_and_quotes_nobody(evidence, expect, rule):
    for exchange, body in publications.published(evidence):
        leak = publications.told(evidence, body)
        expect(exchange).holds(leak is None, "confidential_published", seen=leak and leak.canary)


@check("MK-P-31", needs=ASKED, least=60)
def test_a_decision_names_the_first_reason_that_applies(evidence, expect, rule):
    for given in reasons_given.given(evidence, rule.duration("tolerance")):
        expect(given.told["reason"]).is_one_of(given.reasons)


@check("MK-P-31", needs=ASKED, least=2)
def test_a_refusal_does_not_tell_whether_the_order_exists(evidence, expect, rule):
    for given in reasons_given.of_unknown_orders(evidence):
        expect(given.told["decision"]).equals("refused")
        expect(given.told["reason"]).is_one_of(given.reasons)
        apart = reasons_given.told_apart(evidence, given.told)
        expect(given.told).holds(not apart, "order_told_apart", members=", ".join(apart))
    for exchange, signs in reasons_given.signs_of_orders(evidence):
        expect(exchange).holds(not signs, "refusal_tells", seen=" / ".join(signs))


@check("MK-P-32", needs={*rows.READ, ConsignmentEntered, ConsignmentCorrected}, least=8)
def test_rows_of_the_data_set_are_generalised(evidence, expect, rule):
    for row in rows.all_of(evidence):
        if row["weight_grams"].there:
            expect(row["weight_grams"]).satisfies(rows.rounded(rule.count("grams")))
    for cell in rows.cells(evidence):
        expect(cell.first["cell_size"]).holds(cell.said >= cell.shown, "group_larger", expected=cell.shown, seen=cell.said)
        expect(cell.first["cell_size"]).holds(cell.said <= rows.most(evidence, cell), "group_smaller", seen=cell.said)
