"""Looking on: strangers look parcels up on the public page, and numbers that nobody gave out."""

from __future__ import annotations

from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier
from conformance.actors.trade import Trade
from conformance.people import Person
from conformance.scenario import scenario
from conformance.vocabulary import (
    TRACKING,
    ConsignmentCorrected,
    ConsignmentEntered,
    CourierChanged,
    EventsReported,
    TrackingLooked,
)

CHECKED = {"outcome": "verified"}
FOREIGN = ("SF1630284759013", "YT8847201639475", "77512903847561", "EA123456785CN")
"""Waybill numbers as other couriers write them."""
UNREADABLE = ("ZX12345", "HL--2024--0001", "9" * 60)


@scenario(
    shows={ConsignmentEntered, ConsignmentCorrected, CourierChanged, EventsReported, TrackingLooked, TRACKING},
    requires={"public_tracking"},
)
async def parcels_of_all_sorts_of_people_are_looked_up(stage: Trade) -> None:
    """Parcels between all sorts of people are looked up by strangers under way, after a correction, and at the door."""
    crowd = stage.people.edge_people()
    parcels = []
    for number, (recipient, sender) in enumerate(zip(crowd, reversed(crowd[len(crowd) // 2 :]), strict=False)):
        courier, merchant = stage.couriers[number % 3], stage.merchants[number % 2]
        consignment = await merchant.creates_a_consignment(courier, recipient, sender, remarks=f"收件人{recipient.name}，先打电话")
        waybill_no = courier.new_waybill()
        await courier.reports(consignment, waybill_no, [picked_up(courier, stage, recipient)])
        parcels.append((consignment, courier, waybill_no, recipient))
    await handed_to_another(stage)
    await stage.settle()
    for consignment, _, waybill_no, _ in parcels:
        await stage.consumer.looks_up(waybill_no, consignment.subject)
    for number, (consignment, courier, waybill_no, recipient) in enumerate(parcels[::2]):
        if number % 3 == 0:
            await change_of_mind(stage, consignment)
        await courier.reports(consignment, waybill_no, [nearly_there(courier, recipient, number)])
    await stage.settle()
    for number, (consignment, _, waybill_no, _) in enumerate(parcels[::2]):
        onlooker = (stage.nobody, stage.third_party, stage.analyst)[number % 3]
        await onlooker.looks_up(waybill_no, consignment.subject, signed_in=True)


def picked_up(courier: Courier, stage: Trade, recipient: Person) -> dict[str, object]:
    """A pick-up as chatty couriers report it."""
    check = {**CHECKED, "checked_at": courier.happening("PICKED_UP")["occurred_at"]}
    return courier.happening("PICKED_UP", description=f"已揽收，寄往{recipient.name} {recipient.phone.number}", real_name_check=check)


def nearly_there(courier: Courier, recipient: Person, number: int) -> dict[str, object]:
    """The last steps of a delivery as chatty couriers report them: under way, at the locker, at the door."""
    if number % 3 == 1:
        return courier.happening("AT_PICKUP_POINT", description=f"已入柜，请{recipient.name}凭取件码领取")
    if number % 3 == 2:
        return courier.happening("DELIVERED", description=f"{recipient.name}本人签收", sign_off={"manner": "self"})
    return courier.happening("OUT_FOR_DELIVERY", description=f"正在派往{recipient.address.detail}，电话{recipient.phone.number}")


async def handed_to_another(stage: Trade) -> None:
    """A parcel goes with another courier than was first chosen."""
    consignment = await stage.merchant_1.creates_a_consignment(stage.courier_a)
    if "courier_change" in stage.theatre.capabilities:
        await stage.merchant_1.changes_courier(consignment, stage.courier_b)
    courier = next(one for one in stage.couriers if one.party == consignment.courier)
    await courier.reports(consignment, courier.new_waybill(), [picked_up(courier, stage, stage.people.person())])


async def change_of_mind(stage: Trade, consignment: Consignment) -> None:
    """The parcel is to go to somebody else."""
    merchant = stage.merchant_1 if consignment.merchant == stage.merchant_1.party else stage.merchant_2
    await merchant.corrects(consignment, recipient=stage.people.person().contact())


@scenario(shows={ConsignmentEntered, EventsReported, TrackingLooked, TRACKING}, requires={"public_tracking"})
async def numbers_that_nobody_gave_out_are_looked_up(stage: Trade) -> None:
    """Somebody tries waybill numbers: neighbours of a real one, other couriers', unused ones, unreadable ones; each twice."""
    consignment = await stage.merchant_1.creates_a_consignment(stage.courier_a)
    real = stage.courier_a.new_waybill()
    await stage.courier_a.reports(consignment, real, [picked_up(stage.courier_a, stage, stage.people.person())])
    await stage.settle()
    await stage.consumer.looks_up(real, consignment.subject)
    unused = [stage.courier_b.new_waybill() for _ in range(2)]
    neighbours = [real[:-1] + ("X" if real[-1] != "X" else "Y"), real + "0", real[:-1]]
    coded = [f"{courier.code.replace('-', '')}2026000{number}" for number, courier in enumerate(stage.couriers)]
    for _ in range(2):
        for number in (*neighbours, *unused, *coded, *FOREIGN, *UNREADABLE):
            await stage.consumer.looks_up(number)
