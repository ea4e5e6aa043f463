"""Feeds: stable cursors, every version once, nothing of anybody else's."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from conformance.mock import feeds
from conformance.mock.feeds import Feed
from tests.mock.sandbox_client import World, event, virtual, world


@given(st.lists(st.sampled_from("abcdef"), max_size=40), st.integers(1, 5))
def test_along_the_cursors_every_change_comes_once(changes: list[str], size: int) -> None:
    feed, read, position = Feed(), [], 0
    for number, key in enumerate(changes):
        feed.changed(key)
        if number % size == 0:
            read += list(feed.since(position))
            position = len(feed.keys)
    read += list(feed.since(position))
    assert len({place for place, _ in read}) == len(read)
    assert {key for _, key in read} == set(changes)
    assert [place for place, _ in read] == sorted(place for place, _ in read)


@given(st.text(max_size=30))
def test_only_cursors_of_ours_are_read(text: str) -> None:
    position = feeds.read(text)
    assert position is None or feeds.written(position) == text


async def _page(w: World, who: str, cursor: str = "", limit: int = 3) -> dict[str, Any]:
    tail = f"&cursor={cursor}" if cursor else ""
    return dict((await w.call(who, "GET", f"/consignments?limit={limit}{tail}")).json())


@virtual
async def test_a_cursor_past_the_end_yields_later_changes() -> None:
    async with world() as w:
        made = [await w.consignment(f"k{number}", order_no=f"O-{number}") for number in range(7)]
        seen: list[str] = []
        page = await _page(w, "courier_a")
        while True:
            seen += [item["order_no"] for item in page["items"]]
            if page["next_cursor"] is None:
                break
            page = await _page(w, "courier_a", page["next_cursor"])
        assert seen == [f"O-{number}" for number in range(7)]
        assert (await _page(w, "courier_a", page["resume_cursor"]))["items"] == []
        await w.call("merchant_1", "PATCH", f"/consignments/{made[2]['consignment_id']}", {"remarks": "later"})
        later = (await _page(w, "courier_a", page["resume_cursor"]))["items"]
        assert [(item["order_no"], item["version"]) for item in later] == [("O-2", 2)]


@virtual
async def test_after_a_change_of_courier_the_former_learns_so_once_and_no_more() -> None:
    async with world() as w:
        made = await w.consignment()
        target = f"/consignments/{made['consignment_id']}"
        start = (await _page(w, "courier_a"))["resume_cursor"]
        change = {"courier_code": "SBXB", "service_product": "express", "remarks": "secret"}
        assert (await w.call("merchant_1", "PATCH", target, change)).json()["courier_code"] == "SBXB"
        (last,) = (await _page(w, "courier_a", start))["items"]
        assert (last["status"], last["courier_code"], last["version"]) == ("cancelled", "SBXA", 2)
        assert "remarks" not in last
        assert (await w.call("courier_a", "GET", target)).status_code == 404
        assert (await w.call("courier_b", "GET", target)).json()["remarks"] == "secret"
        batch = {"consignment_id": made["consignment_id"], "parcel_no": "1", "events": [event("e", "STALLED", "2025-12-31T00:00:00Z")]}
        assert (await w.call("courier_a", "POST", "/waybills/AAAA1111/events", batch, Idempotency_Key="e")).status_code == 404


@virtual
async def test_events_are_kept_retracted_and_counted_once() -> None:
    async with world() as w:
        made = await w.consignment()
        target, ids = f"/consignments/{made['consignment_id']}", {"consignment_id": made["consignment_id"], "parcel_no": "1"}

        async def post(key: str, *events: dict[str, Any]) -> dict[str, Any]:
            body = {**ids, "events": list(events)}
            return dict((await w.call("courier_a", "POST", "/waybills/abCD0012/events", body, Idempotency_Key=key)).json())

        out = event("2", "OUT_FOR_DELIVERY", "2025-12-31T18:00:00+08:00")
        signed = event("3", "DELIVERED", "2025-12-31T19:00:00+08:00", sign_off={"manner": "self"})
        assert (await post("a", out, signed))["accepted"] == ["2", "3"]
        assert (await w.call("merchant_1", "GET", target)).json()["status"] == "completed"
        assert (await post("b", out, event("1", "IN_TRANSIT", "2025-12-31T08:00:00+08:00")))["duplicates"] == ["2"]
        assert (await post("c", event("4", "RETRACTED", "2025-12-31T20:00:00+08:00", retracts="3")))["accepted"] == ["4"]
        assert (await post("d", {**out, "code": "STALLED"}))["code"] == "event_id_reused"
        feed = (await w.call("merchant_1", "GET", f"{target}/events")).json()["items"]
        assert [item["event_id"] for item in feed] == ["2", "3", "1", "4"]
        seen = (await w.http.get("/tracking/abCD0012")).json()
        assert (seen["status"], [item["code"] for item in seen["events"]]) == ("out_for_delivery", ["IN_TRANSIT", "OUT_FOR_DELIVERY"])
        assert (await w.call("merchant_1", "GET", target)).json()["status"] == "in_progress"
