"""New documents from old ones: what a fault needs to change one part of a record.

In: documents and paths such as `recipient/phone/number` or `items/*/name`.  Out: documents; what was given stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Document = dict[str, Any]
GONE = object()
"""What a change answers to take the member away."""


def reshaped(value: Any, path: str, change: Callable[[Any], Any]) -> Any:
    """`value` with what stands at `path` replaced by what `change` makes of it; as it was where nothing stands there."""
    step, _, rest = path.partition("/")
    if not step:
        return change(value)
    if step == "*":
        return [reshaped(part, rest, change) for part in value]
    if step not in value:
        return value
    changed = reshaped(value[step], rest, change)
    return without(value, step) if changed is GONE else {**value, step: changed}


def both(value: Document, path: str, change: Callable[[Any], Any]) -> Any:
    """`reshaped` for the sender and the recipient."""
    return reshaped(reshaped(value, "sender/" + path, change), "recipient/" + path, change)


def without(value: Document, *names: str) -> Document:
    """`value` without these members."""
    return {name: part for name, part in value.items() if name not in names}
