"""Measuring whole processes: wall, CPU and peak memory of a command, medians of several runs.

In: a command.  Out: a `Spent`.  Only ratios of the same session mean something; a machine that does other things as well spoils both.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

RUNS = 5


class Spent(NamedTuple):
    """Seconds of wall and of CPU, MiB of memory at the peak, and the last line that the command printed."""

    wall: float
    cpu: float
    peak: float
    said: str


def spent(*arguments: str, allowed: Sequence[int] = (0, 1, 3), limit: float = float("inf")) -> Spent:
    """Runs this Python with these arguments, for `limit` seconds at the most: then it is killed, and what it spent until then is told.

    Raises RuntimeError where it ends of itself with another code than those allowed.
    """
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        killing = threading.Timer(min(limit, threading.TIMEOUT_MAX), process.kill)
        killing.start()
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        killing.cancel()
    wall = time.perf_counter() - began
    if process.returncode not in allowed and not (process.returncode == -signal.SIGKILL and wall >= limit):
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}")
    lines = said.strip().splitlines()
    return Spent(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, lines[-1] if lines else "")


def medians(measure: Callable[[], Spent], runs: int = RUNS) -> Spent:
    """The median of each figure, on its own."""
    found = [measure() for _ in range(runs)]
    return Spent(
        statistics.median(one.wall for one in found), statistics.median(one.cpu for one in found),
        statistics.median(one.peak for one in found), found[-1].said,
    )
