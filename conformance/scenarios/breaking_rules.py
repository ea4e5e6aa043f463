"""Breaking rules: merchants and couriers do what the interface forbids (rules 7.1, 7.5, 7.8, 8.1 to 8.5), and then look what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from conformance.actors.business import picked_up
from conformance.actors.courier import Courier
from conformance.actors.goods import heavy
from conformance.actors.journeys import SELF
from conformance.actors.merchant import Merchant
from conformance.actors.trade import Trade
from conformance.actors.wording import put
from conformance.records import JSON
from conformance.scenario import scenario
from conformance.scenarios.consigning import SHORT, merchant_of, plain, whose_turn
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    ConsignmentCancelled,
    ConsignmentEntered,
    ConsignmentRead,
    ConsignmentTried,
    EventsRead,
    EventsReported,
    EventsTried,
)

HOUR: Final = 3600 * 1_000_000


@scenario(shows={ConsignmentEntered, ConsignmentTried, ConsignmentCancelled, ConsignmentRead, EventsReported, CONSIGNMENT})
async def orders_against_the_rules(stage: Trade) -> None:
    """Merchants choose who or what is not there, number two parcels alike, and change or cancel too late."""
    for number in range(2):
        merchant, courier = whose_turn(stage, number)
        for place, said, code in against_the_rules(merchant):
            parcels = [heavy(parcel_no, 500) for parcel_no in ("1", "2")]
            entry = merchant.writes_out(courier, plain(stage), plain(stage), parcels=parcels)
            await merchant.tries_to_enter(courier, put(entry, place, said), why="forbidden", place=place, name=f"rule:{code}", code=code)
        await changes_too_late(stage, merchant, courier)
    await stage.settle(SHORT)


async def changes_too_late(stage: Trade, merchant: Merchant, courier: Courier) -> None:
    """What is cancelled is changed, what was picked up is cancelled and given to another courier, what was delivered is corrected."""
    other, late = next(one for one in stage.couriers if one is not courier), {"remarks": f"改得太晚 {merchant.mark(0)}"}
    dropped, moving = [await merchant.creates_a_consignment(courier, plain(stage), plain(stage)) for _ in range(2)]
    if "courier_change" in stage.theatre.capabilities:
        unnamed = {"courier_code": other.code}
        await merchant.tries_to_correct(moving, unnamed, why="forbidden", place="/service_product", code="required")
    await merchant.cancels(dropped)
    await merchant.tries_to_cancel(dropped, why="again")
    await merchant.tries_to_correct(dropped, late, why="forbidden", place="/remarks", code="state_conflict")
    await courier.reports(dropped, courier.new_waybill(), [courier.happening("PICKUP_ASSIGNED")])  # before it knew (rule 8.1)
    waybill = courier.new_waybill()
    await courier.reports(moving, waybill, [picked_up(stage, courier)])
    await merchant.tries_to_cancel(moving, why="forbidden", code="state_conflict")
    if "courier_change" in stage.theatre.capabilities:
        change = {"courier_code": other.code, "service_product": stage.product_of(other.code)}
        await merchant.tries_to_correct(moving, change, why="forbidden", place="/courier_code", code="state_conflict")
    unknown, known = ({"service_product": said} for said in ("by-carrier-pigeon", stage.other_product_of(courier.code)))
    if known["service_product"]:
        await merchant.tries_to_correct(moving, known, why="forbidden", place="/service_product", code="state_conflict")
    waiting = await merchant.creates_a_consignment(courier, plain(stage), plain(stage))
    await merchant.tries_to_correct(waiting, unknown, why="forbidden", place="/service_product", code="unknown_service_product")
    await courier.reports(moving, waybill, [courier.happening("DELIVERED", **SELF)])
    await merchant.tries_to_correct(moving, late, why="forbidden", place="/remarks", code="state_conflict")
    await stage.settle(SHORT)
    for consignment in (dropped, moving):
        await merchant.reads(consignment)


@scenario(shows={ConsignmentEntered, EventsReported, EventsTried, EventsRead, EVENT})
async def reports_against_the_rules(stage: Trade) -> None:
    """Couriers mix up parcels, numbers and events, report what has not happened yet, or leave out what must be said."""
    for number in range(len(stage.couriers)):
        merchant, courier = whose_turn(stage, number)
        parcels = [heavy(parcel_no, 500) for parcel_no in ("1", "2")]
        consignment = await merchant.creates_a_consignment(courier, plain(stage), plain(stage), parcels=parcels)
        waybill, first = courier.new_waybill(), picked_up(stage, courier)
        await courier.reports(consignment, waybill, [first])
        passing = [courier.happening("IN_TRANSIT") for _ in range(3)]
        for event, waybill_no, parcel_no, code in (
            (passing[0], courier.new_waybill(), "3", "unknown_reference"),
            (passing[1], courier.new_waybill(), "1", "waybill_conflict"),
            (passing[2], waybill, "2", "waybill_conflict"),
            ({**first, "description": "另有说明"}, waybill, "1", "event_id_reused"),
        ):
            await courier.tries_to_report(consignment, waybill_no, [event], why="forbidden", parcel_no=parcel_no, code=code)
        twin = courier.happening("IN_TRANSIT")
        twins = [twin, {**twin, "description": "另有说明"}]
        await courier.tries_to_report(consignment, waybill, twins, why="forbidden", code="event_id_reused")
        for events, code in said_wrongly(stage, courier):
            await courier.tries_to_report(consignment, waybill, events, why="forbidden", code=code)
        await stage.settle(SHORT)
        await merchant_of(stage, consignment).reads_events_of(consignment)


def against_the_rules(merchant: Merchant) -> Iterator[tuple[str, JSON, str]]:
    """Places of an entry of two parcels, what must not stand there, and what the refusal must say."""
    yield "/courier_code", "NOBODY-17", "unknown_courier"
    yield "/service_product", "by-carrier-pigeon", "unknown_service_product"
    yield "/parcels/1/parcel_no", "1", "duplicate"
    waybill = f"WB{merchant.mark(0)}".replace("-", "").upper()
    yield "/parcels", [{**heavy(parcel_no, 500), "waybill_no": waybill} for parcel_no in ("1", "2")], "duplicate"


def said_wrongly(stage: Trade, courier: Courier) -> Iterator[tuple[list[dict[str, JSON]], str]]:
    """Batches of events that cannot be taken as they are, and what the refusal must say; the last has a good event in it, too."""
    refused: dict[str, JSON] = {"real_name_check": {"outcome": "refused", "checked_at": "2025-03-02T09:30:00+08:00"}}
    yield [courier.happening("PICKED_UP", **refused)], "real_name_refused"
    yield [courier.happening("DELIVERED")], "required"
    yield [courier.happening("DELIVERED", sign_off={"manner": "proxy"})], "consent_ref_missing"
    yield [courier.happening("RETRACTED")], "required"
    yield [courier.happening("IN_TRANSIT", location={"region_code": "330106", "city": " \u3000"})], "placeholder"
    yield [courier.happening("IN_TRANSIT", at=stage.now + HOUR)], "in_future"
    yield [courier.happening("ARRIVED_HUB"), courier.happening("DEPARTED_HUB", at=stage.now + HOUR)], "in_future"
