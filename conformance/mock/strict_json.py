"""JSON as a careful platform reads it: no duplicate keys, no NaN, bounded nesting.

In: the bytes of a body.  Out: the value, or `Unreadable` with the reason code.
"""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

MAX_DEPTH = 64
MAX_BYTES = 1_048_576


class Unreadable(ValueError):
    """The body is no JSON that we accept; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse(raw: bytes) -> Any:
    """The value of a JSON body.  Raises Unreadable."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("not-utf-8") from None
    if text.startswith("\ufeff"):
        raise Unreadable("byte-order-mark")
    if text.count("{") + text.count("[") > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        raise Unreadable("nested-too-deeply")
    try:
        value: Any = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse, parse_float=_finite)
    except Unreadable:
        raise
    except ValueError:  # json.JSONDecodeError, and integers beyond sys.get_int_max_str_digits()
        raise Unreadable("not-json") from None
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Unreadable("duplicate-key")
    return made


def _refuse(constant: str) -> NoReturn:
    raise Unreadable("not-a-number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Unreadable("number-out-of-range")
    return number


def _depth(text: str) -> int:
    deepest = depth = 0
    in_string = escaped = False
    for character in text:
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def parse_loosely(raw: bytes) -> Any:
    """What a careless platform would read: the last of two keys, NaN, anything.  Only a fault leads here."""
    try:
        return json.loads(raw.decode("utf-8", errors="replace"))
    except (ValueError, RecursionError):
        return {}
