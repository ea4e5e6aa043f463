"""Looking: what one check sees on some records, and where it looked.

In: a check, the numbers that it judges with, records.  Out: its outcome and the places of its looks.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from conformance.check import Check
from conformance.evidence import Evidence
from conformance.expect import Expect
from conformance.judging import look
from conformance.outcomes import Finding, Look, Outcome, Place, conclude
from conformance.proving.stripping import Records
from conformance.rules import Rule
from conformance.specification import Specification

Where: TypeAlias = tuple[str, str]
"""The operation (of a comparison: its measure), and the pointer."""


class Seen(NamedTuple):
    """`looks` are those that were fine; `places` where they were."""

    outcome: Outcome
    looks: tuple[Look, ...]
    places: frozenset[Where]

    def finding(self, like: Finding) -> Finding | None:
        """The finding again, if the same thing is wrong at the same place, and the same was seen where nothing is compared."""
        found = next((one for one in self.outcome.findings if one.id == like.id), None)
        same = found is not None and (self.outcome.comparisons or (found.expected, found.seen) == (like.expected, like.seen))
        return found if same and self.outcome.verdict == "fail" else None


class Subject(NamedTuple):
    """A check with the numbers that it judges with, and the interface."""

    check: Check
    rule: Rule
    specification: Specification

    def sees(self, records: Records) -> Seen | None:
        """What the check sees on a slice; None where it does not reach its end."""
        return self.sees_in(Evidence(records, self.specification))

    def sees_in(self, evidence: Evidence) -> Seen | None:
        """What it sees in some evidence.  How many looks it has on a whole run is set aside: a slice has few."""
        expect = Expect(evidence)
        try:
            look(self.check, expect, self.rule)
        except Exception:  # from such a slice too much was cut; whoever asks takes another
            return None
        outcome = conclude(self.check.requirement, self.check.name, expect.finished(), expect.reasons)
        looks = tuple(one for one in expect.placed() if not one.kind)
        measures = {(str(row["measure"]), "") for row in expect.comparisons}
        whole = Outcome(
            requirement=outcome.requirement, verdict=outcome.verdict, looks=outcome.looks, reason=outcome.reason,
            findings=outcome.findings, checks=outcome.checks, comparisons=tuple(expect.comparisons),
        )
        return Seen(whole, looks, frozenset(measures | {where(one.place) for one in looks}))


def where(place: Place) -> Where:
    """A place, whichever of several records it is in."""
    return place.operation, "/".join("*" if step.isdigit() else step for step in place.pointer.split("/"))
