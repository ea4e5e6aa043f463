"""The line to an application that somebody else wrote: served on loopback while the line is open, and reached over TCP.

In: an ASGI application.  Out: a line.  It runs in the same event loop as the suite, in real time.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from conformance.binding.line import ASGI, Tcp
from conformance.binding.serving import listen, serving


class Hosted(Tcp):
    """A target that exists only while it is looked at."""

    def __init__(self, app: ASGI, *, callback_bind: str = "127.0.0.1:0") -> None:
        self._app = app
        self._socket = listen("127.0.0.1", 0)
        super().__init__(f"http://127.0.0.1:{self._socket.getsockname()[1]}", callback_bind=callback_bind)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        async with serving(self._app, self._socket):
            yield
