"""The suite's own load: how late the event loop wakes who wants to be woken.

In: a clock and somewhere to write.  Out: `Load` records, a few seconds each, while the run goes.  In virtual time nobody is ever late.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median_low
from typing import Final, Protocol

import anyio

from conformance.records import STALL, Instant, Load, Record

TICK: Final = 10_000
"""Microseconds between two looks at the clock: so much of a stall may go unseen."""
PERIOD: Final = 2_000_000
"""Microseconds that one record tells of."""


class Desk(Protocol):
    """Where records are written."""

    def write(self, record: Load, /) -> Record: ...


class Strain:
    """What was seen since `since` (wire time)."""

    def __init__(self, since: Instant) -> None:
        self._since = self._woke = since
        self._late: list[Instant] = []
        self._stalls: list[tuple[Instant, Instant]] = []

    def woke(self, due: Instant, now: Instant) -> None:
        """Somebody wanted to be woken at `due` and was, `now`.  What stood still did so since the look before."""
        late = max(0, now - due)
        self._late.append(late)
        if late > STALL:
            self._stalls.append((self._woke, now))
        self._woke = now

    def told(self, trip: float, offset: Instant | None) -> Load | None:
        """The record, None where nobody woke; `trip` in seconds."""
        if not self._late:
            return None
        return Load(
            since=self._since, median=median_low(self._late), worst=max(self._late), stalls=tuple(self._stalls), trip=round(trip * 1e6),
            offset=offset,
        )


async def attend(wire: Callable[[], Instant], desk: Callable[[], Desk], trip: Callable[[], float], offset: Instant | None) -> None:
    """Looks at the clock again and again, and writes what it sees, until it is cancelled."""
    while True:
        strain = Strain(began := wire())
        try:
            while wire() < began + PERIOD:
                due = wire() + TICK
                await anyio.sleep(TICK / 1e6)
                strain.woke(due, wire())
        finally:
            load = strain.told(trip(), offset)
            if load is not None:
                desk().write(load)
                offset = None
