"""Moments: times as texts, their offset, their order.

In: a value as it arrived.  Out: a flaw, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from conformance.clock import instant, moment
from conformance.judgements.faithful import Alteration
from conformance.records import JSON, Instant
from conformance.specification import ANY, Shape, at_place


def at_instant(value: JSON) -> Instant | None:
    """The instant that a text means; None for what is no time with an offset."""
    try:
        return instant(value) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None


def zoned(value: JSON) -> Alteration | None:
    """A judgement: it is a time with an offset."""
    return None if at_instant(value) is not None else Alteration("time_unreadable", seen=value)


def not_before(earlier: JSON) -> Callable[[JSON], Alteration | None]:
    """A judgement: it is no earlier than that; what is no time is left to `zoned`."""

    def judged(value: JSON) -> Alteration | None:
        first, second = at_instant(earlier), at_instant(value)
        wrong = first is not None and second is not None and second < first
        return Alteration("unordered", expected=earlier, seen=value) if wrong else None

    return judged


def same_moment(posted: JSON) -> Callable[[JSON], Alteration | None]:
    """A judgement: it means the same instant, whatever the offset; what is no time is left to `zoned`."""

    def judged(value: JSON) -> Alteration | None:
        seen, meant = at_instant(value), at_instant(posted)
        return Alteration("differs", expected=posted, seen=value) if seen is not None and seen != meant else None

    return judged


def stated(shape: Shape, since: Instant, until: Instant) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: each time that the platform states itself (`x-clock`) lies within these; what is no time is left to the schema."""
    paths = own_times(shape)

    def judged(value: JSON) -> Iterator[Alteration]:
        for path in paths:
            for pointer, text in at_place(value, path):
                at = at_instant(text)
                if at is not None and not since <= at <= until:
                    yield Alteration("not_of_its_clock", pointer, f"{moment(since)} … {moment(until)}", text)

    return judged


@cache
def own_times(shape: Shape) -> tuple[tuple[str, ...], ...]:
    """Where below a shape such times stand, other records left out."""
    return tuple(_own_times(shape, ()))


def _own_times(shape: Shape, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if path and shape.record is not None:
        return
    if any(part.schema.get("x-clock") for part in shape.parts):
        yield path
    for name, inner in shape.fields.items():
        yield from _own_times(inner, (*path, name))
    if shape.items is not None:
        yield from _own_times(shape.items, (*path, ANY))
