"""Webhooks: the specification's schedule on the trade clock, one id, fresh signatures, no endpoint waiting for another."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import trio
from standardwebhooks import Webhook

from tests.mock.sandbox_client import EPOCH, SECRET, Inbox, virtual, world


@virtual
async def test_a_failed_message_is_sent_again_on_schedule_with_one_id_and_fresh_times() -> None:
    inbox = Inbox(*[500] * 5, 204)
    async with world([("c", inbox)]) as w:
        await w.subscribe("courier_a", "c", "consignment.created")
        await w.consignment()
        await trio.sleep(20_000)
    times = [at for at, _, _ in inbox.heard]
    assert times == pytest.approx([0, 5, 35, 335, 2135, 9335], abs=0.01)
    assert len({headers["webhook-id"] for _, headers, _ in inbox.heard}) == 1
    assert len({raw for _, _, raw in inbox.heard}) == 1
    for at, headers, raw in inbox.heard:
        stamp = int(headers["webhook-timestamp"])
        assert stamp == int(EPOCH + at)
        signature = Webhook(SECRET).sign(headers["webhook-id"], datetime.fromtimestamp(stamp, UTC), raw.decode())
        assert headers["webhook-signature"] == signature


@virtual
async def test_after_five_retries_a_message_is_given_up_and_the_subscription_stays() -> None:
    inbox = Inbox(500)
    async with world([("c", inbox)]) as w:
        await w.subscribe("courier_a", "c", "consignment.created")
        await w.consignment()
        await trio.sleep(50_000)
        assert len(inbox.heard) == 6
        w._tokens.clear()
        assert len((await w.call("courier_a", "GET", "/subscriptions")).json()["items"]) == 1


@virtual
async def test_an_advance_of_the_clock_makes_retries_due() -> None:
    inbox = Inbox(500, 204)
    async with world([("c", inbox)]) as w:
        await w.subscribe("courier_a", "c", "consignment.created")
        await w.consignment()
        await trio.testing.wait_all_tasks_blocked()
        await w.call("operator", "POST", "/sandbox/clock", {"advance_seconds": 5})
        await trio.sleep(0.1)
        assert [at for at, _, _ in inbox.heard] == pytest.approx([0, 0], abs=0.1)


@virtual
async def test_one_dead_endpoint_holds_nobody_up() -> None:
    dead, alive = Inbox(500), Inbox()
    async with world([("d", dead), ("a", alive)]) as w:
        await w.subscribe("courier_b", "d", "consignment.created")
        await w.subscribe("courier_a", "a", "consignment.created")
        await w.consignment("1", courier_code="SBXB")
        await w.consignment("2")
        await trio.sleep(0.1)
        assert len(alive.heard) == 1


@virtual
async def test_gone_counts_as_unsubscribing() -> None:
    inbox = Inbox(410)
    async with world([("c", inbox)]) as w:
        await w.subscribe("courier_a", "c", "consignment.created")
        await w.consignment()
        await trio.sleep(20_000)
        assert len(inbox.heard) == 1
        w._tokens.clear()
        assert (await w.call("courier_a", "GET", "/subscriptions")).json()["items"] == []


@virtual
async def test_who_unsubscribes_hears_no_more_not_even_retries() -> None:
    inbox = Inbox(500)
    async with world([("c", inbox)]) as w:
        id = (await w.subscribe("courier_a", "c", "consignment.created")).json()["subscription_id"]
        await w.consignment()
        await trio.sleep(1)
        assert (await w.call("courier_a", "DELETE", f"/subscriptions/{id}")).status_code == 204
        await trio.sleep(20_000)
        assert len(inbox.heard) == 1
        w._tokens.clear()
        assert (await w.call("courier_a", "DELETE", f"/subscriptions/{id}")).status_code == 404


@virtual
async def test_the_exchange_status_follows_failures_and_recovery() -> None:
    inbox = Inbox(*[500] * 4, 204)
    async with world([("c", inbox)]) as w:
        await w.subscribe("courier_a", "c", "consignment.created")
        await w.consignment()

        async def line() -> tuple[str, int]:
            item = (await w.call("courier_a", "GET", "/exchange-status")).json()["items"][0]
            return item["state"], item["backlog"]

        await trio.sleep(1)
        assert await line() == ("up", 1)
        await trio.sleep(40)
        assert await line() == ("degraded", 1)
        await trio.sleep(300)
        assert await line() == ("down", 1)
        await trio.sleep(1800)
        assert await line() == ("up", 0)
