"""Idempotency keys: a request said twice is done once, also when both come at the same time.

In: who says it, the key, a digest of the body.  Out: the first answer again, a wait for it, or a conflict.  Keys are kept for a day
of trade time; only successes are remembered, byte for byte.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import anyio
import msgspec


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given."""

    status: int
    headers: tuple[tuple[str, str], ...]
    raw: bytes


@dataclass(slots=True)
class Entry:
    """One key's first request; `kept` is set when it has been answered, `done` tells those who wait."""

    digest: bytes
    until: float
    kept: Kept | None = None
    done: anyio.Event | None = None

    async def wait(self) -> None:
        """Returns when the first request has been answered."""
        self.done = self.done or anyio.Event()
        await self.done.wait()

    def answered(self) -> None:
        """Those who wait go on."""
        if self.done is not None:
            self.done.set()


class Idempotency:
    """Keys by client and operation."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str, str], Entry] = {}

    def find(self, client: str, operation: str, key: str, now: float) -> Entry | None:
        """The live entry of this key."""
        entry = self._entries.get((client, operation, key))
        return entry if entry is not None and entry.until > now else None

    def begin(self, client: str, operation: str, key: str, digest: bytes, until: float) -> Entry:
        """A new key, held until `finish` or `forget`, or until that time."""
        entry = self._entries[client, operation, key] = Entry(digest, until)
        return entry

    def finish(self, entry: Entry, kept: Kept) -> None:
        """The first request has been answered."""
        entry.kept = kept
        entry.answered()

    def forget(self, client: str, operation: str, key: str) -> None:
        """The first request changed nothing (it was refused, or broke): the key may be used again."""
        entry = self._entries.pop((client, operation, key), None)
        if entry is not None:
            entry.answered()


def digest(body: Any) -> bytes:
    """What tells two bodies apart: their JSON values, not their bytes."""
    return hashlib.sha256(msgspec.json.encode(_plain(body), order="deterministic")).digest()


def _plain(value: Any) -> Any:
    """1.0 is 1."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value
