"""Waybill numbers come again in the trade; what comes late is taken all the same (rules 8.1, 8.3)."""

from __future__ import annotations

from typing import Any

import httpx

from tests.mock.sandbox_client import World, event, virtual, world

NUMBER = "SBXA00000001"
SIGNED = {"sign_off": {"manner": "self"}}


async def reports(w: World, consignment: dict[str, Any], id: str, code: str, hour: int, **more: Any) -> httpx.Response:
    happened = event(id, code, f"2025-12-31T{hour:02}:00:00+08:00", **more)
    batch = {"consignment_id": consignment["consignment_id"], "parcel_no": "1", "events": [happened]}
    return await w.call("courier_a", "POST", f"/waybills/{NUMBER}/events", batch, Idempotency_Key=id)


@virtual
async def test_a_late_event_of_the_former_parcel_is_taken_and_the_number_means_the_new_one() -> None:
    async with world() as w:
        first, second = await w.consignment("k-1"), await w.consignment("k-2")
        assert (await reports(w, first, "e1", "DELIVERED", 12, **SIGNED)).status_code == 200
        assert (await reports(w, second, "e2", "ARRIVED_HUB", 13)).status_code == 200
        assert (await reports(w, first, "e3", "IN_TRANSIT", 10)).status_code == 200
        seen = (await w.http.get(f"/tracking/{NUMBER}")).json()
        assert [one["occurred_at"][11:13] for one in seen["events"]] == ["13"]


@virtual
async def test_a_number_under_way_is_nobody_elses() -> None:
    async with world() as w:
        first, second = await w.consignment("k-1"), await w.consignment("k-2")
        assert (await reports(w, first, "e1", "ARRIVED_HUB", 12)).status_code == 200
        assert (await reports(w, second, "e2", "ARRIVED_HUB", 13)).json()["code"] == "waybill_conflict"


@virtual
async def test_the_first_report_binds_on_a_cancelled_consignment_too() -> None:
    async with world() as w:
        made = await w.consignment()
        target = f"/consignments/{made['consignment_id']}"
        await w.call("merchant_1", "POST", f"{target}/cancel", {"reason": "consumer_request"})
        assert (await reports(w, made, "e1", "STALLED", 12)).status_code == 200
        read = (await w.call("merchant_1", "GET", target)).json()
        assert (read["status"], read["parcels"][0]["status"], read["parcels"][0]["waybill_no"]) == ("cancelled", "cancelled", NUMBER)
