"""The console follows a run without a line for everything."""

import io
import re

import anyio
import pytest
import trio
import trio.testing

from conformance.clock import Clock
from conformance.parties import IUT, Party
from conformance.records import Answer, Exchange, Record, Request
from conformance.reporting.onlooker import Onlooker
from conformance.reporting.progress import Progress
from conformance.timekeeping import Timekeeper
from conformance.watching import Watcher

from .test_progress import Screen


def test_a_log_gets_one_line_a_round() -> None:
    out = io.StringIO()
    with Progress("en", out) as progress:
        watcher: Watcher = Onlooker(progress, "en", virtual=True)
        watcher.round(1, 2, ["a", "b"])
        watcher.begins("a")
        watcher.ends("a")
        watcher.round(2, 2, ["c"])
    assert out.getvalue() == "round 1 of 2, scenarios: 2: a, b\nround 2 of 2, scenarios: 1: c\n"


def test_a_long_round_says_now_and_then_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    exchange = Exchange(sender=Party("a"), answerer=IUT, operation="x", request=Request("GET", "/"), answer=Answer(200))
    records: list[Record] = [exchange] * 7

    async def scene() -> None:
        with Progress("en", out) as progress:
            watcher = Onlooker(progress, "en", virtual=False)
            watcher.round(1, 1, ["side_by_side"])
            async with anyio.create_task_group() as group:
                group.start_soon(watcher.follow, Timekeeper(Clock(0), "real"), records)
                for step in range(1, 41):
                    watcher.goes("side_by_side", step, 50)
                    records.append(exchange)
                    await anyio.sleep(1)
                group.cancel_scope.cancel()

    trio.run(scene, clock=trio.testing.MockClock(autojump_threshold=0))
    first, *notes = out.getvalue().splitlines()
    assert first == "round 1 of 1, scenarios: 1: side by side"
    assert re.fullmatch(r"  exchanges so far: 1[78] · side by side 1[01]/50", notes[0])
    assert 2 <= len(notes) <= 4


def test_a_terminal_shows_the_clock_that_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    progress = Progress("en", Screen())
    watcher = Onlooker(progress, "en", virtual=False)
    seen: list[str] = []

    async def scene() -> None:
        keeper = Timekeeper(Clock(0), "sandbox")
        keeper.enters()
        async with anyio.create_task_group() as group:
            group.start_soon(keeper.until, 3_600_000_000)
            await anyio.wait_all_tasks_blocked()
            group.start_soon(watcher.follow, keeper, [])
            await anyio.wait_all_tasks_blocked()
            seen.extend(wait.what for wait in progress.waits.values())
            group.cancel_scope.cancel()

    anyio.run(scene)
    assert seen == ["1970-01-01T01:00:00.000Z (next wake-up)"]
