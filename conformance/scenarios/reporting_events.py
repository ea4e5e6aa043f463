"""Reporting events: couriers tell what happens to the parcels; merchants and the public follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier
from conformance.actors.goods import heavy
from conformance.actors.journeys import JOURNEYS, SELF, Journey, Step, time_written
from conformance.actors.trade import Trade
from conformance.actors.wording import text
from conformance.guise import unmarked
from conformance.records import JSON
from conformance.scenario import Shows, scenario
from conformance.scenarios.consigning import SHORT, merchant_of, plain, read_by_all, whose_turn
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

AGO: Final = 16 * 3600 * 1_000_000
"""How long ago the journeys began, in µs: all that is reported has happened, and little of it a day ago."""
MINUTE: Final = 60_000_000
A_WHILE: Final = 2.5 * 3600
"""Seconds after which nobody expects a repetition."""
FOLLOWED: Final[set[Shows]] = {
    ConsignmentEntered, EventsReported, EventsRead, TrackingLooked, CONSIGNMENT, EVENT, TRACKING,
}
HAPPENINGS: Final[set[Shows]] = {EventsReported, EventsRead, TrackingLooked, EVENT, TRACKING}


@dataclass
class Trip:
    """A parcel on its way: what of its story was told so far, and where the merchant's reading ended.

    It began at `start` (trade time); the courier calls its events `<prefix>.<place>`.
    """

    consignment: Consignment
    courier: Courier
    waybill: str
    journey: Journey
    parcel_no: str
    prefix: str
    start: int
    told: list[dict[str, JSON]] = field(default_factory=list)
    resume: str | None = None


@scenario(shows={*FOLLOWED, ConsignmentRead}, only_for={*HAPPENINGS, ConsignmentRead})
async def the_journeys_of_parcels(stage: Trade) -> None:
    """Everything that may happen to a parcel, twice; when all have read, what comes late, is retracted, or goes on; sign-offs
    are read again and again."""
    trips = [await sets_out(stage, number, name) for number, name in enumerate([*JOURNEYS] * 2)]
    for trip in trips:
        for batch in trip.journey.first:
            await goes_on(stage, trip, batch)
    await stage.settle(SHORT)
    for trip in trips:
        await is_followed(stage, trip)
    for trip in trips:
        for batch in trip.journey.later:
            await goes_on(stage, trip, batch)
    await stage.settle(SHORT)
    for trip in trips:
        await merchant_of(stage, trip.consignment).reads_events_of(trip.consignment, cursor=trip.resume)
        await is_followed(stage, trip)
    for trip in trips[: len(JOURNEYS)]:
        await read_by_all(stage, trip.consignment)
        await trip.courier.reads_events_of(trip.consignment)
    for trip in trips:
        for _ in range(3 if any("sign_off" in event for event in trip.told) else 0):
            await merchant_of(stage, trip.consignment).reads_events_of(trip.consignment)


@scenario(shows=FOLLOWED, only_for=HAPPENINGS)
async def couriers_that_repeat_themselves(stage: Trade) -> None:
    """A batch comes twice, then once more with something new in it, and again when the merchant has read, and hours later; and an event
    comes twice in one batch."""
    trips = [await sets_out(stage, number, "journey:ordinary") for number in range(4)]
    for trip in trips:
        first, second, third, last = trip.journey.first
        await goes_on(stage, trip, first)
        await goes_on(stage, trip, second)
        await repeats(stage, trip, trip.told[-2:])
        await repeats(stage, trip, [*trip.told[-1:], *events_of(stage, trip, third)])
        await goes_on(stage, trip, last)
        await repeats(stage, trip, trip.told[-1:])
        late = events_of(stage, trip, [Step("IN_TRANSIT", 95)])
        await repeats(stage, trip, [*late, *late])
    await stage.settle(SHORT)
    for pause in (0, A_WHILE):
        await stage.sleep(pause)
        for trip in trips:
            await is_followed(stage, trip)
            await repeats(stage, trip, [trip.told[0], trip.told[-1]])
        await stage.settle(SHORT)
        for trip in trips:
            await is_followed(stage, trip)


@scenario(shows={*FOLLOWED, ConsignmentRead})
async def consignments_of_several_parcels(stage: Trade) -> None:
    """Three parcels of one consignment travel on waybills of their own, and arrive one after the other."""
    trips: list[Trip] = []
    for number in range(4):
        merchant, courier = whose_turn(stage, number)
        parcels = [heavy(parcel_no, 500 * int(parcel_no)) for parcel_no in ("1", "2", "3")]
        consignment = await merchant.creates_a_consignment(courier, plain(stage), plain(stage), parcels=parcels)
        trips += [trip_of(stage, consignment, courier, "journey:ordinary", parcel_no) for parcel_no in ("1", "2", "3")]
    for reached in range(3):
        for trip in trips:
            if int(trip.parcel_no) > reached:
                await goes_on(stage, trip, trip.journey.first[reached])
    await stage.settle(SHORT)
    for trip in trips:
        await is_followed(stage, trip, limit=2)
    for trip in trips[::3]:
        await goes_on(stage, trip, [Step("DELIVERED", 660, SELF)])
    await stage.settle(SHORT)
    for trip in trips[::3]:
        await read_by_all(stage, trip.consignment)


@scenario(shows=FOLLOWED, only_for=HAPPENINGS)
async def two_couriers_with_the_same_event_ids(stage: Trade) -> None:
    """Two couriers call events on parcels of one merchant by the same names: each names its own events."""
    trips: list[Trip] = []
    for number, merchant in enumerate(stage.merchants):
        for courier in (stage.courier_a, stage.courier_b):
            consignment = await merchant.creates_a_consignment(courier, plain(stage), plain(stage), features=frozenset({"event-id:shared"}))
            trip = trip_of(stage, consignment, courier, "journey:ordinary")
            trip.prefix = unmarked(stage.plan.nonce, "same", number)
            trips.append(trip)
    for trip in trips:
        await goes_on(stage, trip, [*trip.journey.first[0], *trip.journey.first[1]])
    await stage.settle(SHORT)
    for trip in trips:
        await is_followed(stage, trip)


@scenario(shows=FOLLOWED, only_for=HAPPENINGS)
async def numbers_that_are_used_again(stage: Trade) -> None:
    """A parcel arrives, and its number is given to the next one; then something comes late of the first, and both go on being followed."""
    for number in range(4):
        first, second = [await sets_out(stage, number, "journey:ordinary") for _ in range(2)]
        for batch in first.journey.first:
            await goes_on(stage, first, batch)
        second.waybill = first.waybill
        await goes_on(stage, second, second.journey.first[0])
        foreign = first.courier.happening("RETRACTED", at=first.start, retracts=f"{first.prefix}.0")  # of another waybill: nothing ends
        other = await sets_out(stage, number, "journey:ordinary")
        other.told.append(foreign)
        await other.courier.reports(other.consignment, other.waybill, [foreign])
        late = first.courier.happening("IN_TRANSIT", at=first.start)
        await first.courier.reports(first.consignment, first.waybill, [late])
        await stage.settle(SHORT)
        await merchant_of(stage, first.consignment).reads_events_of(first.consignment)
        await is_followed(stage, second)
        await is_followed(stage, other)


def trip_of(stage: Trade, consignment: Consignment, courier: Courier, name: str, parcel_no: str = "1") -> Trip:
    """A parcel of the consignment, about to travel on a waybill of its own."""
    waybill = courier.new_waybill()
    return Trip(consignment, courier, waybill, JOURNEYS[name], parcel_no, prefix=waybill, start=(stage.now - AGO) // MINUTE * MINUTE)


async def sets_out(stage: Trade, number: int, name: str) -> Trip:
    """A consignment of one parcel, with the feature of its journey."""
    merchant, courier = whose_turn(stage, number)
    consignment = await merchant.creates_a_consignment(courier, plain(stage), plain(stage), features=frozenset({name}))
    return trip_of(stage, consignment, courier, name)


async def goes_on(stage: Trade, trip: Trip, batch: Sequence[Step]) -> None:
    """The courier reports the next batch."""
    events = events_of(stage, trip, batch)
    trip.told += events
    await trip.courier.reports(trip.consignment, trip.waybill, events, parcel_no=trip.parcel_no)


async def repeats(stage: Trade, trip: Trip, events: Sequence[dict[str, JSON]]) -> None:
    """The courier reports what it has reported before, perhaps with something new."""
    trip.told += [event for event in events if event not in trip.told]
    await trip.courier.reports(trip.consignment, trip.waybill, events, parcel_no=trip.parcel_no, features=frozenset({"report:repeated"}))


async def is_followed(stage: Trade, trip: Trip, *, limit: int | None = None) -> None:
    """The merchant reads all events of the consignment, and somebody looks the waybill up."""
    merchant = merchant_of(stage, trip.consignment)
    await merchant.reads_events_of(trip.consignment, limit=limit)
    trip.resume = merchant.resume
    if "public_tracking" in stage.theatre.capabilities:
        await stage.consumer.looks_up(trip.waybill, trip.consignment.subject)


def events_of(stage: Trade, trip: Trip, batch: Sequence[Step]) -> list[dict[str, JSON]]:
    """The next steps as the courier writes them."""
    written: list[dict[str, JSON]] = []
    for place, step in enumerate(batch, len(trip.told)):
        at, more = trip.start + step.minute * MINUTE, dict(step.more)
        if "written" in more:
            more["occurred_at"] = time_written(at, str(more.pop("written")))
        if "ahead" in more:
            at = stage.now + int(more.pop("ahead")) * 1_000_000
        if "text" in more:
            said = text(str(more.pop("text")), trip.waybill[-6:])
            more |= {"description": said, "location": {"region_code": "330106", "city": "杭州市", "facility": said}}
        if "retracts" in more:
            more["retracts"] = f"{trip.prefix}.{str(more['retracts'])[1:]}"
        written.append(trip.courier.happening(step.code, at=at, event_id=f"{trip.prefix}.{place}", **more))
    return written
