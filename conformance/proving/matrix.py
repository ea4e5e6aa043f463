"""The kill matrix: which fault was caught by the requirement that it breaks, who else was blamed, who was blamed for nothing.  Pure.

In: what is known of the faults, and what units came to.  Out: rows, survivors, alarms, what broke, as frozen records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec

from conformance.proving.blame import Word, blame
from conformance.proving.units import Told, Unit

Result = Literal["proven", "not-proven", "broken", "interrupted"]
EXIT: Final[Mapping[Result, int]] = {"proven": 0, "not-proven": 1, "broken": 4, "interrupted": 130}
NOT_OURS: Final = ("capability", "attestation")
"""Reasons for which a lawful platform may leave a requirement open: it does not offer it, or only a person can state it."""


class Fault(msgspec.Struct, frozen=True):
    """What is known of a fault before it is run: `also` what necessarily breaks with it, `questions` the mock's decisions that it bends."""

    id: str
    requirement: str
    title: Mapping[str, str]
    also: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class Row(msgspec.Struct, frozen=True):
    """One fault.  `verdict` is that of the requirement that it breaks, `blame` all others that failed, `undecided` those of level must
    that a healthy mock leaves less open."""

    fault: Fault
    told: Told
    verdict: str
    blame: Mapping[str, Word]
    undecided: tuple[str, ...] = ()

    @property
    def killed(self) -> bool:
        return self.told.killed

    @property
    def stray(self) -> tuple[str, ...]:
        return tuple(name for name, word in self.blame.items() if word == "stray")

    @property
    def sort(self) -> tuple[object, ...]:
        """Faults of one question with one kill row count once."""
        return self.fault.questions, self.fault.requirement, self.verdict, frozenset(self.blame)


class Alarm(msgspec.Struct, frozen=True):
    """A healthy or lawful system that was blamed, or of which something stayed open that it shows."""

    unit: Unit
    failed: tuple[str, ...]
    undecided: tuple[str, ...]
    refused: str


class Matrix(msgspec.Struct, frozen=True):
    """`healthy` counts the systems that had to pass; `broke` are units in which the suite did, `missing` those that nobody ran."""

    rows: tuple[Row, ...]
    alarms: tuple[Alarm, ...]
    healthy: int
    broke: tuple[Told, ...]
    missing: tuple[Unit, ...]

    @property
    def survivors(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.killed)

    @property
    def result(self) -> Result:
        """The suite's own errors hide what else may be wrong, so they come first."""
        if self.missing:
            return "interrupted"
        if self.broke:
            return "broken"
        return "not-proven" if self.survivors or self.alarms or not (self.rows or self.healthy) else "proven"

    def distinct(self, rows: Iterable[Row]) -> int:
        """How many of the rows are of a sort of their own."""
        return len({row.sort for row in rows})


def matrix(faults: Iterable[Fault], units: Sequence[Unit], found: Iterable[Told]) -> Matrix:
    """Whatever the order in which units ended, the same matrix."""
    by_unit = {one.unit: one for one in found}
    ended = [by_unit[unit] for unit in units if unit in by_unit]
    fine = [one for one in ended if not one.broke]
    healthy = [one for one in fine if one.unit.kind != "fault"]
    usual = {name for one in healthy if one.unit.kind == "healthy" for name in one.having("inconclusive")}
    known = {fault.id: fault for fault in faults}
    rows = (row(known[one.unit.name], one, usual) for one in fine if one.unit.kind == "fault")
    return Matrix(
        rows=tuple(sorted(rows, key=lambda one: (one.fault.requirement, one.fault.id))),
        alarms=tuple(one for one in map(alarm, healthy) if one.failed or one.undecided or one.refused),
        healthy=len(healthy), broke=tuple(one for one in ended if one.broke or one.having("error")),
        missing=tuple(unit for unit in units if unit not in by_unit),
    )


def row(fault: Fault, found: Told, usual: Iterable[str] = ()) -> Row:
    """A fault's row; a requirement that nobody judged is inconclusive."""
    return Row(
        fault=fault, told=found, verdict=found.verdicts.get(fault.requirement, "inconclusive"),
        blame=blame(fault.also, fault.requirement, found),
        undecided=tuple(name for name in open_in(found) if name not in {fault.requirement, *usual}),
    )


def alarm(found: Told) -> Alarm:
    """What is held against a system that does nothing wrong."""
    return Alarm(found.unit, found.having("fail"), open_in(found), found.refused)


def open_in(found: Told) -> tuple[str, ...]:
    """What stayed open at level must, though the system offers it."""
    return tuple(
        name for name in found.having("inconclusive") if found.levels.get(name) == "must" and found.reasons.get(name) not in NOT_OURS
    )
