"""Contents: does a text say anything, and does it say what was entered?

In: a value as it was told, and what was entered.  Out: flaws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from conformance.judgements.completeness import empty
from conformance.judgements.faithful import Alteration
from conformance.judgements.fidelity import differences
from conformance.judgements.flaw import Flaw
from conformance.judgements.usability import placeholder
from conformance.records import JSON


def meaningful(value: JSON, placeholders: Sequence[str]) -> Flaw | None:
    """Whether the value has content beyond blanks and the words that stand for none."""
    if empty(value):
        return Flaw("empty")
    return Flaw("placeholder") if isinstance(value, str) and placeholder(value, placeholders) else None


def as_written(entered: JSON) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: it stands there as given, and a time to the letter, with its offset and fraction (rule 1.2)."""

    def judged(told: JSON) -> Iterator[Alteration]:
        altered = tuple(as_given(entered)(told))
        yield from altered
        if not altered and isinstance(entered, str) and told != entered:
            yield Alteration("time_rewritten", "", entered, told, {})

    return judged


def as_given(entered: JSON) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: what was entered stands there, in any order of a list."""

    def judged(told: JSON) -> Iterator[Alteration]:
        for one in differences(entered, told):
            yield Alteration(one.word, one.pointer, one.expected, one.seen, {"other": one.other or ""})

    return judged
