"""Completeness: is everything there that the specification requires, and is it more than a placeholder?

In: a record as it arrived, and its shape.  Out: flaws with their places.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from conformance.judgements.faithful import Alteration
from conformance.judgements.usability import placeholder
from conformance.records import JSON
from conformance.specification import Shape
from conformance.untrusted import MISSING


def complete(shape: Shape) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: every required field is there and holds something; of what is optional, what is there is complete."""

    def judged(value: JSON) -> Iterator[Alteration]:
        for pointer, found in required_values(value, shape):
            if found is MISSING:
                yield Alteration("missing", pointer, "…")
            elif empty(found):
                yield Alteration("empty", pointer, "…", found)

    return judged


def without_placeholders(
    entered: Mapping[str, JSON], words: Collection[str], shape: Shape
) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: no required text is one of the words, unless the merchant entered that very text."""
    own, longest = set(texts(entered)), max(map(len, words), default=0)

    def judged(value: JSON) -> Iterator[Alteration]:
        for pointer, found in required_values(value, shape):
            if isinstance(found, str) and found not in own and short(found, longest) and placeholder(found, words):
                yield Alteration("placeholder", pointer, None, found)

    return judged


def required_values(value: JSON, shape: Shape | None, pointer: str = "") -> Iterator[tuple[str, JSON]]:
    """Every place at which the specification requires a value, and what stands there."""
    if shape is None:
        return
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from required_values(item, shape.items, f"{pointer}/{index}")
    elif isinstance(value, dict):
        wanted = {name for part in shape.parts for name in part.schema.get("required", ())}
        yield from ((f"{pointer}/{name}", value.get(name, MISSING)) for name in sorted(wanted))
        for name, inner in value.items():
            yield from required_values(inner, shape.child(name), f"{pointer}/{name}")


def short(text: str, longest: int) -> bool:
    """Whether it may be a placeholder at all: not blank, and no longer than the longest word unless it repeats one sign."""
    plain = text.strip()
    return bool(plain) and (len(plain) <= longest or len(set(plain)) == 1)


def empty(value: JSON) -> bool:
    """Null, nothing but blanks, or a list or object without content."""
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def texts(value: JSON) -> Iterator[str]:
    """Every text below."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)
