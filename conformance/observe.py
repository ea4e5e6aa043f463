"""Observing: the scenarios of a plan, played against a target, written to a journal.

In: a line to the target, a pack, how to make the plan once the target has said what it is.  Out: a journal that ends with
`Ended`, whatever ended the run.  Nothing is judged here.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from email.utils import parsedate_to_datetime
from importlib import import_module
from math import inf
from pathlib import Path

import anyio
import msgspec

from conformance.binding.endurance import Endurance
from conformance.binding.http import Binding, Credentials, Reply
from conformance.binding.line import PATIENCE, Line
from conformance.binding.pace import Pace
from conformance.binding.receivers import Receivers
from conformance.binding.strain import attend
from conformance.clock import Clock, instant, moment
from conformance.errors import HulianError
from conformance.guise import Guises
from conformance.journal import Journal, Reading
from conformance.pack import Pack
from conformance.parties import Party
from conformance.plan import Plan
from conformance.records import BROKEN, JSON, Answer, Attested, ClockMoved, Ended, Failure, Instant, Resumed, RoundEnded, Started
from conformance.redaction import Redaction
from conformance.scenario import Scenario
from conformance.stage import Stage, Theatre
from conformance.timekeeping import FARTHEST, Stuck, Timekeeper, Unreachable, Way
from conformance.untrusted import numbers
from conformance.watching import Silence, Watcher

NOBODY = Party("nobody")
REFUSED = (400, 401, 403)
"""What a token endpoint answers to credentials that it does not know (RFC 6749, section 5.2)."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How to talk to the target: secrets by party (id, secret), the pool of phones, requests a second, real seconds to wait at most."""

    role: str
    secrets: Mapping[Party, tuple[str, str]]
    phones: tuple[str, ...] = ()
    rate: float | None = None
    budget: float = 600.0
    guises: Guises = Guises()
    nonce: str = ""
    attested: tuple[Attested, ...] = ()


async def observe(
    house: House, plan: Plan, scenarios: Sequence[Scenario], *, path: Path | None = None, run: Mapping[str, JSON] | None = None,
    watcher: Watcher | None = None, before: Reading | None = None,
) -> None:
    """Plays the plan, or what is left of it after what stands in the journal `before`; the journal ends with `Ended` whatever ends the
    playing."""
    if before is not None and path is not None:
        house.go_on(path, before)
    else:
        house.start(path, plan, run or {})
    async with house.doors():
        reason = "interrupted"
        try:
            await play(house, plan, scenarios, watcher or Silence(), before)
            reason = "complete"
        finally:
            with anyio.CancelScope(shield=True):
                await house.end(reason)


class House:
    """What a run needs around its scenarios: clock, journal, binding, receivers."""

    def __init__(self, pack: Pack, line: Line, settings: Settings, *, elapsed: Instant = 0) -> None:
        self.pack, self.line, self.settings = pack, line, settings
        self.specification = pack.specification(settings.role)
        self.clock = Clock(round(time.time() * 1e6), elapsed)
        self.redaction = Redaction()
        for party, (client, secret) in settings.secrets.items():
            self.redaction.keep(f"{client}:{secret}", f"credentials:{party}")
            self.redaction.keep(secret, f"secret:{party}")
        self.journal = Journal(self.clock)
        self.receivers = Receivers(self.journal, self.clock, self.redaction, self.specification)
        self.binding = self._bind()
        self.callback = ""
        self.budget = settings.budget
        """Real seconds that may be waited for business time."""
        self.offset: Instant | None = None
        """How far the target's clock was ahead of ours when the run began, in µs; None where it says no time."""
        self.discovery: dict[str, JSON] = {}
        self.sandbox = False
        """Whether the target has a business clock that we may move, and that answered."""

    def _bind(self) -> Binding:
        settings = self.settings
        credentials = {party: Credentials(*pair) for party, pair in settings.secrets.items()}
        return Binding(
            self.line, self.specification, self.journal, self.clock, self.redaction, credentials=credentials,
            pace=Pace(settings.rate), guises=settings.guises,
            endurance=Endurance(PATIENCE, inf if self.line.virtual else settings.budget),
        )

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """The line is open while the context is; the journal is closed at its end."""
        try:
            async with self.line.open():
                yield
        finally:
            self.journal.close()

    async def probe(self) -> dict[str, JSON]:
        """What the target says that it is, read once; sets our trade clock by its own.

        Raises `HulianError`: unreachable_…, no_discovery, bad_discovery, wrong_role, wrong_version.
        """
        reply = await self.binding.call(self.pack.discovery, as_=NOBODY)
        target, answer = self.line.target, reply.exchange.answer
        if isinstance(answer, Failure):
            raise HulianError(f"unreachable_{answer.kind}", target=target, why=answer.detail)
        document = reply.json
        if answer.status == 404:
            raise HulianError("no_discovery", target=target)
        if not reply.ok or not isinstance(document, dict) or "role" not in document:
            raise HulianError("bad_discovery", target=target, status=answer.status)
        if document["role"] != self.settings.role:
            raise HulianError("wrong_role", target=target, seen=document["role"], wanted=self.settings.role)
        version = str(document.get("interface_version"))
        if version != self.pack.interface_version:
            raise HulianError("wrong_version", target=target, seen=version, wanted=self.pack.interface_version)
        self.discovery = document
        self.offset = ahead(answer)
        await self._set_clock()
        return document

    async def let_in(self) -> None:
        """Every party fetches its token.  Where nobody gets one, nothing is worth waiting for.

        Raises `HulianError` no_token where everybody's credentials are refused: they are wrong, and that is no behaviour to be judged.
        """
        replies = [await self.binding.lets_in(party) for party in self.settings.secrets]
        if any(reply.get("access_token") for reply in replies):
            return
        self.budget = 0.0
        if replies and all(reply.status in REFUSED for reply in replies):
            where = replies[0].exchange.request.target
            raise HulianError("no_token", target=self.line.target, operation=where, status=replies[0].status)

    async def _set_clock(self) -> None:
        """Sets our trade clock by the target's where that has a sandbox clock that answers; else the wall's is taken."""
        if self.pack.clock and "sandbox_clock" in self.capabilities and Party(self.pack.operator) in self.settings.secrets:
            reply = await self.binding.call(self.pack.clock[0], as_=Party(self.pack.operator))
            try:
                ahead = instant(str(reply.get("now"))) - self.clock.trade()
            except ValueError:
                return
            if abs(ahead) <= FARTHEST:
                self.clock.moved(ahead)
                self.sandbox, self.offset = True, ahead

    @property
    def capabilities(self) -> frozenset[str]:
        """What the target declares that it can do (the ICS)."""
        declared = self.discovery.get("capabilities")
        return frozenset(word for word in declared if isinstance(word, str)) if isinstance(declared, list) else frozenset()

    @property
    def limits(self) -> dict[str, float]:
        """The limits that the target declares; what is no number is left out."""
        return numbers(self.discovery.get("limits"))

    def start(self, path: Path | None, plan: Plan, run: Mapping[str, JSON]) -> None:
        """Opens the journal on disk; what was written while probing follows the plan."""
        before = list(self.journal.records)
        journal = Journal(self.clock, path)
        self.journal = self.receivers.journal = self.binding.journal = journal
        journal.write(Started(plan=msgspec.to_builtins(plan), cast=plan.cast, discovery=self.discovery, run=dict(run)))
        for record in (*self.settings.attested, *before):
            journal.write(record)

    def go_on(self, path: Path, before: Reading) -> None:
        """Goes on with a journal; what was written while probing follows.

        Raises `HulianError` target_reset where the target's clock shows less than it did: it has forgotten what the journal tells.
        """
        now, known = self.clock.trade(), before.records[-1].trade
        if now < known:
            raise HulianError("target_reset", target=self.line.target, seen=moment(now), known=moment(known))
        since, journal = list(self.journal.records), Journal.resumed(self.clock, path, before)
        gap = self.clock.wire() - before.lasted
        self.journal = self.receivers.journal = self.binding.journal = journal
        journal.write(Resumed(rounds=before.rounds, gap=gap, nonce=self.settings.nonce, cut=before.cut))
        for record in since:
            journal.write(record)

    @asynccontextmanager
    async def doors(self) -> AsyncIterator[None]:
        """Our receivers are open while the context is."""
        async with self.line.receivers(self.receivers) as address:
            self.callback = address
            yield

    async def due(self) -> Instant | None:
        """When the target says that the next thing falls due (trade time), None where it says nothing."""
        assert self.pack.clock is not None
        return next_due(await self.binding.call(self.pack.clock[0], as_=Party(self.pack.operator)))

    def heard(self) -> int:
        """How many messages our receivers got."""
        return self.receivers.heard

    def holding(self) -> int:
        """How many of them we have not answered yet, on purpose."""
        return self.receivers.holding

    def round_trip(self) -> float:
        """How many real seconds an exchange takes with the target."""
        return self.binding.round_trip

    async def advance(self, by: int) -> Instant | None:
        """Moves the target's business clock; gives when the next thing falls due, where the target says so.

        Ours goes first: what falls due may reach us before the answer does.  The token is taken before, by the old time.
        """
        assert self.pack.clock is not None
        token = await self.binding.token_of(Party(self.pack.operator))
        began = self.clock.wire()
        self.clock.moved(by)
        reply = await self.binding.call(
            self.pack.clock[1], as_=Party(self.pack.operator), body={"advance_seconds": by // 1_000_000},
            token=token,
        )
        if reply.ok:
            self.journal.write(ClockMoved(by=by, began=began))
            return next_due(reply)
        self.clock.moved(-by)
        raise Stuck

    async def end(self, reason: str) -> None:
        """Writes the watches and the end, and asks once more which version answers."""
        self.receivers.close()
        version = None
        if reason == "complete":
            with suppress(Unreachable):
                version = (await self.binding.call(self.pack.discovery, as_=NOBODY)).get("software_version")
        await self.binding.close()
        self.journal.write(Ended(reason=reason, software_version=version if isinstance(version, str) else None))


def ahead(answer: Answer) -> Instant | None:
    """How far the clock of who answered is ahead of this machine's, by its Date (RFC 9110, 6.6.1: whole seconds); None without one."""
    try:
        stated = parsedate_to_datetime(answer.header("date") or "").timestamp()
    except (ValueError, OverflowError):
        return None
    return round((stated - time.time()) * 1e6)


def next_due(reply: Reply) -> Instant | None:
    """What the answer of a sandbox clock says that falls due next."""
    try:
        return instant(str(reply.get("next_due")))
    except ValueError:
        return None


async def play(house: House, plan: Plan, scenarios: Sequence[Scenario], watcher: Watcher, before: Reading | None = None) -> None:
    """All rounds that are not complete, one after the other; the scenarios of a round at once."""
    turn = sum(isinstance(record, Resumed) for record in house.journal.records)
    named = msgspec.structs.replace(plan, nonce=house.settings.nonce)
    way: Way = "virtual" if house.line.virtual else "sandbox" if house.sandbox else "real"
    keeper = Timekeeper(house.clock, way, budget=house.budget)
    theatre = Theatre(
        plan=named, turn=turn, journal=house.journal, clock=house.clock, time=keeper, binding=house.binding, receivers=house.receivers,
        callback=house.callback, phones=house.settings.phones, counters={}, facts={}, secrets={}, taken=set(), locks={},
        capabilities=house.capabilities, limits=house.limits, watcher=watcher,
    )
    stages = {one.name: one for one in scenarios}
    kind = stage_of(house.pack)
    async with anyio.create_task_group() as group:
        if way == "sandbox":
            group.start_soon(keeper.turn, house)
        if way != "virtual":
            group.start_soon(attend, house.clock.wire, lambda: house.journal, house.round_trip, house.offset)
        if not watcher.virtual:
            group.start_soon(watcher.follow, keeper, house.journal.records)
        opening = kind(theatre, "prologue")
        await begin(opening)
        for number, names in enumerate(plan.rounds, 1):
            if before is not None and number <= before.rounds:
                continue
            watcher.round(number, len(plan.rounds), names)
            async with anyio.create_task_group() as together:
                for name in names:
                    keeper.enters()
                    together.start_soon(perform, stages[name], kind(theatre, name), keeper, watcher)
            house.receivers.note()
            house.journal.write(RoundEnded(number=number))
        with suppress(Unreachable):
            await opening.epilogue()
        group.cancel_scope.cancel()


async def begin(stage: Stage) -> None:
    """What has to be done before the first scenario, as far as it can be reached."""
    try:
        await stage.prologue()
    except Unreachable as error:
        stage.unreached(error.why, str(error))


async def perform(scenario: Scenario, stage: Stage, keeper: Timekeeper, watcher: Watcher) -> None:
    """One scenario, from its beginning to its end or to what it cannot reach."""
    watcher.begins(scenario.name)
    try:
        await scenario.play(stage)
        await stage.epilogue()
    except Unreachable as error:
        stage.unreached(error.why, str(error))
    except Exception as error:  # a bug of ours, or an answer that we did not think of: the other scenarios go on
        stage.unreached(BROKEN, f"{type(error).__name__}: {error} ({''.join(traceback.format_tb(error.__traceback__)[-1:]).strip()})")
    finally:
        keeper.leaves()
        watcher.ends(scenario.name)


def stage_of(pack: Pack) -> type[Stage]:
    """The stage class of a pack: the one in its stage module that is defined there."""
    module = import_module(pack.stage)
    found = [
        one for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, Stage) and one.__module__ == module.__name__
    ]
    return found[0]
