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


MOST: Final = 1e9
"""No number that a target declares is taken to be greater: of seconds, more than thirty years."""

DEPTH: Final = 100
"""How deep what was said is kept where it can't be kept as it was."""


def number(value: JSON) -> float | None:
    """A number that can be reckoned with: neither negative nor beyond `MOST`; None for whatever else was said."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST:
        return None
    return float(value)


def numbers(value: JSON) -> dict[str, float]:
    """The members of an object that are numbers to reckon with."""
    found = ((name, number(one)) for name, one in value.items()) if isinstance(value, dict) else ()
    return {name: one for name, one in found if one is not None}


def named(value: JSON) -> JSON:
    """The value where it can be looked up, as the names that a target gives are; an array or object is its JSON text."""
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value


def storable(value: JSON, depth: int = DEPTH) -> JSON:
    """The value as JSON text can hold it: half a character becomes its escape, what lies too deep a mark."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict | list | tuple) and depth == 0:
        return "…"
    if isinstance(value, dict):
        return {storable(name): storable(one, depth - 1) for name, one in value.items()}
    return [storable(one, depth - 1) for one in value] if isinstance(value, list | tuple) else value


def parsed(raw: bytes) -> JSON:
    """The JSON value of a body.  msgspec is strict and fast; what it refuses may still be JSON that Python reads, as long as it is UTF-8
    (RFC 8259, 8.1)."""
    for read in (msgspec.json.decode, lambda text: json.loads(text.decode("utf-8"))):
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
