"""Non-blocking: no courier is treated worse than another, and nothing stands between couriers and their data."""

from __future__ import annotations

from itertools import pairwise

from conformance.check import check
from conformance.checks import allowed, dead_ends, feeds, handovers, interruptions, offers, read_backs, reports
from conformance.checks.fields_given import unequal
from conformance.checks.receivers import lists_of_subscribers, receivers
from conformance.checks.side_by_side import failed, measured, stratified
from conformance.checks.waiting import SIDE_BY_SIDE
from conformance.judgements import limits
from conformance.judgements.corrections import corrected
from conformance.judgements.hidden import open_as
from conformance.judgements.moments import not_before
from conformance.parties import Party
from conformance.vocabulary import (
    CONSIGNMENT,
    DISCOVERY,
    EVENT,
    NOTICE,
    OFFER,
    SUBSCRIPTION,
    TRACKING,
    BurstSent,
    ConsignmentCancelled,
    ConsignmentCorrected,
    ConsignmentEntered,
    ConsignmentRead,
    CourierChanged,
    CouriersAsked,
    DiscoveryRead,
    EventsRead,
    EventsReported,
    FeedRead,
    OffersRead,
    PageAsked,
    PullsResumed,
    PullsStopped,
    ReceiverDown,
    ReceiverUp,
    Subscribed,
    TokenTaken,
    TokenUsed,
    TrackingLooked,
)


@check("NB-P-01", needs={DiscoveryRead, OffersRead, ConsignmentEntered, DISCOVERY, OFFER}, least=24)
def test_every_courier_is_offered_to_every_merchant(evidence, expect, rule):
    for choice in offers.choices(evidence):
        for code in offers.interconnected(evidence):
            expect(choice.last).holds(code in choice.offers, "not_offered", expected=code, seen=sorted(choice.offers), courier=code)
    for entry in evidence.each(ConsignmentEntered):
        refused = offers.not_chosen(evidence.answer(entry))
        if refused or evidence.accepted(entry):
            expect(entry).holds(not refused, "not_to_be_chosen", expected="2xx", seen=refused, courier=entry.data["courier_code"])


@check("NB-P-02", needs={OffersRead, ConsignmentEntered, OFFER, CONSIGNMENT}, least=24)
def test_all_couriers_are_offered_on_the_same_terms(evidence, expect, rule):
    for choice in offers.choices(evidence):
        for code, offer in choice.offers.items():
            expect(offer["available"]).equals(True)
            expect(offer).satisfies(choice.judged(code))
    for receipt, judgement in offers.receipts(evidence):
        expect(receipt).satisfies(judgement)


@check("NB-P-03", needs={ConsignmentEntered, CourierChanged, CONSIGNMENT}, least=24)
def test_the_courier_that_was_chosen_performs(evidence, expect, rule):
    changed = {change.about for change in evidence.each(CourierChanged)}
    for entry in evidence.each(ConsignmentEntered):
        if entry.about not in changed and evidence.accepted(entry):
            for telling in evidence.told(CONSIGNMENT, about=entry.about[0]):
                expect(telling["courier_code"]).equals(entry.data["courier_code"])


@check("NB-P-04", needs={ConsignmentEntered, CourierChanged, CONSIGNMENT}, least=24)
def test_a_change_of_courier_is_carried_out(evidence, expect, rule):
    for change in evidence.each(CourierChanged):
        if change.about[0] not in offers.honoured(evidence):
            continue
        expect(evidence.answer(change)).is_accepted()
        if evidence.accepted(change):
            for taken_over in handovers.taken_over(evidence, change, rule.duration("deadline")):
                expect(taken_over).arrives()
            for handed_over in handovers.handed_over(evidence, change, rule.duration("deadline")):
                expect(handed_over).arrives()
            for later in handovers.told_after(evidence, change):
                expect(later).holds(False, "told_after_the_change", seen=later.value.get("version"))


@check("NB-P-05", needs={ConsignmentEntered, CONSIGNMENT}, least=24)
def test_every_courier_is_handed_the_same_fields(evidence, expect, rule):
    for telling, lacking in unequal(evidence):
        expect(telling).holds(not lacking, "stripped_for_one", seen=lacking, fields=", ".join(lacking), nature="missing")


@check("NB-P-06", needs={ConsignmentEntered, CONSIGNMENT}, least=48)
def test_the_performing_courier_can_use_what_it_is_handed(evidence, expect, rule):
    for entry in evidence.each(ConsignmentEntered):
        for telling in evidence.told(CONSIGNMENT, about=entry.about[0], to=entry.to):
            for role in ("sender", "recipient"):
                expect(telling[role]).satisfies(open_as(entry.data[role]), expected=entry.data[role])


@check("NB-P-07", needs=SIDE_BY_SIDE, least=12)
def test_all_couriers_wait_alike_for_what_they_pull(evidence, expect, rule):
    floor = rule.duration("floor")
    measured(evidence, expect, {"feed": floor, "read": floor})


@check("NB-P-08", needs=SIDE_BY_SIDE, least=6)
def test_all_couriers_wait_alike_when_they_report(evidence, expect, rule):
    measured(evidence, expect, {"event_post": rule.duration("floor")})


@check("NB-P-09", needs=SIDE_BY_SIDE, least=6)
def test_what_is_pushed_reaches_all_couriers_alike(evidence, expect, rule):
    measured(evidence, expect, {"webhook": rule.duration("floor")})


@check("NB-P-10", needs=SIDE_BY_SIDE, least=6)
def test_consignments_show_in_all_feeds_alike(evidence, expect, rule):
    measured(evidence, expect, {"freshness": rule.duration("floor")})


@check("NB-P-11", needs=SIDE_BY_SIDE, least=30)
def test_all_couriers_meet_errors_alike(evidence, expect, rule):
    failed(evidence, expect)


@check("NB-P-12", needs={PageAsked, ConsignmentEntered, CONSIGNMENT}, least=6)
def test_pages_are_equally_large_for_all_couriers(evidence, expect, rule):
    for asked, largest in allowed.pages(evidence):
        for one in limits.page_size(largest):
            allowed.weigh(evidence, expect, one, asked)


@check("NB-P-13", needs={BurstSent}, least=9)
def test_all_couriers_have_the_same_rate_limit(evidence, expect, rule):
    for one in limits.rate_limit(allowed.accepted_in_bursts(evidence)):
        allowed.weigh(evidence, expect, one, next(act for act in evidence.each(BurstSent) if act.by == one.worse))
    most = allowed.stated(evidence)
    for courier, stated in allowed.policies(evidence).items():
        for rate, answer in stated.items():
            expect(answer).holds(rate >= most, "lower_rate_stated", expected=most, seen=rate, courier=evidence.cast[courier].code)


@check("NB-P-14", needs={BurstSent, DiscoveryRead, DISCOVERY}, least=180)
def test_nobody_is_throttled_within_the_declared_rate(evidence, expect, rule):
    rate = allowed.declared(evidence)
    for request in allowed.within_the_rate(evidence, rate):
        refused = allowed.throttled(request, rule.words("statuses"))
        expect(request).holds(not refused, "throttled_within_the_rate", nature="missing", expected=rate, rate=rate)


@check("NB-P-15", needs={TokenTaken, TokenUsed}, least=12)
def test_tokens_last_equally_long_for_all_couriers(evidence, expect, rule):
    longest = max((life for _, life in allowed.lives(evidence)), default=0)
    for taken, life in allowed.lives(evidence):
        fair = longest - life <= rule.duration("tolerance")
        expect(taken).holds(fair, "shorter_life", expected=allowed.seconds(longest), seen=allowed.seconds(life))
    for used in evidence.each(TokenUsed):
        expect(evidence.answer(used)).is_accepted()


@check("NB-P-16", needs={ConsignmentEntered, ReceiverDown, ReceiverUp, CONSIGNMENT}, least=6)
def test_a_failing_endpoint_gets_as_many_retries_whosever_it_is(evidence, expect, rule):
    for together in dead_ends.all_down(evidence):
        sent = {party: dead_ends.attempts(evidence, outage) for party, outage in together.items()}
        for one in limits.retries({party: list(map(len, by_subject.values())) for party, by_subject in sent.items()}):
            allowed.weigh(evidence, expect, one, dead_ends.last_try(sent[Party(one.worse)]) or together[Party(one.worse)].down)


@check("NB-P-17", needs={Subscribed, ConsignmentEntered, ConsignmentCorrected, ConsignmentCancelled, SUBSCRIPTION, CONSIGNMENT}, least=54)
def test_all_couriers_can_subscribe_alike(evidence, expect, rule):
    for receiver in receivers(evidence):
        expect(evidence.answer(receiver.asked)).holds(not receiver.refused, "subscription_refused_to_one", expected="2xx")
        heard = not receiver.unheard
        expect(receiver.asked).holds(heard, "subscribed_and_not_told", nature="missing", expected=receiver.unheard, seen=[])


@check("NB-P-18", needs={ConsignmentEntered, Subscribed}, least=20)
def test_nothing_more_is_asked_for_one_courier(evidence, expect, rule):
    for entry, lacking in reports.asked_for_more(evidence):
        expect(evidence.answer(entry)).holds(not lacking, "more_asked_for_one", expected="2xx", seen=lacking)


@check("NB-P-19", needs={ConsignmentEntered, ReceiverDown, ReceiverUp, CONSIGNMENT}, least=12)
def test_a_dead_endpoint_does_not_hold_up_others(evidence, expect, rule):
    for entry in dead_ends.entered_beside(evidence):
        arrival = evidence.first(
            CONSIGNMENT, about=entry.about[0], to=entry.to, since=entry.trade, within=rule.duration("deadline"), channel="push"
        )
        expect(arrival).arrives()


@check("NB-P-20", needs={ConsignmentEntered, FeedRead, PullsStopped, PullsResumed, CONSIGNMENT}, least=12)
def test_who_stops_pulling_finds_everything_later(evidence, expect, rule):
    for resumed in evidence.each(PullsResumed):
        for entry in feeds.entered_while_away(evidence, resumed):
            told = evidence.told(CONSIGNMENT, about=entry.about[0], to=resumed.by, channel="pull")
            found = any(telling.wire >= resumed.wire for telling in told)
            expect(entry).holds(found, "gone_from_the_feed", nature="missing", expected=entry.data["order_no"])


@check("NB-P-21", needs={ConsignmentEntered, ReceiverDown, ReceiverUp, CONSIGNMENT}, least=15)
def test_what_was_pushed_during_an_outage_comes_after_it(evidence, expect, rule):
    for outage in dead_ends.outages(evidence):
        for entry, arrival in dead_ends.comes_back(evidence, outage):
            if tried := arrival is None and dead_ends.given_up(evidence, outage, entry, rule.duration("recovery")):
                expect.undecided("precondition", why="given_up", attempts=tried)
            elif arrival is None and not dead_ends.waited(evidence, outage, rule.duration("recovery")):
                expect.undecided("environment", why="not_watched", kind=CONSIGNMENT)
            else:
                in_time = arrival is not None and arrival.trade <= outage.until + rule.duration("recovery")
                expect(entry).holds(in_time, "not_made_up_for", nature="missing", expected=entry.data["order_no"])


@check("NB-P-22", needs={ConsignmentEntered, ConsignmentRead, EventsReported, EventsRead, CONSIGNMENT, EVENT}, least=24)
def test_what_was_acknowledged_can_be_read_later(evidence, expect, rule):
    for entry, reading in feeds.read_again(evidence):
        expect(reading).holds(feeds.tells_of(evidence, reading, entry), "acknowledged_and_gone", expected=entry.data["order_no"])
    for walk in feeds.events_walked(evidence):
        for event in walk.expected:
            expect(walk.exchanges[-1]).holds(event in walk.event_ids, "acknowledged_and_gone", expected=event)
    for page in lists_of_subscribers(evidence):
        expect(page).holds(bool(evidence.tellings_in(page)), "success_and_nothing", seen=[])


@check("NB-P-22", needs={ConsignmentEntered, ConsignmentCorrected, ConsignmentCancelled, ConsignmentRead, CONSIGNMENT}, least=20)
def test_what_the_merchant_changed_reads_changed_from_then_on(evidence, expect, rule):
    for change, version, told in read_backs.after_changes(evidence):
        expect(told["version"]).satisfies(read_backs.at_least(version))
        expect(told).satisfies(corrected(*read_backs.wanted_of(evidence, change, told)))
        if isinstance(change, ConsignmentCancelled):
            expect(told["status"]).equals("cancelled")


@check("NB-P-23", needs={ConsignmentEntered, FeedRead, EventsReported, EventsRead, CONSIGNMENT, EVENT}, least=24)
def test_along_the_cursor_everything_comes_once(evidence, expect, rule):
    for walk in feeds.consignments_walked(evidence):
        for twice in walk.repeated("consignment_id", "version"):
            expect(twice).holds(False, "comes_twice", seen=twice["version"].value)
        for one, following in pairwise(walk.told):
            expect(following["updated_at"]).satisfies(not_before(one["updated_at"].value))
        for entry in feeds.due_on(evidence, walk):
            expect(entry).holds(entry.about[0] in walk.subjects, "left_out_of_the_walk", nature="missing", expected=entry.data["order_no"])
    for walk in feeds.events_walked(evidence):
        for twice in walk.repeated("event_id"):
            expect(twice).holds(False, "comes_twice", seen=twice["event_id"].value)
        expect(walk.exchanges[-1]).holds(walk.complete, "left_out_of_the_walk", expected=walk.expected)


@check("NB-P-24", needs={ConsignmentEntered, EventsReported, FeedRead, EventsRead, OffersRead, CONSIGNMENT, EVENT, OFFER}, least=60)
def test_an_empty_answer_means_that_there_is_nothing(evidence, expect, rule):
    for page in feeds.first_pages_of_something(evidence):
        expect(page).holds(bool(evidence.tellings_in(page)), "success_and_nothing", seen=[])


@check("NB-P-25", needs=SIDE_BY_SIDE, least=30)
def test_all_couriers_wait_alike_whichever_the_merchant(evidence, expect, rule):
    stratified(evidence, expect, "merchant", rule.duration("floor"))


@check("NB-P-26", needs=SIDE_BY_SIDE, least=30)
def test_all_couriers_wait_alike_whichever_the_region(evidence, expect, rule):
    stratified(evidence, expect, "region", rule.duration("floor"))


@check("NB-P-33", needs=SIDE_BY_SIDE, least=30)
def test_all_couriers_wait_alike_however_large_the_consignment(evidence, expect, rule):
    stratified(evidence, expect, "parcels", rule.duration("floor"))


@check("NB-P-27", needs={ConsignmentEntered, EventsReported, CONSIGNMENT}, least=50)
def test_equally_valid_events_are_accepted_from_everybody(evidence, expect, rule):
    for report in reports.alike(evidence):
        expect(report.answer).holds(not report.refused, "refused_to_one", expected="2xx", case=report.case)


@check("NB-P-28", needs=SIDE_BY_SIDE, least=6)
def test_the_events_of_all_couriers_show_alike(evidence, expect, rule):
    floor = rule.duration("floor")
    measured(evidence, expect, {"visibility": floor, "event_webhook": floor})


@check("NB-P-29", needs={EventsReported, TrackingLooked, TRACKING}, least=6)
def test_public_tracking_finds_every_couriers_waybills(evidence, expect, rule):
    for look, answer in reports.looked_up(evidence, rule.duration("deadline")):
        pages = (telling for telling in evidence.tellings_in(answer) if telling.kind == TRACKING)
        found = any(page["waybill_no"].value == look.data["waybill_no"] for page in pages)
        expect(answer).holds(found, "waybill_not_found", nature="missing", expected=look.data["waybill_no"])


@check("NB-P-30", needs={ConsignmentEntered, EventsReported, EventsRead, TrackingLooked, CONSIGNMENT, EVENT, TRACKING}, least=48)
def test_waybill_numbers_of_every_form_are_kept_as_they_are(evidence, expect, rule):
    for report, form in reports.in_forms(evidence):
        refused = reports.turned_down(evidence.answer(report))
        expect(report).holds(not refused, "form_refused", expected="2xx", form=form, seen=report.data["waybill_no"])
        for telling in reports.shown_of(evidence, report):
            expect(telling["waybill_no"]).equals(report.data["waybill_no"])


@check("NB-P-31", needs={ConsignmentEntered, CourierChanged, EventsReported, CONSIGNMENT}, least=48)
def test_after_a_change_of_courier_parcels_begin_anew(evidence, expect, rule):
    for change in evidence.each(CourierChanged):
        for parcel in handovers.parcels_after(evidence, change):
            expect(parcel["waybill_no"]).is_not_there()
            expect(parcel["status"]).equals("created")
        for report in handovers.reported_after(evidence, change):
            expect(evidence.answer(report)).is_accepted()


@check("NB-P-32", needs=SIDE_BY_SIDE, least=6)
def test_merchants_wait_alike_whichever_courier_they_choose(evidence, expect, rule):
    measured(evidence, expect, {"entry": rule.duration("floor")})


@check("NB-P-34", needs={CouriersAsked, NOTICE, OFFER}, least=12)
def test_a_courier_is_withheld_only_while_it_is_interrupted(evidence, expect, rule):
    for offer in interruptions.offers(evidence):
        withheld = offer["available"].value is False
        rightly = not withheld or interruptions.withheld_rightly(evidence, offer, rule.duration("grace"))
        expect(offer["available"]).holds(rightly, "withheld_without_interruption", expected=True, courier=offer.value.get("courier_code"))
