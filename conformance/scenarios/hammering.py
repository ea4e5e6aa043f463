"""Hammering: wrong methods and media types, requests made to break their reader, too many of them, and a look at the lock."""

from __future__ import annotations

from functools import partial
from typing import Final
from urllib.parse import quote

import msgspec

from conformance.actors.errands import Errand
from conformance.actors.possessions import Possessions
from conformance.actors.trade import Trade
from conformance.contract.hostile import PATHS, Crafted, bodies, questions
from conformance.contract.unreadable import LIMIT
from conformance.records import Act
from conformance.scenario import LAST, scenario
from conformance.specification import Operation, specification
from conformance.vocabulary import PROBLEM, Flooded, LineInspected, Misdirected, RequestCrafted, StillServed

TRIED: Final = ("PUT", "GET", "POST")
"""Methods that are tried where they are not supported; none of them takes anything away."""
CODING: Final = "gzip"
"""What a body is said to be that is none."""
MEDIA: Final = ("text/plain", "application/xml")
NOWHERE: Final = ("/no-such-thing", "/v0/consignments", "/consignments/{id}/labels", "/subscriptions/all/of/them")
"""Paths that no interface has; the third beneath something that is there."""
MODEST: Final = 600
"""Requests a minute; above it the declared rate is not exhausted."""
STRANDS: Final = 10


@scenario(shows={Misdirected})
async def wrong_methods_and_media_types(stage: Trade) -> None:
    """Every path with methods that it does not support, every body that is JSON under another name, and paths that nobody has."""
    owned = await Possessions(stage, stage.merchant_1, stage.courier_b, stage.courier_a).acquire()
    known, supported = specification("platform").operations, methods()
    seen: set[str] = set()
    for errand in owned.errands():
        operation = known[errand.operation]
        if errand.capability not in {*stage.theatre.capabilities, None}:
            continue
        if operation.path not in seen:
            seen.add(operation.path)
            for method in [method for method in TRIED if method not in supported[operation.path]][:2]:
                await tries_method(stage, errand, operation, method)
        if errand.body is not None and not errand.variant:
            for kind in MEDIA:
                act = Misdirected(by=errand.actor.party, intent="malformed", data={"what": "media", "value": kind})
                await errand.run(stage, act, headers={"content-type": kind})
            act = Misdirected(by=errand.actor.party, intent="malformed", data={"what": "media", "value": CODING})
            await errand.run(stage, act, headers={"content-encoding": CODING})
    for path in NOWHERE:
        for method in ("GET", "POST"):
            await tries_path(stage, owned, path.format(id=owned.parcel.id), method)
    await owned.give_up()


def methods() -> dict[str, set[str]]:
    """The methods that each path supports."""
    found: dict[str, set[str]] = {}
    for operation in specification("platform").operations.values():
        if not operation.webhook:
            found.setdefault(operation.path, set()).add(operation.method)
    return found


async def tries_method(stage: Trade, errand: Errand, operation: Operation, method: str) -> None:
    """The errand's path, with another method and no body."""
    target = operation.path.format(**{name: quote(value, safe="", errors="surrogatepass") for name, value in errand.path.items()})
    act = stage.act(Misdirected(by=errand.actor.party, intent="malformed", data={"what": "method", "value": method}))
    await stage.binding.send(method, target, as_=errand.actor.party, act=act)


async def tries_path(stage: Trade, owned: Possessions, target: str, method: str) -> None:
    """A path that the interface doesn't have."""
    party = owned.merchant.party
    act = stage.act(Misdirected(by=party, intent="malformed", data={"what": "path", "value": method}))
    await stage.binding.send(method, target, as_=party, act=act)


@scenario(shows={RequestCrafted, StillServed, PROBLEM}, alone_on={LAST})
async def requests_made_to_break_their_reader(stage: Trade) -> None:
    """Deep, huge, wrongly encoded and clever requests, each followed by an ordinary one; clever paths come last.

    When nearly all else is over: what breaks of them is not seen any further.
    """
    owned = await Possessions(stage, stage.merchant_1, stage.courier_a, stage.courier_new).acquire()
    deliveries = {errand.name: errand for errand in owned.errands()}
    pulse = deliveries["getConsignment"]
    for crafted in bodies(deliveries["createConsignment"].body or {}, "remarks"):
        await crafts(stage, deliveries["createConsignment"], crafted, pulse)
    for crafted in questions():
        await crafts(stage, deliveries["listConsignments"], crafted, pulse)
    await owned.comes_too_late()
    for id in PATHS:
        await clever_paths(stage, id, pulse)


async def crafts(stage: Trade, errand: Errand, crafted: Crafted, pulse: Errand) -> None:
    """Sends it, and once more if it broke something, since once may be chance; each time an ordinary request follows."""
    patient = crafted.raw is None or len(crafted.raw) <= LIMIT
    for _ in range(2):
        act = RequestCrafted(by=errand.actor.party, intent="hostile", data={"how": crafted.how, "answered": patient})
        headers = {"content-type": "application/json", **crafted.headers} if crafted.raw is not None else crafted.headers
        reply = await errand.run(stage, act, raw=crafted.raw, headers=headers, query=crafted.query)
        await still_served(stage, pulse, crafted.how)
        if 0 < reply.status < 500:
            return


async def clever_paths(stage: Trade, id: str, pulse: Errand) -> None:
    """An id that is no id, where one is expected."""
    merchant = stage.merchant_1.party
    for target in (f"/consignments/{id}", f"/tracking/{id}"):
        for _ in range(2):
            act = stage.act(RequestCrafted(by=merchant, intent="hostile", data={"how": f"path {id[:20]}", "answered": True}))
            reply = await stage.binding.send("GET", target, as_=merchant, act=act)
            await still_served(stage, pulse, "path")
            if 0 < reply.status < 500:
                break


async def still_served(stage: Trade, pulse: Errand, how: str) -> None:
    """An ordinary request."""
    await pulse.run(stage, StillServed(by=pulse.actor.party, data={"after": how}))


@scenario(shows={Flooded}, requires={"analytics"}, alone_on={"party:analyst"})
async def more_requests_than_the_rate_allows(stage: Trade) -> None:
    """The analyst asks more often in a minute than was declared, where that is not very often; then it waits as it is told."""
    rate = int(stage.theatre.limits.get("rate_per_minute", 0))
    if 0 < rate <= MODEST:
        stop: list[bool] = []
        await stage.together(*(partial(asks_on, stage, rate // STRANDS + 2, stop) for _ in range(STRANDS)))
    await asks(stage, rate, patient=True)


async def asks_on(stage: Trade, times: int, stop: list[bool]) -> None:
    """Asks so many times, until somebody was told to wait."""
    for _ in range(times):
        if stop:
            return
        if await asks(stage, times, patient=False) == 429:
            stop.append(True)


async def asks(stage: Trade, rate: int, *, patient: bool) -> int:
    """One harmless question; who is patient asks again after the time that it is told."""
    act: Act = stage.act(Flooded(by=stage.analyst.party, intent="hostile", data={"rate": rate}))
    reply = await stage.binding.call(
        "listAnalyticsShipments", as_=stage.analyst.party, act=act, query={"limit": 1}, attempts=2 if patient else 1
    )
    return reply.status


@scenario(shows={LineInspected})
async def a_look_at_the_lock(stage: Trade) -> None:
    """Is the line protected, by what, and is there a way around?"""
    lock = await stage.binding.lock(stage.plan.heartbeat)
    stage.act(LineInspected(by=stage.nobody.party, data=msgspec.to_builtins(lock)))
