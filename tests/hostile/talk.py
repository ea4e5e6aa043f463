"""One request that a hostile server got, and the streams on which it may say whatever it likes.

In: asyncio streams, and a mock that answers honestly when it is asked to.  Out: bytes, as a kind wants them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import httpx

Headers = list[tuple[bytes, bytes]]


class Request(NamedTuple):
    method: str
    target: str
    headers: Headers
    body: bytes


class Honest(NamedTuple):
    """What the mock would have answered."""

    status: int
    headers: Headers
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON, None where there is none."""
        return json.loads(self.body) if self.body else None

    def saying(self, document: Any) -> Honest:
        """The same with another JSON body."""
        return self._replace(body=document if isinstance(document, bytes) else json.dumps(document).encode())


class Talk:
    """`number` counts the requests that the server got, from 1; `store` is what a kind keeps from one to the next."""

    def __init__(
        self, request: Request, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, mock: httpx.ASGITransport,
        store: dict[str, Any],
    ) -> None:
        self.request, self.number, self.reader, self.writer, self._mock, self.store = request, number, reader, writer, mock, store

    @property
    def path(self) -> str:
        return self.request.target.partition("?")[0]

    async def honest(self) -> Honest:
        """What the mock answers."""
        method, target, headers, body = self.request
        request = httpx.Request(method, f"http://mock{target}", headers=headers, content=body)
        answer = await self._mock.handle_async_request(request)
        return Honest(answer.status_code, answer.headers.raw, await answer.aread())

    async def answers(self, answer: Honest, more: Iterable[tuple[bytes, bytes]] = ()) -> None:
        """Sends an answer as it should be sent."""
        kept = [(name, value) for name, value in answer.headers if name.lower() != b"content-length"]
        length = [] if answer.status == 204 else [(b"content-length", b"%d" % len(answer.body))]
        await self.writes(head(answer.status, [*kept, *length, *more]) + answer.body)

    async def says(self, body: bytes, *more: tuple[bytes, bytes], status: int = 200) -> None:
        """Sends a body that calls itself JSON."""
        await self.answers(Honest(status, [(b"content-type", b"application/json")], body), more)

    async def writes(self, raw: bytes) -> None:
        self.writer.write(raw)
        await self.writer.drain()

    async def pours(self, chunk: Callable[[], bytes], *, times: int | None = None, pause: float = 0.0) -> None:
        """Writes again and again: `times` times, or until the other side has enough."""
        done = 0
        while times is None or done < times:
            await self.writes(chunk())
            done += 1
            if pause:
                await asyncio.sleep(pause)

    async def drips(self, raw: bytes, pause: float) -> None:
        """Writes byte by byte."""
        for byte in raw:
            await self.writes(bytes((byte,)))
            await asyncio.sleep(pause)

    async def is_left(self) -> None:
        """Says nothing until the other side goes away."""
        await self.reader.read()

    def closes(self) -> None:
        self.writer.close()


def head(status: int | bytes, headers: Iterable[tuple[bytes, bytes]], version: bytes = b"HTTP/1.1") -> bytes:
    """The beginning of an answer, as it goes over the wire."""
    code = status if isinstance(status, bytes) else b"%d Spoken" % status
    return b"\r\n".join([version + b" " + code, *(name + b": " + value for name, value in headers), b"", b""])


async def heard(reader: asyncio.StreamReader) -> Request | None:
    """The next request of a connection; None where there is none any more."""
    try:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).rstrip(b"\r\n").split(b"\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None
    method, target, _ = first.decode("latin-1").split(" ", 2)
    pairs = [line.partition(b":") for line in lines]
    headers = [(name.strip(), value.strip()) for name, _, value in pairs]
    length = next((int(value) for name, value in headers if name.lower() == b"content-length"), 0)
    return Request(method, target, headers, await reader.readexactly(length))
