"""An ordered feed of changes with stable cursors: each thing stands once, at the place of its latest change.

In: keys as they change.  Out: pages from a position; a position past the end yields what changes later.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Feed:
    """Keys by position; a key that changes again moves to the end."""

    keys: list[str] = field(default_factory=list)
    latest: dict[str, int] = field(default_factory=dict)

    def changed(self, key: str) -> None:
        """`key` is new, or changed."""
        self.latest[key] = len(self.keys)
        self.keys.append(key)

    def removed(self, key: str) -> None:
        """`key` no longer belongs here; positions stay as they are."""
        self.latest.pop(key, None)

    def since(self, position: int) -> Iterator[tuple[int, str]]:
        """Position and key of everything at or after `position`."""
        for place in range(position, len(self.keys)):
            key = self.keys[place]
            if self.latest.get(key) == place:
                yield place, key


def written(position: int) -> str:
    """A position as an opaque cursor."""
    return base64.urlsafe_b64encode(b"p:%d" % position).decode().rstrip("=")


def read(cursor: str) -> int | None:
    """The position in a cursor that `written` made; None for anything else."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    digits = raw[2:]
    if not raw.startswith(b"p:") or not digits.isdigit() or len(digits) > 12:
        return None
    return int(digits) if written(int(digits)) == cursor else None
