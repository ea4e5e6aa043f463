"""The shortest way through the platform: entered, told, pulled, reported, tracked."""

from __future__ import annotations

import trio

from tests.mock.sandbox_client import Inbox, event, virtual, world


@virtual
async def test_a_consignment_reaches_the_courier_and_its_events_come_back() -> None:
    courier, merchant = Inbox(), Inbox()
    async with world([("courier", courier), ("merchant", merchant)]) as w:
        assert (await w.http.get("/.well-known/hulian")).json()["role"] == "platform"
        assert (await w.subscribe("courier_a", "courier", "consignment.created")).status_code == 201
        assert (await w.subscribe("merchant_1", "merchant", "waybill.event")).status_code == 201
        made = await w.consignment()
        await trio.sleep(1)
        assert [told["data"]["consignment_id"] for told in courier.messages] == [made["consignment_id"]]
        feed = (await w.call("courier_a", "GET", "/consignments")).json()
        assert feed["items"] == [made]
        assert (await w.call("courier_b", "GET", "/consignments")).json()["items"] == []
        batch = {
            "consignment_id": made["consignment_id"],
            "parcel_no": "1",
            "events": [event("e1", "OUT_FOR_DELIVERY", "2025-12-31T10:00:00+08:00")],
        }
        posted = await w.call("courier_a", "POST", "/waybills/SBXA00000001/events", batch, Idempotency_Key="e")
        assert posted.json()["accepted"] == ["e1"], posted.text
        await trio.sleep(1)
        assert merchant.messages[0]["data"]["event_id"] == "e1"
        seen = (await w.http.get("/tracking/SBXA00000001")).json()
        assert seen["status"] == "out_for_delivery"
        assert "买" not in str(seen)
