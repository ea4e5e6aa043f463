"""The engine: a run from one end to the other.

In: what was asked for and a line to the target.  Out: a `Run`: outcome, report, journal.  `run` is the whole of it, in five calls:
probe, plan, observe, judge, report.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import msgspec

from conformance.binding.line import Line
from conformance.check import Check
from conformance.collector import resting
from conformance.errors import HulianError
from conformance.guise import Guises
from conformance.journal import Journal, Reading
from conformance.observe import House, Settings, observe
from conformance.pack import Pack
from conformance.parties import Member, Party
from conformance.plan import Choice, Plan, planned
from conformance.planning import applicable, plan
from conformance.records import JSON, Attested, Record, Started
from conformance.result import Run, checks_of, judged
from conformance.scenario import scenarios_in
from conformance.scheduling import regular
from conformance.watching import Silence, Watcher

SECOND = 1_000_000


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One run as it was ordered.  `checks` are those that were selected, None for all in scope; `journal` where to write it."""

    pack: Pack
    choice: Choice
    cast: tuple[Member, ...]
    secrets: Mapping[str, tuple[str, str]]
    phones: tuple[str, ...] = ()
    rate: float | None = None
    budget: float = 600.0
    nonce: str = ""
    journal: Path | None = None
    checks: tuple[Check, ...] | None = None
    attested: tuple[Attested, ...] = ()
    before: Reading | None = None
    """What the journal holds already, where a run is gone on with: its plan stands."""

    def selected(self) -> tuple[Check, ...]:
        return self.checks if self.checks is not None else checks_of(self.pack, self.choice.role)

    def guises(self, nonce: str) -> Guises:
        return Guises.drawn(self.cast, seed=self.choice.seed, nonce=nonce, announced=self.choice.announced)

    def settings(self, nonce: str) -> Settings:
        pairs = {Party(name): pair for name, pair in self.secrets.items()}
        return Settings(
            role=self.choice.role, secrets=pairs, phones=self.phones, rate=self.rate, budget=self.budget,
            guises=self.guises(nonce), nonce=nonce, attested=self.attested,
        )


async def attempt(order: Order, line: Line, watcher: Watcher, kept: list[House]) -> Plan:
    """Probe, plan, observe.  The house is kept for the caller, whatever ends the attempt."""
    nonce = order.nonce or fresh_nonce(order, line)
    house = House(order.pack, line, order.settings(nonce), elapsed=elapsed(order.before))
    scenarios = list(scenarios_in(order.pack.scenarios))
    async with house.opened():
        discovery = await house.probe()
        await house.let_in()
        frozen = planned(order.before.started) if order.before is not None else plan(
            order.pack.catalogue(), order.choice, discovery=discovery, checks=order.selected(), scenarios=scenarios, cast=order.cast,
            nonce=nonce, heartbeat=order.pack.discovery, narrowed=order.checks is not None,
        )
        kept.append(house)
        await observe(house, frozen, scenarios, path=order.journal, run=described(order, line, nonce), watcher=watcher, before=order.before)
    return frozen


class Observed(msgspec.Struct, frozen=True):
    """What observing left: the records, and what names the run now that it is over."""

    records: tuple[Record, ...]
    closing: dict[str, JSON]

    @property
    def started(self) -> Started:
        return next(record for record in self.records if isinstance(record, Started))


def run(order: Order, line: Line, watcher: Watcher | None = None) -> Run:
    """The whole of it.  Raises `HulianError` for what can be mended before anything is observed."""
    seen = observed(order, line, watcher)
    return judged(order.pack, seen.records, order.selected(), closing=seen.closing)


def observed(order: Order, line: Line, watcher: Watcher | None = None) -> Observed:
    """Probe, plan, observe.  An interrupted run is one, too: its journal says so."""
    if not applicable(order.pack.catalogue(), order.choice) or not order.selected():
        raise HulianError("nothing_selected", chosen=", ".join((*order.choice.only, *order.choice.scope)) or "-")
    kept: list[House] = []
    interrupted = False
    try:
        in_loop(lambda: attempt(order, line, watcher or Silence(), kept), virtual=line.virtual, seed=order.choice.seed)
    except* KeyboardInterrupt:
        interrupted = True
    if not kept or not kept[0].journal.records:
        raise KeyboardInterrupt if interrupted else HulianError("nothing_observed", target=line.target)
    journal = kept[0].journal
    return Observed(tuple(journal.records), closing(journal))


def in_loop(work: Callable[[], Any], *, virtual: bool, seed: int = 1) -> Any:
    """Runs async work: in virtual time on trio, whose clock jumps when everybody waits; else on asyncio."""
    with resting():
        if not virtual:
            return anyio.run(work)
        from trio.testing import MockClock

        with regular(seed):
            return anyio.run(work, backend="trio", backend_options={"clock": MockClock(autojump_threshold=0)})


def fresh_nonce(order: Order, line: Line) -> str:
    """Six characters that tell this run from others on the same target; in process there is no other, so the seed decides."""
    if line.virtual:
        return hashlib.sha256(f"nonce:{order.choice.seed}".encode()).hexdigest()[:6]
    return secrets.token_hex(3)


def elapsed(before: Reading | None) -> int:
    """How long ago a run began that is gone on with (µs of wire time): by the wall's clock, which may be wrong, but no less than it
    had lasted."""
    if before is None:
        return 0
    began = datetime.fromisoformat(str(before.started.run["started_at"])).timestamp()
    return max(round((datetime.now(UTC).timestamp() - began) * 1e6), before.lasted + SECOND)


def described(order: Order, line: Line, nonce: str) -> dict[str, JSON]:
    """What names the run, as far as it is known at its start."""
    return {
        "id": nonce, "seed": order.choice.seed, "started_at": datetime.now(UTC).isoformat(timespec="seconds"), "target": line.target,
        "announced": order.choice.announced, **({"options": list(line.options)} if line.options else {}),
    }


def closing(journal: Journal) -> dict[str, JSON]:
    """What names the run, known at its end."""
    return {"ended_at": datetime.now(UTC).isoformat(timespec="seconds"), "journal_digest": journal.chain}
