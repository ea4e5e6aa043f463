"""The dialogue about an interruption, step by step against the table."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import trio

from conformance.mock import notice_dialogue
from conformance.mock.trade_clock import rfc3339
from tests.mock.sandbox_client import EPOCH, Inbox, World, virtual, world

DAY = 86_400
STATES = ("notified", "acknowledged", "negotiating", "agreed", "failed", "reported", "effective", "ended", "withdrawn")
EVENTS = ("acknowledge", "propose", "accept", "reject", "report", "withdraw", "lapse", "begin", "end")
STEPS: dict[str, tuple[str, dict[str, Any]]] = {
    "acknowledge": ("replies", {"reply": "acknowledge"}),
    "propose": ("replies", {"reply": "propose", "proposal": "分批停止"}),
    "accept": ("replies", {"reply": "accept"}),
    "reject": ("replies", {"reply": "reject"}),
    "report": ("reports", {"authorities": ["commerce"], "message": "协商不成"}),
    "withdraw": ("withdrawal", {"message": "不再需要"}),
}


def _notice(state: str, *history: tuple[str, str]) -> dict[str, Any]:
    steps = [("give", "SBXA"), *history]
    return {"state": state, "giver": "SBXA", "receiver": "P-SBX", "history": [{"event": e, "by": b} for e, b in steps]}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(STATES, EVENTS)))
def test_only_the_parties_that_the_table_names_may_take_a_step(state: str, event: str) -> None:
    rule = notice_dialogue.table().get((state, event))
    allowed = {by for by in ("SBXA", "P-SBX", "SBXB", "clock") if notice_dialogue.next_state(_notice(state), event, by)}
    expected = {
        "giver": {"SBXA"},
        "receiver": {"P-SBX"},
        "either": {"SBXA", "P-SBX"},
        "other": {"P-SBX"},
        "clock": {"clock"},
    }
    assert allowed == (expected[rule[1]] if rule else set())


def test_nobody_accepts_the_own_proposal() -> None:
    theirs = _notice("negotiating", ("propose", "P-SBX"))
    assert notice_dialogue.next_state(theirs, "accept", "SBXA") == "agreed"
    assert notice_dialogue.next_state(theirs, "accept", "P-SBX") is None


def entry(days: float = 11, **changes: Any) -> dict[str, Any]:
    starts = EPOCH + trio.current_time() + days * DAY
    return {
        "reason": "maintenance",
        "scope": ["consignments"],
        "starts_at": rfc3339(starts),
        "justification": "系统升级",
        "contact": {"name": "值班", "phone": "010-12345678", "email": "duty@courier.example"},
        "major_impact": True,
        "arrangement": "在途快件照常",
        **changes,
    }


async def _given(w: World, key: str = "n", **changes: Any) -> str:
    answer = await w.call("courier_a", "POST", "/interruption-notices", entry(**changes), Idempotency_Key=key)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["notice_id"])


async def _step(w: World, who: str, id: str, event: str) -> tuple[int, str]:
    kind, body = STEPS[event]
    answer = await w.call(who, "POST", f"/interruption-notices/{id}/{kind}", body)
    return answer.status_code, (await w.call(who, "GET", f"/interruption-notices/{id}")).json()["state"]


@virtual
async def test_the_platform_acknowledges_publishes_and_tells_merchants() -> None:
    merchant, courier = Inbox(), Inbox()
    async with world([("m", merchant), ("c", courier)]) as w:
        await w.subscribe("merchant_2", "m", "interruption.published")
        await w.subscribe("courier_a", "c", "interruption.replied", "interruption.published")
        id = await _given(w)
        await trio.sleep(60)
        notice = (await w.call("courier_a", "GET", f"/interruption-notices/{id}")).json()
        assert notice["state"] == "acknowledged"
        assert [(step["event"], step["by"]) for step in notice["history"]] == [
            ("give", "SBXA"),
            ("publish", "P-SBX"),
            ("acknowledge", "P-SBX"),
        ]
        public = (await w.http.get("/public-notices")).json()["items"]
        assert [(item["notice_id"], item["state"]) for item in public] == [(id, "acknowledged")]
        assert "contact" not in public[0]
        assert [message["type"] for message in merchant.messages] == ["interruption.published"]
        assert {message["type"] for message in courier.messages} == {"interruption.published", "interruption.replied"}


@virtual
async def test_talks_that_fail_are_reported_and_a_withdrawal_ends_all() -> None:
    authority = Inbox()
    async with world([("g", authority)]) as w:
        await w.subscribe("authority", "g", "interruption.reported", "interruption.withdrawn")
        id = await _given(w)
        assert await _step(w, "courier_a", id, "report") == (409, "notified")
        await trio.sleep(10)
        assert await _step(w, "courier_a", id, "accept") == (409, "acknowledged")
        assert await _step(w, "courier_a", id, "propose") == (200, "negotiating")
        assert await _step(w, "courier_a", id, "reject") == (200, "failed")
        assert (await w.call("authority", "GET", f"/interruption-notices/{id}")).status_code == 404
        assert await _step(w, "courier_a", id, "report") == (200, "reported")
        assert (await w.call("authority", "GET", f"/interruption-notices/{id}")).status_code == 200
        assert (await w.call("courier_b", "GET", f"/interruption-notices/{id}")).status_code == 404
        assert await _step(w, "courier_a", id, "withdraw") == (200, "withdrawn")
        await trio.sleep(1)
        assert {message["type"] for message in authority.messages} == {"interruption.reported", "interruption.withdrawn"}
        assert (await w.http.get("/public-notices")).json()["items"][0]["state"] == "withdrawn"


@virtual
async def test_a_proposal_is_answered() -> None:
    async with world() as w:
        id = await _given(w)
        await trio.sleep(10)
        await _step(w, "courier_a", id, "propose")
        await trio.sleep(60)
        assert (await w.call("courier_a", "GET", f"/interruption-notices/{id}")).json()["state"] == "agreed"


@virtual
async def test_a_courier_is_unavailable_from_start_to_end_of_its_interruption() -> None:
    async with world() as w:
        await _given(w, ends_at=rfc3339(EPOCH + 12 * DAY))

        async def available() -> bool:
            w._tokens.clear()
            offers = (await w.call("merchant_1", "GET", "/merchants/M-SBX-1/couriers")).json()["items"]
            return bool({offer["courier_code"]: offer["available"] for offer in offers}["SBXA"])

        await trio.sleep(10.9 * DAY)
        assert await available()
        await trio.sleep(0.2 * DAY)
        assert not await available()
        await trio.sleep(DAY)
        assert await available()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"days": 9}, ("/starts_at", "lead_too_short")),
        ({"days": -1, "reason": "legal_order"}, ("/starts_at", "in_past")),
        ({"ends_at": "2026-01-01T00:00:00Z"}, ("/ends_at", "order_of_times")),
        ({"justification": "  "}, ("/justification", "placeholder")),
        ({"contact": {"name": "a", "phone": "12345"}}, ("/contact/email", "required")),
        ({"surprise": 1}, ("/surprise", "unknown_field")),
    ],
)
def test_a_notice_that_breaks_a_rule_is_refused_with_the_place(change: dict[str, Any], place: tuple[str, str]) -> None:
    @virtual
    async def run() -> None:
        async with world() as w:
            answer = await w.call("courier_a", "POST", "/interruption-notices", entry(**change), Idempotency_Key="n")
            assert answer.status_code == 422
            assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [place]

    run()


@virtual
async def test_the_platform_reports_its_own_notice_of_major_impact_when_talks_lapse() -> None:
    authority, courier, other = Inbox(), Inbox(), Inbox()
    async with world([("g", authority), ("c", courier), ("o", other)]) as w:
        await w.subscribe("authority", "g", "interruption.reported")
        await w.subscribe("courier_b", "c", "interruption.notified", "interruption.reported")
        await w.subscribe("courier_a", "o", "interruption.notified")
        order = {"counterpart": "SBXB", "reason": "agreement_expired", "starts_in_seconds": 10 * DAY, "major_impact": True}
        id = (await w.call("operator", "POST", "/sandbox/interruptions", order)).json()["notice_id"]
        answer = await w.call("operator", "POST", "/sandbox/clock", {"advance_seconds": 10 * DAY + 1})
        assert answer.status_code == 200
        w._tokens.clear()
        notice = (await w.call("courier_b", "GET", f"/interruption-notices/{id}")).json()
        assert [step["event"] for step in notice["history"]] == ["give", "publish", "lapse", "report", "begin"]
        assert notice["state"] == "effective"
        await trio.sleep(1)
        assert [message["type"] for message in authority.messages] == ["interruption.reported"]
        assert [message["type"] for message in courier.messages] == ["interruption.notified", "interruption.reported"]
        assert other.messages == []
