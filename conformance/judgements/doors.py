"""Doors: the part of an address below the building that says where somebody lives: unit, side of a floor, room.

In: a street address.  Out: where the numbers of its door stand in the text.  A parser of doors is never complete; where
a number may as well be a house or a building (`2-501`: the 2), it is left out, so that nobody is blamed for showing it.
Source: GB/T 41833-2022 as reported ("地址应隐藏单元户室号"); grammars of domain.md §5.3.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

_ASCII: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_NUMBER = r"(?:[A-Z]?\d{1,6}[A-Z]?(?![A-Z\d])|[零〇一二三四五六七八九十百两]{1,8}|(?<![A-Z])[A-Z])"
_DASH = r"\s?[-–—_]\s?"
_BUILDING = r"(?:(?<=[楼栋棟幢座厦寓舍层層#])|(?<=单元)|(?<=單元)|(?<=\dF)|(?<=公室)|(?<=教室)|(?<=寝室)|(?<=\d门))"
_NOT_A_HOUSE = r"(?![\dA-Z]|号(?!房)|號(?!房)|[#楼樓栋棟幢座层層米年月路弄巷])"
_GRAMMARS: Final = tuple(
    (kind, re.compile(grammar, re.IGNORECASE))
    for kind, grammar in (
        ("unit", rf"(?P<id>{_NUMBER})\s?(?:单元|單元|门洞|梯|门(?=\d))"),
        ("room", r"(?P<id>[东西南北中左右]{1,2})边?[户戶室]"),
        ("room", rf"(?P<id>{_NUMBER}(?:{_DASH}{_NUMBER}){{0,4}})\s?(?:号房|號房|室|房(?![产產地屋山管])|[户戶铺]|号?床)"),
        (
            "room",
            r"(?:\broom|\brm\.?|\bflat|\bunit|\bsuite|\bapt\.?|\bapartment|房间号|房号|室号)\s?[:：]?\s?(?P<id>[\dA-Z-]{1,12})",
        ),
        ("room", r"(?<=#)(?P<id>\d{1,3}-\d{1,4})(?!\d)"),
        ("unit", rf"{_BUILDING}-?(?P<id>\d{{1,2}}){_DASH}(?:\d{{1,2}}{_DASH})?\d{{1,4}}[A-Z]?{_NOT_A_HOUSE}"),
        ("unit", rf"(?<![\dA-Z-])\d{{1,3}}{_DASH}(?P<id>\d{{1,2}}){_DASH}\d{{1,4}}[A-Z]?{_NOT_A_HOUSE}"),
        ("room", rf"(?<![\dA-Z-])(?:\d{{1,3}}{_DASH}){{1,3}}(?P<id>\d{{2,4}}[A-Z]?){_NOT_A_HOUSE}"),
        ("room", rf"{_BUILDING}-?(?:\d{{1,2}}{_DASH}){{1,2}}(?P<id>\d{{1,4}}[A-Z]?){_NOT_A_HOUSE}"),
        ("room", rf"{_BUILDING}[-\s]?(?P<id>\d{{2,4}}[A-Z]?){_NOT_A_HOUSE}(?!{_DASH}\d)"),
        ("room", r"(?<=楼)(?P<id>\d{3,4})号(?![楼院])"),
    )
)


class Door(NamedTuple):
    """One number of a door: `unit` or `room`, and where it stands in the text, [start, end)."""

    kind: str
    start: int
    end: int


def half_width(text: str) -> str:
    """The text with full-width ASCII made ordinary; every character keeps its place."""
    return text.translate(_ASCII)


@lru_cache(maxsize=1 << 12)
def doors(address: str) -> tuple[Door, ...]:
    """The numbers of units and rooms in the address, in order; empty where it names none."""
    plain = half_width(address)
    found = {match.span("id"): kind for kind, grammar in _GRAMMARS for match in grammar.finditer(plain)}
    return tuple(Door(found[span], *span) for span in sorted(found))
