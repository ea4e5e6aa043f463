"""Outlines: what an answer shows, apart from whom it is about.

In: a document, and the texts that were entered for whom it is about.  Out: one line a member: its place, and the form of its value, so
that two answers to the same question about different people have the same outline, whatever names, numbers and times stand in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from conformance.judgements.alignment import STARS
from conformance.records import JSON

COUNTED: Final = re.compile(r"[\w.:+-]*\d[\w.:+-]*")
"""A word with a digit in it: an id, a time, a number."""
HIDING: Final = re.compile(f"([{re.escape(''.join(STARS))}]+)")
EXACT: Final = 11
"""Characters of the longest value of which it counts which places are hidden: names and phones of the same length are compared."""
ASIDE: Final = frozenset({"next_cursor", "resume_cursor"})
"""Members that say how much there is beside."""
ABSENT: Final = "–"


@dataclass(frozen=True)
class Unlike:
    """A member that the other answer does not have, or has in another form."""

    kind: str
    pointer: str
    expected: str
    seen: str
    params: Mapping[str, object]


def outline(value: JSON, own: frozenset[str], pointer: str = "") -> Iterator[tuple[str, str]]:
    """Each place, with the form of what stands there."""
    if isinstance(value, dict):
        yield pointer, "{}"
        for name in sorted(value.keys() - ASIDE, key=str):
            yield from outline(value[name], own, f"{pointer}/{name}")
    elif isinstance(value, list):
        yield pointer, f"[{len(value)}]"
        for place, item in enumerate(value):
            yield from outline(item, own, f"{pointer}/{place}")
    else:
        yield pointer, form(value, own)


def form(value: JSON, own: frozenset[str]) -> str:
    """What a value is like: `=` for one that was entered, `·` for a part of one, `*` for what is hidden, `#` for ids, times and numbers."""
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if not isinstance(value, str):
        return "#"
    if value in own:
        return "="
    if HIDING.search(value):
        return masked(value, own)
    return COUNTED.sub("#", value)


def masked(value: str, own: frozenset[str]) -> str:
    """Which places of a masked value show what was entered."""
    if len(value) <= EXACT and any(covers(value, one) for one in own):
        return "".join("*" if shown in STARS else "·" for shown in value)
    pieces = (piece for piece in HIDING.split(value) if piece)
    return "".join("*" if piece[0] in STARS else "·" if any(piece in one for one in own) else COUNTED.sub("#", piece) for piece in pieces)


def covers(mask: str, value: str) -> bool:
    """Whether a mask is that of a value, character by character."""
    return len(mask) == len(value) and all(shown in STARS or shown == entered for shown, entered in zip(mask, value, strict=True))


def unlike(kind: str, one: Mapping[str, str], other: Mapping[str, str]) -> list[Unlike]:
    """Where the other outline differs from the one; what is below such a place is not told apart."""
    found: list[Unlike] = []
    for pointer in sorted(one.keys() | other.keys()):
        here = one.get(pointer, ABSENT), other.get(pointer, ABSENT)
        if here[0] != here[1] and not any(pointer.startswith(f"{known.pointer}/") for known in found):
            found.append(Unlike(kind, pointer, *here, {}))
    return found
