"""Interrupting: data stops as announced and comes back; and days on which it must not stop at all."""

from __future__ import annotations

from conformance.actors.business import others_go_on, picked_up
from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier
from conformance.actors.gap import Gap
from conformance.actors.noticing import HOUR, merchants_look_at_their_choice, the_public_reads
from conformance.actors.terms import DAY, SOON, Terms
from conformance.actors.trade import Trade
from conformance.scenario import CLOCK, scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    NOTICE,
    OFFER,
    ConsignmentEntered,
    CouriersAsked,
    DoneInTheGap,
    EventsReported,
    InterruptionOrdered,
    PublicNoticesRead,
)

MINUTE = 60.0
PAUSES = (HOUR / 2, HOUR, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 8 * HOUR)
"""Between the rounds of the first day, in seconds."""
CATCHING_UP = 2 * HOUR
"""The time in which the gap's data must be back (rule 12.8), in seconds."""


@scenario(
    shows={
        InterruptionOrdered, PublicNoticesRead, DoneInTheGap, NOTICE, ConsignmentEntered, CONSIGNMENT, EventsReported, EVENT, CouriersAsked,
        OFFER,
    },
    requires={"sandbox_interruptions"}, alone_on={CLOCK},
)
async def the_platform_stops_and_comes_back(stage: Trade) -> None:
    """Consignments are on their way when the platform stops; merchants and courier go on; then everything comes back."""
    courier, terms = stage.courier_new, Terms.of(stage.theatre.limits)
    notice = await stage.operator.orders_an_interruption(courier, "maintenance", starts_in=terms.lead + HOUR, lasts=6 * HOUR)
    await courier.reads_notices()
    await stage.until(notice.starts_at - round(HOUR / 2 * 1e6))
    under_way = [(merchant, await merchant.creates_a_consignment(courier)) for merchant in stage.merchants for _ in range(3)]
    under_way = [(merchant, consignment) for merchant, consignment in under_way if consignment.id]
    waybills = {consignment.subject: courier.new_waybill() for _, consignment in under_way}
    for number, (_, consignment) in enumerate(under_way):
        if number % 3:
            await courier.reports(consignment, waybills[consignment.subject], [picked_up(stage, courier)])
    await stage.sleep(terms.delivery + SOON)
    await stage.look()
    gap = Gap(stage, courier, notice)
    await stage.until(notice.starts_at + round(HOUR * 1e6))
    if "public_tracking" in stage.theatre.capabilities:  # which never stops (rule 12.7)
        for number, (_, consignment) in enumerate(under_way):
            if number % 3:
                await stage.consumer.looks_up(waybills[consignment.subject], consignment.subject)
    for number, (merchant, consignment) in enumerate(under_way):
        if number % 3 == 0:
            await gap.cancels(merchant, consignment)
        else:
            await gap.corrects(merchant, consignment)
            await gap.reports(consignment, waybills[consignment.subject])
    for merchant in stage.merchants:
        await gap.enters(merchant)
    for _ in range(3):
        await others_go_on(stage, courier)
        await stage.sleep(HOUR)
    await merchants_look_at_their_choice(stage)
    await stage.until(notice.ends_at + round(SOON * 1e6))
    await gap.tries_again()
    await stage.sleep(2 * MINUTE)
    await merchants_look_at_their_choice(stage)
    await stage.sleep(CATCHING_UP)
    await stage.look()
    await gap.everybody_reads()
    await the_public_reads(stage)
    await stage.heartbeat()


@scenario(shows={ConsignmentEntered, CONSIGNMENT, EventsReported, EVENT, NOTICE})
async def day_after_day(stage: Trade) -> None:
    """Ordinary trade with every courier, hourly and daily, before anybody gave notice and when no notice stands any longer."""
    terms = Terms.of(stage.theatre.limits)
    under_way: list[tuple[Courier, Consignment]] = []
    for number, pause in enumerate((*PAUSES, terms.lead + 5 * DAY, *(DAY,) * 4)):
        for courier, consignment in under_way:
            await courier.reports(consignment, courier.new_waybill(), [picked_up(stage, courier)])
        merchant = stage.merchants[number % 2]
        entered = [(courier, await merchant.creates_a_consignment(courier)) for courier in stage.couriers]
        under_way = [(courier, consignment) for courier, consignment in entered if consignment.id]
        await stage.sleep(terms.delivery + SOON)
        await stage.look()
        await stage.sleep(pause)
    for courier in stage.couriers:
        await courier.reads_notices()
    await stage.heartbeat()
