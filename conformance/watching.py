"""Who looks on while a run goes: the console's progress, or nobody.

In: rounds and scenarios as they begin and end, and what they wait for.  Out: whatever the watcher makes of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from conformance.records import Record
from conformance.timekeeping import Timekeeper


class Watcher(Protocol):
    """`virtual`: it has no need to look at the clock.  `goes` says how many of its steps a long scenario has done; `records` grow while
    the run goes."""

    virtual: bool

    def round(self, number: int, of: int, scenarios: Sequence[str]) -> None: ...
    def begins(self, scenario: str) -> None: ...
    def goes(self, scenario: str, done: int, of: int) -> None: ...
    def ends(self, scenario: str) -> None: ...
    async def follow(self, keeper: Timekeeper, records: Sequence[Record]) -> None: ...


class Silence:
    """Nobody looks on."""

    virtual = True

    def round(self, number: int, of: int, scenarios: Sequence[str]) -> None: ...
    def begins(self, scenario: str) -> None: ...
    def goes(self, scenario: str, done: int, of: int) -> None: ...
    def ends(self, scenario: str) -> None: ...
    async def follow(self, keeper: Timekeeper, records: Sequence[Record]) -> None: ...
