"""The console as a watcher of a run: rounds, scenarios at work, and the business clock that they wait for.

In: what `conformance.watching.Watcher` is told.  Out: calls of `Progress`.
"""

from __future__ import annotations

from collections.abc import Sequence

import anyio

from conformance.clock import moment
from conformance.reporting.progress import Progress
from conformance.timekeeping import Timekeeper
from conformance.words import say

EVERY: float = 0.5
"""Seconds between two looks at the clock that is waited for."""


class Onlooker:
    """`virtual`: the run is over in a moment and its clock is not to be looked at."""

    def __init__(self, progress: Progress, lang: str, *, virtual: bool) -> None:
        self.virtual = virtual
        self._progress = progress
        self._lang = lang

    def round(self, number: int, of: int, scenarios: Sequence[str]) -> None:
        self._progress.heading(say("console.round", self._lang, number=number, of=of, n=len(scenarios)))

    def begins(self, scenario: str) -> None:
        self._progress.working(scenario, say("console.working", self._lang))

    def ends(self, scenario: str) -> None:
        self._progress.done(scenario)

    async def follow(self, keeper: Timekeeper) -> None:
        """Shows, until it is cancelled, which time on the business clock is waited for."""
        name = say("console.clock", self._lang)
        while True:
            if keeper.earliest is None:
                self._progress.done(name)
            else:
                self._progress.working(name, say("console.clock.at", self._lang, at=moment(keeper.earliest)))
            await anyio.sleep(EVERY)
