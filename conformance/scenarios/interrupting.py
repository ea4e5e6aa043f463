"""Interrupting: data stops as announced and comes back; and days on which it must not stop at all."""

from __future__ import annotations

from conformance.actors.business import Business, picked_up
from conformance.actors.gap import Gap
from conformance.actors.noticing import HOUR
from conformance.actors.terms import DAY, SOON, Terms
from conformance.actors.trade import Trade
from conformance.scenario import CLOCK, scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    NOTICE,
    ConsignmentCorrected,
    ConsignmentEntered,
    DoneInTheGap,
    EventsReported,
    InterruptionOrdered,
    PublicNoticesRead,
)

CATCHING_UP = 2 * HOUR
"""The time in which the gap's data must be back (rule 12.8), in seconds."""


@scenario(
    shows={InterruptionOrdered, PublicNoticesRead, DoneInTheGap, NOTICE, ConsignmentEntered, CONSIGNMENT, EventsReported, EVENT},
    requires={"sandbox_interruptions"}, alone_on={CLOCK},
)
async def the_platform_stops_and_comes_back(stage: Trade) -> None:
    """Consignments are on their way when the platform stops; merchants and courier go on; then everything comes back."""
    courier, terms = stage.courier_new, Terms.of(stage.theatre.limits)
    notice = await stage.operator.orders_an_interruption(courier, "maintenance", starts_in=terms.lead + HOUR, lasts=6 * HOUR)
    await stage.until(notice.starts_at - round(HOUR / 2 * 1e6))
    under_way = [(merchant, await merchant.creates_a_consignment(courier)) for merchant in stage.merchants for _ in range(3)]
    waybills = {consignment.subject: courier.new_waybill() for _, consignment in under_way}
    for number, (_, consignment) in enumerate(under_way):
        if number % 3:
            await courier.reports(consignment, waybills[consignment.subject], [picked_up(stage, courier)])
    await stage.sleep(terms.delivery + SOON)
    await stage.look()
    gap = Gap(stage, courier, notice)
    await stage.until(notice.starts_at + round(HOUR * 1e6))
    for number, (merchant, consignment) in enumerate(under_way):
        if number % 3 == 0:
            await gap.cancels(merchant, consignment)
        else:
            await gap.corrects(merchant, consignment)
            await gap.reports(consignment, waybills[consignment.subject])
    for merchant in stage.merchants:
        await gap.enters(merchant)
    await stage.until(notice.ends_at + round(SOON * 1e6))
    await gap.tries_again()
    await stage.sleep(CATCHING_UP)
    await stage.look()
    await gap.everybody_reads()
    await stage.consumer.reads_public_notices()
    await stage.heartbeat()


@scenario(shows={ConsignmentEntered, ConsignmentCorrected, CONSIGNMENT, EventsReported, EVENT, NOTICE})
async def day_after_day(stage: Trade) -> None:
    """Days of ordinary trade with every courier, when no notice that anybody gave before stands any longer."""
    await stage.sleep(Terms.of(stage.theatre.limits).lead + 3 * DAY)
    pairs = ((stage.courier_a, stage.courier_b), (stage.courier_new, stage.courier_a))
    trade = [Business(stage, *pair, f"week:{number}") for number, pair in enumerate(pairs)]
    for _ in range(4):
        for business in trade:
            await business.a_round()
        await stage.sleep(DAY)
    for courier in stage.couriers:
        await courier.reads_notices()
    await stage.heartbeat()
