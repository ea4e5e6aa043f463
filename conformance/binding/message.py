"""A message on the line: what goes out, what comes in, and what carries the two.

In: nothing but values.  Out: the same for both kinds of line, so that who sends does not know which of them it is.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, Awaitable, Callable, Sequence
from typing import Final, Protocol

import httpx
import msgspec

PLAIN: Final = re.compile(r"(?:[A-Za-z0-9\-._~=&+:@/,?]|%[0-9A-Fa-f]{2})*")
"""Targets that every client writes as they stand."""


class Outgoing(msgspec.Struct, frozen=True):
    """A request as it goes over the line; `target` is path and query, headers stand in their order."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    content: bytes


class Incoming(msgspec.Struct, frozen=True):
    """The answer: its body comes in `parts`; `close` must be called, whether they were read or not."""

    status: int
    headers: Sequence[tuple[bytes, bytes]]
    parts: AsyncIterable[bytes]
    close: Callable[[], Awaitable[None]]


class Connections(Protocol):
    """One party's connections to the target."""

    async def send(self, request: Outgoing) -> Incoming:
        """Raises whatever the wire does."""
        ...

    async def close(self) -> None: ...


class Address:
    """Where the target is; `host` is what the Host header says."""

    def __init__(self, base: str) -> None:
        self._base, url = base, httpx.URL(base)
        self.host = url.netloc.decode("ascii")
        self._prefix = url.raw_path.decode("ascii").rstrip("/")

    def written(self, target: str) -> str:
        """Path and query as a client sends them: percent-encoded, without dot segments (RFC 3986, 5.2.4)."""
        if PLAIN.fullmatch(target) and "/." not in target:
            return self._prefix + target
        return httpx.URL(self._base + target).raw_path.decode("ascii")
