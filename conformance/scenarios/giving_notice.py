"""Giving notice: couriers tell the platform that they will stop, talk about it, report, withdraw, and go on until then."""

from __future__ import annotations

from functools import partial

from conformance.actors.business import Business, others_go_on
from conformance.actors.courier import Courier
from conformance.actors.merchant import Merchant
from conformance.actors.notice import Notice
from conformance.actors.noticing import ALL, FORESEEN, HOUR, merchants_look_at_their_choice, the_public_reads
from conformance.actors.onlooker import Onlooker
from conformance.actors.talks import Talks
from conformance.actors.terms import DAY, FIRST_DAY, SOON, Terms
from conformance.actors.trade import Trade
from conformance.scenario import scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    NOTICE,
    OFFER,
    PROBLEM,
    ConsignmentCorrected,
    ConsignmentEntered,
    CouriersAsked,
    EventsReported,
    NoticeGiven,
    NoticeRead,
    NoticesRead,
    NoticeStepTaken,
    PublicNoticesRead,
)

MINUTE = 60.0


@scenario(shows={NoticeGiven, NoticeStepTaken, NoticeRead, NoticesRead, PublicNoticesRead, NOTICE, PROBLEM})
async def talks_about_couriers_notices(stage: Trade) -> None:
    """Every step that the table of the dialogue has for who gives notice, and every one that it has not."""
    await stage.sleep(FIRST_DAY)
    courier = stage.courier_b
    talks, terms = Talks(stage, courier, "giver"), Terms.of(stage.theatre.limits)

    async def one(number: int) -> None:
        way = talks.table.walks("giver")[number]
        sudden = way[0].event == "begin"
        reason, ahead = ("security_incident", 3 * HOUR) if sudden else (FORESEEN[number % 3], terms.lead + DAY)
        await talks.leads(await courier.gives_notice(courier.writes_notice(reason, starts_in=ahead)), way)

    await stage.together(*(partial(one, number) for number in range(len(talks.table.walks("giver")))))
    await stage.sleep(terms.publication + SOON)
    await the_public_reads(stage)
    await courier.reads_notices()
    await stage.heartbeat()


@scenario(shows={
    NoticeGiven, NoticeRead, PublicNoticesRead, NOTICE, ConsignmentEntered, ConsignmentCorrected, CONSIGNMENT, EventsReported, EVENT,
    CouriersAsked, OFFER,
})
async def a_courier_gives_notice_and_goes_on_until_then(stage: Trade) -> None:
    """Both sides work as ever until the interruption begins; merchants and users hear of it in time."""
    await stage.sleep(FIRST_DAY)
    courier, terms = stage.courier_a, Terms.of(stage.theatre.limits)
    notice = await courier.gives_notice(courier.writes_notice("maintenance", starts_in=terms.lead + HOUR, lasts=5 * HOUR, scope=ALL))
    business = Business(stage, courier, stage.courier_new, f"notice:{notice.subject}")
    await business.a_round()
    await the_public_hears_of(stage, notice, courier)
    await business.a_round()
    await stage.sleep(terms.lead / 2)
    await business.a_round()
    await stage.until(notice.starts_at - round(10 * MINUTE * 1e6))
    await business.a_round()
    await merchants_look_at_their_choice(stage)
    await stage.until(notice.starts_at + round(SOON * 1e6))
    await courier.reads_notice(notice)
    await stage.sleep(4 * HOUR)  # when the newcomer is over its own
    for _ in range(3):
        await others_go_on(stage, courier)
    await stage.until(notice.ends_at + round(SOON * 1e6))
    await courier.reads_notice(notice)
    await stage.sleep(2 * MINUTE)
    await merchants_look_at_their_choice(stage)
    await stage.heartbeat()


@scenario(shows={
    NoticeGiven, NoticeStepTaken, NoticeRead, PublicNoticesRead, NOTICE, ConsignmentEntered, ConsignmentCorrected, CONSIGNMENT,
    EventsReported, EVENT, CouriersAsked, OFFER,
})
async def a_courier_thinks_better_of_it(stage: Trade) -> None:
    """Notices are published, then withdrawn; the time at which they would have begun is like any other."""
    await stage.sleep(FIRST_DAY)
    courier, terms = stage.courier_b, Terms.of(stage.theatre.limits)
    notices = [
        await courier.gives_notice(courier.writes_notice(reason, starts_in=terms.lead + 2 * DAY, lasts=DAY, scope=ALL))
        for reason in FORESEEN[:2]
    ]
    await the_public_hears_of(stage, notices[-1], courier)
    for notice in notices:
        await courier.takes("withdraw", notice)
    await stage.sleep(terms.publication + SOON)
    await the_public_reads(stage)
    await stage.until(notices[-1].starts_at + round(SOON * 1e6))
    business = Business(stage, courier, stage.courier_new, f"notice:{notices[-1].subject}")
    await merchants_look_at_their_choice(stage)
    await business.a_round()
    await stage.sleep(HOUR)
    await business.a_round()
    for notice in notices:
        await courier.reads_notice(notice)
    await stage.heartbeat()


async def the_public_hears_of(stage: Trade, notice: Notice, courier: Courier) -> None:
    """Waits until the platform must have acknowledged and published a notice that was just given, and looks."""
    await stage.sleep(FIRST_DAY)
    terms = Terms.of(stage.theatre.limits)
    due = max(terms.acknowledgement, terms.publication)
    await stage.sleep(due + SOON)
    await courier.reads_notice(notice)
    await the_public_reads(stage)


@scenario(shows={NoticeGiven, NoticeStepTaken, NoticeRead, NoticesRead, NOTICE, CouriersAsked, OFFER})
async def several_notices_at_once(stage: Trade) -> None:
    """Two couriers have several notices each; what happens to one is nothing to the others."""
    await stage.sleep(FIRST_DAY)
    terms = Terms.of(stage.theatre.limits)
    held = [
        (courier, await courier.gives_notice(courier.writes_notice(reason, starts_in=terms.lead + DAY)))
        for reason in FORESEEN for courier in stage.couriers[:2]
    ]

    async def all_are_read() -> None:
        for courier, notice in held:
            await courier.reads_notice(notice)

    await stage.sleep(terms.acknowledgement + SOON)
    await all_are_read()
    await others_are_curious(stage, held)
    for (courier, notice), events in zip(held, (("propose", "reject", "report"), ("withdraw",), ("propose",)), strict=False):
        for event in events:
            await courier.takes(event, notice)
            await all_are_read()
    for at in (held[-1][1].starts_at, held[-1][1].ends_at):
        await stage.until(at + round((MINUTE + SOON) * 1e6))
        await all_are_read()
        await merchants_look_at_their_choice(stage)
    await stage.heartbeat()


async def others_are_curious(stage: Trade, held: list[tuple[Courier, Notice]]) -> None:
    """Who is no party to the notices looks for them, in its list and singly; nothing was reported yet."""
    everybody: tuple[Courier | Merchant | Onlooker, ...] = (*stage.couriers, *stage.merchants, stage.authority)
    for party in everybody:
        await party.reads_notices()
        for courier, notice in held[:2]:
            if party is not courier:
                await party.pries("reads", "getNotice", notice.subject, path={"notice_id": notice.id})


@scenario(shows={NoticeGiven, NoticeStepTaken, NoticeRead, NoticesRead, NOTICE})
async def couriers_report_that_talks_failed(stage: Trade) -> None:
    """Talks end without agreement and may hurt many; the couriers report it, and one withdraws all the same."""
    await stage.sleep(FIRST_DAY)
    terms = Terms.of(stage.theatre.limits)
    couriers = stage.couriers[:2]
    for reason in ("other", "agreement_expired"):
        notices = [await courier.gives_notice(courier.writes_notice(reason, starts_in=terms.lead + DAY)) for courier in couriers]
        await stage.sleep(terms.acknowledgement + SOON)
        for courier, notice in zip(couriers, notices, strict=True):
            await courier.reads_notice(notice)
            for event in ("propose", "reject", "report") if reason == "other" else ():
                await courier.takes(event, notice)
        if reason == "other":
            await stage.sleep(terms.publication + SOON)
            await couriers[-1].takes("withdraw", notices[-1])
    await stage.until(notices[0].starts_at - round((terms.publication - 2 * SOON) * 1e6))
    for courier, notice in zip(couriers, notices, strict=True):
        await courier.reads_notice(notice)
        if notice.state == "failed":
            await courier.takes("report", notice)
    await stage.sleep(terms.publication + SOON)
    await stage.authority.reads_notices()
    await stage.heartbeat()
