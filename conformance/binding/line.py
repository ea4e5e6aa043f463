"""The line to the target: over TCP, or in process.

In: the target (a URL, or an ASGI application that can be given a transport for its webhooks).  Out: clients for our parties,
and addresses at which our receivers can be reached.  What sends over the line does not know which of the two it is.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol, TypeAlias
from urllib.parse import urlsplit

import anyio
import httpx

from conformance.binding.inside import Inside, Poster
from conformance.binding.lock import Lock, inspected
from conformance.binding.message import Address, Connections, Incoming, Outgoing
from conformance.errors import HulianError

Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
ASGI: TypeAlias = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

BROKEN = (httpx.ReadError, httpx.WriteError, ConnectionResetError, anyio.BrokenResourceError)
PATIENCE = 30.0
"""Seconds that one exchange may take."""
TIMEOUT = httpx.Timeout(PATIENCE).as_dict()
INSIDE = "http://iut.internal"
"""The address of a target in process; nothing listens there."""
RECEIVERS = "http://localhost/receivers"


class Line(Protocol):
    """What both kinds of line offer."""

    target: str
    virtual: bool
    options: tuple[str, ...]
    """What the command line has to say besides the target, so that the same one is reached again."""

    def connections(self) -> Connections:
        """A party's own, warm from its second request on."""
        ...

    def receivers(self, app: ASGI) -> AbstractAsyncContextManager[str]:
        """Serves the receivers while the context is open; gives the address that the target can call."""
        ...

    def open(self) -> AbstractAsyncContextManager[None]: ...

    async def lock(self, path: str) -> Lock:
        """How the line is protected; `path` is harmless to ask for."""
        ...


Factory: TypeAlias = Callable[[], Poster]
"""Makes the client by which a target in process sends its webhooks."""


class InProcess:
    """Target and receivers in this process, in virtual time: nothing waits.  `make` builds the target around the factory."""

    virtual = True

    def __init__(self, make: Callable[[Factory], Any], options: tuple[str, ...] = ()) -> None:
        self.target, self.options = INSIDE, options
        self._receivers: ASGI | None = None
        self._app = make(self._outbound)

    def connections(self) -> Connections:
        return Inside(self._app, Address(INSIDE).host)

    def _outbound(self) -> Poster:
        return Poster(self._deliver)

    async def _deliver(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        assert self._receivers is not None, "the receivers are opened before the first subscription"
        await self._receivers(scope, receive, send)

    @asynccontextmanager
    async def receivers(self, app: ASGI) -> AsyncIterator[str]:
        self._receivers = app
        yield RECEIVERS

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        router = getattr(self._app, "router", self._app)
        async with router.lifespan_context(self._app):
            yield

    async def lock(self, path: str) -> Lock:
        return Lock(loopback=True, scheme="http")


class Sockets:
    """Connections to a target at a URL."""

    def __init__(self, target: str, verify: ssl.SSLContext | bool) -> None:
        parts = httpx.URL(target)
        self._origin = f"{parts.scheme}://{parts.netloc.decode('ascii')}"
        limits = httpx.Limits(max_connections=50, max_keepalive_connections=20)
        self._transport = httpx.AsyncHTTPTransport(verify=verify, trust_env=False, limits=limits)

    async def send(self, request: Outgoing) -> Incoming:
        made = httpx.Request(
            request.method, self._origin + request.target, headers=list(request.headers), content=request.content or None,
            extensions={"timeout": TIMEOUT},
        )
        response = await self._transport.handle_async_request(made)
        return Incoming(response.status_code, response.headers.raw, response.aiter_raw(), response.aclose)

    async def close(self) -> None:
        await self._transport.aclose()


class Tcp:
    """A target at a URL.  Receivers bind to `callback_bind` ("host:port", port 0 for a free one) and advertise `callback_url`."""

    virtual = False
    options: tuple[str, ...] = ()

    def __init__(
        self, target: str, *, callback_bind: str = "127.0.0.1:0", callback_url: str | None = None, ca_file: str | None = None
    ) -> None:
        try:
            parts = urlsplit(target)
            known = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:  # no port, or no IPv6 address
            known = False
        if not known:
            raise HulianError("bad_target", target=target)
        self.target = target.rstrip("/")
        self._bind = callback_bind
        self._url = callback_url
        try:
            self._verify: ssl.SSLContext | bool = ssl.create_default_context(cafile=ca_file) if parts.scheme == "https" else False
        except OSError as error:
            raise HulianError("bad_ca_file", path=str(ca_file), why=str(error)) from None

    def connections(self) -> Connections:
        return Sockets(self.target, self._verify)

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

    async def lock(self, path: str) -> Lock:
        return await inspected(self.target, path, self._verify if isinstance(self._verify, ssl.SSLContext) else None)


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
    text = next((said(one) for one in seen if isinstance(one, OSError) and one.errno), "")
    text = text or next((str(one) for one in seen if str(one)), type(error).__name__)
    for kinds, word in (
        ((TimeoutError, httpx.TimeoutException), "timeout"),
        ((ssl.SSLError,), "tls"),
        ((ConnectionRefusedError,), "refused"),
        ((httpx.RemoteProtocolError, httpx.DecodingError), "unreadable"),
        ((httpx.ConnectError, OSError), "refused"),
    ):
        if any(isinstance(one, kinds) for one in seen):
            lost = word == "unreadable" and "disconnected" in text.lower()
            gone = word == "refused" and any(isinstance(one, BROKEN) for one in seen)
            return ("lost" if lost or gone else word), text[:200]
    return "lost", text[:200]


def said(error: OSError) -> str:
    """What the system says about it, without the address, which stands beside it anyway."""
    known = isinstance(error.errno, int) and error.errno > 0 and not isinstance(error, ssl.SSLError)
    return os.strerror(error.errno) if known and error.errno else error.strerror or str(error)
