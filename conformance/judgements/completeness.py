"""Completeness: is everything there that the specification requires, and is it more than a placeholder?

In: a record as it arrived, and its shape.  Out: flaws with their places.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeAlias

from conformance.judgements.faithful import Alteration
from conformance.judgements.usability import placeholder
from conformance.records import JSON
from conformance.specification import Shape
from conformance.untrusted import MISSING


def complete(shape: Shape) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: every required field is there and holds something; of what is optional, what is there is complete."""

    def judged(value: JSON) -> Iterator[Alteration]:
        for pointer, holder, wanted in demanding(value, shape):
            for name in wanted:
                found = holder.get(name, MISSING)
                if found is MISSING:
                    yield Alteration("missing", f"{pointer}/{name}", "…")
                elif empty(found):
                    yield Alteration("empty", f"{pointer}/{name}", "…", found)

    return judged


def without_placeholders(
    entered: Mapping[str, JSON], words: Collection[str], shape: Shape
) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: no required text is one of the words, unless the merchant entered that very text."""
    longest = max(map(len, words), default=0)

    def judged(value: JSON) -> Iterator[Alteration]:
        for pointer, holder, wanted in demanding(value, shape):
            for name in wanted:
                found = holder.get(name)
                if isinstance(found, str) and short(found, longest) and placeholder(found, words) and found not in texts(entered):
                    yield Alteration("placeholder", f"{pointer}/{name}", None, found)

    return judged


Demand: TypeAlias = tuple[str, Mapping[str, JSON], tuple[str, ...]]
"""An object of which something is required: its place, itself, and the names of what is."""


def demanding(value: JSON, shape: Shape) -> list[Demand]:
    """Every object of which the specification requires something, from the outside in."""
    found: list[Demand] = []
    _collect(value, shape, "", found)
    return found


def _collect(value: JSON, shape: Shape, pointer: str, found: list[Demand]) -> None:
    if isinstance(value, list):
        if shape.items is not None:
            for index, item in enumerate(value):
                _collect(item, shape.items, f"{pointer}/{index}", found)
    elif isinstance(value, dict):
        if shape.required:
            found.append((pointer, value, shape.required))
        for name, inner in value.items():
            if isinstance(inner, dict | list) and (below := shape.child(name)) is not None:
                _collect(inner, below, f"{pointer}/{name}", found)


def short(text: str, longest: int) -> bool:
    """Whether it may be a placeholder at all: not blank, and no longer than the longest word unless it repeats one sign."""
    plain = text.strip()
    return bool(plain) and (len(plain) <= longest or plain.count(plain[0]) == len(plain))


def empty(value: JSON) -> bool:
    """Null, nothing but blanks, or a list or object without content."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or value == [] or value == {}


def texts(value: JSON) -> Iterator[str]:
    """Every text below."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)
