"""Alterations: how a text was changed on its way: cut, folded, masked, its dot lost, its digits swapped …

In: a text as entered and as it arrived, different.  Out: the kind of change, the most specific that explains all of it.
Nothing is tolerated here: a rare character that NFC turns into another is another character (domain.md §5.1).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Final
from urllib.parse import unquote, unquote_plus

from conformance.judgements.concealment import is_masked
from conformance.judgements.graphemes import DOTS, without_emoji

_UNDRAWN: Final = re.compile("[?？\ufffd□■\u25a1]+")
_SYMBOLS: Final = re.compile(r"""['"#&+<>\\/|;:%=`´“”‘’＇＂＃＆＋＜＞]""")
_RARE: Final = re.compile("[\u3400-\u4dbf\ue000-\uf8ff\uf900-\ufaff\U00010000-\U0010ffff]")
_DOT: Final = re.compile(f"[{re.escape(DOTS)}]")
_INVISIBLE: Final = frozenset({"Cf", "Cc", "Zl", "Zp"})
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?", re.I)


def same_instant(entered: str, arrived: str) -> bool:
    """Whether both are times with an offset (RFC 3339) and mean the same instant."""
    first, second = _time(entered), _time(arrived)
    return first is not None and second is not None and None not in (first.tzinfo, second.tzinfo) and first == second


def alteration(entered: str, arrived: str) -> str:
    """The kind of change from `entered` to `arrived`, which differ."""
    return next((kind for kind, explains in ALTERATIONS.items() if explains(entered, arrived)), "different")


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text.upper()) if _TIME.fullmatch(text) and _in_calendar(text) else None


def _in_calendar(text: str) -> bool:
    try:
        datetime.fromisoformat(text.upper())
    except ValueError:
        return False
    return True


def _changes(entered: str, arrived: str) -> list[tuple[str, str]]:
    return [(own, seen) for own, seen in zip(entered, arrived, strict=False) if own != seen]


def _masked(entered: str, arrived: str) -> bool:
    shortened = arrived.endswith(("…", "...")) and entered.startswith(arrived.rstrip("…."))
    return is_masked(arrived) and not is_masked(entered) and not shortened


def _offset_lost(entered: str, arrived: str) -> bool:
    first, second = _time(entered), _time(arrived)
    if first is None or second is None or first.tzinfo is None:
        return False
    return first.replace(tzinfo=None, microsecond=0) == second.replace(tzinfo=None, microsecond=0)


def _trimmed(entered: str, arrived: str) -> bool:
    return "".join(entered.split()) == "".join(arrived.split())


def _escaped(entered: str, arrived: str) -> bool:
    readings = (html.unescape(arrived), html.unescape(html.unescape(arrived)), unquote(arrived), unquote_plus(arrived))
    return entered in (*readings, re.sub(r"\\(.)", r"\1", arrived), arrived.replace("''", "'"))


def _normalised(entered: str, arrived: str) -> bool:
    return unicodedata.normalize("NFKC", entered) == unicodedata.normalize("NFKC", arrived)


def _dot_lost(entered: str, arrived: str) -> bool:
    return bool(_DOT.search(entered)) and _DOT.sub("", entered) == arrived


def _dot_replaced(entered: str, arrived: str) -> bool:
    if len(entered) == len(arrived):
        return all(own in DOTS for own, _ in _changes(entered, arrived))
    return bool(_DOT.search(entered)) and _DOT.sub("", entered) == _DOT.sub("", arrived)


def _emoji_lost(entered: str, arrived: str) -> bool:
    return without_emoji(entered) != entered and without_emoji(entered).strip() in (arrived.strip(), _UNDRAWN.sub("", arrived).strip())


def _invisible_lost(entered: str, arrived: str) -> bool:
    return "".join(c for c in entered if unicodedata.category(c) not in _INVISIBLE) == arrived


def _symbols_lost(entered: str, arrived: str) -> bool:
    if _SYMBOLS.sub("", entered) == _SYMBOLS.sub("", arrived):
        return True
    return len(entered) == len(arrived) and all(_SYMBOLS.fullmatch(own) for own, _ in _changes(entered, arrived))


def _characters_lost(entered: str, arrived: str) -> bool:
    """Rare characters are gone, or any that aren't ASCII are question marks and boxes."""
    if _RARE.search(entered) and _RARE.sub("", entered) == arrived:
        return True
    if not _UNDRAWN.search(arrived):
        return False
    pieces, place = _UNDRAWN.split(arrived), len(_UNDRAWN.split(arrived)[0])
    if not entered.startswith(pieces[0]):
        return False
    for run, piece in zip(_UNDRAWN.findall(arrived), [*pieces[1:-1], None], strict=True):
        at = len(entered) - len(pieces[-1]) if piece is None else entered.find(piece, place)
        lost = entered[place : max(at, 0)]
        if lost.isascii() or len(run) < len(lost) or not entered.endswith(pieces[-1]):
            return False
        place = at + len(piece or "")
    return True


def _cut(entered: str, arrived: str) -> bool:
    kept = arrived.rstrip("…?？\ufffd .")
    return bool(kept) and len(kept) < len(entered) and (entered.startswith(kept) or entered.endswith(arrived))


def _script_converted(entered: str, arrived: str) -> bool:
    """One of each changed pair is of GB 2312 alone, the other of Big5 alone: simplified and traditional forms."""
    changes = _changes(entered, arrived)
    there = all(_simplified(own) and _traditional(seen) for own, seen in changes)
    back = all(_simplified(seen) and _traditional(own) for own, seen in changes)
    return len(entered) == len(arrived) and (there or back)


def _simplified(character: str) -> bool:
    return _has(character, "gb2312") and not character.isascii()


def _traditional(character: str) -> bool:
    return _has(character, "big5") and not _has(character, "gb2312")


def _has(character: str, charset: str) -> bool:
    return bool(character.encode(charset, "ignore"))


def _transposed(entered: str, arrived: str) -> bool:
    changes = _changes(entered, arrived)
    swapped = len(entered) == len(arrived) and len(changes) == 2 and changes[0] == changes[1][::-1]
    return swapped and all(own.isdigit() and seen.isdigit() for own, seen in changes)


def _reformatted(entered: str, arrived: str) -> bool:
    """The same phone, written otherwise."""
    forms = [re.sub(r"[\s()+-]", "", text) for text in (entered, arrived)]
    return all(form.isdigit() for form in forms) and len({re.sub("^(00)?86(?=1)", "", form) for form in forms}) == 1


ALTERATIONS: Final[dict[str, Callable[[str, str], bool]]] = {
    "masked": _masked,
    "offset_lost": _offset_lost,
    "trimmed": _trimmed,
    "escaped": _escaped,
    "dot_lost": _dot_lost,
    "dot_replaced": _dot_replaced,
    "normalised": _normalised,
    "case": lambda entered, arrived: entered.casefold() == arrived.casefold(),
    "emoji_lost": _emoji_lost,
    "invisible_lost": _invisible_lost,
    "reformatted": _reformatted,
    "symbols_lost": _symbols_lost,
    "characters_lost": _characters_lost,
    "cut": _cut,
    "script_converted": _script_converted,
    "transposed": _transposed,
}
