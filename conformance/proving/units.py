"""A unit of proof: one mock as it is configured, one seed, the whole suite; in process, or over TCP where nothing else would show it.

In: a unit, which is data and goes from process to process.  Out: what it came to: verdicts, or why there are none.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
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
Kind = Literal["healthy", "variant", "fault"]


class Unit(msgspec.Struct, frozen=True):
    """`name` is the fault's or variant's; `breaks` the requirement that the fault breaks; `only` the requirements to look at
    (patterns), none for all; `wire`: over TCP; `noisy`: on a line that delays everything at random and loses some of it; `limit`:
    seconds after which it is ended, with its process."""

    kind: Kind
    name: str = ""
    breaks: str = ""
    seed: int = 1
    profile: str = "contract"
    only: tuple[str, ...] = ()
    wire: bool = False
    noisy: bool = False
    limit: float = 600.0

    @property
    def alone(self) -> bool:
        """Whether only the requirement that the fault breaks is looked at, so that nothing is known of blame."""
        return self.kind == "fault" and self.only == (self.breaks,)


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

    @property
    def killed(self) -> bool:
        """A kill counts only by the requirement that the fault breaks, and only as a failure."""
        return self.verdicts.get(self.unit.breaks) == "fail"

    def having(self, verdict: str) -> tuple[str, ...]:
        """The requirements with that verdict, by id."""
        return tuple(sorted(name for name, found in self.verdicts.items() if found == verdict))


def told(unit: Unit) -> Told:
    """Runs it.  Whatever goes wrong is told, not raised.

    A run leaves circles of records and tasks behind: without a collection a process grows by 30 MB a unit.
    """
    try:
        return came_to(unit)
    finally:
        gc.collect()


def came_to(unit: Unit) -> Told:
    began = perf_counter()
    try:
        run = ran(unit)
    except HulianError as error:
        said, ours = str(error).splitlines()[0], isinstance(error, SuiteError)
        return Told(unit, seconds=perf_counter() - began, refused="" if ours else said, broke=said if ours else "")
    except Exception as error:  # whatever a broken mock or a broken suite does, the others go on
        first = leaf(error)
        return Told(unit, seconds=perf_counter() - began, broke=f"{type(first).__name__}: {first}"[:300])
    listed: list[dict[str, Any]] = run.report["verdicts"]
    return Told(
        unit, run.verdicts, {one["requirement"]: one["level"] for one in listed},
        {name: outcome.reason.code for name, outcome in run.outcomes.items() if outcome.reason is not None},
        {name: places(outcome) for name, outcome in run.outcomes.items() if outcome.verdict == "fail"},
        perf_counter() - began,
    )  # fmt: skip


def leaf(error: BaseException) -> BaseException:
    """What went wrong first, out of the tasks in which it did."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


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
        return carried_out(order, line(faults, variants, noise=unit.seed if unit.noisy else None))
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
