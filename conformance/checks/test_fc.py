"""Field completeness: what was entered arrives, whole and true; what happens to the parcels is told, whole and true."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from conformance.check import check
from conformance.checks.forbidden import FORBIDDEN, kept_all_the_same, receipts_of, refused_as_agreed, shown_all_the_same
from conformance.checks.handing import (
    BRIM,
    GOODS,
    MONEY,
    NUMBERS,
    PARCELS,
    PHONES,
    RUSH,
    WORDING,
    answered,
    arrivals,
    complained,
    due,
    from_version_of,
    is_cancelled,
    lost_in_the_rush,
    of_ordinary_length,
    people,
    read_in_small_pages,
    statuses,
    still_wanted,
    tried,
    versions,
)
from conformance.checks.happenings import (
    FIELDS,
    as_first_shown,
    by_way,
    first_reading,
    frame_of,
    happenings,
    ids_in,
    in_turn,
    looked_up,
    messages,
    misses,
    of_their_own,
    originals,
    pushed,
    read_in,
    reported,
    resumed,
    tried_to_report,
    walks,
)
from conformance.checks.public_pages import pages as public_pages
from conformance.checks.receipts import receipts
from conformance.checks.standings import standings, updates_unasked, versions_counted
from conformance.checks.wordings import handed_over, own_view, read_back
from conformance.evidence import Need
from conformance.judgements import parcels
from conformance.judgements.completeness import complete, without_placeholders
from conformance.judgements.corrections import corrected
from conformance.judgements.faithful import as_entered, as_posted, kept, nothing_added, of_contacts, same_as
from conformance.judgements.moments import not_before, same_moment, zoned
from conformance.judgements.reachability import diallable, lasting, to_the_door
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    TRACKING,
    ConsignmentCancelled,
    ConsignmentCorrected,
    ConsignmentEntered,
    ConsignmentRead,
    ConsignmentTried,
    EventsRead,
    EventsReported,
    EventsTried,
    FeedRead,
    TrackingLooked,
)

HANDED_OVER: set[Need] = {ConsignmentEntered, CONSIGNMENT}
FOLLOWED: set[Need] = {EventsReported, EventsRead, EVENT}


@check("FC-P-01", needs=HANDED_OVER, least=150)
def test_every_required_field_reaches_the_courier_and_holds_something(evidence, expect, rule):
    for _, told in handed_over(evidence):
        expect(told).satisfies(complete(told.shape))


@check("FC-P-02", needs=HANDED_OVER, least=150)
def test_no_required_field_holds_a_placeholder(evidence, expect, rule):
    for entry, told in handed_over(evidence):
        expect(told).satisfies(without_placeholders(entry.data, rule.words("placeholders"), told.shape))


@check("FC-P-03", needs=HANDED_OVER, least=150)
def test_names_addresses_and_remarks_arrive_character_by_character(evidence, expect, rule):
    strangers = evidence.derived(people)
    for entry, told in handed_over(evidence):
        expect(told).satisfies(as_entered(entry.data, told.shape, WORDING, strangers, own_view=own_view(evidence, entry)))


@check("FC-P-03", needs={ConsignmentEntered}, least=50)
def test_no_name_address_or_remark_is_refused(evidence, expect, rule):
    for _, answer in answered(evidence):
        expect(answer).holds(not complained(evidence, answer, WORDING), "refused")


@check("FC-P-04", needs=HANDED_OVER, least=150)
def test_phone_numbers_can_be_dialled(evidence, expect, rule):
    strangers = evidence.derived(people)
    for entry, told in handed_over(evidence):
        expect(told).satisfies(of_contacts(entry.data, "phone", lambda phone: diallable(phone, strangers)))
    for _, answer in answered(evidence):
        expect(answer).holds(not complained(evidence, answer, PHONES), "refused")


@check("FC-P-05", needs=HANDED_OVER, least=150)
def test_virtual_numbers_outlast_the_delivery(evidence, expect, rule):
    strangers = evidence.derived(people)
    for entry, told in handed_over(evidence):
        until = entry.trade + rule.duration("validity")
        expect(told).satisfies(of_contacts(entry.data, "phone", partial(lasting, until=until, strangers=strangers)))


@check("FC-P-06", needs=HANDED_OVER, least=150)
def test_addresses_go_down_to_the_door(evidence, expect, rule):
    strangers = evidence.derived(people)
    for entry, told in of_ordinary_length(evidence):
        expect(told).satisfies(of_contacts(entry.data, "address", lambda address: to_the_door(address, strangers)))


@check("FC-P-07", needs=HANDED_OVER, least=150)
def test_nobody_stands_in_anybody_elses_place(evidence, expect, rule):
    strangers = evidence.derived(people)
    for entry, told in handed_over(evidence):
        expect(told).satisfies(as_entered(entry.data, told.shape, ("/sender", "/recipient"), strangers, "mixed"))


@check("FC-P-08", needs=HANDED_OVER, least=150)
def test_every_item_arrives_as_entered(evidence, expect, rule):
    for entry, told in handed_over(evidence):
        expect(told).satisfies(as_entered(entry.data, told.shape, GOODS, own_view=own_view(evidence, entry)))
    for _, answer in answered(evidence):
        expect(answer).holds(not complained(evidence, answer, GOODS), "refused")


@check("FC-P-09", needs=HANDED_OVER, least=150)
def test_every_parcel_arrives_as_entered(evidence, expect, rule):
    for entry, told in handed_over(evidence):
        expect(told).satisfies(as_entered(entry.data, told.shape, PARCELS, own_view=own_view(evidence, entry)))
    for _, answer in answered(evidence):
        expect(answer).holds(not complained(evidence, answer, PARCELS), "refused")


@check("FC-P-10", needs=HANDED_OVER, least=150)
def test_money_is_exact_to_the_fen(evidence, expect, rule):
    for entry, told in handed_over(evidence):
        expect(told).satisfies(as_entered(entry.data, told.shape, MONEY, own_view=own_view(evidence, entry)))
        expect(told).satisfies(nothing_added(entry.data, ("value_added",)))
    for _, answer in answered(evidence):
        expect(answer).holds(not complained(evidence, answer, MONEY), "refused")


@check("FC-P-11", needs=HANDED_OVER, least=150)
def test_order_number_and_purpose_travel_along(evidence, expect, rule):
    for entry, told in handed_over(evidence):
        expect(told).satisfies(as_entered(entry.data, told.shape, NUMBERS, own_view=own_view(evidence, entry)))
    for _, answer in answered(evidence):
        expect(answer).holds(not complained(evidence, answer, NUMBERS), "refused")


@check("FC-P-12", needs={ConsignmentEntered, CONSIGNMENT}, least=50)
def test_a_consignment_appears_in_the_couriers_feed_in_time(evidence, expect, rule):
    for arrived in arrivals(evidence, "pull", rule.duration("deadline")):
        expect(arrived).arrives()


@check("FC-P-13", needs={ConsignmentEntered, CONSIGNMENT}, least=50)
def test_a_consignment_is_pushed_to_the_courier_in_time(evidence, expect, rule):
    for arrived in arrivals(evidence, "push", rule.duration("deadline")):
        expect(arrived).arrives()


@check("FC-P-14", needs={ConsignmentEntered, ConsignmentCorrected, CONSIGNMENT}, least=40)
def test_a_correction_reaches_the_courier_in_time(evidence, expect, rule):
    within = rule.duration("deadline")
    for change in evidence.each(ConsignmentCorrected):
        expect(evidence.answer(change)).is_accepted()
        for channel in due(evidence, change, within):
            arrived = evidence.first(
                CONSIGNMENT, about=change.about[0], to=change.to, since=change.trade, within=within, channel=channel,
                where=from_version_of(evidence, change),
            )
            expect(arrived).arrives()
            expect(arrived).satisfies(corrected(*still_wanted(evidence, change, arrived)))


@check("FC-P-15", needs={ConsignmentEntered, ConsignmentCancelled, CONSIGNMENT}, least=15)
def test_a_cancellation_reaches_the_courier_in_time(evidence, expect, rule):
    within = rule.duration("deadline")
    for change in evidence.each(ConsignmentCancelled):
        expect(evidence.answer(change)).is_accepted()
        for channel in due(evidence, change, within):
            expect(evidence.first(
                CONSIGNMENT, about=change.about[0], to=change.to, since=change.trade, within=within, channel=channel, where=is_cancelled
            )).arrives()


@check("FC-P-16", needs={ConsignmentEntered, ConsignmentRead, CONSIGNMENT}, least=100)
def test_one_version_reads_the_same_by_every_way(evidence, expect, rule):
    for entry in evidence.each(ConsignmentEntered):
        for first, *others in versions(evidence, entry.about[0], entry.to):
            expect(first).satisfies(same_as(first.value, first.shape))
            for told in others:
                expect(told).satisfies(same_as(first.value, first.shape))


@check("FC-P-17", needs={ConsignmentEntered, FeedRead, CONSIGNMENT}, least=48)
def test_of_many_orders_at_once_none_is_lost(evidence, expect, rule):
    for _, answer in answered(evidence, only=RUSH):
        expect(answer).is_accepted()
    for _, arrived in lost_in_the_rush(evidence, rule.duration("deadline")):
        expect(arrived).arrives()
    for entry, page, times in read_in_small_pages(evidence, RUSH):
        expect(page).holds(times == 1, "not_once", expected=1, seen=times, what=entry.data["order_no"])


@check("FC-P-18", needs=HANDED_OVER, least=150)
def test_what_was_accepted_reads_back_whole(evidence, expect, rule):
    strangers = evidence.derived(people)
    for entry, told in read_back(evidence):
        expect(told).satisfies(kept(entry.data, told.shape, strangers))


@check("FC-P-18", needs={ConsignmentEntered, ConsignmentTried, CONSIGNMENT}, least=20)
def test_what_is_too_long_is_refused_and_what_is_not_is_kept(evidence, expect, rule):
    for _, answer in answered(evidence, only=BRIM):
        expect(answer).is_accepted()
    for attempt, answer in tried(evidence, "beyond", "unlisted"):
        if evidence.accepted(attempt):
            told = evidence.told(CONSIGNMENT, about=attempt.about[0], to=attempt.by)
            expect(answer).holds(bool(told), "dropped")
            for one in told:
                expect(one).satisfies(as_entered(attempt.data["entry"], one.shape, (attempt.data["place"],)))
        else:
            expect(answer).is_answered_with(statuses(rule.words("statuses")))


@check("FC-P-30", needs={ConsignmentEntered, ConsignmentTried, CONSIGNMENT}, least=16)
def test_what_merchants_may_not_do_is_refused_and_changes_nothing(evidence, expect, rule):
    for attempt, answer in tried(evidence, FORBIDDEN):
        refused_as_agreed(expect, answer, attempt.data["code"], kept_all_the_same(evidence, attempt))


@check("FC-P-19", needs=FOLLOWED, least=300)
def test_every_event_reaches_the_merchant_with_all_its_fields(evidence, expect, rule):
    for answer in reported(evidence, "plain"):
        expect(answer).is_accepted()
    for one, pages in misses(evidence, "plain", rule.duration("deadline")):
        expect(pages[-1]).holds(bool(one.shown), "event_lost", nature="missing", event=one.id)
    for one, told in as_first_shown(evidence):
        expect(told).satisfies(as_posted(one.event, FIELDS, **frame_of(evidence, one)))
    for receipt in receipts(evidence):
        named = receipt.accepted | receipt.duplicates
        expect(receipt.answer).holds(receipt.reported <= named, "receipt_lacks", expected=sorted(receipt.reported), seen=sorted(named))


@check("FC-P-20", needs=FOLLOWED, least=300)
def test_event_codes_are_passed_on_unchanged(evidence, expect, rule):
    for answer in reported(evidence, "unknown"):
        expect(answer).is_accepted()
    for one, pages in misses(evidence, "unknown", rule.duration("deadline")):
        expect(pages[-1]).holds(bool(one.shown), "event_lost", nature="missing", event=one.id, code=one.event["code"])
    for one, told in as_first_shown(evidence):
        expect(told["code"]).equals(one.event["code"])


@check("FC-P-21", needs=FOLLOWED, least=300)
def test_the_time_of_occurrence_is_passed_on_unchanged(evidence, expect, rule):
    for one, told in as_first_shown(evidence):
        if "sign_off" not in one.event:
            expect(told["occurred_at"]).equals(one.event["occurred_at"])


@check("FC-P-22", needs=FOLLOWED, least=300)
def test_the_merchants_feed_is_ordered_by_record_time(evidence, expect, rule):
    for readings in evidence.derived(walks).values():
        for told in (read_in(evidence, pages) for pages in readings):
            for one in told:
                expect(one["recorded_at"]).satisfies(zoned)
            for one, following in pairwise(told):
                expect(following["recorded_at"]).satisfies(not_before(one["recorded_at"].value))
    for one, following in in_turn(evidence):
        expect(following["recorded_at"]).satisfies(not_before(one["recorded_at"].value))
    for page, new, seen in resumed(evidence):
        expect(page).holds(new <= seen, "event_skipped", expected=sorted(map(str, new)), seen=sorted(map(str, seen)))
        expect(page).holds(seen <= new, "event_again", seen=sorted(map(str, seen - new)))


@check("FC-P-23", needs=FOLLOWED, least=300)
def test_a_repeated_event_is_shown_once(evidence, expect, rule):
    for answer in reported(evidence, "repeated"):
        expect(answer).is_accepted()
    for readings in evidence.derived(walks).values():
        for page, found in ((pages[-1], ids_in(evidence, pages)) for pages in readings):
            for event in set(found):
                expect(page).holds(found.count(event) == 1, "not_once", expected=1, seen=found.count(event), what=event)
    for one in evidence.derived(happenings):
        for sent in messages(one.shown, evidence).values():
            expect(one.shown[0]).holds(len(sent) == 1, "not_once", expected=1, seen=len(sent), what=one.id)
    for receipt in (one for one in receipts(evidence) if one.before):
        before, named = sorted(receipt.before), sorted(receipt.duplicates)
        expect(receipt.answer).holds(receipt.before <= receipt.duplicates, "duplicate_not_said", expected=before, seen=named)


@check("FC-P-24", needs=FOLLOWED, least=10)
def test_late_and_disordered_events_are_kept(evidence, expect, rule):
    for answer in reported(evidence, "disordered"):
        expect(answer).is_accepted()
    for one, pages in misses(evidence, "disordered", rule.duration("deadline")):
        expect(pages[-1]).holds(bool(one.shown), "event_lost", nature="missing", event=one.id, code=one.event["code"])


@check("FC-P-25", needs=FOLLOWED, least=10)
def test_retractions_are_shown_and_originals_stay(evidence, expect, rule):
    for answer in reported(evidence, "retraction"):
        expect(answer).is_accepted()
    for one, pages in misses(evidence, "retraction", rule.duration("deadline")):
        expect(pages[-1]).holds(bool(one.shown), "event_lost", nature="missing", event=one.id, code=one.event["code"])
        for told in one.shown:
            expect(told["retracts"]).equals(one.event["retracts"])
        for original in originals(evidence, one, pages[0].trade):
            expect(pages[-1]).holds(original.id in ids_in(evidence, pages), "original_gone", event=original.id)
            for first, told in by_way(original.shown):
                expect(told).satisfies(same_as(first.value, told.shape))


@check("FC-P-26", needs=FOLLOWED, least=50)
def test_manner_and_time_of_sign_off_arrive_and_stay(evidence, expect, rule):
    for one in evidence.derived(happenings):
        for told in one.shown if "sign_off" in one.event else ():
            expect(told["sign_off"]).equals(one.event["sign_off"])
            expect(told["occurred_at"]).satisfies(same_moment(one.event["occurred_at"]))


@check("FC-P-27", needs={EventsReported, TrackingLooked, TRACKING}, least=50)
def test_the_public_page_shows_the_latest_state(evidence, expect, rule):
    for answer, events in looked_up(evidence, rule.duration("deadline")):
        expect(answer).is_accepted()
        for page in evidence.tellings_in(answer):
            if page.kind == TRACKING:
                expect(page["status"]).equals(parcels.state(events))
                expect(page["events"]).satisfies(parcels.shows_last(events))


@check("FC-P-27", needs={*FOLLOWED, TrackingLooked, TRACKING}, least=50)
def test_the_public_page_shows_what_still_counts_in_its_order(evidence, expect, rule):
    for page, events, certain in public_pages(evidence, rule.duration("deadline")):
        expect(page["events"]).satisfies(parcels.shows_what_stands(events, certain))


@check("FC-P-28", needs=FOLLOWED, least=300)
def test_an_event_stands_in_the_merchants_feed_in_time(evidence, expect, rule):
    for one in evidence.derived(happenings):
        pages = first_reading(evidence, one, rule.duration("deadline"))
        if pages is not None and one.shown:
            expect(pages[-1]).holds(one.id in ids_in(evidence, pages), "event_late", nature="missing", event=one.id)


@check("FC-P-29", needs=FOLLOWED, least=300)
def test_an_event_is_pushed_to_the_merchant_in_time(evidence, expect, rule):
    for one in evidence.derived(happenings):
        message = pushed(evidence, one, rule.duration("deadline"))
        if message is not None:
            expect(message).arrives()


@check("FC-P-31", needs={EventsReported, EventsTried, EVENT}, least=20)
def test_what_couriers_may_not_report_is_refused_and_shown_to_nobody(evidence, expect, rule):
    for attempt, answer in tried_to_report(evidence, FORBIDDEN):
        refused_as_agreed(expect, answer, attempt.data["code"], shown_all_the_same(evidence, attempt))


@check("FC-P-32", needs={ConsignmentEntered, ConsignmentRead, EventsReported, CONSIGNMENT}, least=50)
def test_state_number_and_version_say_where_a_consignment_stands(evidence, expect, rule):
    for told, created, status, states in standings(evidence, rule.duration("deadline")):
        if isinstance(created, str):
            expect(told["created_at"]).satisfies(same_moment(created))
        expect(told["status"]).equals(status)
        for parcel in told["parcels"]:
            state, number = states.get(str(parcel["parcel_no"].value), (None, None))
            if state is not None:
                expect(parcel["status"]).equals(state)
            if number is not None:
                expect(parcel["waybill_no"]).equals(number)
    for told, version in versions_counted(evidence):
        expect(told["version"]).equals(version)
    for told, asked in updates_unasked(evidence):
        expect(told).holds(asked, "update_unasked")


@check("FC-P-33", needs=FOLLOWED, least=20)
def test_a_courier_reads_the_events_that_it_reported_and_no_others(evidence, expect, rule):
    for page, seen, taken, own in of_their_own(evidence, rule.duration("deadline")):
        expect(page).holds(taken <= seen, "own_event_lacks", nature="missing", expected=sorted(taken), seen=sorted(map(str, taken & seen)))
        expect(page).holds(seen <= own, "event_of_others", seen=sorted(map(str, seen - own)))


@check("FC-P-30", needs={ConsignmentEntered, ConsignmentTried, ConsignmentCancelled, CONSIGNMENT}, least=2)
def test_what_is_cancelled_again_is_answered_by_the_same_record(evidence, expect, rule):
    for attempt, answer in tried(evidence, "again"):
        if any(evidence.accepted(done) for done in evidence.each(ConsignmentCancelled) if done.about == attempt.about):
            expect(answer).is_accepted()
            for told in receipts_of(evidence, ConsignmentCancelled, attempt.about):
                for again in evidence.tellings_in(answer) if evidence.accepted(attempt) else ():
                    expect(again).satisfies(same_as(told.value, told.shape))
