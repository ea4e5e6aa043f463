"""The console follows a run without a line for everything."""

import io

import anyio
import pytest

from conformance.clock import Clock
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
    assert out.getvalue() == "round 1 of 2, scenarios: 2\nround 2 of 2, scenarios: 1\n"


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
            group.start_soon(watcher.follow, keeper)
            await anyio.wait_all_tasks_blocked()
            seen.extend(wait.what for wait in progress.waits.values())
            group.cancel_scope.cancel()

    anyio.run(scene)
    assert seen == ["1970-01-01T01:00:00.000Z (next wake-up)"]
