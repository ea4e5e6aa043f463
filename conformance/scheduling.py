"""Scheduling: in virtual time tasks take turns in an order that the seed decides, so that a run in process can be repeated.

In: a seed.  Out: a context in which trio has no whim of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch


@contextmanager
def regular(seed: int) -> Iterator[None]:
    """As long as it lasts, runs in process are the same for the same seed, but for the time of day at which they begin."""
    from trio._core import _run as trio_run  # pytest-trio and Hypothesis make trio deterministic in the same way

    before = trio_run._r.getstate()
    trio_run._r.seed(seed)
    try:
        with patch.object(trio_run, "_ALLOW_DETERMINISTIC_SCHEDULING", True):
            yield
    finally:
        trio_run._r.setstate(before)
