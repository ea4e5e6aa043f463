"""Entering wrongly: what merchants and couriers enter though it is too long, unknown, blank, or nobody's business; and its twins, which
look like it and are in order."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

from conformance.actors import identity
from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier
from conformance.actors.goods import things
from conformance.actors.journeys import AGREED, SELF, VERIFIED
from conformance.actors.merchant import Merchant
from conformance.actors.trade import Trade
from conformance.actors.wording import most, of_length, put
from conformance.records import JSON
from conformance.scenario import scenario
from conformance.scenarios.consigning import HANDED_OVER, SHORT, merchant_of, plain, read_by_all, whose_turn
from conformance.specification import specification
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    TRACKING,
    ConsignmentEntered,
    ConsignmentTried,
    EventsRead,
    EventsReported,
    EventsTried,
    TrackingLooked,
)

TEXTS: Final = (
    "/recipient/name", "/sender/name", "/recipient/address/detail", "/sender/address/detail", "/recipient/company", "/items/0/name",
    "/remarks",
)
UNLISTED: Final = ("/gift_message", "/recipient/nickname", "/items/0/colour", "/parcels/0/box", "/recipient/address/landmark")
IDENTITY_FIELDS: Final = ("/id_number", "/recipient/id_card_no", "/sender/identity_number")
IDENTITY_TEXTS: Final = (
    "/remarks", "/recipient/name", "/recipient/address/detail", "/recipient/company", "/recipient/address/town", "/items/1/name",
)
EVENT_TEXTS: Final = ("/description", "/location/facility", "/location/city", "/exception_reason")
NECESSARY: Final = ("/recipient/name", "/sender/name", "/recipient/address/detail", "/sender/address/detail")
PHONES: Final = ("/recipient/phone/number", "/sender/phone/number")
NOTHINGS: Final = ("", "   ", "\u3000", "无", "未知", "不详", "***", "test", "测试", "ＴＥＳＴ", " 未知 ")
NO_GOODS: Final = ("/items/1/name", ("无", "***", "　", "test"))
"""Of the second of two things."""
NO_NUMBERS: Final = ("", "无", "***", "test")
HOUR: Final = 3600 * 1_000_000
SOUNDING_ALIKE: Final = (
    ("/recipient/name", "无锡小笼包店"), ("/recipient/name", "Testa Rossi"), ("/recipient/name", "吴未知"),
    ("/recipient/address/detail", "测试路5号无名大厦2号楼301室"), ("/items/0/name", "测试仪"), ("/remarks", "无"),
)


@scenario(shows={*HANDED_OVER, ConsignmentTried})
async def texts_that_fill_a_field_and_more(stage: Trade) -> None:
    """Each text at its greatest length, then one character longer, and much longer; and fields that nobody knows."""
    entered: list[Consignment] = []
    for number, (place, longest) in enumerate(limits(stage)):
        merchant, courier = whose_turn(stage, number)
        mark = merchant.mark(number).replace("-", "")
        features = frozenset({"length:brim", f"at:{place}"})
        full = put(written_out(stage, merchant, courier), place, of_length(longest, mark))
        entered.append(await merchant.enters(courier, full, features=features))
        for length, name in ((longest + 1, "length:one-more"), (3 * longest, "length:much-more")):
            entry = put(written_out(stage, merchant, courier), place, of_length(length, mark))
            await merchant.tries_to_enter(courier, entry, why="beyond", place=place, name=name)
    for number, place in enumerate(UNLISTED):
        merchant, courier = whose_turn(stage, number)
        await merchant.tries_to_enter(courier, put(written_out(stage, merchant, courier), place, "红色"), why="unlisted", place=place)
    await stage.settle(SHORT)
    for consignment in entered:
        await read_by_all(stage, consignment)
    await merchant_of(stage, entered[0]).corrects(entered[0], remarks="短一点")
    await stage.settle(SHORT)


@scenario(shows={ConsignmentEntered, ConsignmentTried, CONSIGNMENT})
async def identity_numbers_in_orders(stage: Trade) -> None:
    """Merchants add identity numbers, in fields and in texts; and numbers that only look like one."""
    cases = [*((place, "{}") for place in IDENTITY_FIELDS), *((place, "张三 {} 收") for place in IDENTITY_TEXTS)]
    for number, (place, template) in enumerate(cases * 2):
        merchant, courier = whose_turn(stage, number)
        entry = of_two_sorts(stage, merchant, courier)
        shown = template.format(identity.number(stage.rng))
        await merchant.tries_to_enter(courier, put(entry, place, shown), why="identity", place=place)
    for number, place in enumerate(("/remarks", "/recipient/name", "/recipient/id_number") * 2):
        merchant, courier = whose_turn(stage, number)
        small = put(written_out(stage, merchant, courier), "/remarks", f"证件 {identity.with_small_x(stage.rng)}")
        await merchant.tries_to_enter(courier, small, why="identity", place="/remarks", name="identity:small-x")
        wide = put(written_out(stage, merchant, courier), "/remarks", f"证件{identity.full_width(stage.rng)}")
        await merchant.tries_to_enter(courier, wide, why="identity", place="/remarks", name="identity:full-width")
        consignment = await merchant.creates_a_consignment(courier, plain(stage), plain(stage))
        change = put({"recipient": plain(stage).contact(), "remarks": "更正"}, place, identity.number(stage.rng))
        await merchant.tries_to_correct(consignment, change, why="identity", place=place)
    for number, said in enumerate(other_numbers(stage.rng)):
        merchant, courier = whose_turn(stage, number)
        entry = put(written_out(stage, merchant, courier), "/remarks", f"订单 {said} 请核对")
        await merchant.enters(courier, entry, features=frozenset({"twin:identity"}))
    await stage.settle(SHORT)


def other_numbers(rng: Random) -> list[str]:
    """What only looks like an identity number."""
    beside = [f"A{identity.number(rng)}7", f"9{identity.number(rng)}"]
    return [identity.near_miss(rng), *beside, *(make(rng) for make in (identity.no_date, identity.no_province) for _ in range(2))]


@scenario(shows={ConsignmentEntered, ConsignmentTried, CONSIGNMENT})
async def blanks_and_placeholders(stage: Trade) -> None:
    """Merchants leave out who, where and how to reach them, or write that they do not know; and names that only sound like that."""
    cases = [*((place, said) for said in NOTHINGS for place in NECESSARY), *((place, said) for said in NO_NUMBERS for place in PHONES)]
    for number, (place, said) in enumerate(cases):
        merchant, courier = whose_turn(stage, number)
        entry = put(written_out(stage, merchant, courier), place, said)
        await merchant.tries_to_enter(courier, entry, why="blank", place=place, name=f"said:{said.strip() or 'blank'}")
    for number, said in enumerate(NO_GOODS[1]):
        merchant, courier = whose_turn(stage, number)
        entry = put(of_two_sorts(stage, merchant, courier), NO_GOODS[0], said)
        await merchant.tries_to_enter(courier, entry, why="blank", place=NO_GOODS[0], name=f"said:{said.strip() or 'blank'}")
        for place, other in (("/recipient/name", said), ("/recipient/address/detail", said), ("/recipient/phone/number", "无")):
            consignment = await merchant.creates_a_consignment(courier, plain(stage), plain(stage))
            change = put({"recipient": plain(stage).contact()}, place, other)
            await merchant.tries_to_correct(consignment, change, why="blank", place=place)
    for number, (place, said) in enumerate(SOUNDING_ALIKE):
        merchant, courier = whose_turn(stage, number)
        entry = put(written_out(stage, merchant, courier), place, said)
        await merchant.enters(courier, entry, features=frozenset({"twin:blank"}))
    await stage.settle(SHORT)


@scenario(shows={ConsignmentEntered, EventsReported, EventsTried, EventsRead, TrackingLooked, EVENT, TRACKING})
async def identity_numbers_in_events(stage: Trade) -> None:
    """Couriers collect parcels with and without a real-name check, and some add the identity number that they saw."""
    collected: list[tuple[Consignment, Courier, str]] = []
    for number in range(4):
        merchant, courier = whose_turn(stage, number)
        consignment = await merchant.creates_a_consignment(courier, plain(stage), plain(stage))
        waybill = courier.new_waybill()
        await courier.tries_to_report(consignment, waybill, [courier.happening("PICKED_UP")], why="unchecked")
        for place, (event, seen) in enumerate(telling_too_much(stage, courier)):
            before = [] if place else [courier.happening("IN_TRANSIT")]
            await courier.tries_to_report(consignment, waybill, [*before, event], why="identity", number=seen)
        await courier.reports(consignment, waybill, [courier.happening("PICKED_UP", at=stage.now - HOUR, **(VERIFIED, AGREED)[number % 2])])
        await courier.reports(consignment, waybill, [courier.happening("OUT_FOR_DELIVERY")])
        collected.append((consignment, courier, waybill))
    await stage.settle(SHORT)
    for consignment, _, waybill in collected:
        await merchant_of(stage, consignment).reads_events_of(consignment)
        if "public_tracking" in stage.theatre.capabilities:
            await stage.consumer.looks_up(waybill, consignment.subject)


def telling_too_much(stage: Trade, courier: Courier) -> Iterator[tuple[dict[str, JSON], str]]:
    """Events with an identity number in a text, in the place, in a field of its own, in the check; each with the number."""
    for place in (*EVENT_TEXTS, "/id_number", "/real_name_check/id_number", "/sign_off/id_card"):
        seen = identity.number(stage.rng)
        event = courier.happening("ARRIVED_HUB", at=None, **VERIFIED, **SELF)
        yield put(event, place, f"已核验 {seen}" if place in EVENT_TEXTS else seen), seen


def written_out(stage: Trade, merchant: Merchant, courier: Courier) -> dict[str, JSON]:
    """An ordinary entry."""
    return merchant.writes_out(courier, plain(stage), plain(stage))


def of_two_sorts(stage: Trade, merchant: Merchant, courier: Courier) -> dict[str, JSON]:
    """An ordinary entry of two different things."""
    return merchant.writes_out(courier, plain(stage), plain(stage), items=things(stage.rng, 2))


def limits(stage: Trade) -> Iterator[tuple[str, int]]:
    """Places of texts, and how many characters the specification allows there."""
    shape = specification(stage.plan.role).operations["createConsignment"].request
    return ((place, most(shape, place)) for place in TEXTS)
