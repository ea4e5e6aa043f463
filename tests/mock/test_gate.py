"""What is refused, in which order, and how."""

from __future__ import annotations

from typing import Any

import pytest
import trio

from conformance.mock.limits import Limits
from tests.mock.sandbox_client import World, contact, entry, virtual, world

_JSON = {"Content-Type": "application/json"}


async def _token(w: World, **form: str) -> Any:
    return await w.http.post("/oauth/token", data=form)


@virtual
async def test_tokens_come_by_basic_or_form_and_end_on_the_trade_clock() -> None:
    async with world() as w:
        mine = {"client_id": "sandbox-courier-a", "client_secret": "sandbox-courier-a-secret"}
        form = await _token(w, grant_type="client_credentials", **mine)
        assert (form.status_code, form.json()["expires_in"], form.headers["cache-control"]) == (200, 3600, "no-store")
        await w.token("courier_a")
        assert (await w.call("courier_a", "GET", "/consignments")).status_code == 200
        await trio.sleep(3600)
        expired = await w.call("courier_a", "GET", "/consignments")
        assert (expired.status_code, expired.json()["code"]) == (401, "unauthenticated")
        assert expired.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"grant_type": "client_credentials", "client_id": "sandbox-courier-a", "client_secret": "no"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({}, 400, "invalid_request"),
        (
            {
                "grant_type": "client_credentials",
                "client_id": "sandbox-courier-a",
                "client_secret": "sandbox-courier-a-secret",
                "scope": "sandbox",
            },
            400,
            "invalid_scope",
        ),
    ],
    ids=["secret", "grant", "nothing", "scope"],
)
def test_token_requests_that_are_refused(form: dict[str, str], status: int, error: str) -> None:
    @virtual
    async def run() -> None:
        async with world() as w:
            answer = await _token(w, **form)
            assert (answer.status_code, answer.json()["error"]) == (status, error)

    run()


@virtual
async def test_a_key_makes_one_consignment_also_at_the_same_time() -> None:
    async with world(faults=()) as w:
        await w.token("merchant_1")
        answers: list[Any] = []

        async def enter() -> None:
            answers.append(await w.call("merchant_1", "POST", "/consignments", entry(), Idempotency_Key="k"))

        async with trio.open_nursery() as nursery:
            for _ in range(5):
                nursery.start_soon(enter)
        assert len({answer.content for answer in answers}) == 1
        assert sorted(answer.headers.get("idempotency-replayed", "") for answer in answers) == ["", *["true"] * 4]
        other = await w.call("merchant_1", "POST", "/consignments", entry(order_no="O-2"), Idempotency_Key="k")
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
        assert len((await w.call("merchant_1", "GET", "/consignments")).json()["items"]) == 1
        await w.consignment("k", who="merchant_2")


@virtual
async def test_a_refused_request_leaves_its_key_free() -> None:
    async with world() as w:
        assert (await w.call("merchant_1", "POST", "/consignments", entry(courier_code="NONE"), Idempotency_Key="k")).status_code == 422
        await w.consignment("k")


@virtual
async def test_somebody_elses_object_looks_like_one_that_does_not_exist() -> None:
    async with world() as w:
        id = (await w.consignment())["consignment_id"]
        for method, tail in (("GET", ""), ("PATCH", ""), ("POST", "/cancel"), ("GET", "/events")):
            theirs = await w.call("merchant_2", method, f"/consignments/{id}{tail}", {} if method != "GET" else None)
            nobodys = await w.call("merchant_2", method, f"/consignments/C-0{tail}", {} if method != "GET" else None)
            assert theirs.status_code == 404
            assert theirs.content == nobodys.content


@pytest.mark.parametrize(
    ("who", "method", "target", "sent", "status", "code"),
    [
        ("", "GET", "/consignments", {}, 401, "unauthenticated"),
        ("courier_a", "POST", "/consignments", {"json": {}}, 403, "insufficient_scope"),
        ("merchant_1", "PATCH", "/consignments/C-0", {"content": b"x"}, 404, "not_found"),
        ("merchant_1", "POST", "/consignments", {"content": b"x"}, 415, "unsupported_media_type"),
        ("merchant_1", "POST", "/consignments", {"json": {}}, 400, "idempotency_key_missing"),
        ("merchant_1", "POST", "/consents", {"content": b"{", "headers": _JSON}, 400, "unreadable"),
        ("merchant_1", "POST", "/consents", {"json": {}}, 422, "invalid"),
        ("merchant_1", "POST", "/consents", {"content": b'{"a": "\\ud800"}', "headers": _JSON}, 422, "invalid"),
        (
            "merchant_1",
            "POST",
            "/consents",
            {"content": b" " * 1_048_577, "headers": _JSON},
            413,
            "too_large",
        ),
        ("merchant_1", "GET", "/consignments?cursor=nonsense", {}, 422, "invalid"),
        ("merchant_1", "GET", "/consignments?limit=0", {}, 422, "invalid"),
        ("merchant_1", "GET", "/consignments?limit=1&limit=2", {}, 422, "invalid"),
        ("", "GET", "/nowhere", {}, 404, "not_found"),
        ("", "DELETE", "/consignments", {}, 405, "method_not_allowed"),
        ("", "GET", "/oauth/token", {}, 405, "method_not_allowed"),
        ("", "GET", "/tracking/" + "9" * 100, {}, 404, "not_found"),
    ],
)
def test_refusals(who: str, method: str, target: str, sent: dict[str, Any], status: int, code: str) -> None:
    @virtual
    async def run() -> None:
        async with world() as w:
            headers = dict(sent.pop("headers", {}))
            if who:
                headers["Authorization"] = f"Bearer {await w.token(who)}"
            answer = await w.http.request(method, target, headers=headers, **sent)
            assert (answer.status_code, answer.json()["code"]) == (status, code)
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["status"] == status

    run()


@virtual
async def test_who_waits_as_long_as_told_is_served_again() -> None:
    async with world(limits=Limits(rate_per_minute=60)) as w:
        for _ in range(60):
            assert (await w.call("merchant_1", "GET", "/consignments")).status_code == 200
        limited = await w.call("merchant_1", "GET", "/consignments")
        assert limited.status_code == 429
        assert limited.headers["ratelimit"] == f'"default";r=0;t={limited.headers["retry-after"]}'
        assert (await w.call("merchant_2", "GET", "/consignments")).status_code == 200
        await trio.sleep(int(limited.headers["retry-after"]))
        assert (await w.call("merchant_1", "GET", "/consignments")).status_code == 200


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"recipient": contact("无", "13800001111", "mobile")}, ("/recipient/name", "placeholder")),
        ({"recipient": contact("  ", "13800001111", "mobile")}, ("/recipient/name", "placeholder")),
        ({"remarks": "证 11010519491231002X"}, ("/remarks", "identity_number")),
        ({"remarks": "x\x07"}, ("/remarks", "character")),
        ({"courier_code": "SF"}, ("/courier_code", "unknown_courier")),
        ({"service_product": "rocket"}, ("/service_product", "unknown_service_product")),
        ({"parcels": [{"parcel_no": "1", "weight_grams": 1}] * 2}, ("/parcels/1/parcel_no", "duplicate")),
        ({"id_number": "1"}, ("/id_number", "unknown_field")),
        ({"purpose": "marketing"}, ("/purpose", "not_in_list")),
    ],
)
def test_an_entry_that_breaks_a_rule_is_refused_with_the_place(change: dict[str, Any], place: tuple[str, str]) -> None:
    @virtual
    async def run() -> None:
        async with world() as w:
            answer = await w.call("merchant_1", "POST", "/consignments", entry(**change), Idempotency_Key="k")
            assert answer.status_code == 422
            assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [place]

    run()
