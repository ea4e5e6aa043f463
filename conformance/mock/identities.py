"""Resident identity numbers, found in free text.

In: text.  Out: whether it holds 18 characters that are one: province, date of birth, check character (GB 11643-1999, rule 7.6).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_CANDIDATE = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(first, last + 1)
)
"""GB/T 2260, the first two digits."""
_YEARS = range(1800, 2100)


def holds_identity_number(text: str) -> bool:
    """Whether `text` holds a resident identity number with no digit or letter next to it, also in full-width digits."""
    return any(_valid(found) for found in _CANDIDATE.findall(unicodedata.normalize("NFKC", text)))


def _valid(number: str) -> bool:
    if number[:2] not in _PROVINCES or not _dated(number[6:14]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECK[total % 11] == number[17].upper()


def _dated(digits: str) -> bool:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    try:
        return date(year, month, day).year in _YEARS
    except ValueError:
        return False
