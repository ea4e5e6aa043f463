"""Notice handling: no interruption without a notice that comes in time, is talked about, reported, published, and kept to."""

from __future__ import annotations

from functools import partial

from conformance.check import check
from conformance.checks import flows, notice_lists, notice_readers, notice_times, notices, service, talks
from conformance.evidence import Need
from conformance.judgements import dialogue
from conformance.judgements.contents import as_given, as_written, meaningful
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    NOTICE,
    PROBLEM,
    ConsignmentCorrected,
    ConsignmentEntered,
    DoneInTheGap,
    EventsReported,
    InterruptionOrdered,
    NoticeGiven,
    NoticeRead,
    NoticeRepeated,
    NoticeSpoiled,
    NoticesRead,
    NoticeStepTaken,
    PublicNoticesRead,
)

GIVEN = ("reason", "scope", "starts_at", "justification", "contact", "major_impact", "arrangement")
PUBLISHED = ("reason", "scope", "starts_at", "arrangement")
SAID = ("justification", "arrangement")
CONTACT = ("name", "phone", "email")
DATA: set[Need] = {NOTICE, ConsignmentEntered, ConsignmentCorrected, CONSIGNMENT}
LACKING = ("absent", "blank", "null", "empty")
"""How a notice lacks something: then rule 3.2 says what the refusal points to."""


@check("NT-P-01", needs={NoticeGiven, NoticeStepTaken, NoticeRead, NOTICE}, least=4)
def test_the_platform_acknowledges_a_notice_in_time(evidence, expect, rule):
    for given in notices.orderly(evidence, NoticeGiven):
        due = given.trade + rule.duration("deadline")
        shown = notices.shown_at(evidence, given, due)
        if shown and notices.stood_until(evidence, given, due):
            expect(shown).satisfies(partial(dialogue.acknowledged, code=evidence.cast[given.by].code, due=due))


@check("NT-P-02", needs={NoticeGiven, NoticeSpoiled, NOTICE, PROBLEM}, least=18)
def test_a_notice_that_lacks_something_is_refused(evidence, expect, rule):
    for given in evidence.each(NoticeGiven):
        if not given.features:
            expect(evidence.answer(given)).is_accepted()
    for spoiled in evidence.every(NoticeSpoiled):
        expect(evidence.answer(spoiled)).is_answered_with(notices.statuses(rule))
        for problem in notices.problems(evidence, spoiled) if spoiled.data["how"] in LACKING else ():
            expect(problem["errors"]).satisfies(partial(dialogue.points_to, pointer=spoiled.data["pointer"]))


@check("NT-P-03", needs={NoticeGiven, NOTICE, PROBLEM}, least=16)
def test_a_notice_given_too_late_is_refused(evidence, expect, rule):
    for given in evidence.each(NoticeGiven):
        if given.data["reason"] in rule.words("exempt") or notices.lead(given) >= rule.duration("lead"):
            expect(evidence.answer(given)).is_accepted()
        else:
            expect(evidence.answer(given)).is_answered_with(notices.statuses(rule))
            for problem in notices.problems(evidence, given):
                expect(problem["errors"]).satisfies(partial(dialogue.points_to, pointer="/starts_at"))


@check("NT-P-04", needs={NoticeGiven, NoticeStepTaken, NoticeRead, NOTICE}, least=30)
def test_a_step_that_the_table_allows_is_taken(evidence, expect, rule):
    for attempt in talks.allowed(evidence, "giver"):
        expect(attempt.exchange).is_accepted()
        for told in talks.answered(evidence, attempt.act):
            expect(told["state"]).is_one_of(talks.next_states(attempt, told))


@check("NT-P-05", needs={NoticeGiven, NoticeStepTaken, NoticeRead, NOTICE, PROBLEM}, least=80)
def test_a_step_that_the_table_forbids_is_refused(evidence, expect, rule):
    mixed_up = notices.mixed_up(evidence)
    for attempt in (one for one in talks.forbidden(evidence) if mixed_up.isdisjoint(one.act.about)):
        expect(attempt.exchange).is_answered_with(notices.statuses(rule))
        expect(attempt.after).holds(talks.stays(evidence, attempt), "state_moved", expected=attempt.before.value["state"])
        expect(attempt.exchange).holds(talks.recorded(evidence, attempt) is None, "refused_step_recorded")


@check("NT-P-06", needs={NoticeGiven, NoticeStepTaken, NoticeRead, NOTICE}, least=10)
def test_proposals_are_answered_and_each_reply_is_told(evidence, expect, rule):
    for given, reply, at in notices.replies(evidence):
        within = at - given.trade + rule.duration("deadline")
        expect(flows.told(evidence, given, given.by, within, dialogue.holding(reply))).arrives()
    for act, read in notices.proposals(evidence, rule.duration("answer")):
        due, code = act.trade + rule.duration("answer"), evidence.cast[act.by].code
        expect(read).satisfies(partial(dialogue.replied, message=act.data["body"]["message"], code=code, due=due))


@check("NT-P-07", needs={NoticeGiven, NoticeStepTaken, PublicNoticesRead, NOTICE}, least=40)
def test_a_couriers_notice_is_published_in_time(evidence, expect, rule):
    for given in notices.standing(evidence, NoticeGiven, rule.duration("deadline")):
        listed = notices.listed(evidence, given, rule.duration("deadline"))
        expect(listed).arrives()
        expect(listed["published_at"]).satisfies(partial(dialogue.no_later_than, due=given.trade + rule.duration("deadline")))
        for name in PUBLISHED:
            expect(listed[name]).satisfies(as_given(given.data[name]))


@check("NT-P-08", needs={NoticeGiven, NoticeStepTaken, PublicNoticesRead, NOTICE}, least=16)
def test_merchants_are_told_of_a_couriers_notice_in_time(evidence, expect, rule):
    within = rule.duration("deadline")
    for given in notices.published(evidence, within):
        for merchant in evidence.parties("merchant"):
            expect(flows.told(evidence, given, merchant.party, within)).arrives()
        for told in notice_times.told_of(evidence, given, given.by, within, notice_times.publication):
            expect(told).arrives()


@check("NT-P-09", needs={NoticeGiven, NoticeStepTaken, NOTICE}, least=9)
def test_a_couriers_report_reaches_the_authorities(evidence, expect, rule):
    for given, report in notices.reports(evidence):
        for authority in evidence.parties("authority"):
            told = flows.told(evidence, report, authority.party, rule.duration("deadline"))
            expect(told).arrives()
            expect(told).satisfies(partial(dialogue.reported, by=evidence.cast[report.by].code))
            for name in GIVEN:
                expect(told[name]).satisfies(as_given(given.data[name]))


@check("NT-P-10", needs={NoticeGiven, *DATA}, least=20)
def test_after_a_couriers_notice_consignments_go_on_until_then(evidence, expect, rule):
    for act in (ConsignmentEntered, ConsignmentCorrected):
        for pair in flows.before_start(evidence, NoticeGiven, act, rule.duration("deadline")):
            flows.expects_as_much(evidence, expect, pair, rule.duration("deadline"))


@check("NT-P-11", needs={NoticeGiven, NOTICE, EventsReported, EVENT}, least=16)
def test_after_a_couriers_notice_events_go_on_until_then(evidence, expect, rule):
    for pair in flows.before_start(evidence, NoticeGiven, EventsReported, rule.duration("deadline")):
        flows.expects_as_much(evidence, expect, pair, rule.duration("deadline"))


@check("NT-P-12", needs={NoticeGiven, NoticeStepTaken, PublicNoticesRead, NOTICE}, least=6)
def test_a_withdrawn_notice_is_shown_as_withdrawn(evidence, expect, rule):
    for given, withdrawal in notices.withdrawals(evidence):
        for told in talks.answered(evidence, withdrawal):
            expect(told["state"]).equals("withdrawn")
        if notices.was_public(evidence, given, withdrawal.trade):
            expect(notices.listed(evidence, withdrawal, rule.duration("deadline"), state="withdrawn")).arrives()


@check("NT-P-12", needs={NoticeGiven, NoticeStepTaken, NoticesRead, NOTICE}, least=1)
def test_the_authorities_learn_that_a_reported_notice_was_withdrawn(evidence, expect, rule):
    for given, withdrawal in notices.withdrawals(evidence):
        for authority in evidence.parties("authority") if notices.was_reported(evidence, given, withdrawal) else ():
            expect(flows.told(evidence, withdrawal, authority.party, rule.duration("deadline"), {"state": "withdrawn"})).arrives()


@check("NT-P-13", needs={NoticeGiven, *DATA, EventsReported, EVENT}, least=16)
def test_after_a_withdrawal_data_goes_on_past_the_start(evidence, expect, rule):
    for act in (ConsignmentEntered, ConsignmentCorrected):
        for pair in flows.after_start(evidence, NoticeGiven, act):
            flows.expects_as_much(evidence, expect, pair, rule.duration("deadline"))
    for pair in flows.after_start(evidence, NoticeGiven, EventsReported):
        flows.expects_as_much(evidence, expect, pair, rule.duration("event_deadline"))


@check("NT-P-14", needs={NoticeGiven, NoticeRepeated, NoticesRead, PublicNoticesRead, NOTICE}, least=8)
def test_a_notice_sent_again_is_one_notice(evidence, expect, rule):
    for given, repeated in notices.repetitions(evidence):
        expect(evidence.answer(repeated)).is_answered_with([evidence.answer(given).answer.status])
        for told in talks.answered(evidence, repeated):
            expect(told["notice_id"]).equals(notices.id_of(evidence, given))
    for given, ids in notices.ids_by_content(evidence):
        expect(given).holds(len(ids) <= notices.times_given(evidence, given), "several_notices", seen=sorted(ids))


@check("NT-P-15", needs={NoticeGiven, NoticeStepTaken, NoticeRead, NOTICE}, least=40)
def test_what_is_done_to_one_notice_changes_no_other(evidence, expect, rule):
    for given in notices.orderly(evidence, NoticeGiven):
        expect(given).holds(notices.is_its_own(evidence, given), "two_notices_one_id", seen=notices.id_of(evidence, given))
        for told in talks.shown(evidence, given.about[0]):
            expect(told).satisfies(partial(dialogue.not_mixed_up, code=evidence.cast[given.by].code, taken=notices.taken(evidence, given)))
            expect(told["arrangement"]).equals(given.data["arrangement"])


@check("NT-P-16", needs={NoticeGiven, NoticeStepTaken, NoticeRead, NOTICE}, least=60)
def test_a_notices_history_tells_every_step(evidence, expect, rule):
    mixed_up = notices.mixed_up(evidence)
    for given in (one for one in notices.orderly(evidence, NoticeGiven) if mixed_up.isdisjoint(one.about)):
        notice_times.history(evidence, expect, given, rule.duration("skew"))


@check("NT-P-17", needs={InterruptionOrdered, NOTICE}, least=6)
def test_the_platforms_notice_arrives_with_enough_lead(evidence, expect, rule):
    for order in notices.accepted(evidence, InterruptionOrdered):
        within = notices.start(evidence, order) - rule.duration("lead") - order.trade
        expect(flows.told(evidence, order, order.to, within, dialogue.whole)).arrives()


@check("NT-P-18", needs={InterruptionOrdered, NOTICE}, least=40)
def test_the_platforms_notice_says_all_that_it_must(evidence, expect, rule):
    words = partial(meaningful, placeholders=rule.words("placeholders"))
    for order in notices.accepted(evidence, InterruptionOrdered):
        for told in notices.first_shown(evidence, order):
            expect(told["reason"]).equals(order.data["reason"])
            expect(told["scope"]).satisfies(words)
            expect(told["starts_at"]).satisfies(dialogue.is_time)
            for text in [*(told[name] for name in SAID), *(told["contact"][name] for name in CONTACT)]:
                expect(text).satisfies(words)
        for said, first in notices.contradictions(evidence, order):
            expect(said).satisfies(as_given(first))


@check("NT-P-19", needs={InterruptionOrdered, NoticesRead, NOTICE}, least=6)
def test_the_platforms_notice_goes_to_the_counterpart_alone(evidence, expect, rule):
    for order in notices.accepted(evidence, InterruptionOrdered):
        for told in talks.shown(evidence, order.about[0]):
            if evidence.cast[told.to].kind in ("courier", "merchant"):
                expect(told).holds(told.to == order.to, "wrong_addressee", seen=evidence.cast[told.to].code)


@check("NT-P-20", needs={InterruptionOrdered, *DATA, EventsReported, EVENT}, least=30)
def test_after_its_own_notice_the_platform_goes_on_until_then(evidence, expect, rule):
    for act in (ConsignmentEntered, ConsignmentCorrected):
        for pair in flows.before_start(evidence, InterruptionOrdered, act, rule.duration("deadline")):
            flows.expects_as_much(evidence, expect, pair, rule.duration("deadline"))
    for pair in flows.before_start(evidence, InterruptionOrdered, EventsReported, rule.duration("event_deadline")):
        flows.expects_as_much(evidence, expect, pair, rule.duration("event_deadline"))


@check("NT-P-21", needs={InterruptionOrdered, NoticeStepTaken, NoticeRead, NOTICE}, least=20)
def test_replies_to_the_platforms_notice_are_taken(evidence, expect, rule):
    for attempt in talks.allowed(evidence, "receiver"):
        expect(attempt.exchange).is_accepted()
        for told in talks.answered(evidence, attempt.act):
            expect(told["state"]).is_one_of(talks.next_states(attempt, told))


@check("NT-P-22", needs={InterruptionOrdered, NoticeStepTaken, NoticeRead, NOTICE}, least=4)
def test_the_platform_reports_before_it_interrupts(evidence, expect, rule):
    for order in notices.unsettled(evidence):
        for authority in evidence.parties("authority"):
            within = notices.start(evidence, order) - order.trade
            told = flows.told(evidence, order, authority.party, within)
            expect(told).arrives()
            expect(told).satisfies(partial(notice_times.reported_late, within=rule.duration("deadline")))
        for told in notice_times.told_of(evidence, order, order.to, notices.start(evidence, order) - order.trade, notice_times.report):
            expect(told).arrives()


@check("NT-P-23", needs={InterruptionOrdered, NoticeRead, PublicNoticesRead, NOTICE}, least=8)
def test_the_platforms_own_interruption_is_published(evidence, expect, rule):
    within = rule.duration("deadline")
    for order in notices.accepted(evidence, InterruptionOrdered):
        listed = notices.listed(evidence, order, within)
        expect(listed).arrives()
        expect(listed["published_at"]).satisfies(partial(dialogue.no_later_than, due=order.trade + within))
        for merchant in evidence.parties("merchant"):
            expect(flows.told(evidence, order, merchant.party, within)).arrives()
        for told in notice_times.told_of(evidence, order, order.to, within, notice_times.publication):
            expect(told).arrives()


@check("NT-P-24", needs={NOTICE, ConsignmentEntered, CONSIGNMENT, EventsReported, EVENT}, least=40)
def test_no_couriers_data_is_interrupted_without_notice(evidence, expect, rule):
    for act in (ConsignmentEntered, EventsReported):
        found = service.series(evidence, act, rule.duration("patience"))
        stopped = service.interruptions(found, rule.count("run"), rule.duration("patience"))
        for one in service.judged(found):
            expect(one).holds(one not in stopped, "interrupted", nature="missing")


@check("NT-P-24", needs={NOTICE, ConsignmentEntered, CONSIGNMENT, EventsReported, EVENT}, least=20)
def test_nobodys_data_is_interrupted_with_anothers(evidence, expect, rule):
    for act in (ConsignmentEntered, EventsReported):
        for one, stopped in service.beside_another(evidence, act, rule.count("run"), rule.duration("patience")):
            expect(one).holds(not stopped, "interrupted_with_another", nature="missing")


@check("NT-P-25", needs={InterruptionOrdered, DoneInTheGap, NOTICE, CONSIGNMENT, EVENT}, least=10)
def test_the_data_of_the_gap_comes_back_whole(evidence, expect, rule):
    for act in evidence.each(DoneInTheGap):
        within = flows.gap_end(evidence, act, InterruptionOrdered) + rule.duration("deadline") - act.trade
        if act.trade > flows.gap_end(evidence, act, InterruptionOrdered):
            expect(evidence.answer(act)).is_accepted()
        for way in flows.channels(evidence, act.to, act.trade, within) if evidence.accepted(act) else ():
            for told in flows.tidings(evidence, act, within, way):
                expect(told).arrives()


@check("NT-P-26", needs={NoticeGiven, NoticesRead, NOTICE}, least=1)
def test_who_gave_a_notice_finds_it_in_its_list(evidence, expect, rule):
    for page in notices.first_pages(evidence):
        expect(page).holds(bool(evidence.tellings_in(page)), "success_and_nothing", seen=[])


@check("NT-P-26", needs={NoticeGiven, NoticeStepTaken, NoticeRead, NOTICE}, least=200)
def test_a_notice_reads_as_it_was_given(evidence, expect, rule):
    for given in notices.accepted(evidence, NoticeGiven):
        for said, written in notices.statements(evidence, given):
            expect(said).satisfies(as_written(written))


@check("NT-P-27", needs={NoticesRead, NOTICE}, least=20)
def test_a_list_holds_every_notice_of_its_reader_as_it_stands(evidence, expect, rule):
    for walk in notice_lists.own(evidence):
        for twice in walk.repeated("notice_id", "version"):
            expect(twice).holds(False, "comes_twice", seen=twice["notice_id"].value)
        for known in notice_lists.due_on(evidence, walk):
            there, id = notice_lists.listed(walk, known), known["notice_id"].value
            expect(walk.exchanges[-1]).holds(bool(there), "left_out_of_the_walk", nature="missing", expected=id)
            for version in (one["version"] for one in there[-1:]):
                fresh = notice_lists.as_new(walk, known)
                expect(version).holds(fresh, "older_listed", expected=known["version"].value, seen=version.value)


@check("NT-P-27", needs={PublicNoticesRead, NOTICE}, least=60)
def test_the_public_list_holds_every_published_notice_as_it_stands(evidence, expect, rule):
    for walk in notice_lists.public(evidence):
        expect(walk.exchanges[-1]).holds(notice_lists.in_order(walk), "not_by_publication")
        for twice in walk.repeated("notice_id"):
            expect(twice).holds(False, "comes_twice", seen=twice["notice_id"].value)
        for known in notice_lists.published_before(evidence, walk):
            there, id = notice_lists.listed(walk, known), known["notice_id"].value
            expect(walk.exchanges[-1]).holds(bool(there), "left_out_of_the_walk", nature="missing", expected=id)
            for state in (one["state"] for one in there):
                fresh = not notice_lists.outdated(evidence, known, state.value)
                expect(state).holds(fresh, "older_listed", expected=known["state"].value, seen=state.value)


@check("NT-P-28", needs={NoticeGiven, NoticeStepTaken, NoticeRead, NOTICE}, least=100)
def test_steps_of_the_clock_come_when_their_time_has_come(evidence, expect, rule):
    mixed_up = notices.mixed_up(evidence)
    for given in (one for one in notices.orderly(evidence, NoticeGiven) if mixed_up.isdisjoint(one.about)):
        notice_times.on_time(evidence, expect, given, rule)


@check("NT-P-29", needs={NoticeGiven, NoticesRead, NOTICE}, least=200)
def test_nobody_but_its_parties_is_shown_a_notice(evidence, expect, rule):
    for told in notice_readers.shown(evidence):
        expect(told).holds(notice_readers.entitled(evidence, told), "not_its_notice", seen=evidence.cast[told.to].code)


@check("NT-P-30", needs={InterruptionOrdered, NoticeStepTaken, NoticeRead, NOTICE}, least=60)
def test_the_history_of_the_platforms_own_notice_tells_every_step(evidence, expect, rule):
    for order in notices.orderly(evidence, InterruptionOrdered):
        notice_times.history(evidence, expect, order, rule.duration("skew"))


@check("NT-P-30", needs={InterruptionOrdered, NoticeStepTaken, NoticeRead, NOTICE}, least=30)
def test_steps_of_the_clock_come_on_time_to_the_platforms_own_notices(evidence, expect, rule):
    for order in notices.orderly(evidence, InterruptionOrdered):
        notice_times.on_time(evidence, expect, order, rule)
