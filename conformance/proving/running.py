"""Running units on all cores, so that none can take another with it.

In: units.  Out: what each came to, as they end, in no order.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from signal import SIG_IGN, SIGINT, signal

from conformance.proving.units import Told, Unit, told

Work = Callable[[Unit], Told]


def run(units: Sequence[Unit], jobs: int, work: Work = told) -> Iterator[Told]:
    """Each unit in a process that has run others before; where a process dies, those that ran just then run again, alone, and only
    one that dies again is told as such."""
    if jobs <= 1 or len(units) <= 1:
        yield from map(work, units)
        return
    suspects: list[Unit] = []
    rest = iter(units)
    while True:
        with pool(jobs) as workers:
            running: dict[Future[Told], Unit] = {}
            try:
                yield from worked(workers, rest, running, jobs, work)
                break
            except BrokenProcessPool:
                suspects += running.values()
            except GeneratorExit:
                workers.shutdown(cancel_futures=True)
                raise
    for unit in suspects:
        yield alone(unit, work)


def worked(
    workers: ProcessPoolExecutor, rest: Iterator[Unit], running: dict[Future[Told], Unit], jobs: int, work: Work
) -> Iterator[Told]:
    """Keeps as many running as there are workers.  Raises BrokenProcessPool; what then ran stands in `running`."""
    while True:
        while len(running) < jobs and (unit := next(rest, None)) is not None:
            try:
                running[workers.submit(work, unit)] = unit
            except BrokenProcessPool:
                running[Future()] = unit
                raise
        if not running:
            return
        for done in wait(running, return_when=FIRST_COMPLETED).done:
            found = done.result()
            del running[done]
            yield found


def alone(unit: Unit, work: Work) -> Told:
    """The unit in a process of its own."""
    with pool(1) as worker:
        try:
            return worker.submit(work, unit).result()
        except BrokenProcessPool:
            return Told(unit, broke="the process died")


def pool(jobs: int) -> ProcessPoolExecutor:
    """Workers that leave Ctrl-C to us."""
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=signal, initargs=(SIGINT, SIG_IGN))
