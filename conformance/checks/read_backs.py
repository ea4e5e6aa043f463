"""Read back: what a merchant read of its consignment after a change of its own had been taken.

In: evidence.  Out: pairs of a change and a later telling; nothing is judged here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeAlias

from conformance.checks.wordings import version_told, wordings
from conformance.evidence import Evidence, Telling
from conformance.judgements.corrections import corrected
from conformance.judgements.faithful import Alteration
from conformance.parties import IUT, Subject
from conformance.records import JSON
from conformance.vocabulary import CONSIGNMENT, ConsignmentCancelled, ConsignmentCorrected, ConsignmentRead

Change: TypeAlias = ConsignmentCorrected | ConsignmentCancelled


def after_changes(evidence: Evidence) -> Iterator[tuple[Change, int, Telling]]:
    """What merchants read of their consignments, each with a change that had been answered when they asked, and its version."""
    readings: dict[Subject, list[ConsignmentRead]] = defaultdict(list)
    for act in evidence.each(ConsignmentRead):
        readings[act.about[0]].append(act)
    for change in changes(evidence):
        answer = evidence.answer(change)
        if answer is None or not evidence.accepted(change):
            continue
        version = version_told(evidence, answer)
        for reading in readings[change.about[0]]:
            seen = evidence.answer(reading)
            if seen is not None and reading.by == change.by and reading.n > answer.n:
                yield from ((change, version or 0, one) for one in evidence.tellings_in(seen) if one.kind == CONSIGNMENT and one.by == IUT)


def changes(evidence: Evidence) -> list[Change]:
    """What merchants changed themselves."""
    return [*evidence.each(ConsignmentCorrected), *evidence.each(ConsignmentCancelled)]


def wanted_of(evidence: Evidence, change: Change, told: Telling) -> tuple[dict[str, JSON], dict[str, JSON]]:
    """What stood before a change, and what it changed by its own answer, but for what may have been changed again before it was read."""
    again = {
        name for other in evidence.each(ConsignmentCorrected) for name in other.data
        if other.about == change.about and change.n < other.n < told.exchange
    }
    found = evidence.derived(wordings).get(change.about[0], [])
    before: dict[str, JSON] = next((former.entry.data for former, one in pairwise(found) if one.act == change.n), {})
    changed = change.data if isinstance(change, ConsignmentCorrected) else {}
    answer = evidence.answer(change)
    said = [one.value for one in (evidence.tellings_in(answer) if answer is not None else ()) if one.by == IUT]
    ignored = {flaw.pointer.split("/")[1] for record in said for flaw in corrected(before, changed)(record)}
    return before, {name: value for name, value in changed.items() if name not in again | ignored}


def at_least(version: int) -> Callable[[JSON], Alteration | None]:
    """A judgement: a record is of that version or a later one."""
    return lambda seen: Alteration("stale", expected=version, seen=seen) if isinstance(seen, int) and seen < version else None
