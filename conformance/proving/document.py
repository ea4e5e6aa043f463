"""The proof as data: what `prove.json` holds, and page and console show (`reports/schema/prove.schema.json`).

In: the matrix, what was asked for, the catalogue.  Out: a document of plain values; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from conformance.catalogue import Catalogue
from conformance.digest import judging_digest
from conformance.proving.matrix import EXIT, Alarm, Matrix, Row
from conformance.proving.selection import Asked
from conformance.proving.units import ROLE, Unit
from conformance.version import __version__

FORMAT: Final = "hulian.prove/1"
Document = dict[str, Any]


def document(found: Matrix, asked: Asked, *, left_out: int, seconds: float, jobs: int) -> Document:
    """The whole of it."""
    return {
        "format": FORMAT, "result": found.result, "exit_code": EXIT[found.result],
        "suite": {"version": __version__, "judging_digest": judging_digest()},
        "asked": {
            "profile": asked.profile, "only": list(asked.only), "ids": list(asked.ids), "seeds": asked.seeds, "quick": asked.quick,
            "variants_only": asked.variants, "structural": asked.structural, "structural_left_out": left_out,
        },
        "seconds": round(seconds, 1), "jobs": jobs, "counts": counts(found),
        "requirements": requirements(found),
        "faults": [fault(one) for one in found.rows],
        "alarms": [alarm(one) for one in found.alarms],
        "broke": [{**name(one.unit), "why": one.broke, "requirements": list(one.having("error"))} for one in found.broke],
        "missing": [name(unit) for unit in found.missing],
    }  # fmt: skip


def counts(found: Matrix) -> dict[str, int]:
    killed = [row for row in found.rows if row.killed]
    return {
        "faults": len(found.rows), "killed": len(killed), "survivors": len(found.survivors),
        "distinct": found.distinct(found.rows), "distinct_killed": found.distinct(killed),
        "stray": sum(bool(row.stray) for row in found.rows), "alone": sum(row.told.unit.alone for row in found.rows),
        "healthy": found.healthy, "false_alarms": len(found.alarms),
        "broke": len(found.broke), "missing": len(found.missing),
    }  # fmt: skip


def requirements(found: Matrix) -> list[Document]:
    """Every requirement that a fault broke, or that was blamed, with its faults and how many of them it killed."""
    catalogue = Catalogue.load()
    broken = {row.fault.requirement for row in found.rows}
    blamed = {other for row in found.rows for other in row.blame} | {other for one in found.alarms for other in one.failed}
    return [
        {
            "id": one.id, "theme": one.theme, "title": dict(one.title),
            "faults": sum(row.fault.requirement == one.id for row in found.rows),
            "killed": sum(row.fault.requirement == one.id and row.killed for row in found.rows),
            "stray": sum(one.id in row.stray for row in found.rows),
        }
        for one in catalogue.for_role(ROLE) if one.id in broken | blamed
    ]  # fmt: skip


def fault(row: Row) -> Document:
    told = row.told
    return {
        "id": row.fault.id, "requirement": row.fault.requirement, "title": dict(row.fault.title), "questions": list(row.fault.questions),
        "killed": row.killed, "verdict": row.verdict, "reason": told.refused or told.reasons.get(row.fault.requirement),
        "blame": dict(row.blame), "undecided": list(row.undecided), "over": "tcp" if told.unit.wire else "process",
        "alone": told.unit.alone,
        "seconds": round(told.seconds, 2),
    }  # fmt: skip


def alarm(one: Alarm) -> Document:
    return {**name(one.unit), "failed": list(one.failed), "undecided": list(one.undecided), "refused": one.refused or None}


def name(unit: Unit) -> Document:
    return {"kind": unit.kind, "id": unit.name or None, "seed": unit.seed}


def themes(shown: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, str], list[Document]]]:
    """The faults by the theme of the requirement that they break: its code, its title, its rows."""
    titles = Catalogue.load().themes
    of = {one["id"]: one["theme"] for one in shown["requirements"]}
    for code in sorted({of[one["requirement"]] for one in shown["faults"]}):
        yield code, titles[code], [one for one in shown["faults"] if of[one["requirement"]] == code]

