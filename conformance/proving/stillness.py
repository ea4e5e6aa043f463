"""Stillness: a run in process that leaves the same journal every time.

In: a seed.  Out: a context in which the wall clock stands and trio's scheduler has no whim of its own, so that what is written down
can be committed and made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from unittest.mock import patch

from trio._core import _run as scheduling  # pytest-trio and Hypothesis make trio deterministic in the same way

NOW: Final = 1_782_000_000.0
"""21 June 2026, 00:00 UTC, in seconds since 1970."""


@contextmanager
def stillness(seed: int) -> Iterator[None]:
    """As long as it lasts, runs in process are the same for the same seed."""
    with patch("time.time", lambda: NOW), patch.object(scheduling, "_ALLOW_DETERMINISTIC_SCHEDULING", True):
        scheduling._r.seed(seed)
        yield
