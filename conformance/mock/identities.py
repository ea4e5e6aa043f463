"""Resident identity numbers, found in free text.

In: text.  Out: whether it holds 18 characters that are one, with the right check character (GB 11643-1999).
"""

from __future__ import annotations

import re
import unicodedata

_CANDIDATE = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def holds_identity_number(text: str) -> bool:
    """Whether `text` holds a resident identity number with no digit or letter next to it, also in full-width digits."""
    return any(_valid(found) for found in _CANDIDATE.findall(unicodedata.normalize("NFKC", text)))


def _valid(number: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECK[total % 11] == number[17].upper()
