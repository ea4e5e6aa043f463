"""What must never stand in a consignment or an event: identity numbers and placeholders, found in free text.

In: text.  Out: whether it holds a resident identity number with a right check digit (GB 11643-1999), or only pretends to say something.
"""

from __future__ import annotations

import re
import unicodedata

_CANDIDATE = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])")
_GAPS = re.compile(r"(?<=[0-9])[\s._-](?=[0-9Xx])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"

PLACEHOLDERS = frozenset(
    {"无", "未知", "不详", "暂无", "空", "没有", "test", "测试", "null", "none", "n/a", "na", "undefined", "unknown", "tbd"}
)


def holds_identity_number(text: str) -> bool:
    """Whether `text` holds a resident identity number, also in full-width digits or in groups."""
    folded = unicodedata.normalize("NFKC", text)
    return any(_valid(found) for shape in (folded, _GAPS.sub("", folded)) for found in _CANDIDATE.findall(shape))


def is_placeholder(text: str) -> bool:
    """Whether `text` says nothing: blank, a word for nothing, or nothing but stars, dashes, question marks, dots."""
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    return folded in PLACEHOLDERS or not any(character.isalnum() for character in folded)


def _valid(number: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECK[total % 11] == number[17].upper()
