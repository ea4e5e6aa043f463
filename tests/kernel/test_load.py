"""Load: how the suite itself fares is written down, and what it spoils decides nothing."""

from __future__ import annotations

import anyio
import pytest

from conformance.binding.strain import PERIOD, TICK, Strain, attend
from conformance.clock import Clock
from conformance.evidence import Evidence
from conformance.journal import Journal
from conformance.records import STALL, Load
from conformance.specification import specification

MS = 1000


def test_lateness_is_told_by_its_middle_and_its_worst() -> None:
    strain = Strain(0)
    for due, now in ((10 * MS, 11 * MS), (20 * MS, 20 * MS), (30 * MS, 90 * MS)):
        strain.woke(due, now)
    load = strain.told(0.002, 5)
    assert load == Load(since=0, median=1 * MS, worst=60 * MS, stalls=((20 * MS, 90 * MS),), trip=2 * MS, offset=5)
    assert Strain(0).told(0.0, None) is None


def test_a_loop_that_is_kept_busy_shows_as_a_stall() -> None:
    async def main() -> None:
        clock = Clock(0)
        journal = Journal(clock)
        async with anyio.create_task_group() as group:
            group.start_soon(attend, clock.wire, lambda: journal, lambda: 0.0, 7)
            await turns()
            since = clock.wire()
            while clock.wire() < since + TICK + 2 * STALL:
                sum(range(100_000))
            until = clock.wire()
            await turns()
            group.cancel_scope.cancel()
        (load,) = journal.records
        assert isinstance(load, Load)
        assert (load.offset, load.worst >= STALL) == (7, True)
        assert Evidence([load], specification("platform")).stood_still(since, until) >= STALL

    anyio.run(main)


async def turns() -> None:
    """Whoever is due gets its turn."""
    for _ in range(4):
        await anyio.sleep(0)


@pytest.mark.parametrize(
    ("since", "until", "still"),
    [(0, 100, 0), (100, 200, 50), (160, 170, 10), (0, 1000, 150), (190, 310, 20), (400, 500, 0), (150, 200, 50)],
)
def test_how_long_the_suite_stood_still(since: int, until: int, still: int) -> None:
    loads = [
        Load(n=0, wire=250, since=0, median=0, worst=50, stalls=((150, 200),)),
        Load(n=1, wire=500, since=250, median=0, worst=100, stalls=((300, 400),)),
    ]
    assert Evidence(loads, specification("platform")).stood_still(since, until) == still


def test_one_record_tells_of_two_seconds() -> None:
    assert PERIOD == 200 * TICK
