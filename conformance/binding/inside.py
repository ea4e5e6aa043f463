"""Inside this process: an application's answers without a wire.

In: an ASGI application.  Out: connections for our parties, and a poster for the target's webhooks.  No HTTP client in between.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, Self
from urllib.parse import quote, unquote, urlsplit

import anyio.lowlevel
import msgspec

from conformance.binding.message import Incoming, Outgoing

CLIENT = ("127.0.0.1", 123)
SAFE = "/%?:@!$&'()*+,;=~-._"
Headers = list[tuple[bytes, bytes]]


class Whole:
    """A body that is there at once."""

    def __init__(self, body: bytes) -> None:
        self._left = [body]

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        if not self._left:
            raise StopAsyncIteration
        return self._left.pop()


class Call:
    """One request of an application, and what it answers; what it raises is its 500."""

    def __init__(self, content: bytes) -> None:
        self._content: bytes | None = content
        self._parts: list[bytes] = []
        self._done: anyio.Event | None = None
        self.status = 0
        self.headers: Headers = []

    async def receive(self) -> MutableMapping[str, Any]:
        if self._content is not None:
            content, self._content = self._content, None
            return {"type": "http.request", "body": content, "more_body": False}
        self._done = self._done or anyio.Event()
        await self._done.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            self._parts.append(message.get("body", b""))
            if self._done is not None and not message.get("more_body"):
                self._done.set()

    async def to(self, app: Any, scope: MutableMapping[str, Any]) -> bytes:
        """Calls the application; gives the body."""
        try:
            await app(scope, self.receive, self.send)
        except Exception:  # an application that breaks has answered so
            self.status = self.status or 500
        return b"" if scope["method"] == "HEAD" else b"".join(self._parts)


def scope(method: str, host: str, path: str, query: str, headers: Headers) -> MutableMapping[str, Any]:
    """What an ASGI server says of a request."""
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "headers": headers, "scheme": "http",
        "path": unquote(path) if "%" in path else path, "raw_path": path.encode("ascii"), "query_string": query.encode("ascii"),
        "server": (host, None), "client": CLIENT, "root_path": "",
    }


class Inside:
    """Connections to an application in this process."""

    def __init__(self, app: Any, host: str) -> None:
        self._app, self._host = app, host

    async def send(self, request: Outgoing) -> Incoming:
        path, _, query = request.target.partition("?")
        headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in request.headers]
        await anyio.lowlevel.checkpoint()  # as over a wire, others get their turn
        call = Call(request.content)
        body = await call.to(self._app, scope(request.method, self._host, path, query, headers))
        return Incoming(call.status, call.headers, Whole(body), self.close)

    async def close(self) -> None:
        """Nothing is open."""


class Posted(msgspec.Struct, frozen=True):
    """What a receiver answered."""

    status_code: int


class Poster:
    """Sends the webhooks of a target in this process: as much of an HTTP client as that needs."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *raised: object) -> None:
        """Nothing is open."""

    async def post(self, url: str, *, content: bytes, headers: Mapping[str, str]) -> Posted:
        """Raises OSError where the URL leads nowhere."""
        try:
            parts = urlsplit(url)
            sent = [(b"host", parts.netloc.encode("ascii")), (b"content-length", b"%d" % len(content))]
            sent += [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
            asked = scope("POST", parts.hostname or "", quote(parts.path or "/", SAFE), quote(parts.query, SAFE), sent)
        except ValueError as error:
            raise OSError(f"cannot be sent to: {error}") from None
        call = Call(content)
        await call.to(self._app, asked)
        return Posted(call.status)
