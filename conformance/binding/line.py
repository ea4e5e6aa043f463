"""The line to the target: over TCP, or in process.

In: the target (a URL, or an ASGI application that can be given a transport for its webhooks).  Out: clients for our parties,
and addresses at which our receivers can be reached.  What sends over the line does not know which of the two it is.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol, TypeAlias
from urllib.parse import urlsplit

import anyio
import httpx

from conformance.errors import HulianError

Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
ASGI: TypeAlias = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

INSIDE = "http://iut.internal"
"""The address of a target in process; nothing listens there."""
RECEIVERS = "http://receivers.internal"


class Line(Protocol):
    """What both kinds of line offer."""

    target: str
    virtual: bool

    def client(self) -> httpx.AsyncClient: ...
    def receivers(self, app: ASGI) -> AbstractAsyncContextManager[str]:
        """Serves the receivers while the context is open; gives the address that the target can call."""
        ...

    def open(self) -> AbstractAsyncContextManager[None]: ...


class Embeddable(Protocol):
    """An ASGI application that runs its webhooks through a client which the suite gives it."""

    def outbound(self, factory: Callable[[], httpx.AsyncClient]) -> None: ...


class InProcess:
    """Target and receivers in this process, in virtual time: nothing waits."""

    virtual = True

    def __init__(self, app: Any) -> None:
        self.target = INSIDE
        self._app = app

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=self._app, raise_app_exceptions=False), base_url=INSIDE, timeout=None)

    @asynccontextmanager
    async def receivers(self, app: ASGI) -> AsyncIterator[str]:
        self._app.outbound(lambda: httpx.AsyncClient(transport=httpx.ASGITransport(app=app, raise_app_exceptions=False), timeout=None))
        yield RECEIVERS

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        async with self._app.router.lifespan_context(self._app):
            yield


class Tcp:
    """A target at a URL.  Receivers bind to `callback_bind` ("host:port", port 0 for a free one) and advertise `callback_url`."""

    virtual = False

    def __init__(self, target: str, *, callback_bind: str = "127.0.0.1:0", callback_url: str | None = None, ca_file: str | None = None) -> None:
        parts = urlsplit(target)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise HulianError("bad_target", target=target)
        self.target = target.rstrip("/")
        self._bind = callback_bind
        self._url = callback_url
        try:
            self._verify: ssl.SSLContext | bool = ssl.create_default_context(cafile=ca_file) if parts.scheme == "https" else False
        except OSError as error:
            raise HulianError("bad_ca_file", path=str(ca_file), why=str(error)) from None

    def client(self) -> httpx.AsyncClient:
        limits = httpx.Limits(max_connections=50, max_keepalive_connections=20)
        return httpx.AsyncClient(base_url=self.target, verify=self._verify, follow_redirects=False, trust_env=False, limits=limits)

    @asynccontextmanager
    async def receivers(self, app: ASGI) -> AsyncIterator[str]:
        from conformance.binding.serving import listen, serving  # uvicorn is needed only over TCP

        host, _, port = self._bind.rpartition(":")
        sock = listen(host or "127.0.0.1", int(port))
        address = self._url or f"http://{host}:{sock.getsockname()[1]}"
        async with serving(app, sock):
            yield address.rstrip("/")

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        yield


def failure_kind(error: BaseException) -> tuple[str, str]:
    """What kept an answer from coming (a word of `records.Failure`), and its detail.  Causes hide in groups and chains."""
    seen: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None or one in seen:
            continue
        seen.append(one)
        waiting += [one.__cause__, one.__context__, *(getattr(one, "exceptions", ()))]
    text = next((str(one) for one in seen if str(one)), type(error).__name__)
    for kinds, word in (
        ((TimeoutError, httpx.TimeoutException), "timeout"),
        ((ssl.SSLError,), "tls"),
        ((ConnectionRefusedError,), "refused"),
        ((httpx.RemoteProtocolError, httpx.DecodingError), "unreadable"),
        ((httpx.ConnectError, OSError), "refused"),
    ):
        if any(isinstance(one, kinds) for one in seen):
            lost = word == "unreadable" and "disconnected" in text.lower()
            gone = word == "refused" and any(isinstance(one, httpx.ReadError | httpx.WriteError | ConnectionResetError | anyio.BrokenResourceError) for one in seen)
            return ("lost" if lost or gone else word), text[:200]
    return "lost", text[:200]
