"""Two clocks: the wire's (how long did it take?) and the trade's (is it still in time?).

In: the event loop's time, real or virtual, and what the implementation under test says its business clock is.  Out:
microseconds.  The trade clock runs with the wire and is moved by hand where the target has a sandbox clock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import sniffio

from conformance.records import Instant


class Clock:
    """Wire time starts at `elapsed` when the clock is made; `now` (trade time, µs since 1970) is what the trade clock shows then."""

    def __init__(self, now: Instant, elapsed: Instant = 0) -> None:
        self._time = loop_time()
        self._start = self._time() - elapsed / 1e6
        self._base = now - elapsed

    def wire(self) -> Instant:
        return round((self._time() - self._start) * 1e6)

    def trade(self) -> Instant:
        return self._base + self.wire()

    def both(self) -> tuple[Instant, Instant]:
        """Wire and trade time of one moment."""
        wire = self.wire()
        return wire, self._base + wire

    def moved(self, by: Instant) -> None:
        """The business clock went ahead by `by` microseconds."""
        self._base += by


def loop_time() -> Callable[[], float]:
    """The running loop's clock (seconds): what `anyio.current_time` looks up each time."""
    if sniffio.current_async_library() == "trio":
        import trio

        return trio.lowlevel.current_clock().current_time
    return asyncio.get_running_loop().time


def instant(text: str) -> Instant:
    """Microseconds since 1970 of an RFC 3339 time with offset; raises ValueError for anything else."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return round(moment.timestamp() * 1e6)


def moment(at: Instant) -> str:
    """The RFC 3339 text, in UTC with milliseconds."""
    return datetime.fromtimestamp(at / 1e6, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
