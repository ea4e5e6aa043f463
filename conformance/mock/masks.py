"""Masks for views that anybody may see, after GB/T 41833-2022 as reported (domain.md §3.2).

In: a full value.  Out: what may be shown: at least one character of a name, at least six digits of a phone, and
everything from the building's unit downward of an address are hidden.
"""

from __future__ import annotations

STAR = "*"
_DOTS = "·•・‧．. 　"
_SHOWN_DIGITS = 2


def name(value: str) -> str:
    """The first character, then a star for each other one; a name of one character is hidden whole.  Dots stay."""
    letters = [character for character in value if character not in _DOTS]
    if len(letters) <= 1:
        return STAR * len(value)
    shown = value.index(letters[0])
    return "".join(character if place == shown or character in _DOTS else STAR for place, character in enumerate(value))


def phone(value: str) -> str:
    """The last two digits of a number with at least eight; shorter numbers are hidden whole."""
    digits = sum(character.isdigit() for character in value)
    keep = _SHOWN_DIGITS if digits >= 8 else 0
    seen = 0
    masked = []
    for character in value:
        if character.isdigit():
            seen += 1
            masked.append(character if seen > digits - keep else STAR)
        else:
            masked.append(character)
    return "".join(masked)
