"""Hostility towards our receivers: what somebody sends who knows where they are.

In: a talk, by which the server learned the address of a receiver.  Out: honest answers, and messages that nobody ordered.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Final
from urllib.parse import urlsplit

from tests.hostile.kind import kind
from tests.hostile.sayings import MOST, NASTY
from tests.hostile.talk import Talk

SUBSCRIPTIONS: Final = "/subscriptions"
FORGED: Final = json.dumps({"type": "consignment.created", "timestamp": NASTY, "data": {"consignment_id": NASTY}}).encode()


async def honestly(talk: Talk) -> str | None:
    """Answers honestly; gives the receiver that the request registered, once in a run."""
    await talk.answers(await talk.honest())
    if talk.request.method != "POST" or talk.path != SUBSCRIPTIONS or "known" in talk.store:
        return None
    talk.store["known"] = True
    return str(json.loads(talk.request.body)["url"])


async def sends(url: str, *parts: bytes, times: int = 1, pause: float = 0.0, length: int | None = None, path: str | None = None) -> None:
    """Sends a body in parts to the receiver, and waits for the answer at most as long as it takes to be sent."""
    at = urlsplit(url)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    with contextlib.suppress(ConnectionError):
        size = sum(map(len, parts)) * times if length is None else length
        writer.write(b"POST %s HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % (
            (path or at.path).encode(), size))
        for _ in range(times):
            for part in parts:
                writer.write(part)
                await writer.drain()
                await asyncio.sleep(pause)
        await reader.read(1000)
    writer.close()


def beside(talk: Talk, *work: object) -> None:
    """Lets the work go on beside the conversation."""
    talk.store.setdefault("work", []).extend(asyncio.ensure_future(one) for one in work)  # type: ignore[call-overload]


@kind(first=None, later=MOST, after=0)
async def forged_messages(talk: Talk) -> None:
    """Messages without a signature, with escapes for ids, and to receivers that are not there."""
    if url := await honestly(talk):
        beside(talk, *(sends(url, FORGED) for _ in range(20)), *(sends(url, FORGED, path=f"/nobody/{at}") for at in range(20)))


@kind(first=None, later=MOST, after=0)
async def a_message_of_a_hundred_megabytes(talk: Talk) -> None:
    """100 MB, announced as such."""
    if url := await honestly(talk):
        beside(talk, sends(url, b" " * 65536, times=1600))


@kind(first=None, later=MOST, after=0, heavy=True)
async def a_message_without_end(talk: Talk) -> None:
    """A body that never ends."""
    if url := await honestly(talk):
        beside(talk, sends(url, b" " * 65536, times=10**9))


@kind(first=None, later=MOST, after=0, heavy=True)
async def a_slow_message(talk: Talk) -> None:
    """A body of which one byte a second comes."""
    if url := await honestly(talk):
        beside(talk, sends(url, b" ", times=10**6, pause=1))


async def floods(url: str) -> None:
    """As many messages as go, one after the other on each of a few connections."""
    with contextlib.suppress(ConnectionError):  # the run is over
        while True:
            await sends(url, FORGED)


@kind(first=None, later=MOST, after=0, heavy=True)
async def a_flood_of_messages(talk: Talk) -> None:
    """Messages as fast as they go, to the end of the run and to one receiver."""
    if url := await honestly(talk):
        beside(talk, *(floods(url) for _ in range(4)))
