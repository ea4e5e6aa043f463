"""Walking feeds: page by page in small steps, while the feed grows; and again and again from the beginning."""

from __future__ import annotations

from typing import Final

from conformance.actors.comparing import PAGE
from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier
from conformance.actors.merchant import Merchant
from conformance.actors.trade import Trade
from conformance.scenario import CLOCK, scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    OFFER,
    TRACKING,
    ConsignmentEntered,
    ConsignmentRead,
    EventsRead,
    EventsReported,
    FeedRead,
    OffersRead,
    TrackingLooked,
)

ENTERED: Final = 8
READINGS: Final = 12
"""How often one reads the same, so that what happens now and then shows."""
STEP: Final = 2
"""Items a page."""
WAY: Final = ("DEPARTED_HUB", "ARRIVED_HUB", "IN_TRANSIT", "STALLED", "IN_TRANSIT", "ARRIVED_HUB", "OUT_FOR_DELIVERY")


@scenario(
    shows={ConsignmentEntered, ConsignmentRead, FeedRead, EventsReported, EventsRead, CONSIGNMENT, EVENT},
    only_for={ConsignmentRead, FeedRead},
)
async def small_steps_through_growing_feeds(stage: Trade) -> None:
    """Couriers walk their feeds step by step while merchants enter more; merchants walk the events while couriers report more, and
    in the end read each consignment."""
    places = [await place_of(courier) for courier in stage.couriers]
    entered = [await one_more(stage, courier, number) for courier in stage.couriers for number in range(ENTERED)]
    reported = [await a_long_way(stage, courier) for courier in stage.couriers]
    await stage.settle(longest=120)
    for courier, place in zip(stage.couriers, places, strict=True):
        async for page in courier.steps(STEP, place):
            if page < ENTERED // STEP:
                entered.append(await one_more(stage, courier, page))
    for courier, (merchant, consignment, waybill) in zip(stage.couriers, reported, strict=True):
        async for page in merchant.steps_through_events(consignment, STEP):
            if page < 2:
                await courier.reports(consignment, waybill, [courier.happening("IN_TRANSIT")])
    await stage.settle(longest=120)
    for merchant, consignment in entered:
        await merchant.reads(consignment)
    for _, (merchant, consignment, _waybill) in zip(stage.couriers, reported, strict=True):
        await merchant.reads_events_of(consignment)


async def place_of(courier: Courier) -> str | None:
    """Where the courier stands in its feed, having read it all."""
    await courier.catches_up()
    return courier.place


async def one_more(stage: Trade, courier: Courier, number: int) -> tuple[Merchant, Consignment]:
    """Another consignment for the courier, from one merchant or the other."""
    merchant = stage.merchants[number % len(stage.merchants)]
    return merchant, await merchant.creates_a_consignment(courier)


async def a_long_way(stage: Trade, courier: Courier) -> tuple[Merchant, Consignment, str]:
    """A parcel to which much has happened already."""
    merchant, consignment = await one_more(stage, courier, len(courier.code))
    waybill = courier.new_waybill()
    for code in WAY:
        await courier.reports(consignment, waybill, [courier.happening(code)])
    return merchant, consignment, waybill


@scenario(
    shows={ConsignmentEntered, EventsReported, FeedRead, EventsRead, OffersRead, TrackingLooked, CONSIGNMENT, EVENT, OFFER, TRACKING},
    only_for={EventsRead, FeedRead, OffersRead, TrackingLooked},
)
async def again_and_again_from_the_beginning(stage: Trade) -> None:
    """There is something to read; everybody reads it again and again."""
    ways = [await a_long_way(stage, courier) for courier in stage.couriers]
    await stage.settle(longest=120)
    for _ in range(READINGS):
        for courier, (merchant, consignment, waybill) in zip(stage.couriers, ways, strict=True):
            if "pull" in stage.theatre.capabilities:
                async for _page in courier.steps(1, None, pages=1):
                    pass
            async for _page in merchant.steps_through_events(consignment, 1, pages=1):
                pass
            if "public_tracking" in stage.theatre.capabilities:
                await stage.consumer.looks_up(waybill, consignment.subject)
        for merchant in stage.merchants:
            await merchant.looks_at_its_choice(100)


@scenario(shows={ConsignmentEntered, ConsignmentRead, FeedRead, CONSIGNMENT}, alone_on={CLOCK}, only_for={ConsignmentRead, FeedRead})
async def merchants_look_back(stage: Trade) -> None:
    """After all that happened, delivered or not, merchants go through all that they ever entered, and open the oldest."""
    entered = [(merchant, await merchant.creates_a_consignment(stage.couriers[0])) for merchant in stage.merchants]
    await stage.settle(longest=120)
    for merchant, consignment in entered:
        await merchant.reads_the_feed(limit=int(min(stage.theatre.limits.get("page_size_max", PAGE), PAGE)))
        await merchant.reads(merchant.oldest or consignment)
