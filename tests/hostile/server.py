"""A hostile server: answers honestly, through a mock, until its kind begins.

In: a kind.  Out: a URL while the context is open; the server runs in a thread with an event loop of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx

from conformance.mock.platform import MockPlatform
from tests.hostile.kind import Kind
from tests.hostile.talk import Talk, heard

GONE = (ConnectionError, asyncio.IncompleteReadError)
"""How it shows that the other side has enough."""
LONGEST = 16 * 1024 * 1024
"""Bytes of a request's head."""


class Server:
    """One server of one kind.  `number` counts the requests."""

    def __init__(self, kind: Kind) -> None:
        self.kind, self.number = kind, 0
        self._store: dict[str, Any] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        app = MockPlatform().app
        self._mock = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with app.lifespan_context(app):
            server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=LONGEST)
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, request after request."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with contextlib.suppress(*GONE, asyncio.CancelledError):
                while not writer.is_closing() and (request := await heard(reader)) is not None:
                    self.number += 1
                    await self._answered(Talk(request, self.number, reader, writer, self._mock, self._store))
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _answered(self, talk: Talk) -> None:
        if talk.number <= self.kind.after:
            await talk.answers(await talk.honest())
        else:
            await self.kind.play(talk)


@contextmanager
def serving(kind: Kind) -> Iterator[str]:
    """A server that answers while the context is open."""
    ready, address, ends = threading.Event(), list[str](), list[Any]()

    async def served() -> None:
        done = asyncio.Event()
        async with Server(kind).open() as url:
            ends.append((asyncio.get_running_loop(), done))
            address.append(url)
            ready.set()
            await done.wait()

    thread = threading.Thread(target=asyncio.run, args=(served(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    yield address[0]
    loop, done = ends[0]
    loop.call_soon_threadsafe(done.set)
    thread.join(10)
