"""Treating alike: every courier does the same at the same time, so that one sees who is treated worse."""

from __future__ import annotations

from itertools import product
from typing import Final, TypeAlias

import anyio

from conformance.actors.comparing import PAGE, POLL
from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier, beijing
from conformance.actors.goods import parcels
from conformance.actors.merchant import Merchant
from conformance.actors.regions import REGIONS, Region, living_in
from conformance.actors.trade import Trade
from conformance.parties import Party
from conformance.records import JSON, Block
from conformance.scenario import CLOCK, QUIET, scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    Comparing,
    ConsignmentEntered,
    ConsignmentRead,
    EventsRead,
    EventsReported,
    FeedRead,
    PageAsked,
)

BLOCKS: Final = 200
"""Fixed before the run: who looks at the results and stops early misses what begins later (parity.md, section 2)."""
REQUESTS: Final = 12
"""How many a merchant sends in one block, and as many more as leave room for what it sent before."""
MINUTE: Final = 60.0
A_WATCH: Final = 25
"""Blocks until some hours are let go by, so that they go round the clock: nobody is treated worse by night either."""
WATCH: Final = 3 * 60 * MINUTE
CHECKED: Final = {"outcome": "verified"}
SIZES: Final = (1, 3)
"""Parcels of a consignment: half of the blocks have several."""
Turn: TypeAlias = tuple[Merchant, Region, int]
"""What the requests of a block have in common: who enters, where it goes, how many parcels."""
Unseen: TypeAlias = tuple[Merchant, Consignment, str]
"""An event that the merchant did not see at once, by its id."""


@scenario(
    shows={Comparing, PageAsked, ConsignmentEntered, FeedRead, ConsignmentRead, EventsReported, EventsRead, CONSIGNMENT, EVENT},
    alone_on={QUIET, CLOCK}, only_for={Comparing, PageAsked},
)
async def couriers_side_by_side(stage: Trade) -> None:
    """Again and again each courier is given a consignment, pulls it and reports on it, and the merchant looks; in changing order."""
    course = course_of(stage)
    unseen = await one_block(stage, *course[-1], None)
    strata = sorted({label for turn in course for label in stratum(*turn)})
    stage.act(Comparing(by=stage.nobody.party, data={"blocks": BLOCKS, "poll": round(POLL * 1e6), "strata": strata}))
    began: list[float] = []
    room = blocks_a_minute(stage)
    for index, turn in enumerate(course):
        if index and index % A_WATCH == 0 and stage.theatre.time.moves:
            await stage.sleep(WATCH)
        if index >= room:
            await stage.pause(began[index - room] + MINUTE - anyio.current_time())
        began.append(anyio.current_time())
        unseen += await one_block(stage, *turn, index)
        stage.goes(index + 1, BLOCKS)
    await stage.settle(longest=120)
    for merchant, consignment, event_id in unseen:
        await merchant.follows(consignment, event_id)
    await first_pages(stage)


def course_of(stage: Trade) -> list[Turn]:
    """Merchant, region and size of each block: every combination equally often, in changing order."""
    combinations = list(product(stage.merchants, REGIONS, SIZES))
    course: list[Turn] = []
    while len(course) < BLOCKS:
        course += stage.rng.sample(combinations, len(combinations))
    return course[:BLOCKS]


def stratum(merchant: Merchant, region: Region, size: int) -> tuple[str, ...]:
    """What the requests of a block have in common."""
    return f"merchant:{merchant.code}", f"region:{region.code}", f"parcels:{size}"


def blocks_a_minute(stage: Trade) -> int:
    """How many blocks may begin in any minute, so that nobody sends more than the platform allows (rule 4.1)."""
    return max(1, int(stage.theatre.limits.get("rate_per_minute") or 60) // REQUESTS)


async def one_block(stage: Trade, merchant: Merchant, region: Region, size: int, index: int | None) -> list[Unseen]:
    """The same once for each courier, in an order drawn anew.  Gives the events that the merchant has not seen yet."""
    unseen: list[Unseen] = []
    for courier in stage.rng.sample(stage.couriers, len(stage.couriers)):
        def block(measure: str, party: Party = courier.party) -> Block | None:
            return None if index is None else Block(measure, index, stratum(merchant, region, size), party)

        person = living_in(region, stage.people.person())
        consignment = await merchant.creates_a_consignment(courier, person, block=block("entry"), parcels=parcels(stage.rng, size))
        if "pull" in stage.theatre.capabilities:
            await courier.finds(consignment, block("feed"))
            await courier.reads(consignment, block=block("read"))
        event = courier.happening("PICKED_UP", location=whereabouts(region), real_name_check={**CHECKED, "checked_at": beijing(stage.now)})
        await courier.reports(consignment, courier.new_waybill(), [event], block=block("event_post"))
        if not await merchant.follows(consignment, str(event["event_id"]), block("visibility")):
            unseen.append((merchant, consignment, str(event["event_id"])))
    return unseen


def whereabouts(region: Region) -> dict[str, JSON]:
    """Where the courier has the parcel."""
    return {"region_code": region.code, "city": region.city, "facility": f"{region.district}集散中心"}


async def first_pages(stage: Trade) -> None:
    """Everybody has the same to read now: how much of it does one get at once?"""
    most = int(min(stage.theatre.limits.get("page_size_max", PAGE), PAGE))
    for limit in (most, None):
        for courier in stage.rng.sample(stage.couriers, len(stage.couriers)):
            await courier.asks_for_the_first_pages(limit)


KINDS: Final = (("phone:virtual",), ("phone:landline-extension",), ("name:middle-dot", "address:long"), ())
"""Recipients of the same parcel, by what is special about them."""


@scenario(shows={ConsignmentEntered, ConsignmentRead, CONSIGNMENT})
async def the_same_parcel_to_every_courier(stage: Trade) -> None:
    """Each merchant enters for every courier parcels that differ only in whom they go to; the couriers read them one by one as well."""
    entered: list[tuple[Courier, Consignment]] = []
    for traits in KINDS:
        for merchant in stage.merchants:
            for courier in stage.rng.sample(stage.couriers, len(stage.couriers)):
                entry = merchant.writes_out(courier, stage.people.person(traits), parcels=parcels(stage.rng, 2))
                entry["sender"] = {**entry["sender"], "company": f"青禾商行{len(entered)}号店"}
                entered.append((courier, await merchant.enters(courier, entry, features=frozenset(traits))))
    await stage.settle(longest=120)
    for courier, consignment in entered:
        if "pull" in stage.theatre.capabilities:
            await courier.reads(consignment)
