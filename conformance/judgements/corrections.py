"""Corrections: does a later version say what the merchant changed?

In: the record before, the merge patch, and the record as it arrived.  Out: flaws with their places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from conformance.judgements.faithful import Alteration, at
from conformance.records import JSON
from conformance.untrusted import MISSING


def corrected(before: Mapping[str, JSON], change: Mapping[str, JSON]) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: no value that the change replaced or took away still stands there.  Other damage is not a matter of corrections."""

    def judged(arrived: JSON) -> Iterator[Alteration]:
        for pointer, wanted in leaves(change):
            old, seen = at(before, pointer), at(arrived, pointer)
            lawful = pointer.endswith("/phone/kind") and seen == "virtual"  # rule 7.4: a number may be replaced; whether it is new shows
            if seen is not MISSING and seen == old != wanted and not lawful:
                yield Alteration("stale", pointer, wanted, seen)

    return judged


def leaves(value: JSON, pointer: str = "") -> Iterator[tuple[str, JSON]]:
    """Every value below that is no object, with its place."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from leaves(inner, f"{pointer}/{name}")
    else:
        yield pointer, value
