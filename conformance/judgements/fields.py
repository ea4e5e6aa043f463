"""Fields: which places of a record hold something; items of a list count as one place.

In: a JSON value.  Out: JSON pointers, `*` for any item.
"""

from __future__ import annotations


def places(value: object) -> frozenset[str]:
    """Every place at which something stands that is not empty."""
    found: set[str] = set()
    _collect(value, "", found)
    return frozenset(found)


def _collect(value: object, pointer: str, found: set[str]) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            _collect(inner, f"{pointer}/{name}", found)
    elif isinstance(value, list):
        for inner in value:
            _collect(inner, f"{pointer}/*", found)
    elif value is not None and value != "":
        found.add(pointer)
