"""Outages: a courier that stops pulling, couriers whose receivers fail, and what is left for them when they come back."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Final

from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier
from conformance.actors.merchant import Merchant
from conformance.actors.trade import Trade
from conformance.scenario import CLOCK, party, scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    STATUS,
    ConsignmentCancelled,
    ConsignmentCorrected,
    ConsignmentEntered,
    ConsignmentRead,
    EventsRead,
    EventsReported,
    FeedRead,
    PullsResumed,
    PullsStopped,
    ReceiverDown,
    ReceiverUp,
    StatusRead,
)

MINUTE: Final = 60.0
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
AWAY: Final = 8 * DAY
EVENTS: Final = 5
"""Messages that go to each dead receiver: where single attempts get lost, the most that any of five saw tells (parity.md, section 1)."""
HESITATION: Final = 9.0
"""Seconds that a dying receiver takes for an answer: just so long that it still counts (rule 11.2)."""
SCHEDULE: Final = 1.5 * (5 + 30 + 5 * MINUTE + 30 * MINUTE + 2 * HOUR)
"""All five retries, each as late as the specification allows (rule 11.3)."""
WHOLE_TRADE: Final = {CLOCK, party("courier_a"), party("courier_b"), party("courier_new")}


@scenario(
    shows={
        ConsignmentEntered, ConsignmentCorrected, ConsignmentRead, FeedRead, PullsStopped, PullsResumed, EventsReported, EventsRead,
        CONSIGNMENT, EVENT,
    },
    alone_on=WHOLE_TRADE, requires={"pull"},
)
async def nobody_pulls_for_a_week(stage: Trade) -> None:
    """The couriers stop pulling for days while business goes on; then they read on from where they stopped, and merchants look back."""
    for courier in stage.couriers:
        await courier.stops_pulling()
    entered = [await parcels_for(stage, courier) for courier in stage.couriers]
    await stage.sleep(AWAY / 2)
    entered += [await parcels_for(stage, courier) for courier in stage.couriers]
    await stage.sleep(AWAY / 2)
    for courier in stage.couriers:
        await courier.resumes_pulling()
    for merchant, consignment in (one for several in entered for one in several):
        await merchant.reads(consignment)
        await merchant.reads_events_of(consignment)
    await stage.heartbeat()


async def parcels_for(stage: Trade, courier: Courier) -> list[tuple[Merchant, Consignment]]:
    """Each merchant enters a consignment, on which the courier reports; one of them is corrected."""
    entered: list[tuple[Merchant, Consignment]] = []
    for merchant in stage.merchants:
        consignment = await merchant.creates_a_consignment(courier)
        await courier.reports(consignment, courier.new_waybill(), [courier.happening("ARRIVED_HUB"), courier.happening("IN_TRANSIT")])
        entered.append((merchant, consignment))
    await entered[0][0].corrects(entered[0][1], recipient=stage.people.person().contact())
    return entered


@scenario(
    shows={
        ConsignmentEntered, ConsignmentCorrected, ConsignmentCancelled, ReceiverDown, ReceiverUp, StatusRead, CONSIGNMENT, STATUS,
    },
    alone_on=WHOLE_TRADE, requires={"push"},
)
async def receivers_fail_one_after_the_other_and_all_together(stage: Trade) -> None:
    """Each courier's receiver fails for some minutes while the others go on; then all fail for so long that retries end."""
    await status(stage)
    for courier in stage.rng.sample(stage.couriers, len(stage.couriers)):
        await one_receiver_fails(stage, courier)
    await all_receivers_fail(stage)


async def one_receiver_fails(stage: Trade, courier: Courier) -> None:
    """It takes long at first, and refuses; everybody gets consignments meanwhile.  When it is back, everything comes."""
    before = [(merchant, await merchant.creates_a_consignment(courier)) for merchant in stage.merchants]
    await stage.settle(longest=120)
    async with courier.down(takes=HESITATION, times=EVENTS + 3):
        await change_of_mind(before)
        for number in range(EVENTS + 3):
            await stage.merchants[number % 2].creates_a_consignment(courier)
        for other in stage.couriers:
            if other is not courier:
                for merchant in stage.merchants:
                    await merchant.creates_a_consignment(other)
        await stage.sleep(11 * MINUTE)
        await status(stage, courier)
    await stage.sleep(3 * HOUR)
    await status(stage, courier)


async def change_of_mind(entered: list[tuple[Merchant, Consignment]]) -> None:
    """The first is corrected, and all others are cancelled."""
    (merchant, consignment), *others = entered
    await merchant.corrects(consignment, remarks=f"改放驿站 {consignment.order_no}")
    for merchant, consignment in others:
        await merchant.cancels(consignment)


async def all_receivers_fail(stage: Trade) -> None:
    """All are down until every retry has been made."""
    before = [
        [(merchant, await merchant.creates_a_consignment(courier)) for merchant in stage.merchants] for courier in stage.couriers
    ]
    await stage.settle(longest=120)
    async with AsyncExitStack() as stack:
        for courier in stage.couriers:
            await stack.enter_async_context(courier.down())
        for entered in before:
            await change_of_mind(entered)
        for number in range(EVENTS):
            for courier in stage.rng.sample(stage.couriers, len(stage.couriers)):
                await stage.merchants[number % 2].creates_a_consignment(courier)
        await stage.sleep(SCHEDULE)
    await stage.sleep(HOUR)


async def status(stage: Trade, *couriers: Courier) -> None:
    """The authority looks at the state of all connections, these couriers at their own."""
    if "monitoring" in stage.theatre.capabilities:
        await stage.authority.reads_the_status()
        for courier in couriers:
            await courier.reads_the_status()
