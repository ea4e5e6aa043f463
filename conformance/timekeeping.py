"""Waiting: scenarios say until when, this says how.

In: wake-up times on the trade clock from strands of scenarios that run at once.  Out: they go on at those times.  In process
virtual time jumps by itself; with a sandbox clock the target's business clock is moved, when every strand waits, towards the
earliest wake-up: to where the target says that something falls due, else in growing steps, so that what falls due in between
happens at its time; else the wait is real, within a budget.
"""

from __future__ import annotations

from typing import Literal, Protocol

import anyio

from conformance.clock import Clock
from conformance.errors import HulianError
from conformance.records import Instant

SHORT, LONG, TRIPS = 0.03, 0.5, 6
"""Real seconds of quiet before the business clock is moved, at least and at most; between them so many round trips.  What is
under way arrives first."""
STEP, GROWTH = 1_000_000, 1.25
"""The first step after something was heard, in µs, and how much longer each following one is."""
IDLE = 40
"""After so many steps in which nothing was heard, steps grow whatever the target says that falls due."""
TRIES = 5
"""So often in a row the target may fail to move its clock."""
CALM, NOISE = 5.0, 20.0
"""Real seconds in which messages may keep coming before the clock is moved; and how much longer than that we wait for quiet, in all."""
FARTHEST = 40 * 366 * 86_400 * 1_000_000
"""Nobody waits for longer than so many µs of business time, whatever terms the target states."""

Way = Literal["virtual", "sandbox", "real"]


class Unreachable(HulianError):
    """Something that cannot be had in this run, such as a time on the trade clock; `why` is the code of the reason."""

    def __init__(self, code: str, /, *, why: str = "clock", **params: object) -> None:
        super().__init__(code, **params)
        self.why = why


class Stuck(Exception):
    """The target did not move its clock when it was asked to."""


class Movable(Protocol):
    """The target's business clock.  Both operations give what falls due next, None where the target doesn't say, and raise
    `Unreachable` where nobody answers any more."""

    async def advance(self, by: Instant) -> Instant | None:
        """Raises `Stuck` where the clock did not move."""
        ...

    async def due(self) -> Instant | None: ...

    def heard(self) -> int:
        """How many messages the target has sent us so far."""
        ...

    def holding(self) -> int:
        """For how many of them the target still waits for our answer, which we keep from it on purpose."""
        ...

    def round_trip(self) -> float:
        """How many real seconds an exchange takes."""
        ...


class Timekeeper:
    """One for a run.  `budget`: real seconds from now after which no further real wait begins."""

    def __init__(self, clock: Clock, way: Way, *, budget: float = 600.0) -> None:
        self._clock, self._way, self._budget = clock, way, budget
        self._over = anyio.current_time() + budget
        self._waiting: dict[anyio.Event, int] = {}
        self._strands = 0
        self._step, self._idle = STEP, 0
        self._heard = 0
        self._due: Instant | None = None
        self._fresh = False
        self._failed, self._noise = 0, 0.0
        self._lost: Unreachable | None = None

    def enters(self) -> None:
        """One more strand runs; each must call `leaves` at its end."""
        self._strands += 1

    def leaves(self) -> None:
        self._strands -= 1

    @property
    def moves(self) -> bool:
        """Whether hours of business time can go by without being waited for."""
        return self._way != "real"

    @property
    def earliest(self) -> int | None:
        """The next wake-up that somebody waits for (trade time)."""
        return min(self._waiting.values(), default=None)

    async def until(self, at: int) -> None:
        """Returns when the trade clock shows `at`.  Raises `Unreachable` where that takes longer than the budget, or nobody moves the
        target's clock any more."""
        left = (at - self._clock.trade()) / 1e6
        if left > FARTHEST / 1e6:
            raise Unreachable("clock_too_far", days=round(left / 86_400))
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
            if self._lost is None:
                await woken.wait()
        finally:
            self._waiting.pop(woken, None)
        if self._lost is not None and at > self._clock.trade():
            raise self._lost

    async def turn(self, movable: Movable) -> None:
        """Runs beside the scenarios where there is a sandbox clock: moves it whenever everybody waits."""
        while self._lost is None:
            await self._quiet(movable)
            if self._waiting and len(self._waiting) >= self._strands:
                await self._try(movable)
                self._wake()

    async def _try(self, movable: Movable) -> None:
        """Moves the clock.  Where that fails again and again, whoever waits for it does so in vain, and learns it."""
        try:
            await self._move(movable)
            self._failed = 0
        except Stuck:
            self._failed += 1
            if self._failed >= TRIES:
                self._lost = Unreachable("clock_stuck", why="stuck", times=TRIES)
        except Unreachable as error:
            self._lost = error

    async def _quiet(self, movable: Movable) -> None:
        """Returns when nothing was heard for a while, and nobody waits for us.  What was heard begins the steps anew: something may be
        due shortly after it."""
        grace = min(LONG, max(SHORT, TRIPS * movable.round_trip()))
        await anyio.sleep(grace)
        waited = 0.0
        while (held := movable.holding()) or (self._heard != movable.heard() and self._noise < NOISE):
            waited += 0.0 if held else grace
            self._noise += grace if waited > CALM and not held else 0.0
            self._heard, self._step, self._idle, self._fresh = movable.heard(), STEP, 0, False
            await anyio.sleep(grace)

    async def _move(self, movable: Movable) -> None:
        left = min(self._waiting.values()) - self._clock.trade()
        if left <= 0:
            return
        if not self._fresh:
            self._due = await movable.due()
        step = self._step
        if self._due is not None and self._idle < IDLE:
            step = max(self._due - self._clock.trade(), 1)
        whole = -(-min(left, step) // 1_000_000) * 1_000_000
        self._step, self._idle, self._fresh = int(self._step * GROWTH), self._idle + 1, True
        self._due = await movable.advance(whole)

    def _wake(self) -> None:
        """Those whose time has come go on; what they do may make other things fall due."""
        for woken, at in list(self._waiting.items()):
            if at <= self._clock.trade() or self._lost is not None:
                del self._waiting[woken]
                woken.set()
                self._fresh = False
