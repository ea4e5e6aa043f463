"""Repeating: webhooks that are refused and sent again, requests that are sent again under the same key."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final, Literal

from conformance.actors.business import picked_up
from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier
from conformance.actors.errands import Errand
from conformance.actors.listening import Listening
from conformance.actors.merchant import Merchant
from conformance.actors.possessions import written_out
from conformance.actors.trade import Trade
from conformance.guise import unmarked
from conformance.records import JSON
from conformance.scenario import QUIET, scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    SUBSCRIPTION,
    ConsignmentEntered,
    EventsReported,
    ReceiverDown,
    ReceiverUp,
    SentAgain,
    Subscribed,
)

INTERVALS: Final = (5.0, 30.0, 300.0, 1800.0, 7200.0)
"""Seconds between the attempts (rule 11.3); each may be half longer."""
LONGEST: Final = 1.5
AFTER: Final = 2.0
"""Seconds that timers take themselves."""
STOP: Final = 600.0
"""Seconds after which the clock stops again while a retry may come."""
LATER: Final = 23 * 3600.0
"""Seconds after which a key must still be known: a little less than what is promised (rule 5.1)."""
AGAIN: Final = 3
"""Messages that each receiver refuses: what is missing counts when it is missing again."""
LONGEST_KEY: Final = 255
AT_ONCE: Final = 5
NOBODY: Final = "NOBODY-17"
"""The code of a courier that isn't interconnected."""
SLOW: Final = 12.0
"""Seconds (of the wire) after which no sender waits any more: it may give up after ten (rule 11.2)."""


@scenario(
    shows={Subscribed, SUBSCRIPTION, ConsignmentEntered, CONSIGNMENT, EventsReported, EVENT, ReceiverDown, ReceiverUp}, requires={"push"},
    alone_on={QUIET},
)
async def webhooks_that_are_refused(stage: Trade) -> None:
    """Receivers beside the main ones refuse everything: for good, or until the second attempt; afterwards all is well again."""
    await stage.together(
        partial(refuses_consignments, stage, stage.courier_a, stage.merchant_1, 503, len(INTERVALS)),
        partial(refuses_consignments, stage, stage.courier_b, stage.merchant_2, 302, 2),
        partial(refuses_consignments, stage, stage.courier_new, stage.merchant_1, 404, len(INTERVALS)),
        partial(answers_too_late, stage, stage.merchant_1, stage.courier_a),
        partial(refuses_events, stage, stage.merchant_2, stage.courier_b),
    )
    for listener in (*stage.couriers, *stage.merchants):
        await stage.binding.call("listSubscriptions", as_=listener.party, query={"limit": 100})
        await listener.unsubscribes()
    await stage.heartbeat()


async def refuses_consignments(stage: Trade, courier: Courier, merchant: Merchant, status: int, retries: int) -> None:
    """A courier's second receiver refuses consignments so many times, and takes the next."""
    await courier.subscribes(("consignment.created",))
    async with courier.down(status):
        for _ in range(AGAIN):
            await merchant.creates_a_consignment(courier)
        await sits_out(stage, courier, retries)
    if retries < len(INTERVALS):
        await stage.sleep(INTERVALS[retries] * LONGEST)
    await merchant.creates_a_consignment(courier)
    await stage.sleep(INTERVALS[1])


async def answers_too_late(stage: Trade, merchant: Merchant, courier: Courier) -> None:
    """A merchant's second receiver takes two events, but too slowly for the sender to know."""
    parcel = await merchant.creates_a_consignment(courier)
    await merchant.subscribes(("waybill.event",))
    waybill = courier.new_waybill()
    async with merchant.down(204, takes=SLOW, times=2):
        for ago in range(2):
            await courier.reports(parcel, waybill, [courier.happening("CREATED", at=stage.now - ago * 1_000_000)])
        patience = stage.theatre.limits.get("event_deadline_seconds", 60) + 2 * SLOW
        await stage.until_so(lambda: merchant.box.answered >= 2, patience)
    await stage.sleep(INTERVALS[1])


async def refuses_events(stage: Trade, merchant: Merchant, courier: Courier) -> None:
    """A merchant's second receiver refuses events three times."""
    parcels = [await merchant.creates_a_consignment(courier) for _ in range(AGAIN)]
    await merchant.subscribes(("waybill.event",))
    async with merchant.down():
        for parcel in parcels:
            await courier.reports(parcel, courier.new_waybill(), [picked_up(stage, courier)])
        await sits_out(stage, merchant, 2)
    await stage.sleep(INTERVALS[2] * LONGEST)


async def sits_out(stage: Trade, listener: Listening, retries: int) -> None:
    """Waits for a first attempt and so many retries, as long as they may take; the clock stops often while one is due."""
    await stage.sleep(stage.theatre.limits.get("delivery_deadline_seconds", 60) + 1)
    for interval in INTERVALS[:retries]:
        last, wait = listener.box.last, interval
        while wait < interval * LONGEST:
            await stage.until(last + round((wait + AFTER) * 1e6))
            wait += STOP
        await stage.until(last + round((interval * LONGEST + AFTER) * 1e6))


@scenario(shows={SentAgain, CONSIGNMENT, EVENT})
async def requests_sent_again(stage: Trade) -> None:
    """Consignments and batches of events are sent again, at once and later, in another order of members, with other content,
    elsewhere, and corrected."""
    await stage.together(
        partial(enters_again, stage, stage.merchant_1, stage.courier_a, stage.merchant_2),
        partial(enters_again, stage, stage.merchant_2, stage.courier_b, stage.merchant_1),
    )
    await stage.look()
    await stage.heartbeat()


async def enters_again(stage: Trade, merchant: Merchant, courier: Courier, other: Merchant) -> None:
    """One merchant and one courier repeat themselves."""
    entering = new_entry(stage, merchant, courier)
    number = await repeats(stage, entering, new_entry(stage, merchant, courier))
    if number:
        entered = Consignment(entering.about[0], merchant.party, courier.party, dict(entering.body or {}), number, 1)
        await merchant.corrects(entered, remarks=f"改约时间 {merchant.mark(0)}")
        await sends(stage, entering, "again", key_of(stage, entering))
    await sends(stage, new_entry(stage, other, courier), "other_caller", key_of(stage, entering))
    await corrects_itself(stage, new_entry(stage, merchant, courier))
    for key in nearly(key_of(stage, entering)):
        await sends(stage, new_entry(stage, merchant, courier), "other_key", key)
    await sends_at_once(stage, new_entry(stage, merchant, courier))
    if number:
        batches = [new_batch(stage, courier, merchant, entering, number, ago) for ago in range(3)]
        await repeats(stage, batches[0], batches[1])
        elsewhere = await sends_elsewhere(stage, courier, merchant, key_of(stage, batches[0]))
        await sends_at_once(stage, batches[2])
        await stage.sleep(stage.theatre.limits.get("event_deadline_seconds", 60) + 1)
        for seen in filter(None, (number, elsewhere)):
            await stage.binding.call("listConsignmentEvents", as_=merchant.party, path={"consignment_id": seen}, query={"limit": 100})
    await stage.look()
    await merchant.catches_up()
    await stage.sleep(LATER)
    await sends(stage, entering, "again", key_of(stage, entering))
    await stage.sleep(stage.theatre.limits.get("delivery_deadline_seconds", 60) + 1)
    await merchant.catches_up()


def new_entry(stage: Trade, merchant: Merchant, courier: Courier) -> Errand:
    """An entry for the courier."""
    subject = stage.subject("C")
    body = written_out(stage, merchant, courier)
    return Errand("createConsignment", merchant, body=body, about=(subject,), to=courier, variant=str(subject))


def new_batch(stage: Trade, courier: Courier, merchant: Merchant, entry: Errand, number: str, ago: int) -> Errand:
    """A batch of one event on the consignment of an entry, so many seconds ago."""
    happening = courier.happening("CREATED", at=stage.now - ago * 1_000_000)
    body: dict[str, JSON] = {"consignment_id": number, "parcel_no": "1", "events": [happening]}
    path = {"waybill_no": stage.theatre.facts.setdefault(f"waybill:{number}", courier.new_waybill())}
    return Errand("postEvents", courier, path=path, body=body, about=entry.about, to=merchant, variant=str(happening["event_id"]))


def nearly(key: str) -> tuple[str, ...]:
    """Keys that are another's for who cuts them, reads them in one case, or takes few characters (rule 5.1)."""
    long = key.ljust(LONGEST_KEY - 1, "~")
    return f"{key}!a", f"{key}!A", f"{long}1", f"{long}2", f"{{{key}}}/;,=\"'\\"


def key_of(stage: Trade, errand: Errand) -> str:
    """The key of an errand's own."""
    return unmarked(stage.plan.nonce, f"again:{errand.variant}", 0)


async def repeats(stage: Trade, errand: Errand, other: Errand) -> str:
    """Sends it, again, with the content of another, and again in another order; gives the id of what was made."""
    key = key_of(stage, errand)
    made = await sends(stage, errand, "first", key)
    await sends(stage, errand, "again", key)
    await sends(stage, other, "other_body", key)
    await sends(stage, errand, "reordered", key)
    return made


async def corrects_itself(stage: Trade, errand: Errand) -> None:
    """Enters it for a courier that isn't there, and then, under the same key, as it should be (rule 5.4)."""
    key, wrong = key_of(stage, errand), {**(errand.body or {}), "courier_code": NOBODY}
    await sends(stage, replace(errand, body=wrong), "mistaken", key)
    await sends(stage, errand, "corrected", key)


async def sends_elsewhere(stage: Trade, courier: Courier, merchant: Merchant, key: str) -> str:
    """Enters another consignment, and sends a batch on it, on its own path, under a key that was used on another (rule 5.1)."""
    entering = new_entry(stage, merchant, courier)
    if number := await sends(stage, entering, "first", key_of(stage, entering)):
        await sends(stage, new_batch(stage, courier, merchant, entering, number, 0), "other_path", key)
    return number


async def sends_at_once(stage: Trade, errand: Errand) -> None:
    """Sends it several times together."""
    key = key_of(stage, errand)
    await stage.together(*(partial(sends, stage, errand, "at_once", key) for _ in range(AT_ONCE)))


async def sends(stage: Trade, errand: Errand, how: str, key: str) -> str:
    """Sends it once under that key; gives the id of the consignment in the answer, if there is one."""
    intent: Literal["ordinary", "malformed"] = "malformed" if how in ("other_body", "mistaken") else "ordinary"
    data = {"key": key, "how": how, "operation": errand.operation, "body": errand.body}
    act = SentAgain(by=errand.actor.party, about=errand.about, to=errand.to.party if errand.to else None, intent=intent, data=data)
    raw = json.dumps(backwards(errand.body), ensure_ascii=False, indent=1).encode() if how == "reordered" else None
    headers = {"idempotency-key": key, "content-type": "application/json"}
    reply = await errand.run(stage, act, raw=raw, headers=headers)
    return str(reply.get("consignment_id") or "")


def backwards(value: JSON) -> JSON:
    """The same value, the members of its objects in the opposite order."""
    if isinstance(value, dict):
        return {name: backwards(value[name]) for name in reversed(value)}
    return [backwards(one) for one in value] if isinstance(value, Sequence) and not isinstance(value, str) else value
