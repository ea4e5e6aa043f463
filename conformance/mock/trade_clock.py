"""The mock's trade clock: real (or virtual) time plus an offset that only moves forward.

In: the event loop's clock, an anchor in UTC, and advances from `POST /sandbox/clock`.  Out: `now`, and sleeping on it.  An advance goes
from one due sleeper to the next, in order of due time, each woken at its own time, so that what falls due together happens in order.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

import anyio
import anyio.lowlevel

from conformance.clock import loop_time

_GRAIN = 1e-6  # seconds; below this a rest is rounding noise of the loop's floating point clock
_SETTLE = 20  # turns of the event loop in which what has begun, or was woken, comes to its next sleep
_CHINA = timezone(timedelta(hours=8))


@dataclass(order=True, slots=True)
class _Sleeper:
    due: float
    number: int
    woken: anyio.Event = field(compare=False)
    gone: bool = field(default=False, compare=False)


class TradeClock:
    """Seconds since the Unix epoch, as the business of the mock counts them."""

    def __init__(self, base: Callable[[], float] | None = None) -> None:
        """`base` gives POSIX seconds; without it the loop's clock is anchored at the wall time of its first reading."""
        self._base = base
        self._time: Callable[[], float] | None = None
        self._anchor = 0.0
        self._offset = 0.0
        self._sleepers: list[_Sleeper] = []
        self._number = 0

    def now(self) -> float:
        """Trade time in POSIX seconds."""
        if self._base is not None:
            return self._base() + self._offset
        if self._time is None:
            self._time = loop_time()
            self._anchor = time.time() - self._time()
        return self._anchor + self._time() + self._offset

    def stamp(self) -> str:
        """Trade time as RFC 3339 with offset, to the microsecond."""
        return rfc3339(self.now())

    async def advance(self, seconds: float) -> None:
        """Move the clock forward; who sleeps on it wakes in order of due time.  Raises ValueError for a step back."""
        if seconds < 0:
            raise ValueError("a trade clock never goes back")
        target = self.now() + seconds
        await _settled()
        while self._sleepers and self._sleepers[0].due <= target:
            sleeper = heapq.heappop(self._sleepers)
            if sleeper.gone:
                continue
            self._offset += max(0.0, sleeper.due - self.now())
            sleeper.woken.set()
            await _settled()
        self._offset += max(0.0, target - self.now())
        for sleeper in self._sleepers:  # these are not due, but have less to wait now
            sleeper.woken.set()
        await _settled()

    def next_due(self) -> float | None:
        """When the next sleeper wakes; None where nobody sleeps."""
        while self._sleepers and self._sleepers[0].gone:
            heapq.heappop(self._sleepers)
        return self._sleepers[0].due if self._sleepers else None

    async def sleep_until(self, due: float) -> None:
        """Wait until `due` (POSIX seconds of trade time)."""
        self._number += 1
        sleeper = _Sleeper(due, self._number, anyio.Event())
        heapq.heappush(self._sleepers, sleeper)
        try:
            while (rest := due - self.now()) > _GRAIN:
                with anyio.move_on_after(rest):
                    await sleeper.woken.wait()
                    sleeper.woken = anyio.Event()
        finally:
            sleeper.gone = True

    async def sleep(self, seconds: float) -> None:
        """Wait `seconds` of trade time; nothing at all when that is zero."""
        if seconds > 0:
            await self.sleep_until(self.now() + seconds)


async def _settled() -> None:
    for _ in range(_SETTLE):
        await anyio.lowlevel.checkpoint()


def rfc3339(seconds: float) -> str:
    """POSIX seconds as `2026-11-24T14:00:00.000000+08:00`."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(_CHINA).isoformat(timespec="microseconds")


@lru_cache(maxsize=8192)
def posix(stamp: str) -> float:
    """An RFC 3339 time with offset as POSIX seconds.  Raises ValueError where it has no offset or is no time."""
    text = stamp.upper()
    leap = text[16:19] == ":60"  # RFC 3339 knows leap seconds, datetime doesn't
    moment = datetime.fromisoformat(text[:17] + "59" + text[19:] if leap else text)
    if moment.tzinfo is None:
        raise ValueError(f"{stamp!r} has no offset")
    return moment.timestamp() + leap
