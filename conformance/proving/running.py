"""Running units on all cores: each comes to something, whatever becomes of its process.

In: units.  Out: what each came to, as they end, in no order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from typing import Final

from conformance.proving.lanes import Lane, Work
from conformance.proving.units import Told, Unit, told

GLANCE: Final = 1.0
"""Seconds after which somebody looks whether a unit takes too long."""


def run(units: Sequence[Unit], jobs: int, work: Work = told) -> Iterator[Told]:
    """Those in process share the cores; those over TCP, where real time counts, follow one by one.  Closing the iterator ends all."""
    yield from together([unit for unit in units if not unit.wire], jobs, work)
    yield from together([unit for unit in units if unit.wire], 1, work)


def together(units: Sequence[Unit], jobs: int, work: Work) -> Iterator[Told]:
    """As many at once as there are jobs."""
    waiting = deque(units)
    lanes = [Lane(work) for _ in range(min(jobs, len(units)))]
    try:
        while True:
            for lane in lanes:
                if lane.future is None and waiting:
                    lane.take(waiting.popleft())
            busy = {lane.future: lane for lane in lanes if lane.future is not None}
            if not busy:
                return
            wait(busy, timeout=GLANCE, return_when=FIRST_COMPLETED)
            for lane in busy.values():
                found = lane.told()
                if found is not None:
                    yield found
    finally:
        for lane in lanes:
            lane.close()
