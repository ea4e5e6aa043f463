"""Masks: does a view hide what it must of a name, a phone, an address?

In: the value and what is shown of it.  Out: a flaw, or None.  At least one character of a name, six digits of a phone,
and the unit and room of an address are hidden; another number in place of the phone hides it too.
Source: GB/T 41833-2022 as reported (domain.md §3.2); nothing of it binds a machine interface to a performing courier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from operator import ne
from typing import Final

from conformance.judgements import phones
from conformance.judgements.alignment import STARS, common, shown_places
from conformance.judgements.concealment import is_masked
from conformance.judgements.doors import doors, half_width
from conformance.judgements.flaw import Flaw
from conformance.judgements.graphemes import clusters, folded, is_han, is_letter
from conformance.judgements.phones import Phone

__all__ = ["Rule", "address_flaw", "is_masked", "joined", "joined_flaw", "name_flaw", "phone_flaw"]

HIDDEN_CHARACTERS: Final = 1
HIDDEN_DIGITS: Final = 6
"""How much is hidden at least, where nobody says otherwise."""
_TITLE: Final = re.compile("(?:先生|女士|小姐|老师|老師|同学|师傅|夫人)$")
_HIDING: Final = re.compile(r"[*＊∗✱●█■□○〇×#?_…]|[xX]{2,}")
_LEAST_NUMBER: Final = 7  # digits of the shortest number that can stand in place of another
_FEW_DIGITS: Final = 3  # so few differ by chance once in 100,000 pairs of numbers
_LOOKS_LIKE_A_PHONE: Final = re.compile(r"[+(]?\d[\d\s()+\-]{4,}.{0,6}")
Rule = Callable[[str, str | None], Flaw | None]


def name_flaw(original: str, shown: str | None, hidden: int = HIDDEN_CHARACTERS) -> Flaw | None:
    """Whether fewer than `hidden` Han characters of the name are hidden; a name of no more must be hidden wholly.

    Counts what a reader takes for one character.  In a name with at most one Han character (John Smith, 王 Lily) any
    hidden letter counts, by analogy.
    """
    shown = shown or ""
    if not _TITLE.search(original):
        shown = _TITLE.sub("", shown)
    view = [folded(cluster) for cluster in clusters(shown)]
    letters = [cluster for cluster in clusters(original) if is_letter(cluster)]
    han = [folded(cluster) for cluster in letters if is_han(cluster)]
    if han and len(han) - common(han, view) >= min(hidden, len(han)):
        return None
    everything = [folded(cluster) for cluster in letters]
    if not letters or (len(han) <= 1 and len(everything) - common(everything, view) >= min(hidden, len(everything))):
        return None
    return Flaw("name_shown", {"shown": shown, "characters": len(letters)})


def phone_flaw(original: str, shown: str | None, hidden: int = HIDDEN_DIGITS) -> Flaw | None:
    """Whether fewer than `hidden` digits of the number are hidden; the area code counts, +86 and the extension don't.

    A privacy number needs no mask; in place of another number it hides that, if its extension is complete.  A number of
    fewer than six digits (110, 95311) belongs to no person.
    """
    numbers, views = phones.several(original), phones.several(shown or "")
    if len(numbers) != len(views):
        views = [shown or ""] * len(numbers)
    flaws = (_number_flaw(phones.split(number), view, hidden) for number, view in zip(numbers, views, strict=True))
    return next((flaw for flaw in flaws if flaw), None)


def address_flaw(original: str, shown: str | None) -> Flaw | None:
    """Whether a unit or room number of the address can be read, be it in part.  Without one, nothing is to hide."""
    text, places = _condensed(half_width(original))
    parts = [(door, frozenset(range(door.start, door.end))) for door in doors(original)]
    dear = frozenset(step for step, place in enumerate(places) if any(place in span for _, span in parts))
    view, _ = _condensed(half_width(shown or ""))
    seen = shown_places(list(text), list(view), dear)
    for door, span in parts:
        number = original[door.start : door.end]
        if seen is None:
            readable = _token(original, door.end, number) in view
        else:
            readable = any(places[step] in span and text[step].isalnum() for step in seen)
        if readable:
            return Flaw(f"{door.kind}_shown", {"number": number, "shown": shown or ""})
    return None


def joined(original: str, views: Iterable[str | None]) -> str | None:
    """What several masked views of one value give together: the value with a star for each character that none shows.

    None where no view shows a character of it.  Views that aren't masked forms of it (another number) say nothing.
    """
    if _LOOKS_LIKE_A_PHONE.fullmatch(original):
        original, views = phones.split(original).main, [phones.split(view or "").main for view in views]
    value = clusters(original)
    places = [place for place, cluster in enumerate(value) if cluster.isalnum() or is_letter(cluster)]
    letters = [folded(value[place]) for place in places]
    known: set[int] = set()
    for view in views:
        seen = [folded(c) for c in clusters(view or "") if c.isalnum() or is_letter(c) or c in STARS or _HIDING.match(c)]
        known |= {places[step] for step in shown_places(letters, seen) or ()}
    if not known:
        return None
    return "".join(c if place in known or place not in places else "*" for place, c in enumerate(value))


def joined_flaw(rule: Rule, original: str, views: Iterable[str | None]) -> Flaw | None:
    """Whether views that are each masked enough give too much together."""
    seen = list(views)
    together = joined(original, seen)
    if together is None or any(rule(original, view) for view in seen) or rule(original, together) is None:
        return None
    return Flaw("joined_views_show", {"joined": together, "views": len(seen)})


def _number_flaw(number: Phone, shown: str, needed: int) -> Flaw | None:
    view = phones.split(shown)
    length = len(number.digits)
    if number.virtual or length < needed:
        return None
    hidden = length - common(number.digits, view.digits)
    if hidden > 1 and _another_number(number, view):
        if view.extension is not None and not re.fullmatch(r"\d{1,6}", view.extension.strip()):
            return Flaw("virtual_extension_cut", {"shown": shown})
        return None
    if hidden < needed:
        return Flaw("phone_digits_shown", {"hidden": hidden, "needed": needed, "shown": shown})
    return None


def _another_number(number: Phone, view: Phone) -> bool:
    """Whether the view shows a whole number, and neither a piece of this one nor this one with a few digits altered."""
    whole = len(view.digits) >= _LEAST_NUMBER and not _HIDING.search(view.main)
    alike = len(view.digits) == len(number.digits) and view.extension is None
    altered = alike and sum(map(ne, view.digits, number.digits)) <= _FEW_DIGITS
    return whole and not altered and view.digits not in number.digits and number.digits not in view.digits


def _condensed(text: str) -> tuple[str, list[int]]:
    """The text without blanks and commas, and where each character stood."""
    places = [place for place, character in enumerate(text) if not character.isspace() and character not in ",，、"]
    return "".join(text[place].lower()[:1] for place in places), places


def _token(address: str, end: int, number: str) -> str:
    """A door's number with the word after it, as it would be recognised in any text."""
    return _condensed(half_width(number + address[end : end + 1]))[0]
