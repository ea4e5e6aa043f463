"""Abreast: the same work on many things, shared by the cores that this process may use.

In: work and things.  Out: what the work gives for each, in order.  The work must need nothing that it changes: each process has its own.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def mapped(work: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """`[work(thing) for thing in things]`.  Work and things are inherited by forked processes, so that anything may be given; only what
    comes of them is pickled.  Raises what the work raises."""
    cores = min(usable_cores(), len(things))
    if cores > 1:
        executor = ProcessPoolExecutor(cores, multiprocessing.get_context("fork"), _inherit, (work, things))
        try:
            return list(executor.map(_do, range(len(things))))
        except BrokenProcessPool:  # somebody killed one, for want of memory perhaps: then one after the other
            pass
        finally:
            executor.shutdown(cancel_futures=True)
    return [work(thing) for thing in things]


def usable_cores() -> int:
    """How many processes may share work: one where this process can't be forked safely, or shares somebody's work itself."""
    alone = threading.active_count() == 1 and multiprocessing.parent_process() is None
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" and alone else 1


_inherited: tuple[Callable[[Any], Any], Sequence[Any]]


def _inherit(work: Callable[[Any], Any], things: Sequence[Any]) -> None:
    """In a forked process: what it is there for.  Ctrl-C is for the one that forked it to act upon."""
    global _inherited
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _inherited = work, things


def _do(place: int) -> Any:
    work, things = _inherited
    return work(things[place])
