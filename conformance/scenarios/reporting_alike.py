"""Reporting alike: every courier reports the same, under waybill numbers of every form."""

from __future__ import annotations

from typing import Final

from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier, beijing
from conformance.actors.goods import parcels
from conformance.actors.merchant import Merchant
from conformance.actors.trade import Trade
from conformance.records import JSON
from conformance.scenario import scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    TRACKING,
    ConsignmentEntered,
    ConsignmentRead,
    EventsRead,
    EventsReported,
    TrackingLooked,
)

DAY: Final = 24 * 3600 * 1_000_000
GIVEN_AT_ENTRY: Final = ("capitals", "long", "leading-zeros")
"""Forms of numbers that merchants bring along."""


@scenario(
    shows={ConsignmentEntered, ConsignmentRead, EventsReported, EventsRead, TrackingLooked, CONSIGNMENT, EVENT, TRACKING},
    only_for={ConsignmentRead, EventsReported, EventsRead, TrackingLooked, EVENT, TRACKING},
)
async def the_same_reports_by_everybody(stage: Trade) -> None:
    """Every courier reports plain and strange things, late things and many at once; merchants and the public look."""
    waybills: list[tuple[Merchant, Consignment, str]] = []
    for courier in stage.couriers:
        for number, merchant in enumerate(stage.merchants):
            consignment = await merchant.creates_a_consignment(courier)
            waybill = courier.new_waybill()
            for case, events in reports_of(stage, courier):
                await courier.reports(consignment, waybill, events, features=frozenset({f"case:{case}"}))
            waybills.append((merchant, consignment, waybill))
            for form, written in forms(stage, courier, number):
                waybills.append((merchant, await parcel_under(stage, merchant, courier, form, written), written))
    await stage.settle(longest=120)
    for merchant, consignment, waybill in waybills:
        await merchant.reads_events_of(consignment)
        await merchant.reads(consignment)
        if "public_tracking" in stage.theatre.capabilities:
            await stage.consumer.looks_up(waybill, consignment.subject)


def reports_of(stage: Trade, courier: Courier) -> list[tuple[str, list[JSON]]]:
    """Batches that the interface allows, each under a name."""
    now = stage.now
    checked = {"outcome": "verified", "checked_at": beijing(now - DAY)}
    shelved = courier.happening("STALLED", exception_reason="weather")
    return [
        ("least", [courier.happening("ARRIVED_HUB", description=None)]),
        ("collected", [courier.happening("PICKED_UP", at=now - DAY, real_name_check=checked)]),
        ("late", [courier.happening("DEPARTED_HUB", at=now - 3 * DAY)]),
        ("unknown-code", [courier.happening("DRONE_LANDED")]),
        ("unknown-reason", [courier.happening("DELIVERY_FAILED", exception_reason="elephants_on_the_road")]),
        ("many", [courier.happening("IN_TRANSIT", at=now - minute * 60_000_000) for minute in range(10)]),
        ("exception", [shelved]),
        ("retraction", [courier.happening("RETRACTED", retracts=shelved["event_id"])]),
        ("backwards", [courier.happening("OUT_FOR_DELIVERY"), courier.happening("ARRIVED_HUB")]),
    ]


def forms(stage: Trade, courier: Courier, number: int) -> list[tuple[str, str]]:
    """Waybill numbers as couriers write them: 8 to 35 letters and digits, of which nobody may change any."""
    serial = stage.theatre.count("form")
    run = int(stage.plan.nonce[:6], 16) if all(letter in "0123456789abcdef" for letter in stage.plan.nonce[:6]) else serial
    digits = f"{run % 10**8:08}{serial:03}"
    return [
        ("digits", f"77{digits}"), ("leading-zeros", f"00{digits}"), ("without-the-zeros", digits), ("capitals", f"SF{digits}"),
        ("small-letters", f"sf{digits}"), ("mixed", f"Jd{digits}v{number}Ka"), ("short", f"{run % 16**5:05x}{serial:03}"),
        ("long", f"YT{digits}".ljust(35, "9")),
    ]


async def parcel_under(stage: Trade, merchant: Merchant, courier: Courier, form: str, written: str) -> Consignment:
    """A consignment of one parcel under that number, which the merchant gives with the entry or the courier with its first report."""
    feature = frozenset({f"waybill:{form}"})
    given = {"waybill_no": written} if form in GIVEN_AT_ENTRY else {}
    consignment = await merchant.creates_a_consignment(courier, features=feature, parcels=[{**parcels(stage.rng, 1)[0], **given}])
    await courier.reports(consignment, written, [courier.happening("ARRIVED_HUB")], features=feature)
    return consignment
