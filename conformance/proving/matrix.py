"""The kill matrix: which fault was caught by the requirement that it breaks, what else was blamed, who was blamed for nothing.

In: what units came to.  Out: rows and counts as plain data.  Pure: nothing is run here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from conformance.proving.units import Told
from conformance.records import JSON

FORMAT = "hulian.prove/1"


class Fault(msgspec.Struct, frozen=True):
    """What is known of a fault before it is run: `questions` are those of the mock that it answers wrongly."""

    id: str
    requirement: str
    title: Mapping[str, str]
    questions: tuple[str, ...]


class Row(msgspec.Struct, frozen=True):
    """One fault, all its seeds together: `verdict` of the requirement that it breaks is the weakest of them.

    `kin` failed over the same messages and had to; `stray` failed over others.
    """

    fault: Fault
    verdict: str
    reason: str
    kin: tuple[str, ...]
    stray: tuple[str, ...]
    undecided: tuple[str, ...]
    seconds: float
    broke: str

    @property
    def killed(self) -> bool:
        """A kill counts only by the requirement that the fault breaks, and only as a failure."""
        return self.verdict == "fail" and not self.broke


class Alarm(msgspec.Struct, frozen=True):
    """A healthy system that was blamed, or that could not be run."""

    variant: str
    seed: int
    failed: tuple[str, ...]
    broke: str


class Matrix(msgspec.Struct, frozen=True):
    """Rows by requirement and id; `healthy` counts the systems that had to pass, `undecided` what was left open in them (level must)."""

    rows: tuple[Row, ...]
    alarms: tuple[Alarm, ...]
    healthy: int
    undecided: Mapping[str, tuple[str, ...]]

    @property
    def survivors(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.killed)

    @property
    def distinct(self) -> int:
        """Faults of the same question with the same kill row count once."""
        return len({(row.fault.questions, row.fault.requirement, row.verdict, row.kin, row.stray) for row in self.rows})

    @property
    def proven(self) -> bool:
        """No survivor and no false alarm, of something at all."""
        return bool(self.rows or self.healthy) and not self.survivors and not self.alarms


WEAKEST = ("error", "inconclusive", "not-applicable", "pass", "fail")
"""Of several seeds the first of these is what the fault came to: it must be found with every seed."""


def matrix(faults: Sequence[Fault], found: Iterable[Told]) -> Matrix:
    """Whatever the order in which they ended, the same rows."""
    by_fault: dict[str, list[Told]] = {}
    healthy: list[Told] = []
    for one in sorted(found, key=lambda told: (told.unit.kind, told.unit.name, told.unit.seed)):
        (by_fault.setdefault(one.unit.name, []) if one.unit.kind == "fault" else healthy).append(one)
    rows = (row(fault, by_fault[fault.id]) for fault in faults if fault.id in by_fault)
    alarms = (alarm(one) for one in healthy)
    return Matrix(
        rows=tuple(sorted(rows, key=lambda one: (one.fault.requirement, one.fault.id))),
        alarms=tuple(one for one in alarms if one.failed or one.broke), healthy=len(healthy),
        undecided={
            f"{one.unit.name or 'healthy'} {one.unit.seed}": names for one in healthy if (names := open_in(one))
        },
    )


def row(fault: Fault, several: Sequence[Told]) -> Row:
    verdicts = [one.verdicts.get(fault.requirement, "inconclusive") for one in several]
    weakest = min(verdicts, key=WEAKEST.index)
    decisive = several[verdicts.index(weakest)]
    failed = {name for one in several for name, verdict in one.verdicts.items() if verdict in ("fail", "error")}
    kin = {name for one in several for name in one.kin}
    return Row(
        fault=fault, verdict=weakest, reason=decisive.reasons.get(fault.requirement, ""), kin=tuple(sorted(kin)),
        stray=tuple(sorted(failed - kin - {fault.requirement})),
        undecided=tuple(sorted({name for one in several for name in open_in(one)} - {fault.requirement})),
        seconds=sum(one.seconds for one in several), broke="; ".join(dict.fromkeys(one.broke for one in several if one.broke)),
    )


def alarm(one: Told) -> Alarm:
    failed = tuple(sorted(name for name, verdict in one.verdicts.items() if verdict in ("fail", "error")))
    return Alarm(one.unit.name, one.unit.seed, failed, one.broke)


def open_in(one: Told) -> tuple[str, ...]:
    """What stayed open at level must."""
    return tuple(sorted(
        name for name, verdict in one.verdicts.items() if verdict == "inconclusive" and one.levels.get(name) == "must"
    ))


def document(found: Matrix, **about: JSON) -> dict[str, JSON]:
    """As `prove.json` shows it (`reports/schema/prove.schema.json`)."""
    return {
        "format": FORMAT, "proven": found.proven, **about,
        "counts": {
            "faults": len(found.rows), "distinct": found.distinct, "killed": len(found.rows) - len(found.survivors),
            "survivors": len(found.survivors), "stray": sum(bool(row.stray) for row in found.rows),
            "healthy": found.healthy, "false_alarms": len(found.alarms),
        },
        "faults": [
            {
                "id": row.fault.id, "requirement": row.fault.requirement, "title": dict(row.fault.title),
                "questions": list(row.fault.questions), "killed": row.killed, "verdict": row.verdict, "reason": row.reason or None,
                "kin": list(row.kin), "stray": list(row.stray), "undecided": list(row.undecided), "seconds": round(row.seconds, 2),
                "broke": row.broke or None,
            }
            for row in found.rows
        ],
        "alarms": [
            {"variant": one.variant or None, "seed": one.seed, "failed": list(one.failed), "broke": one.broke or None}
            for one in found.alarms
        ],
        "undecided": {name: list(names) for name, names in found.undecided.items()},
    }
