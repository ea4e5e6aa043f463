"""The engine: a run from one end to the other.

In: what was asked for and a line to the target.  Out: a `Run`: outcome, report, journal.  `run` is the whole of it, in five calls:
probe, plan, observe, judge, report.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import anyio
import msgspec

from conformance.binding.line import Line
from conformance.check import Check, checks_in
from conformance.errors import HulianError
from conformance.evidence import Evidence
from conformance.journal import Journal
from conformance.judging import judge
from conformance.observe import House, Settings, observe
from conformance.outcomes import Outcome, Reason
from conformance.pack import Pack
from conformance.parties import Member, Party
from conformance.plan import Choice, Plan
from conformance.planning import applicable, plan
from conformance.records import JSON, Record, Started
from conformance.report import report
from conformance.scenario import scenarios_in
from conformance.watching import Silence, Watcher


def checks_of(pack: Pack, role: str) -> tuple[Check, ...]:
    """The checks of a pack whose requirements its catalogue has for that role."""
    ids = {requirement.id for requirement in pack.catalogue().for_role(role)}
    return tuple(check for check in checks_in(pack.checks) if check.requirement in ids)


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

    def selected(self) -> tuple[Check, ...]:
        return self.checks if self.checks is not None else checks_of(self.pack, self.choice.role)

    def settings(self, nonce: str) -> Settings:
        pairs = {Party(name): pair for name, pair in self.secrets.items()}
        return Settings(
            role=self.choice.role, secrets=pairs, phones=self.phones, rate=self.rate, budget=self.budget,
            announced=self.choice.announced, nonce=nonce,
        )


class Run:
    """What came of it."""

    def __init__(self, document: dict[str, JSON], records: Sequence[Record], outcomes: Mapping[str, Outcome]) -> None:
        self.report, self.records, self.outcomes = document, records, outcomes

    @property
    def outcome(self) -> str:
        """conformant, non-conformant, inconclusive or error."""
        return str(self.report["outcome"])

    @property
    def exit_code(self) -> int:
        return int(self.report["exit_code"])

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdict of each requirement, by id."""
        return {one["requirement"]: one["verdict"] for one in self.report["verdicts"]}

    @property
    def findings(self) -> list[dict[str, JSON]]:
        """Every finding, with the requirement that it belongs to."""
        return [{"requirement": one["requirement"], **found} for one in self.report["verdicts"] for found in one["findings"]]


async def attempt(order: Order, line: Line, watcher: Watcher, kept: list[House]) -> Plan:
    """Probe, plan, observe.  The house is kept for the caller, whatever ends the attempt."""
    nonce = order.nonce or fresh_nonce(order, line)
    house = House(order.pack, line, order.settings(nonce))
    scenarios = list(scenarios_in(order.pack.scenarios))
    async with house.opened():
        discovery = await house.probe()
        frozen = plan(
            order.pack.catalogue(), order.choice, discovery=discovery, checks=order.selected(), scenarios=scenarios, cast=order.cast,
            nonce=nonce, heartbeat=order.pack.discovery, narrowed=order.checks is not None,
        )
        kept.append(house)
        await observe(house, frozen, scenarios, path=order.journal, run=described(order, line, nonce), watcher=watcher)
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
        in_loop(lambda: attempt(order, line, watcher or Silence(), kept), virtual=line.virtual)
    except* KeyboardInterrupt:
        interrupted = True
    if not kept or not kept[0].journal.records:
        raise KeyboardInterrupt if interrupted else HulianError("nothing_observed", target=line.target)
    journal = kept[0].journal
    return Observed(tuple(journal.records), closing(journal))


def judged(pack: Pack, records: Sequence[Record], checks: Sequence[Check] | None = None, *, closing: Mapping[str, JSON]) -> Run:
    """Judge and report: what `hulian run` and `hulian judge` have in common."""
    import_module(pack.vocabulary)
    started = Observed(tuple(records), {}).started
    frozen = msgspec.convert(started.plan, Plan)
    catalogue = pack.catalogue()
    evidence = Evidence(records, pack.specification(frozen.role))
    rules = catalogue.frozen_rules({entry.id: (entry.level, entry.parameters) for entry in frozen.entries})
    absent = {entry.id: (catalogue[entry.id].capability or "", entry.absent) for entry in frozen.entries if entry.absent}
    outcomes = judge(evidence, checks if checks is not None else checks_of(pack, frozen.role), rules, absent)
    for entry in frozen.entries:
        outcomes.setdefault(entry.id, unjudged(entry.id, catalogue[entry.id].method))
    return Run(report(frozen, catalogue, outcomes, evidence, run={**started.run, **closing}), records, outcomes)


def unjudged(requirement: str, method: str) -> Outcome:
    """What nothing judged: an attestation that is missing, or a check that was not selected."""
    code = "attestation" if method == "attested" else "precondition"
    return Outcome(requirement=requirement, verdict="inconclusive", reason=Reason(code, {}))


def in_loop(work: Callable[[], Any], *, virtual: bool) -> Any:
    """Runs async work: in virtual time on trio, whose clock jumps when everybody waits; else on asyncio."""
    if not virtual:
        return anyio.run(work)
    from trio.testing import MockClock

    return anyio.run(work, backend="trio", backend_options={"clock": MockClock(autojump_threshold=0)})


def fresh_nonce(order: Order, line: Line) -> str:
    """Six characters that tell this run from others on the same target; in process there is no other, so the seed decides."""
    if line.virtual:
        return hashlib.sha256(f"nonce:{order.choice.seed}".encode()).hexdigest()[:6]
    return secrets.token_hex(3)


def described(order: Order, line: Line, nonce: str) -> dict[str, JSON]:
    """What names the run, as far as it is known at its start."""
    return {
        "id": nonce, "seed": order.choice.seed, "started_at": datetime.now(UTC).isoformat(timespec="seconds"), "target": line.target,
        "announced": order.choice.announced,
    }


def closing(journal: Journal) -> dict[str, JSON]:
    """What names the run, known at its end."""
    return {"ended_at": datetime.now(UTC).isoformat(timespec="seconds"), "journal_digest": journal.chain}
