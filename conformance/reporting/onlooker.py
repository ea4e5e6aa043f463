"""The console as a watcher of a run: rounds, scenarios at work, and the business clock that they wait for.

In: what `conformance.watching.Watcher` is told.  Out: calls of `Progress`.
"""

from __future__ import annotations

from collections.abc import Sequence

import anyio

from conformance.clock import moment
from conformance.records import Exchange, Record
from conformance.reporting.progress import Progress
from conformance.timekeeping import Timekeeper
from conformance.words import say

EVERY: float = 0.5
"""Seconds between two looks at the clock that is waited for."""
OFTEN, SHARE = 10.0, 0.2
"""How long a log is silent at most: so many seconds, or that part of the time since the run began."""
NAMED = 3
"""So many scenarios of a round are called by their names."""


class Onlooker:
    """`virtual`: the run is over in a moment and its clock is not to be looked at."""

    def __init__(self, progress: Progress, lang: str, *, virtual: bool) -> None:
        self.virtual = virtual
        self._progress = progress
        self._lang = lang
        self._steps: dict[str, tuple[int, int]] = {}

    def round(self, number: int, of: int, scenarios: Sequence[str]) -> None:
        self._steps.clear()
        text = say("console.round", self._lang, number=number, of=of, n=len(scenarios))
        if len(scenarios) <= NAMED:
            text += say("console.round.names", self._lang, names=", ".join(map(plain, scenarios)))
        self._progress.heading(text)

    def goes(self, scenario: str, done: int, of: int) -> None:
        self._steps[scenario] = (done, of)
        self._progress.working(scenario, say("console.step", self._lang, done=done, of=of))

    def begins(self, scenario: str) -> None:
        self._progress.working(scenario, say("console.working", self._lang))

    def ends(self, scenario: str) -> None:
        self._progress.done(scenario)

    async def follow(self, keeper: Timekeeper, records: Sequence[Record]) -> None:
        """Shows, until it is cancelled, how much was asked and answered, and which time on the business clock is waited for."""
        name = say("console.clock", self._lang)
        began = told = anyio.current_time()
        seen = exchanges = 0
        while True:
            if keeper.earliest is None:
                self._progress.done(name)
            else:
                self._progress.working(name, say("console.clock.at", self._lang, at=moment(keeper.earliest)))
            exchanges += sum(isinstance(record, Exchange) for record in records[seen:])
            seen, now = len(records), anyio.current_time()
            due = now - told >= max(OFTEN, SHARE * (now - began))
            self._progress.note(self._so_far(exchanges, keeper.earliest), logged=due)
            told = now if due else told
            await anyio.sleep(EVERY)

    def _so_far(self, exchanges: int, awaited: int | None) -> str:
        """How many exchanges there were, how far the long scenarios are, and which business time is waited for."""
        steps = [f"{plain(scenario)} {done}/{of}" for scenario, (done, of) in self._steps.items() if done < of]
        waits = [say("console.awaited", self._lang, at=moment(awaited)[:19])] if awaited is not None else []
        return " · ".join([say("console.exchanges", self._lang, n=exchanges), *steps, *waits])


def plain(scenario: str) -> str:
    """A scenario's name for people."""
    return scenario.replace("_", " ")
