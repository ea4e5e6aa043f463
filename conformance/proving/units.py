"""A unit of proof: one mock as it is configured, one seed, the whole suite; in process, or over TCP where nothing else would show it.

In: a unit, which is data and goes from process to process.  Out: what it came to: verdicts, or why there are none.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from types import FrameType
from typing import Any, Final, Literal

import msgspec

from conformance.binding.line import Line, Tcp
from conformance.demo import line, served
from conformance.engine import Order
from conformance.engine import run as carried_out
from conformance.errors import HulianError, SuiteError
from conformance.express import EXPRESS, sandbox_cast, sandbox_secrets
from conformance.outcomes import Outcome
from conformance.plan import Choice
from conformance.result import Run

ROLE: Final = "platform"
AGAIN: Final = 1.0
"""Seconds after which the alarm comes again: one that falls into a callback of the interpreter is lost."""
Kind = Literal["healthy", "variant", "fault"]


class Unit(msgspec.Struct, frozen=True):
    """`name` is the fault's or variant's; `breaks` the requirement that the fault breaks; `only` the requirements to look at
    (patterns), none for all; `wire`: over TCP; `limit`: seconds that it may take."""

    kind: Kind
    name: str = ""
    breaks: str = ""
    seed: int = 1
    profile: str = "contract"
    only: tuple[str, ...] = ()
    wire: bool = False
    limit: float = 600.0


class Place(msgspec.Struct, frozen=True):
    """Where a finding stands: which message, what in it, and of what kind the flaw is."""

    operation: str
    pointer: str
    kind: str


class Told(msgspec.Struct, frozen=True):
    """What a unit came to: by requirement its verdict and level, of those that have one the code of the reason, of those that failed the
    places of their findings.

    `refused` says why no run took place (the target can't be judged), `broke` what the suite itself did wrong.
    """

    unit: Unit
    verdicts: Mapping[str, str] = {}
    levels: Mapping[str, str] = {}
    reasons: Mapping[str, str] = {}
    places: Mapping[str, tuple[Place, ...]] = {}
    seconds: float = 0.0
    refused: str = ""
    broke: str = ""

    def having(self, verdict: str) -> tuple[str, ...]:
        """The requirements with that verdict, by id."""
        return tuple(sorted(name for name, found in self.verdicts.items() if found == verdict))


def told(unit: Unit) -> Told:
    """Runs it.  Whatever goes wrong is told, not raised."""
    began = perf_counter()
    try:
        with in_time(unit.limit):
            run = ran(unit)
    except HulianError as error:
        said, ours = str(error).splitlines()[0], isinstance(error, SuiteError)
        return Told(unit, seconds=perf_counter() - began, refused="" if ours else said, broke=said if ours else "")
    except Exception as error:  # whatever a broken mock or a broken suite does, the others go on
        return Told(unit, seconds=perf_counter() - began, broke=f"{type(error).__name__}: {error}"[:300])
    listed: list[dict[str, Any]] = run.report["verdicts"]
    return Told(
        unit, run.verdicts, {one["requirement"]: one["level"] for one in listed},
        {name: outcome.reason.code for name, outcome in run.outcomes.items() if outcome.reason is not None},
        {name: places(outcome) for name, outcome in run.outcomes.items() if outcome.verdict == "fail"},
        perf_counter() - began,
    )  # fmt: skip


def places(outcome: Outcome) -> tuple[Place, ...]:
    """The places of an outcome's findings, each once."""
    found = (Place(one.place.operation, one.place.pointer, one.kind) for one in outcome.findings)
    return tuple(dict.fromkeys(found))


def ran(unit: Unit) -> Run:
    """The run.  Raises whatever a run raises."""
    cast = sandbox_cast(ROLE, unit.seed)
    order = Order(
        pack=EXPRESS, choice=Choice(role=ROLE, profile=unit.profile, seed=unit.seed, only=unit.only), cast=cast,
        secrets=sandbox_secrets(cast),
    )
    faults, variants = ((unit.name,), ()) if unit.kind == "fault" else ((), (unit.name,) if unit.name else ())
    if not unit.wire:
        return carried_out(order, line(faults, variants))
    with silence(), served(faults) as target:
        over: Line = Tcp(target)
        return carried_out(order, over)


@contextmanager
def silence() -> Iterator[None]:
    """No logs within: what a faulty server complains of is what it was made for."""
    before = logging.root.manager.disable
    logging.disable()
    try:
        yield
    finally:
        logging.disable(before)


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """Raises TimeoutError within when it takes longer; without effect where there are no alarms (Windows)."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def over(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"took longer than {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
