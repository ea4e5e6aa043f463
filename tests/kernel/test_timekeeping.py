"""Who moves a business clock, how far, and when it stands."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import pytest

from conformance.clock import Clock
from conformance.records import Instant
from conformance.timekeeping import IDLE, Timekeeper

HOUR = 3_600_000_000
SLACK = 5_000_000
"""Time of the wire that a test may take, in µs."""


class Target:
    """A business clock with things that fall due; `held` senders wait for us."""

    def __init__(self, clock: Clock, due: Callable[[Instant], Instant | None]) -> None:
        self.clock, self._due = clock, due
        self.moves: list[Instant] = []
        self.held = 0

    async def advance(self, by: Instant) -> Instant | None:
        self.moves.append(by)
        self.clock.moved(by)
        return await self.due()

    async def due(self) -> Instant | None:
        return self._due(self.clock.trade())

    def heard(self) -> int:
        return 0

    def holding(self) -> int:
        return self.held

    def round_trip(self) -> float:
        return 0.0


async def waited(target: Target, clock: Clock, until: Instant) -> None:
    keeper = Timekeeper(clock, "sandbox")
    keeper.enters()
    async with anyio.create_task_group() as group:
        group.start_soon(keeper.turn, target)
        await keeper.until(until)
        group.cancel_scope.cancel()


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, object]]:
    from trio.testing import MockClock

    return "trio", {"clock": MockClock(autojump_threshold=0)}


@pytest.mark.anyio
async def test_the_clock_stops_where_something_falls_due() -> None:
    clock = Clock(0)
    target = Target(clock, lambda now: HOUR if now < HOUR else None)
    await waited(target, clock, 2 * HOUR)
    assert abs(target.moves[0] - HOUR) < SLACK


@pytest.mark.anyio
async def test_steps_grow_where_the_target_does_not_say_what_falls_due() -> None:
    clock = Clock(0)
    target = Target(clock, lambda now: None)
    await waited(target, clock, HOUR)
    assert target.moves[0] == 1_000_000
    assert target.moves == sorted(target.moves[:-1]) + target.moves[-1:]
    assert clock.trade() >= HOUR


@pytest.mark.anyio
async def test_a_target_in_which_something_always_falls_due_does_not_hold_us_for_ever() -> None:
    clock = Clock(0)
    target = Target(clock, lambda now: now + 1)
    await waited(target, clock, 1000 * HOUR)
    assert len(target.moves) < 3 * IDLE


@pytest.mark.anyio
async def test_the_clock_stands_while_we_keep_a_sender_waiting() -> None:
    clock = Clock(0)
    target = Target(clock, lambda now: None)
    target.held = 1
    with anyio.move_on_after(5):
        await waited(target, clock, HOUR)
    assert target.moves == []
