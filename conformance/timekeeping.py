"""Waiting: scenarios say until when, this says how.

In: wake-up times on the trade clock from strands of scenarios that run at once.  Out: they go on at those times.  In process
virtual time jumps by itself; with a sandbox clock the target's business clock is moved, when every strand waits, to the earliest
wake-up, in growing steps so that what falls due in between happens near its time; else the wait is real, within a budget.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal

import anyio

from conformance.clock import Clock
from conformance.errors import HulianError

GRACE = 0.12
"""Real seconds of quiet before the business clock is moved: what is under way arrives first."""
STEP, GROWTH = 1_000_000, 1.25
"""The first step after something was heard, in µs, and how much longer each following one is."""

Way = Literal["virtual", "sandbox", "real"]


class Unreachable(HulianError):
    """A time on the trade clock that the budget does not allow to wait for."""


class Timekeeper:
    """One for a run.  `advance` moves the target's clock by µs; `heard` counts what our receivers got.

    `budget`: real seconds from now after which no further real wait begins.
    """

    def __init__(
        self, clock: Clock, way: Way, *, advance: Callable[[int], Awaitable[None]] | None = None,
        heard: Callable[[], int] = lambda: 0, budget: float = 600.0,
    ) -> None:
        self._clock, self._way, self._advance, self._heard, self._budget = clock, way, advance, heard, budget
        self._over = anyio.current_time() + budget
        self._waiting: dict[anyio.Event, int] = {}
        self._strands = 0
        self._step = STEP
        self._known = 0

    def enters(self) -> None:
        """One more strand runs; each must call `leaves` at its end."""
        self._strands += 1

    def leaves(self) -> None:
        self._strands -= 1

    @property
    def earliest(self) -> int | None:
        """The next wake-up that somebody waits for (trade time)."""
        return min(self._waiting.values(), default=None)

    async def until(self, at: int) -> None:
        """Returns when the trade clock shows `at`.  Raises `Unreachable` where that takes longer than the budget."""
        left = (at - self._clock.trade()) / 1e6
        if left <= 0:
            await anyio.sleep(0)
            return
        if self._way == "virtual":
            await anyio.sleep(left)
        elif self._way == "real":
            await self._really(left)
        else:
            await self._arranged(at)

    async def _really(self, left: float) -> None:
        if anyio.current_time() + left > self._over:
            raise Unreachable("clock_budget", seconds=round(left), budget=round(self._budget))
        await anyio.sleep(left)

    async def _arranged(self, at: int) -> None:
        woken = anyio.Event()
        self._waiting[woken] = at
        try:
            await woken.wait()
        finally:
            self._waiting.pop(woken, None)

    async def turn(self) -> None:
        """Runs beside the scenarios where there is a sandbox clock: moves it whenever everybody waits."""
        while True:
            await anyio.sleep(GRACE / 4)
            if not self._waiting or len(self._waiting) < self._strands:
                continue
            await self._quiet()
            if len(self._waiting) < self._strands or not self._waiting:
                continue
            await self._move()

    async def _quiet(self) -> None:
        """Returns when nothing was heard for a while.  What was heard since the last step begins the steps anew: something may be due
        shortly after it."""
        quiet = False
        while not quiet:
            quiet = self._known == self._heard()
            if not quiet:
                self._known, self._step = self._heard(), STEP
            await anyio.sleep(GRACE)

    async def _move(self) -> None:
        left = min(self._waiting.values()) - self._clock.trade()
        if left > 0 and self._advance is not None:
            by = -(-min(left, self._step) // 1_000_000) * 1_000_000
            self._step = int(self._step * GROWTH)
            await self._advance(by)
        for woken, at in list(self._waiting.items()):
            if at <= self._clock.trade():
                del self._waiting[woken]
                woken.set()
