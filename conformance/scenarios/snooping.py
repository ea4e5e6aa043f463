"""Snooping: counterparts, outsiders and the careless reach for what is not theirs, and see what the answers tell."""

from __future__ import annotations

from typing import TypeVar

from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier
from conformance.actors.merchant import Merchant
from conformance.actors.privacy import Prying
from conformance.actors.trade import Trade
from conformance.records import JSON
from conformance.scenario import scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    ConsignmentCorrected,
    ConsignmentEntered,
    ConsignmentRead,
    CourierChanged,
    EventsRead,
    EventsReported,
    FeedRead,
    Pried,
)

P = TypeVar("P", Courier, Merchant)


@scenario(shows={
    ConsignmentEntered, ConsignmentCorrected, CourierChanged, EventsReported, EventsRead, FeedRead, Pried, CONSIGNMENT, EVENT,
})
async def counterparts_are_curious(stage: Trade) -> None:
    """Everybody tries to see the parcels of everybody else, singly, in lists, with others' cursors and through mistakes."""
    one = await stage.merchant_1.creates_a_consignment(stage.courier_a)
    other = await stage.merchant_2.creates_a_consignment(stage.courier_b)
    ones, others = await picked_up(stage.courier_a, one), await picked_up(stage.courier_b, other)
    await prying_courier(stage.courier_b, one, ones, other)
    await prying_courier(stage.courier_a, other, others, one)
    await prying_merchant(stage.merchant_2, one, other)
    await prying_merchant(stage.merchant_1, other, one)
    for outsider in (stage.third_party, stage.analyst, stage.nobody):
        await prying_outsider(outsider, one)
        await prying_outsider(outsider, other)
    await careless(stage, one, ones)
    corrected = await stage.merchant_1.creates_a_consignment(stage.courier_a)
    await stage.merchant_1.corrects(corrected, recipient=stage.people.person().contact())
    changed = await stage.merchant_2.creates_a_consignment(stage.courier_b)
    if "courier_change" in stage.theatre.capabilities:
        await stage.merchant_2.changes_courier(changed, stage.courier_new)
    await stage.settle()
    await borrowed_cursors(stage.couriers)
    await borrowed_cursors(stage.merchants)
    await looking_around(stage)
    await stage.merchant_1.reads_events_of(one)
    await stage.merchant_2.reads_events_of(other)


async def picked_up(courier: Courier, consignment: Consignment) -> str:
    """The courier picks the parcel up, and writes down for whom; gives the waybill number."""
    waybill_no = courier.new_waybill()
    recipient: JSON = consignment.entered["recipient"]
    check = {"outcome": "verified", "checked_at": courier.happening("PICKED_UP")["occurred_at"]}
    description = f"已揽收，收件人{recipient['name']}，电话{recipient['phone']['number']}"
    await courier.reports(consignment, waybill_no, [courier.happening("PICKED_UP", description=description, real_name_check=check)])
    return waybill_no


async def prying_courier(courier: Courier, theirs: Consignment, waybill_no: str, own: Consignment) -> None:
    """A courier tries to read, to report on and to claim a parcel that another performs."""
    path = {"consignment_id": theirs.id}
    await courier.pries("reads", "getConsignment", theirs.subject, path=path)
    await courier.pries("reads_events", "listConsignmentEvents", theirs.subject, path=path)
    batch = {"consignment_id": theirs.id, "parcel_no": "1", "events": [courier.happening("ARRIVED_HUB")]}
    await courier.pries("reports", "postEvents", theirs.subject, path={"waybill_no": waybill_no}, body=batch)
    claim = {**batch, "consignment_id": own.id}
    await courier.pries("claims_waybill", "postEvents", theirs.subject, path={"waybill_no": waybill_no}, body=claim)
    await courier.pries("filters", "listConsignments", theirs.subject, query={"order_no": theirs.order_no, "limit": 1})


async def prying_merchant(merchant: Merchant, theirs: Consignment, own: Consignment) -> None:
    """A merchant tries to read, to change, to cancel and to give away a consignment that another entered."""
    path = {"consignment_id": theirs.id}
    await merchant.pries("reads", "getConsignment", theirs.subject, path=path)
    await merchant.pries("reads_events", "listConsignmentEvents", theirs.subject, path=path)
    await merchant.pries("corrects", "updateConsignment", theirs.subject, path=path, body={"remarks": "请改送"})
    await merchant.pries("cancels", "cancelConsignment", theirs.subject, path=path, body={"reason": "consumer_request"})
    owner = merchant.stage.member(theirs.merchant).code
    await merchant.pries("filters", "listConsignments", theirs.subject, query={"merchant_id": owner, "limit": 1})
    consent = {
        "order_no": theirs.order_no, "purpose": "value_added", "recipient_code": merchant.stage.third_party.code,
        "fields": ["recipient_name"], "expires_at": "2999-01-01T00:00:00Z",
    }
    if "consents" in merchant.stage.theatre.capabilities:
        await merchant.pries("consents", "giveConsent", theirs.subject, body=consent)
    await merchant.pries("errs", "updateConsignment", own.subject, path={"consignment_id": own.id}, body={"recipient": {"name": ""}})


async def prying_outsider(outsider: Prying, theirs: Consignment) -> None:
    """Somebody without any business here tries to read."""
    path = {"consignment_id": theirs.id}
    await outsider.pries("reads", "getConsignment", theirs.subject, path=path)
    await outsider.pries("lists", "listConsignments", theirs.subject)
    if "data_requests" in outsider.stage.theatre.capabilities:
        await outsider.pries("errs", "requestData", theirs.subject, body={"order_no": theirs.order_no, "purpose": "curiosity"})


async def careless(stage: Trade, own: Consignment, waybill_no: str) -> None:
    """Those who may know make mistakes: too late, twice, in the wrong form."""
    courier, merchant, path = stage.courier_a, stage.merchant_1, {"consignment_id": own.id}
    await merchant.pries("cancels_late", "cancelConsignment", own.subject, path=path, body={"reason": "consumer_request"})
    await courier.pries("errs", "postEvents", own.subject, path={"waybill_no": waybill_no}, body={"consignment_id": own.id})
    parties: tuple[Prying, ...] = (stage.courier_b, stage.merchant_2)
    for party in parties:
        await party.pries("invents", "getConsignment", path={"consignment_id": own.order_no})
        await party.pries("bad_cursor", "listConsignments", query={"cursor": own.order_no})


async def looking_around(stage: Trade) -> None:
    """Everybody reads what is there to read beside consignments."""
    capabilities = stage.theatre.capabilities
    for merchant in stage.merchants:
        await merchant.asks_for_couriers()
    parties: tuple[Prying, ...] = (*stage.merchants, *stage.couriers)
    for party in parties:
        if "push" in capabilities:
            await party.pries("looks_around", "listSubscriptions")
        if "monitoring" in capabilities:
            await party.pries("looks_around", "getExchangeStatus")
    for outsider in (stage.consumer, stage.third_party):
        await outsider.pries("looks_around", "getDiscovery")
        if "notices" in capabilities:
            await outsider.pries("looks_around", "listPublicNotices")


async def borrowed_cursors(parties: tuple[P, ...]) -> None:
    """Each reads its list to the end, then goes on where another had begun."""
    for number, party in enumerate(parties):
        if isinstance(party, Courier) and "pull" not in party.stage.theatre.capabilities:
            continue
        await party.reads_the_feed()
        reply = await party.pries("begins", "listConsignments", query={"limit": 1})
        cursor = reply.get("next_cursor") or reply.get("resume_cursor")
        if isinstance(cursor, str):
            await parties[number - 1].pries("borrows_cursor", "listConsignments", query={"cursor": cursor})


@scenario(
    shows={ConsignmentEntered, ConsignmentCorrected, CourierChanged, EventsReported, ConsignmentRead, Pried, CONSIGNMENT},
    requires={"courier_change"},
)
async def couriers_lose_parcels(stage: Trade) -> None:
    """Merchants give parcels to other couriers and correct them then; the former couriers go on trying."""
    changes = (
        (stage.courier_a, stage.courier_b, stage.merchant_1), (stage.courier_b, stage.courier_new, stage.merchant_2),
        (stage.courier_new, stage.courier_a, stage.merchant_1),
    )
    twice = (*changes, *changes[:2])
    lost = [(former, latter, merchant, await merchant.creates_a_consignment(former)) for former, latter, merchant in twice]
    await stage.settle()
    for number, (former, latter, merchant, consignment) in enumerate(lost):
        await former.reads(consignment)
        await merchant.corrects(consignment, remarks=f"送前联系 {consignment.order_no}")
        if number < len(changes):
            await merchant.changes_courier(consignment, latter)
        else:  # in one go with another recipient
            await merchant.changes_courier(consignment, latter, recipient=stage.people.person().contact())
        await former.reads(consignment)
        await merchant.corrects(consignment, recipient=stage.people.person().contact(), remarks=f"改送 {consignment.order_no}")
        await picked_up(latter, consignment)
    await stage.settle()
    for former, latter, _, consignment in lost:
        await latter.reads(consignment)
        await former.reads(consignment)
        await keeps_trying(former, consignment)


async def keeps_trying(former: Courier, consignment: Consignment) -> None:
    """A courier that lost a parcel behaves as if it hadn't."""
    capabilities = former.stage.theatre.capabilities
    await former.pries("reads_events", "listConsignmentEvents", consignment.subject, path={"consignment_id": consignment.id})
    batch = {"consignment_id": consignment.id, "parcel_no": "1", "events": [former.happening("ARRIVED_HUB")]}
    await former.pries("reports", "postEvents", consignment.subject, path={"waybill_no": former.new_waybill()}, body=batch)
    if "data_requests" in capabilities:
        await former.asks_for_data(consignment, "delivery")
    if "pull" in capabilities:
        await former.reads_the_feed()
