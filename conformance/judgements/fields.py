"""Fields: which places of a record hold something; items of a list count as one place.

In: a JSON value.  Out: JSON pointers, `*` for any item.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

EMPTY: Final[tuple[object, ...]] = (None, "", [], {})


def places(value: object) -> frozenset[str]:
    """Every place at which something stands that is not empty."""
    return frozenset(_places(value, ""))


def _places(value: object, pointer: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _places(inner, f"{pointer}/{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from _places(inner, f"{pointer}/*")
    elif value not in EMPTY:
        yield pointer
