"""Units of proof: one mock, one seed, one run in process, and what came of it as plain data.

In: which fault or variant the mock has, what to look at.  Out: verdicts, and which of them had to be.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import perf_counter
from types import FrameType
from typing import Final, Literal

import msgspec

from conformance.binding.line import Line, Tcp
from conformance.demo import line, served
from conformance.engine import Order
from conformance.engine import run as carried_out
from conformance.express import EXPRESS, sandbox_cast, sandbox_secrets
from conformance.outcomes import Outcome
from conformance.plan import Choice
from conformance.result import Run

ROLE: Final = "platform"
AGAIN: Final = 1.0
"""Seconds after which the alarm comes again: one that falls into a callback of the interpreter is lost."""
Kind = Literal["healthy", "variant", "fault"]


class Unit(msgspec.Struct, frozen=True):
    """`name` is the fault's or variant's; `breaks` the requirement that the fault breaks; `only` requirements to look at, none for
    all; `wire`: visible over TCP only; `limit` the seconds that it may take."""

    kind: Kind
    name: str = ""
    breaks: str = ""
    seed: int = 1
    profile: str = "contract"
    only: tuple[str, ...] = ()
    wire: bool = False
    limit: float = 300.0


class Told(msgspec.Struct, frozen=True):
    """What a unit came to.  `verdicts` by requirement, `reasons` where one is inconclusive; `kin` are requirements that failed over the
    same messages or subjects as the one that is broken: they had to; `broke` says what kept the unit from its end."""

    unit: Unit
    verdicts: Mapping[str, str] = {}
    levels: Mapping[str, str] = {}
    reasons: Mapping[str, str] = {}
    kin: tuple[str, ...] = ()
    seconds: float = 0.0
    broke: str = ""


def told(unit: Unit) -> Told:
    """Runs it.  Never raises but for Ctrl-C: what goes wrong is told."""
    began = perf_counter()
    try:
        with in_time(unit.limit):
            run = ran(unit)
    except Exception as error:  # whatever a broken mock or a broken suite does, the others go on
        return Told(unit, seconds=perf_counter() - began, broke=f"{type(error).__name__}: {error}"[:300])
    reasons = {name: outcome.reason.code for name, outcome in run.outcomes.items() if outcome.reason is not None}
    levels = {str(one["requirement"]): str(one["level"]) for one in listed(run)}
    return Told(unit, dict(run.verdicts), levels, reasons, kin(run.outcomes, unit.breaks), perf_counter() - began)


def listed(run: Run) -> list[dict[str, object]]:
    found: list[dict[str, object]] = run.report["verdicts"]
    return found


def ran(unit: Unit) -> Run:
    cast = sandbox_cast(ROLE, unit.seed)
    order = Order(
        pack=EXPRESS, choice=Choice(role=ROLE, profile=unit.profile, seed=unit.seed, only=unit.only), cast=cast,
        secrets=sandbox_secrets(cast),
    )
    faults, variants = ((unit.name,), ()) if unit.kind == "fault" else ((), (unit.name,) if unit.name else ())
    if not unit.wire:
        return carried_out(order, line(faults, variants))
    with served(faults) as target:
        over: Line = Tcp(target)
        return carried_out(order, over)


def kin(outcomes: Mapping[str, Outcome], breaks: str) -> tuple[str, ...]:
    """The requirements whose findings rest on a message or a subject on which a finding of the broken one rests as well."""
    own = grounds(outcomes[breaks]) if breaks in outcomes else frozenset()
    failed = (name for name, outcome in outcomes.items() if outcome.verdict == "fail" and name != breaks)
    return tuple(sorted(name for name in failed if own & grounds(outcomes[name])))


def grounds(outcome: Outcome) -> frozenset[str | int]:
    cited = {n for one in outcome.findings for n in one.exchanges}
    return frozenset(cited | {str(subject) for one in outcome.findings for subject in one.subjects})


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


def narrowed(units: Sequence[Unit]) -> list[Unit]:
    """Each fault with its own requirement only: seconds instead of minutes, and nothing is known of blame."""
    return [msgspec.structs.replace(unit, only=(unit.breaks,)) for unit in units]
