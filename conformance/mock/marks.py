"""Marks: what a request shows of who sends it, beside its credentials.

In: the header fields of the request that is being answered, set by whoever takes requests in.  Out: the same, for as long as it is being
answered, and in what that starts in the background.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

ASKED: ContextVar[Mapping[str, str]] = ContextVar("asked")
"""By lower-case name; not set where the mock acts on its own."""


@contextmanager
def asked(headers: Mapping[str, str]) -> Iterator[None]:
    """The request with these fields is being answered."""
    before = ASKED.set(headers)
    try:
        yield
    finally:
        ASKED.reset(before)
