"""The pace: never more requests a second than was allowed.

In: a rate (requests a second, None for no limit).  Out: turns.
"""

from __future__ import annotations

import anyio


class Pace:
    """Turns are at least 1/rate seconds apart, whoever takes them."""

    def __init__(self, rate: float | None) -> None:
        self._apart = 1 / rate if rate else 0.0
        self._next = 0.0

    async def turn(self) -> None:
        """Returns when the next request may be sent."""
        if not self._apart:
            return
        now = anyio.current_time()
        mine = max(now, self._next)
        self._next = mine + self._apart
        if mine > now:
            await anyio.sleep(mine - now)
