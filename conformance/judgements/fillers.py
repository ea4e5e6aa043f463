"""Fillers: words that stand where a value belongs, in whatever the platform says.

In: a body as it arrived, its shape, the words, and what others entered.  Out: the required texts that are such words.
Masked members (`x-masked`) are left to the rules of masking.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from conformance.judgements.completeness import texts
from conformance.judgements.faithful import Alteration
from conformance.judgements.usability import plain
from conformance.records import JSON
from conformance.specification import Shape
from conformance.untrusted import parsed


class Fillers:
    """Finds the words, trimmed and without regard to case and width; a body without any costs one search."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = frozenset(plain(word) for word in words)
        spelt = {re.escape(form.encode()) for word in words for form in (word, word.encode("unicode_escape").decode())}
        self._quoted = re.compile(rb'"\s*(?:' + b"|".join(sorted(spelt)) + rb')\s*"', re.IGNORECASE)

    def in_requests(self, bodies: Sequence[bytes]) -> frozenset[str]:
        """The words, as they were written, that stand as values in these bodies."""
        return frozenset(text for raw in bodies if self._quoted.search(raw) for text in texts(parsed(raw)) if plain(text) in self._words)

    def flaws(self, raw: bytes, shape: Shape, entered: Collection[str]) -> Iterator[Alteration]:
        """The required texts of a body that are one of the words, but for what was entered as such."""
        if self._quoted.search(raw):
            for pointer, text in required_texts(parsed(raw), shape):
                if plain(text) in self._words and text not in entered:
                    yield Alteration("placeholder", pointer, None, text)


def required_texts(value: JSON, shape: Shape | None, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Every text that the specification requires, with its place, masked ones left out."""
    if shape is None or any(part.schema.get("x-masked") for part in shape.parts):
        return
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from required_texts(item, shape.items, f"{pointer}/{index}")
    elif isinstance(value, dict):
        wanted = {name for part in shape.parts for name in part.schema.get("required", ())}
        for name, inner in value.items():
            if isinstance(inner, str):
                if name in wanted:
                    yield f"{pointer}/{name}", inner
            else:
                yield from required_texts(inner, shape.child(name), f"{pointer}/{name}")
