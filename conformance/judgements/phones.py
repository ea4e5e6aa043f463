"""Telephone numbers as people write them: main number and extension, virtual numbers, the digits that count.

In: text.  Out: its parts.  Source: domain.md §3.5, §5.2.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

_MARKED_EXTENSION: Final = re.compile(r"\s*(?:转|轉|专|分机|分機|extension|ext\.?|#|_|\$|:|,|x(?=\d)|\*(?=\d{1,6}$))+\s*", re.I)
_DASHED_EXTENSION: Final = re.compile(r"^(.*[\d*])\s*[-–—]\s*([\d*]{1,6})$")
_COUNTRY: Final = re.compile(r"^\s*\(?(?:\+|00)86\)?[\s-]*|^86[\s-]+(?=1|0|\*)|^86(?=1[3-9]\d{9}$)")
_SEVERAL: Final = re.compile(r"[/,、;；|]|\s{2,}|\bor\b|或")
MOBILE: Final = re.compile(r"1[3-9]\d{9}")
LANDLINE: Final = re.compile(r"0(?:10|2\d|[3-9]\d{2})\d{7,8}")
SERVICE: Final = re.compile(r"(?:400|800)\d{7}|95\d{3,6}|96\d{3,5}|12\d{3}|11[0-9]|10\d{3}")
INTERNET_OF_THINGS: Final = re.compile(r"10[46]\d{10}|14[0-9]\d{10}")


class Phone(NamedTuple):
    """The main number as written, without +86, and the extension; None where there is none."""

    main: str
    extension: str | None

    @property
    def digits(self) -> str:
        """The digits of the main number, area code included."""
        return digits(self.main)

    @property
    def virtual(self) -> bool:
        """Whether it is a privacy number: only these have a mobile number with an extension."""
        return self.extension is not None and bool(MOBILE.fullmatch(self.digits))


def digits(text: str) -> str:
    """The decimal digits of the text in ASCII, full-width ones included."""
    if text.isascii():
        return "".join(filter(str.isdigit, text))
    return "".join(str(unicodedata.decimal(c)) for c in text if unicodedata.decimal(c, None) is not None)


def split(text: str) -> Phone:
    """Main number and extension, whatever parts them (`-`, `转`, `#`, `ext` …); masked digits count as digits."""
    plain = _COUNTRY.sub("", unicodedata.normalize("NFKC", text).strip(), count=1)
    marked = _MARKED_EXTENSION.split(plain, maxsplit=1)
    if len(marked) == 2 and len(digits(marked[0])) >= 7:
        return Phone(marked[0], marked[1])
    dashed = _DASHED_EXTENSION.match(plain)
    if dashed and _complete(dashed[1]):
        return Phone(dashed[1], dashed[2])
    return Phone(plain, None)


def several(text: str) -> list[str]:
    """The numbers of a field that holds more than one ("138…/139…"); else the text alone."""
    numbers = [part for part in _SEVERAL.split(text) if len(re.findall(r"[\d*]", part)) >= 7]
    return numbers if len(numbers) > 1 else [text]


def _complete(head: str) -> bool:
    """Whether what stands before a dash is a whole number: a mobile, a landline, or 7 to 8 digits at a stretch."""
    places = len(re.findall(r"[\d*]", head))
    return places >= 10 or (bool(re.fullmatch(r"[2-9*][\d*]{6,7}", head.strip())))
