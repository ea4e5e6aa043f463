"""Consigning: merchants hand consignments to couriers, and change their minds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier, beijing
from conformance.actors.goods import ASSORTMENT
from conformance.actors.merchant import Merchant
from conformance.actors.trade import Trade
from conformance.actors.wording import TEXTS, text
from conformance.people import Person
from conformance.records import JSON
from conformance.scenario import Shows, scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    ConsignmentCancelled,
    ConsignmentCorrected,
    ConsignmentEntered,
    ConsignmentRead,
    FeedRead,
)

SHORT: Final = 600.0
"""Seconds: what data must do is due by then; what notices must is due later."""
PLAIN: Final = ("name:three-characters", "phone:mobile", "region:ordinary", "address:unit-room")
RUSH: Final = 8
"""Consignments that each merchant enters at once for each courier."""
SMALL_PAGE: Final = 7
LONGEST_ORDER_NO: Final = 64
EXPIRY: Final = 15 * 24 * 3600 * 1_000_000
"""How long a virtual number lasts that a merchant enters, in µs."""
HANDED_OVER: Final[set[Shows]] = {ConsignmentEntered, ConsignmentCorrected, ConsignmentRead, CONSIGNMENT}


@scenario(shows={*HANDED_OVER})
async def parcels_for_all_sorts_of_people(stage: Trade) -> None:
    """Each kind of name, phone and address once as recipient and once as sender, shared out among merchants and couriers."""
    entered: list[Consignment] = []
    pairs = zip(stage.people.edge_people(), reversed(stage.people.edge_people()), strict=True)
    for number, (recipient, sender) in enumerate(pairs):
        features = frozenset(f"sender-{feature}" for feature in sender.features)
        merchant, courier = whose_turn(stage, number)
        entered.append(await merchant.creates_a_consignment(courier, recipient, sender, features=features))
    await stage.settle(SHORT)
    for consignment in entered[::5]:
        await read_by_all(stage, consignment)
    for consignment in entered[::7]:
        await merchant_of(stage, consignment).corrects(consignment, recipient=plain(stage).contact())
    await stage.settle(SHORT)


@scenario(shows={*HANDED_OVER})
async def all_that_merchants_write(stage: Trade) -> None:
    """Each kind of free text as remarks, company and name of goods."""
    entered: list[Consignment] = []
    for number, kind in enumerate(TEXTS):
        merchant, courier = whose_turn(stage, number)
        mark = merchant.mark(number)
        entry = merchant.writes_out(courier, plain(stage), plain(stage), remarks=text(kind, mark))
        entry["recipient"] = {**entry["recipient"], "company": text(kind, mark)}
        entry["items"] = [{**entry["items"][0], "name": text(kind, mark)}, *entry["items"][1:]]
        entered.append(await merchant.enters(courier, entry, features=frozenset({f"text:{kind}"})))
    await stage.settle(SHORT)
    for consignment in entered[::5]:
        await read_by_all(stage, consignment)
    for consignment in entered[::9]:
        await merchant_of(stage, consignment).corrects(consignment, remarks="改到周末送")
    await stage.settle(SHORT)


@scenario(shows={*HANDED_OVER})
async def goods_of_all_sorts(stage: Trade) -> None:
    """One parcel or fifty, one item or a hundred, every way to pay, amounts from nothing to more than 32 bits hold."""
    entered: list[Consignment] = []
    for number, (name, parts) in enumerate([*ASSORTMENT.items()] * 2):
        merchant, courier = whose_turn(stage, number)
        entry = merchant.writes_out(courier, plain(stage), plain(stage), **parts)
        numbering = courier.dressed("plain") if merchant.plain else courier
        entered.append(await merchant.enters(courier, {**entry, **special(stage, name, numbering, entry)}, features=frozenset({name})))
        if name == "order:split":
            again = {**merchant.writes_out(courier, plain(stage), plain(stage)), "order_no": entry["order_no"]}
            entered.append(await merchant.enters(courier, again, features=frozenset({name})))
    await stage.settle(SHORT)
    for consignment in entered[::6]:
        await read_by_all(stage, consignment)
    await merchant_of(stage, entered[0]).corrects(entered[0], remarks="轻拿轻放")
    await stage.settle(SHORT)


@scenario(shows={*HANDED_OVER, ConsignmentCancelled})
async def second_thoughts(stage: Trade) -> None:
    """A merchant corrects recipient and remarks, takes remarks back, corrects the product alone, corrects twice in a row, and cancels."""
    entered: list[Consignment] = []
    for number in range(2 * len(stage.couriers)):
        merchant, courier = whose_turn(stage, number)
        entered += [await merchant.creates_a_consignment(courier, plain(stage), plain(stage)) for _ in range(4)]
    await stage.settle(SHORT)
    for number, (moved, reworded, hurried, unwanted) in enumerate(zip(*[iter(entered)] * 4, strict=True)):
        merchant = merchant_of(stage, moved)
        await merchant.corrects(moved, recipient=reached_for_a_while(stage), remarks="新地址，请打电话")
        await merchant.reads(moved)
        await merchant.corrects(reworded, remarks="不要放快递柜" if number % 3 == 2 else None)
        if other := stage.other_product_of(courier_of(stage, reworded).code):
            await merchant.corrects(reworded, service_product=other)
            await merchant.reads(reworded)
        reception = {**stage.people.person(["phone:landline-extension"]).contact(), "company": "红星小区物业"}
        await merchant.corrects(hurried, recipient=reception)
        await merchant.corrects(hurried, recipient=plain(stage).contact())
        await merchant.cancels(unwanted)
        await merchant.reads(unwanted)
    await stage.settle(SHORT)
    for consignment in entered:
        await read_by_all(stage, consignment)
    for moved, reworded in zip(entered[::4], entered[1::4], strict=True):
        await merchant_of(stage, moved).corrects(moved, remarks="还是放门卫")
        await merchant_of(stage, reworded).cancels(reworded)
    await stage.settle(SHORT)


@scenario(shows={ConsignmentEntered, FeedRead, CONSIGNMENT})
async def a_rush_of_orders(stage: Trade) -> None:
    """Both merchants enter as many consignments as they can at once, for every courier; then the couriers read in small pages."""

    def order(merchant: Merchant, courier: Courier) -> Callable[[], Awaitable[object]]:
        return lambda: merchant.creates_a_consignment(courier, plain(stage), plain(stage), features=frozenset({"rush"}))

    pulling = stage.couriers if "pull" in stage.theatre.capabilities else ()
    for courier in pulling:
        await courier.catches_up()
    cursors = [stage.theatre.facts.get(f"cursor:{courier.party}") for courier in pulling]
    orders = [order(merchant, courier) for _ in range(RUSH) for merchant in stage.merchants for courier in stage.couriers]
    await stage.together(*orders)
    await stage.settle(SHORT)
    for courier, cursor in zip(pulling, cursors, strict=True):
        await courier.reads_the_feed(limit=SMALL_PAGE, cursor=cursor, features=frozenset({"rush"}))


def special(stage: Trade, name: str, courier: Courier, entry: Mapping[str, JSON]) -> dict[str, JSON]:
    """What an entry has that depends on the moment or the courier."""
    if name == "parcels:with-waybills":
        return {"parcels": [{**parcel, "waybill_no": courier.new_waybill()} for parcel in entry["parcels"]]}
    if name == "order:long":
        return {"order_no": f"{entry['order_no']}.Ab_c-0017".ljust(LONGEST_ORDER_NO, "z")}
    if name == "phone:expiring":
        return {"recipient": reached_for_a_while(stage)}
    return {}


def reached_for_a_while(stage: Trade) -> dict[str, JSON]:
    """Somebody whose virtual number ends at a time that the merchant gives."""
    contact: dict[str, JSON] = stage.people.person(["phone:virtual"]).contact()
    return {**contact, "phone": {**contact["phone"], "expires_at": beijing(stage.now + EXPIRY)}}


async def read_by_all(stage: Trade, consignment: Consignment) -> None:
    """The merchant reads its consignment, and so does the courier where it may pull."""
    await merchant_of(stage, consignment).reads(consignment)
    if "pull" in stage.theatre.capabilities:
        await courier_of(stage, consignment).reads(consignment)


def whose_turn(stage: Trade, number: int) -> tuple[Merchant, Courier]:
    """Merchants and couriers take turns, so that each pair meets."""
    return stage.merchants[number % 2], stage.couriers[number % 3]


def merchant_of(stage: Trade, consignment: Consignment) -> Merchant:
    """Who entered it."""
    return next(merchant for merchant in stage.merchants if merchant.party == consignment.merchant)


def courier_of(stage: Trade, consignment: Consignment) -> Courier:
    """Who performs it."""
    return next(courier for courier in stage.couriers if courier.party == consignment.courier)


def plain(stage: Trade) -> Person:
    """Somebody with nothing special about name, phone and address."""
    return stage.people.person(PLAIN)
