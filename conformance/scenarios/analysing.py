"""Analysing: the analyst reads the data set, again and again."""

from __future__ import annotations

from dataclasses import replace

from conformance.actors.trade import Trade
from conformance.people import Person
from conformance.scenario import scenario
from conformance.vocabulary import ANALYTICS, AnalyticsRead, ConsignmentCorrected, ConsignmentEntered, CourierChanged

PLACES = (
    {"region_code": "632701", "province": "青海省", "city": "玉树藏族自治州", "district": "玉树市", "postal_code": "815000"},
    {"region_code": "623001", "province": "甘肃省", "city": "甘南藏族自治州", "district": "合作市", "postal_code": "747000"},
    {"region_code": "632621", "province": "青海省", "city": "果洛藏族自治州", "district": "玛沁县", "postal_code": "814000"},
)
"""Regions to which nobody else sends anything."""
ORDINARY = ("phone:mobile", "address:unit-room")


@scenario(shows={ConsignmentEntered, ConsignmentCorrected, CourierChanged, AnalyticsRead, ANALYTICS}, requires={"analytics"})
async def the_data_set_is_read_twice(stage: Trade) -> None:
    """Parcels go to a place in just sufficient number, to another in one fewer, to a third in two; then the analyst reads, twice."""
    enough = smallest_group(stage)
    last = None
    for place, many in zip(PLACES, (enough + 1, enough - 1, 2), strict=True):
        for number in range(many):
            recipient = inhabitant(stage.people.person(ORDINARY), place)
            last = await stage.merchants[number % 2].creates_a_consignment(stage.courier_a, recipient)
    if last is not None and "courier_change" in stage.theatre.capabilities:
        await stage.merchant_2.corrects(last, recipient=inhabitant(stage.people.person(ORDINARY), PLACES[2]).contact())
        await stage.merchant_2.changes_courier(last, stage.courier_b)
    await stage.settle()
    await stage.analyst.reads_the_data_set()
    await stage.sleep(1)
    await stage.analyst.reads_the_data_set()


def inhabitant(person: Person, place: dict[str, str]) -> Person:
    """The person, living there."""
    return replace(person, address=replace(person.address, town=None, **place))


def smallest_group(stage: Trade) -> int:
    """The smallest number of shipments that may be shown as a group."""
    return max((int(entry.parameters["k"]) for entry in stage.plan.entries if "k" in entry.parameters), default=5)
