"""Receiving notice: the platform tells a courier that it will stop.  The sandbox makes it do so; the rest is the platform's own."""

from __future__ import annotations

from functools import partial

from conformance.actors.business import Business
from conformance.actors.noticing import HOUR, the_public_reads
from conformance.actors.talks import Talks
from conformance.actors.terms import DAY, FIRST_DAY, SOON, Terms
from conformance.actors.trade import Trade
from conformance.scenario import scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    NOTICE,
    PROBLEM,
    ConsignmentCorrected,
    ConsignmentEntered,
    EventsReported,
    InterruptionOrdered,
    NoticeRead,
    NoticesRead,
    NoticeStepTaken,
    PublicNoticesRead,
)

MINUTE = 60.0
BRIEF = 2 * MINUTE
"""How long the platform stops where only the notice matters."""
LATER = 6 * HOUR
"""Notices of which only the talks matter begin so long after those that business goes on until."""


@scenario(shows={InterruptionOrdered, NoticeStepTaken, NoticeRead, NOTICE, PROBLEM}, requires={"sandbox_interruptions"})
async def talks_about_the_platforms_notices(stage: Trade) -> None:
    """Every step that the table of the dialogue has for who receives notice, and every one that it has not."""
    await stage.sleep(FIRST_DAY)
    courier, terms = stage.courier_new, Terms.of(stage.theatre.limits)
    talks = Talks(stage, courier, "receiver")

    async def one(number: int) -> None:
        notice = await stage.operator.orders_an_interruption(courier, "agreement_expired", starts_in=terms.lead + LATER, lasts=BRIEF)
        await talks.leads(notice, talks.table.walks("receiver")[number])
        await stage.until(notice.ends_at + round((MINUTE + SOON) * 1e6))
        await courier.reads_notice(notice)

    await stage.together(*(partial(one, number) for number in range(len(talks.table.walks("receiver")))))
    await the_public_reads(stage)
    await stage.heartbeat()


@scenario(
    shows={
        InterruptionOrdered, NoticeRead, NoticesRead, PublicNoticesRead, NOTICE, PROBLEM, ConsignmentEntered, ConsignmentCorrected,
        CONSIGNMENT, EventsReported, EVENT,
    },
    requires={"sandbox_interruptions"},
)
async def the_platform_gives_notice_and_goes_on_until_then(stage: Trade) -> None:
    """The platform gives notice to one courier, is told to give others too late, and works as ever until it begins."""
    await stage.sleep(FIRST_DAY)
    courier, terms = stage.courier_new, Terms.of(stage.theatre.limits)
    notices = [
        await stage.operator.orders_an_interruption(courier, reason, starts_in=terms.lead + HOUR, lasts=HOUR)
        for reason in ("agreement_expired", "maintenance")
    ]
    for ahead in (6 * HOUR, terms.lead - DAY):
        await stage.operator.orders_an_interruption(courier, "other", starts_in=ahead, lasts=BRIEF)
    business = Business(stage, courier, stage.courier_b, f"notice:{notices[0].subject}")
    await business.a_round()
    await stage.sleep(terms.publication + SOON)
    for party in (*stage.couriers, *stage.merchants):
        await party.reads_notices()
    await the_public_reads(stage)
    await business.a_round()
    await stage.sleep(terms.lead / 2)
    await business.a_round()
    await stage.until(notices[0].starts_at - round(10 * MINUTE * 1e6))
    await business.a_round()
    await stage.until(notices[0].ends_at + round(SOON * 1e6))
    for notice in notices:
        await courier.reads_notice(notice)
    await stage.heartbeat()


@scenario(shows={InterruptionOrdered, NoticeStepTaken, NoticeRead, NOTICE}, requires={"sandbox_interruptions"})
async def the_platforms_talks_fail(stage: Trade) -> None:
    """The courier refuses, or leaves the notice without an answer; many would be hit.  The authorities listen."""
    await stage.sleep(FIRST_DAY)
    courier, terms = stage.courier_new, Terms.of(stage.theatre.limits)
    notices = [
        await stage.operator.orders_an_interruption(
            courier, "agreement_expired", starts_in=terms.lead + LATER, lasts=BRIEF, major_impact=True
        )
        for _ in range(4)
    ]
    for notice in notices[:2]:
        for event in ("acknowledge", "reject"):
            await courier.takes(event, notice)
    await stage.until(notices[-1].starts_at - round(SOON * 1e6))
    await stage.authority.reads_notices()
    for notice in notices:
        await courier.reads_notice(notice)
    await stage.until(notices[-1].ends_at + round(SOON * 1e6))
    await the_public_reads(stage)
    await stage.heartbeat()
