"""Rules for texts that people entered: no placeholders, no identity numbers, no control characters.

In: a document.  Out: the places that break a rule, as problem details name them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from conformance.mock.identities import holds_identity_number, is_placeholder

Breach = tuple[str, str]
_ALLOWED_CONTROLS = frozenset("\n\t")


def texts(value: Any, pointer: str = "") -> Iterator[Breach]:
    """Control characters and identity numbers in any string of a document."""
    if isinstance(value, str):
        if any(unicodedata.category(mark) == "Cc" and mark not in _ALLOWED_CONTROLS for mark in value):
            yield pointer, "character"
        elif holds_identity_number(value):
            yield pointer, "identity_number"
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from texts(part, f"{pointer}/{name}")
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from texts(part, f"{pointer}/{place}")


def placeholders(document: Any, *paths: str) -> Iterator[Breach]:
    """Which of the fields at these pointers say nothing."""
    for path in paths:
        value = document
        for step in path.split("/")[1:]:
            value = value.get(step) if isinstance(value, dict) else None
        if isinstance(value, str) and is_placeholder(value):
            yield path, "placeholder"
