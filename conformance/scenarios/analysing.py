"""Analysing: the analyst reads the data set, again and again."""

from __future__ import annotations

from dataclasses import replace

from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier
from conformance.actors.goods import parcels
from conformance.actors.trade import Trade
from conformance.people import Person
from conformance.scenario import scenario
from conformance.vocabulary import (
    ANALYTICS,
    TRACKING,
    AnalyticsRead,
    ConsignmentCorrected,
    ConsignmentEntered,
    CourierChanged,
    EventsReported,
    TrackingLooked,
)

PLACES = (
    {"region_code": "632701", "province": "青海省", "city": "玉树藏族自治州", "district": "玉树市", "postal_code": "815000"},
    {"region_code": "623001", "province": "甘肃省", "city": "甘南藏族自治州", "district": "合作市", "postal_code": "747000"},
    {"region_code": "632621", "province": "青海省", "city": "果洛藏族自治州", "district": "玛沁县", "postal_code": "814000"},
)
"""Regions to which nobody else sends anything."""
ORDINARY = ("phone:mobile", "address:unit-room")
SHORT = "name:single-character"


@scenario(shows={
    ConsignmentEntered, ConsignmentCorrected, CourierChanged, EventsReported, AnalyticsRead, ANALYTICS, TrackingLooked, TRACKING,
})
async def the_data_set_is_read_twice(stage: Trade) -> None:
    """Parcels go to a place in just sufficient number, to another in one fewer, to a third in two; all are looked up, one is
    redirected, and the analyst reads, twice."""
    enough, sent = smallest_group(stage), []
    for place, many in zip(PLACES, (enough + 1, enough - 1, 2), strict=True):
        for number in range(many):
            traits = (*ORDINARY, SHORT) if number < 2 else ORDINARY
            merchant, recipient = stage.merchants[number % 2], inhabitant(stage.people.person(traits), place)
            consignment = await merchant.creates_a_consignment(stage.courier_a, recipient)
            sent.append((consignment, await under_way(stage.courier_a, consignment)))
    await redirected(stage, sent[-1][0])
    single = list(sent)
    sent += await in_several_parcels(stage)
    await seen_by_strangers(stage, sent)
    await on_their_way(stage, single[::2])
    await seen_by_strangers(stage, sent)


async def redirected(stage: Trade, consignment: Consignment) -> None:
    """Somebody moves, and another courier is to go there."""
    await stage.merchant_2.corrects(consignment, recipient=inhabitant(stage.people.person(ORDINARY), PLACES[2]).contact())
    if "courier_change" in stage.theatre.capabilities:
        await stage.merchant_2.changes_courier(consignment, stage.courier_b)


async def seen_by_strangers(stage: Trade, sent: list[tuple[Consignment, str]]) -> None:
    """Once everybody must know of the parcels, strangers look them all up, and the analyst reads."""
    await stage.settle()
    if "public_tracking" in stage.theatre.capabilities:
        for consignment, waybill_no in sent:
            await stage.consumer.looks_up(waybill_no, consignment.subject)
    if "analytics" in stage.theatre.capabilities:
        await stage.analyst.reads_the_data_set()


async def on_their_way(stage: Trade, sent: list[tuple[Consignment, str]]) -> None:
    """The couriers report that parcels arrived somewhere."""
    for consignment, waybill_no in sent:
        courier = next(one for one in stage.couriers if one.party == consignment.courier)
        await courier.reports(consignment, waybill_no, [courier.happening("ARRIVED_HUB")])


async def in_several_parcels(stage: Trade) -> list[tuple[Consignment, str]]:
    """Orders that take several parcels each, every one with a number of its own."""
    found = []
    for merchant, name in zip(stage.merchants, ("name:two-characters", "name:three-characters"), strict=True):
        recipient = inhabitant(stage.people.person((*ORDINARY, name)), PLACES[2])
        consignment = await merchant.creates_a_consignment(stage.courier_b, recipient, parcels=parcels(stage.rng, 3))
        found += [(consignment, await under_way(stage.courier_b, consignment, str(number))) for number in (1, 2, 3)]
    return found


async def under_way(courier: Courier, consignment: Consignment, parcel_no: str = "1") -> str:
    """The courier will pick the parcel up, and gives it a number."""
    waybill_no = courier.new_waybill()
    await courier.reports(consignment, waybill_no, [courier.happening("PICKUP_ASSIGNED")], parcel_no=parcel_no)
    return waybill_no


def inhabitant(person: Person, place: dict[str, str]) -> Person:
    """The person, living there."""
    return replace(person, address=replace(person.address, town=None, **place))


def smallest_group(stage: Trade) -> int:
    """The smallest number of shipments that may be shown as a group."""
    return max((int(entry.parameters["k"]) for entry in stage.plan.entries if "k" in entry.parameters), default=5)
