"""Moments: times as texts, their offset, their order.

In: a value as it arrived.  Out: a flaw, or None.
"""

from __future__ import annotations

from collections.abc import Callable

from conformance.clock import instant
from conformance.judgements.faithful import Alteration
from conformance.records import JSON, Instant


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
        seen = at_instant(value)
        return Alteration("differs", expected=posted, seen=value) if seen is not None and seen != at_instant(posted) else None

    return judged
