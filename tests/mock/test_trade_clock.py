"""The trade clock: virtual time plus an offset, sleepers woken in order of due time."""

from __future__ import annotations

import pytest
import trio

from conformance.mock.trade_clock import TradeClock, posix, rfc3339
from tests.mock.sandbox_client import EPOCH, virtual


def _clock() -> TradeClock:
    return TradeClock(lambda: EPOCH + trio.current_time())


@virtual
async def test_an_advance_wakes_sleepers_at_their_own_times_in_order() -> None:
    clock, woken = _clock(), []

    async def sleeper(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append((name, round(clock.now() - EPOCH)))

    async with trio.open_nursery() as nursery:
        for name, seconds in (("late", 7200), ("early", 5), ("middle", 300)):
            nursery.start_soon(sleeper, name, seconds)
        await trio.testing.wait_all_tasks_blocked()
        await clock.advance(7200)
        assert trio.current_time() == 0
    assert woken == [("early", 5), ("middle", 300), ("late", 7200)]


@virtual
async def test_without_an_advance_sleeping_follows_the_loop() -> None:
    clock = _clock()
    await clock.sleep(72 * 3600)
    assert trio.current_time() == pytest.approx(72 * 3600)


@virtual
async def test_a_sleep_that_an_advance_shortens_goes_on_for_the_rest() -> None:
    clock = _clock()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(clock.sleep, 100)
        await trio.testing.wait_all_tasks_blocked()
        await clock.advance(60)
    assert trio.current_time() == pytest.approx(40)


@virtual
async def test_the_clock_never_goes_back() -> None:
    with pytest.raises(ValueError, match="back"):
        await _clock().advance(-1)


@pytest.mark.parametrize("stamp", ["2026-01-01T00:00:00Z", "2026-01-01T08:00:00+08:00", "2025-12-31t23:59:60z"])
def test_one_instant_is_written_in_many_ways(stamp: str) -> None:
    assert posix(stamp) == EPOCH
    assert rfc3339(EPOCH) == "2026-01-01T08:00:00.000000+08:00"


@pytest.mark.parametrize("stamp", ["2026-01-01T00:00:00", "2026-01-01", "yesterday", "2026-02-30T00:00:00Z"])
def test_a_time_without_offset_is_none(stamp: str) -> None:
    with pytest.raises(ValueError, match=r"offset|isoformat|day is out"):
        posix(stamp)
