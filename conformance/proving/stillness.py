"""Stillness: a run in process that leaves the same journal every time.

In: nothing.  Out: a context in which the wall clock stands, so that what is written down can be committed and made again: in virtual
time the seed decides all the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from unittest.mock import patch

NOW: Final = 1_782_000_000.0
"""21 June 2026, 00:00 UTC, in seconds since 1970."""


@contextmanager
def stillness() -> Iterator[None]:
    """As long as it lasts, runs in process begin at the same time."""
    with patch("time.time", lambda: NOW):
        yield
