"""The stage on which scenarios play: acts are written here, time passes here, nothing is judged.

In: the plan, the binding, the receivers, the clock.  Out: what a scenario needs and no more.  A field derives its own stage, with
its cast as attributes; the kernel's has no word of the trade.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping
from math import inf
from typing import TypeVar

import anyio
import msgspec

from conformance.binding.http import Binding
from conformance.binding.receivers import Receivers
from conformance.clock import Clock
from conformance.journal import Journal
from conformance.parties import Member, Party, Subject
from conformance.plan import Plan
from conformance.records import Act, Unreached, Watch
from conformance.timekeeping import Timekeeper, Unreachable
from conformance.watching import Silence, Watcher

A = TypeVar("A", bound=Act)
PAUSE = 0.05
"""Seconds between two looks at something that happens on the wire."""
TURN = 100_000
"""More than a run numbers of anything."""
AFTER = 1_000_000
"""How long after a deadline somebody looks, in µs."""


class Theatre(msgspec.Struct, frozen=True):
    """What all stages of a run share.

    `capabilities` and `limits` are what the target declares, `facts` what the field learned before the first scenario, `secrets`
    those of receivers, `taken` the values that scenarios gave to somebody and that no other may give again.
    """

    plan: Plan
    journal: Journal
    clock: Clock
    time: Timekeeper
    binding: Binding
    receivers: Receivers
    callback: str
    turn: int = 0
    """How often the run was resumed: what a former turn brought into the world is never made again."""
    capabilities: frozenset[str] = frozenset()
    limits: Mapping[str, float] = {}
    phones: tuple[str, ...] = ()
    counters: dict[str, int] = {}
    facts: dict[str, str] = {}
    secrets: dict[str, str] = {}
    taken: set[str] = set()
    locks: dict[str, anyio.Lock] = {}
    watcher: Watcher = Silence()

    def count(self, what: str) -> int:
        """The next number of its sort; no two turns of a run share one."""
        number = self.counters[what] = self.counters.get(what, self.turn * TURN) + 1
        return number


class Stage:
    """One scenario's stage.  `rng` is the scenario's own, from the seed of the run and its name."""

    def __init__(self, theatre: Theatre, scenario: str) -> None:
        self.theatre, self.scenario = theatre, scenario
        self.plan, self.binding, self.receivers = theatre.plan, theatre.binding, theatre.receivers
        self.rng = random.Random(f"{theatre.plan.seed}:{scenario}" + (f":{theatre.turn}" if theatre.turn else ""))

    @property
    def now(self) -> int:
        """Trade time."""
        return self.theatre.clock.trade()

    def member(self, party: Party) -> Member:
        return next(member for member in self.plan.cast if member.party == party)

    def subject(self, letter: str) -> Subject:
        """A new name for what a scenario brings into the world, such as `C-0007`."""
        return Subject(f"{letter}-{self.theatre.count(letter):04}")

    def act(self, act: A) -> A:
        """Writes down what is about to be done."""
        return self.theatre.journal.write(msgspec.structs.replace(act, scenario=self.scenario))

    def goes(self, done: int, of: int) -> None:
        """Says, for who looks on, how many of its steps a long scenario has done."""
        self.theatre.watcher.goes(self.scenario, done, of)

    def unreached(self, why: str, detail: str = "") -> None:
        """Says that the scenario cannot get further, and why."""
        self.theatre.journal.write(Unreached(scenario=self.scenario, why=why, detail=detail))

    async def sleep(self, seconds: float) -> None:
        """Lets that much business time pass."""
        await self.until(self.now + round(seconds * 1e6))

    async def until(self, at: int) -> None:
        """Lets business time pass until `at`."""
        await self.theatre.time.until(at)

    async def pause(self, seconds: float) -> None:
        """Lets that much time of the wire pass, in which nobody moves the business clock: for what is measured in real time."""
        await anyio.sleep(max(0.0, seconds))

    async def until_so(self, so: Callable[[], bool], patience: float) -> None:
        """Waits, and lets nobody move the business clock, until something is so, at most `patience` seconds of the wire."""
        with anyio.move_on_after(patience):
            while not so():
                await anyio.sleep(PAUSE)

    async def settle(self, longest: float = inf) -> None:
        """Lets every deadline of the plan pass that is at most `longest` seconds, looking right after each; then sees whether the
        target lives."""
        start = self.now
        for mark in self.plan.marks:
            if mark <= longest * 1e6:
                await self.until(start + mark + AFTER)
                await self.look()
        await self.heartbeat()

    async def prologue(self) -> None:
        """What has to be done before the first scenario; a field's stage says it."""

    async def epilogue(self) -> None:
        """What has to be put away after a scenario; a field's stage says it."""

    async def look(self) -> None:
        """What parties do now and then to see what is new for them; a field's stage says it."""

    async def heartbeat(self) -> None:
        """One harmless question, so that silence elsewhere can be told from a dead target."""
        await self.binding.call(self.plan.heartbeat, as_=Party("nobody"))

    def watched(self, party: Party, channel: str, since: int, *kinds: str) -> None:
        """The party has seen everything of these kinds (of any, without) on the channel from `since` until now."""
        self.theatre.journal.write(
            Watch(scenario=self.scenario, party=party, channel=channel, since=since, until=self.now, kinds=kinds)
        )

    async def together(self, *strands: Callable[[], Awaitable[object]]) -> None:
        """Runs several strands of a scenario at once, each free to wait."""
        async with anyio.create_task_group() as group:
            for strand in strands:
                group.start_soon(self._strand, strand)
            self.theatre.time.leaves()
        self.theatre.time.enters()

    async def _strand(self, strand: Callable[[], Awaitable[object]]) -> None:
        """A strand that cannot get further ends by itself; the others go on."""
        self.theatre.time.enters()
        try:
            await strand()
        except Unreachable as error:
            self.unreached(error.why, str(error))
        finally:
            self.theatre.time.leaves()
