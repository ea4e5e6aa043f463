"""Choosing couriers: merchants look at their choice, make it, and change it."""

from __future__ import annotations

from itertools import permutations

from conformance.actors.business import picked_up
from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier
from conformance.actors.goods import thing
from conformance.actors.merchant import Merchant
from conformance.actors.trade import Trade
from conformance.scenario import scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    DISCOVERY,
    EVENT,
    OFFER,
    ConsignmentCorrected,
    ConsignmentEntered,
    ConsignmentRead,
    CourierChanged,
    DiscoveryRead,
    EventsRead,
    EventsReported,
    OffersRead,
)


@scenario(shows={
    DiscoveryRead, OffersRead, ConsignmentEntered, CourierChanged, ConsignmentCorrected, ConsignmentRead, EventsReported,
    EventsRead, DISCOVERY, OFFER, CONSIGNMENT, EVENT,
})
async def every_merchant_chooses_every_courier(stage: Trade) -> None:
    """Every merchant looks at its choice in one page and in many, gives each courier parcels, and some to another one later."""
    await stage.nobody.reads_discovery()
    entered = [(merchant, consignment) for merchant in stage.merchants for consignment in await choices(stage, merchant)]
    changed: list[tuple[Merchant, Consignment]] = []
    if "courier_change" in stage.theatre.capabilities:
        changed = [(merchant, consignment) for merchant in stage.merchants for consignment in await changes(stage, merchant)]
    await stage.settle(longest=120)
    for merchant in stage.merchants if changed else ():
        await changes_again(stage, merchant, *[consignment for one, consignment in changed if one is merchant][:2])
    await stage.settle(longest=120)
    for merchant, consignment in changed:
        await merchant.corrects(consignment, recipient=stage.people.person().contact())
    await stage.settle(longest=120)
    for _, consignment in changed:
        await taken_over(stage, consignment)
    await stage.settle(longest=120)
    for merchant, consignment in entered + changed:
        await merchant.reads(consignment)
    for _, consignment in changed:
        await performer(stage, consignment).reads_events_of(consignment)


async def choices(stage: Trade, merchant: Merchant) -> list[Consignment]:
    """Looks at the offers, then enters for each courier the least that can be said of a parcel, and all that can."""
    for limit in (100, 1):
        await merchant.looks_at_its_choice(limit)
    entered: list[Consignment] = []
    for courier in stage.couriers:
        entered.append(await merchant.creates_a_consignment(courier, value_added=None, remarks=None, items=[thing("布鞋")]))
        entered.append(await merchant.creates_a_consignment(courier))
    return entered


async def changes(stage: Trade, merchant: Merchant) -> list[Consignment]:
    """From each courier to each other one."""
    changed: list[Consignment] = []
    for former, latter in permutations(stage.couriers, 2):
        consignment = await merchant.creates_a_consignment(former)
        if former is not stage.courier_new:  # it has come to nothing more than being told
            await former.reports(consignment, former.new_waybill(), [former.happening("PICKUP_ASSIGNED")])
        await merchant.changes_courier(consignment, latter)
        changed.append(consignment)
    return changed


async def changes_again(stage: Trade, merchant: Merchant, from_first: Consignment, from_first_too: Consignment) -> None:
    """Of two that the first courier had, one goes on to the third, the other back to the first."""
    first, *others = stage.couriers
    await merchant.changes_courier(from_first, next(courier for courier in others if courier.party != from_first.courier))
    await merchant.changes_courier(from_first_too, first)


async def taken_over(stage: Trade, consignment: Consignment) -> None:
    """The courier that it was given to picks it up under a number of its own."""
    courier = performer(stage, consignment)
    await courier.reports(consignment, courier.new_waybill(), [picked_up(stage, courier)])


def performer(stage: Trade, consignment: Consignment) -> Courier:
    """The courier that has it now."""
    return next(one for one in stage.couriers if one.party == consignment.courier)
