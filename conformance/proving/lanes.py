"""A lane: one process that runs one unit after the other, so that whoever dies or hangs is known, and takes nobody along.

In: a unit at a time.  Out: a future of what it came to.  The process is replaced when it died or had to be killed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Final

from conformance.proving.units import Told, Unit

Work = Callable[[Unit], Told]
STARTING: Final = 30.0
"""Seconds that a process may take until it can be named."""
DIED: Final = "the process died"


class Lane:
    """`future` is what the unit under way comes to; None while there is none."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.future: Future[Told] | None = None
        self._open()

    def _open(self) -> None:
        with deaf():
            self._executor = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
            self._pid = self._executor.submit(os.getpid)

    def take(self, unit: Unit) -> None:
        """Begins with a unit."""
        self._unit, self.due = unit, monotonic() + unit.limit
        try:
            self.future = self._executor.submit(self._work, unit)
        except BrokenProcessPool:  # it died while it had nothing to do
            self._executor.shutdown(wait=False)
            self._open()
            self.future = self._executor.submit(self._work, unit)

    def told(self) -> Told | None:
        """What the unit came to, if it has ended or must be ended now; the lane is free then."""
        assert self.future is not None
        if self.future.done():
            try:
                found = self.future.result()
            except BrokenProcessPool:
                found = self._anew(DIED)
        elif monotonic() > self.due:
            found = self._anew(f"did not end within {self._unit.limit:.0f} s")
        else:
            return None
        self.future = None
        return found

    def _anew(self, why: str) -> Told:
        self.close()
        self._open()
        return Told(self._unit, broke=why)

    def close(self) -> None:
        """Ends the process, whatever it is at."""
        with suppress(BrokenProcessPool, TimeoutError):  # it has died, or never lived
            killed(self._pid.result(STARTING))
        self._executor.shutdown(wait=False, cancel_futures=True)


def killed(pid: int) -> None:
    """Kills a process of ours; one that has gone already is fine."""
    with suppress(ProcessLookupError):
        os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))


@contextmanager
def deaf() -> Iterator[None]:
    """What is started within does not hear Ctrl-C, which is for us to act upon."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread: Ctrl-C does not come here
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
