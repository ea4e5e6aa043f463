"""The doctor: whether a run could take place, step by step, before anything is asked of the target.

In: an order and a line.  Out: findings, each with the word that says it; nothing is created at the target but tokens.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, MutableMapping
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import httpx
import msgspec

from conformance.binding.http import Reply
from conformance.binding.line import Receive, Send, failure_kind
from conformance.errors import HulianError
from conformance.observe import House
from conformance.ordering import Ordered
from conformance.parties import Party
from conformance.records import Answer, Exchange

Sign = Literal["pass", "fail", "inconclusive"]
TOLERATED = 5.0
"""Seconds by which the target's clock may differ from ours before it is worth a word: signatures allow more, deadlines do not."""
GREETING = b"hulian doctor"


class Finding(msgspec.Struct, frozen=True):
    """`code` is a word `doctor.…` of `reports/words/cli.yaml`."""

    sign: Sign
    code: str
    params: dict[str, Any] = {}
    error: HulianError | None = None


async def examined(found: Ordered) -> AsyncIterator[Finding]:
    """Everything that can be looked at, in the order in which it must work; what cannot be reached ends the examination."""
    quiet = msgspec.structs.replace(found.order.choice, announced=False)
    order = msgspec.structs.replace(found.order, choice=quiet)
    house = House(order.pack, found.line, order.settings("doctor"))
    async with house.opened():
        try:
            discovery = await house.probe()
        except HulianError as error:
            yield Finding("fail", "target", {"target": found.line.target}, error)
            return
        organisation = discovery.get("organisation")
        name = organisation.get("name") if isinstance(organisation, dict) else organisation
        yield Finding("pass", "target", {"target": found.line.target})
        shown = {"name": str(name or "?"), "version": str(discovery.get("software_version") or "?")}
        yield Finding("pass", "discovery", {**shown, "capabilities": ", ".join(sorted(house.capabilities)) or "-"})
        for look in (clock(house), *[await credential(house, party) for party in sorted(house.settings.secrets)]):
            if look is not None:
                yield look
        yield await callback(found)
        await house.binding.close()


def clock(house: House) -> Finding | None:
    """How far the target's clock is from ours, by the Date header of its first answer."""
    first = next((one for one in house.journal.records if isinstance(one, Exchange)), None)
    date = first.answer.header("date") if first is not None and isinstance(first.answer, Answer) else None
    try:
        off = parsedate_to_datetime(date or "").timestamp() - time.time()
    except ValueError:
        return None
    return Finding("pass" if abs(off) <= TOLERATED else "inconclusive", "clock", {"off": f"{off:+.0f}"})


async def credential(house: House, party: Party) -> Finding:
    """Whether the party gets a token."""
    reply = await house.binding.take_token(party)
    params = {"party": party, "client": house.settings.secrets[party][0]}
    if reply.ok and reply.get("access_token"):
        return Finding("pass", "credentials", params)
    return Finding("fail", "no_token", {**params, "why": refusal(reply)})


def refusal(reply: Reply) -> str:
    answer = reply.exchange.answer
    return f"{answer.status} {reply.get('error') or ''}".strip() if isinstance(answer, Answer) else f"{answer.kind}: {answer.detail}"


async def greet(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Answers whoever calls the receivers."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": GREETING})


async def callback(found: Ordered) -> Finding:
    """Whether our receivers can be reached under the address that the target will be given."""
    if found.line.virtual:
        return Finding("pass", "callback", {"address": "-"})
    try:
        async with found.line.receivers(greet) as address, httpx.AsyncClient(trust_env=False, timeout=10) as client:
            try:
                answer = await client.get(address + "/")
            except httpx.HTTPError as error:
                return Finding("inconclusive", "no_callback", {"address": address, "why": ": ".join(failure_kind(error))})
            if GREETING not in answer.content:
                return Finding("inconclusive", "no_callback", {"address": address, "why": str(answer.status_code)})
            return Finding("pass", "callback", {"address": address})
    except HulianError as error:
        return Finding("fail", "callback", {"address": found.config.callback_bind}, error)
