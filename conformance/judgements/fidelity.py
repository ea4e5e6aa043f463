"""Fidelity: did what was entered arrive as it was entered?

In: the JSON tree that was entered and the one that arrived.  Out: the differences, each with its place and kind.  What
arrived beside what was entered (ids, states) is no difference, nor is another order of a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeGuard

from conformance.judgements.alterations import ALTERATIONS, alteration, same_instant
from conformance.judgements.usability import PLACEHOLDERS, placeholder

KINDS: Final = ("lost", "added", "retyped", "exchanged", "placeholder", *ALTERATIONS, "different")
"""Every kind of difference."""
_MISSING: Final = object()
_LEAST_TELLING: Final = 2  # characters of a text that can be recognised as another field's


@dataclass(frozen=True)
class Difference:
    """At `pointer` (JSON pointer, RFC 6901) `expected` was entered, `seen` arrived; None where nothing did.

    `kind` is one of `KINDS`.  `other` points to the field whose value arrived here (exchanged).
    """

    pointer: str
    kind: str
    expected: object
    seen: object
    other: str | None = None

    @property
    def word(self) -> str:
        """The code of its text in `reports/words/judgements.yaml`."""
        return f"difference_{self.kind}"


def differences(entered: object, arrived: object, placeholders: Iterable[str] = PLACEHOLDERS) -> tuple[Difference, ...]:
    """What of `entered` didn't arrive unaltered in `arrived`, in the order of `entered`."""
    if type(entered) is type(arrived) and entered == arrived and repr(entered) == repr(arrived):
        return ()  # the common case, at once: `repr` tells 1 from 1.0 and True
    return tuple(_Comparison(entered, frozenset(placeholders)).walk(entered, arrived, ""))


class _Comparison:
    """One comparison: knows the texts of the whole tree, so that an exchange of fields is recognised."""

    def __init__(self, entered: object, placeholders: frozenset[str]) -> None:
        self.placeholders = placeholders
        self.texts: dict[str, str] = {}
        for pointer, text in _texts(entered, ""):
            self.texts.setdefault(text, pointer)

    def walk(self, entered: object, arrived: object, pointer: str) -> Iterator[Difference]:
        if entered is None or (_blank(entered) and _blank(arrived)):
            return
        if _blank(arrived):
            yield Difference(pointer, "lost", entered, None if arrived is _MISSING else arrived)
        elif isinstance(entered, Mapping) and isinstance(arrived, Mapping):
            for key, value in entered.items():
                yield from self.walk(value, arrived.get(key, _MISSING), f"{pointer}/{_escaped(key)}")
        elif _is_list(entered) and _is_list(arrived):
            yield from self._lists(entered, arrived, pointer)
        elif not _equal(entered, arrived):
            yield self._difference(entered, arrived, pointer)

    def _lists(self, entered: Sequence[object], arrived: Sequence[object], pointer: str) -> Iterator[Difference]:
        left = list(range(len(arrived)))
        unmatched: list[int] = []
        for place, item in enumerate(entered):
            same = next((other for other in left if not any(self.walk(item, arrived[other], ""))), None)
            if same is None:
                unmatched.append(place)
            else:
                left.remove(same)
        for place in unmatched:
            other = left.pop(0) if left else None
            seen = _MISSING if other is None else arrived[other]
            yield from self.walk(entered[place], seen, f"{pointer}/{place}")
        for other in left:
            yield Difference(f"{pointer}/{other}", "added", None, arrived[other])

    def _difference(self, entered: object, arrived: object, pointer: str) -> Difference:
        if type(entered) is not type(arrived):
            return Difference(pointer, "retyped" if _same_otherwise(entered, arrived) else "different", entered, arrived)
        if not isinstance(entered, str) or not isinstance(arrived, str):
            return Difference(pointer, "different", entered, arrived)
        other = self.texts.get(arrived) if len(arrived) >= _LEAST_TELLING else None
        if other is not None:
            return Difference(pointer, "exchanged", entered, arrived, other)
        if placeholder(arrived, self.placeholders):
            return Difference(pointer, "placeholder", entered, arrived)
        return Difference(pointer, alteration(entered, arrived), entered, arrived)


def _texts(tree: object, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, str):
        yield pointer, tree
    elif isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from _texts(value, f"{pointer}/{_escaped(key)}")
    elif _is_list(tree):
        for place, value in enumerate(tree):
            yield from _texts(value, f"{pointer}/{place}")


def _blank(value: object) -> bool:
    return value is _MISSING or value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})


def _equal(entered: object, arrived: object) -> bool:
    if isinstance(entered, bool) != isinstance(arrived, bool):
        return False
    if isinstance(entered, str) and isinstance(arrived, str):
        return entered == arrived or same_instant(entered, arrived)
    return entered == arrived


def _same_otherwise(entered: object, arrived: object) -> bool:
    """Whether values of two types say the same, or one is a tree where the other is a leaf."""
    if any(isinstance(value, Mapping) or _is_list(value) for value in (entered, arrived)):
        return True
    number = _as_number(entered)
    same_number = number is not None and number == _as_number(arrived)
    return same_number or str(entered).casefold() == str(arrived).casefold()


def _as_number(value: object) -> float | None:
    text = str(value)
    return float(text) if text.replace(".", "", 1).removeprefix("-").isdecimal() and len(text) < 40 else None


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _escaped(key: object) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")
