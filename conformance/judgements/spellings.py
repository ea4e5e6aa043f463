"""Spellings: other ways to write the same text: folded, full-width, spaced, reversed; a phone's digits alone.

In: a value.  Out: texts, none twice, none the value itself unless said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from conformance.judgements import phones

_SEPARATORS: Final = (" ", "-", ".", "_", "\u00a0", "　", "－", ", ")
_GROUPS: Final = ((3, 4, 4), (3, 3, 5), (4, 4, 3), (3, 8), (4, 7), (4, 8), (3, 4), (1,), (2,), (3,), (4,))
_PHONE: Final = re.compile(r"\+?\d[\d\s()转#_-]{6,}")
_WIDE: Final = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_LONGEST_SPREAD: Final = 40


def bare(value: str) -> list[str]:
    """The value itself, and for a phone its digits alone."""
    return list(dict.fromkeys([value, _digits(value) or value]))


def dialled(value: str) -> list[str]:
    """The ways to write a phone with its country code; none for anything else."""
    digits = _digits(value)
    return [before + digits for before in ("+86", "86", "0086", "+86-", "+86 ")] if digits else []


def folded(value: str) -> list[str]:
    """Unicode normal forms, letter case, without blanks."""
    forms = [unicodedata.normalize(form, value) for form in ("NFC", "NFKC", "NFD", "NFKD")]
    return _others(value, [*forms, value.lower(), value.upper(), value.title(), "".join(value.split())])


def wide(value: str) -> list[str]:
    """With full-width letters and digits."""
    return _others(value, (text.translate(_WIDE) for text in bare(value)))


def reversed_(value: str) -> list[str]:
    """Back to front."""
    return _others(value, (text[::-1] for text in bare(value)))


def spaced(value: str) -> list[str]:
    """With something between the characters, or between groups of a phone's digits."""
    spread = [separator.join(value) for separator in _SEPARATORS] if len(value) <= _LONGEST_SPREAD else []
    digits = _digits(value) or (value if value.isdecimal() else "")
    groups = [separator.join(_grouped(digits, sizes)) for sizes in _GROUPS for separator in _SEPARATORS if digits]
    return _others(value, spread + groups)


def _digits(value: str) -> str:
    """The digits of a phone without +86 and extension; nothing for any other text."""
    return phones.split(value).digits if _PHONE.fullmatch(unicodedata.normalize("NFKC", value)) else ""


def _others(value: str, forms: Iterable[str]) -> list[str]:
    return [form for form in dict.fromkeys(forms) if form != value]


def _grouped(digits: str, sizes: tuple[int, ...]) -> Iterator[str]:
    """The digits in groups of these sizes, the last size again and again."""
    start = 0
    for size in (*sizes, *(sizes[-1:] * len(digits))):
        if start < len(digits):
            yield digits[start : start + size]
        start += size
