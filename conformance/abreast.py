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
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def mapped(work: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """`[work(thing) for thing in things]`.  This process takes a share, and forked ones, which inherit work and things, the others: only
    what comes of them is pickled.  Each ends with its share, whatever becomes of this process.  Raises what the work raises."""
    cores = max(1, min(usable_cores(), len(things)))
    shares = [things[first::cores] for first in range(cores)]
    helpers = [helping(work, share) for share in shares[1:]]
    done = [[work(thing) for thing in shares[0]], *([] for _ in helpers)]
    for place, helper in enumerate(helpers, 1):
        with helper:
            try:
                told = helper.recv()
            except EOFError:  # somebody killed it, for want of memory perhaps: then this process does its share
                told = [work(thing) for thing in shares[place]]
        if isinstance(told, Exception):
            raise told
        done[place] = told
    return [done[place % cores][place // cores] for place in range(len(things))]


def usable_cores() -> int:
    """How many processes may share work: one where this process can't be forked safely, or shares somebody's work itself."""
    alone = threading.active_count() == 1 and multiprocessing.parent_process() is None
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" and alone else 1


def helping(work: Callable[[T], R], share: Sequence[T]) -> Connection:
    """From where to read what a process of its own makes of the share: a list, or the exception that it ended with."""
    reader, writer = multiprocessing.Pipe(duplex=False)
    multiprocessing.get_context("fork").Process(target=_help, args=(work, share, reader, writer), daemon=True).start()
    writer.close()
    return reader


def _help(work: Callable[[T], R], share: Sequence[T], reader: Connection, writer: Connection) -> None:
    """The whole life of a helping process.  Ctrl-C is for the one that forked it to act upon."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reader.close()  # while anybody can read, who writes would wait for it
    told: list[R] | Exception
    try:
        told = [work(thing) for thing in share]
    except Exception as error:  # is raised where the work was asked for
        told = error
    with suppress(BrokenPipeError):  # nobody waits for it any more
        writer.send(told)
