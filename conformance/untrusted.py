"""JSON from somebody we do not trust.

In: bytes.  Out: the value, or MISSING where the bytes are no JSON.  Nothing that is said can raise.
"""

from __future__ import annotations

import json
from typing import Final

import msgspec

from conformance.records import JSON


class Missing:
    """Not there: neither null nor empty."""

    def __repr__(self) -> str:
        return "missing"

    def __bool__(self) -> bool:
        return False


MISSING: Final = Missing()


def parsed(raw: bytes) -> JSON:
    """The JSON value of a body.  msgspec is strict and fast; what it refuses may still be JSON that Python reads."""
    for read in (msgspec.json.decode, json.loads):
        try:
            return read(raw)
        except (ValueError, RecursionError):
            continue
    return MISSING


def canonical(value: JSON) -> bytes:
    """The value written down: in the same way for equal values, whatever the order of their members."""
    try:
        return msgspec.json.encode(value, order="sorted")
    except (ValueError, RecursionError):  # lone surrogates, which JSON can carry
        return json.dumps(value, sort_keys=True).encode()
