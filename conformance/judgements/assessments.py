"""Assessments: is an assessment of risks complete, and still of use?

In: an assessment as it was told.  Out: flaws with their places.  Source: rule 13.1; GO-15.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

NEEDED: Final = ("assessment_id", "assessed_at", "scenario", "likelihood", "impact", "measures", "next_due_at")


@dataclass(frozen=True)
class Gap:
    """A place of the assessment; `kind` is a code of `reports/words/`."""

    kind: str
    pointer: str
    expected: object = None
    seen: object = None
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


def complete_and_current(now: int, age: int) -> Callable[[object], Iterator[Gap]]:
    """Judges whether everything is said, it was assessed at most `age` µs before `now` (µs since 1970), and the next is not overdue."""

    def judged(assessment: object) -> Iterator[Gap]:
        said = assessment if isinstance(assessment, Mapping) else {}
        for name in NEEDED:
            if not str(said.get(name) or "").strip():
                yield Gap("assessment_incomplete", f"/{name}", "…", said.get(name))
        for name, earliest in (("assessed_at", now - age), ("next_due_at", now)):
            at = microseconds(said.get(name))
            if at is not None and at < earliest:
                yield Gap("assessment_out_of_date", f"/{name}", None, said.get(name))

    return judged


def microseconds(text: object) -> int | None:
    """µs since 1970; None for what is no time."""
    try:
        return round(datetime.fromisoformat(str(text)).timestamp() * 1e6)
    except ValueError:
        return None
