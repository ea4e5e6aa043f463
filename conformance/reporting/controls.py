"""The positive controls of a check in words: what the accepted slice shows, and what is wrong in the rejected one.

In: a control and what its check comes to.  Out: a name and a pair of texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from conformance.controls import Control
from conformance.outcomes import Finding, Outcome
from conformance.records import Act, Exchange, Record
from conformance.report import summary
from conformance.reporting.headline import Pair, finding_text
from conformance.words import texts


def told(control: Control, outcome: Outcome) -> dict[str, object]:
    """One control as `hulian explain` lists it: `id` and `title`."""
    heading, shown = control.heading, ", ".join(course(control.records))
    if heading.control == "accept":
        return {"id": heading.control, "title": texts("console.control.accept", looks=outcome.looks, shown=shown)}
    flaw = wrong(outcome.findings[0]) if outcome.findings else {"zh": outcome.verdict, "en": outcome.verdict}
    return {"id": heading.control, "title": texts("console.control.reject", flaw=flaw, fault=heading.fault or "–", shown=shown)}


def wrong(finding: Finding) -> Pair:
    """What a finding says."""
    place = finding.place
    return finding_text({
        "kind": finding.kind, "params": finding.params, "expected": finding.expected, "seen": finding.seen, "pointer": place.pointer,
        "channel": place.operation, "times": finding.times, "of": finding.of, "roles": {"by": place.by or None, "to": place.to or None},
    })


def course(records: Iterable[Record]) -> list[str]:
    """What happens in a slice, in the order in which each sort of thing happens first."""
    found: Counter[str] = Counter()
    for record in records:
        match record:
            case Act(by=by):
                found[f"{by}: {type(record).__name__}"] += 1
            case Exchange():
                found[summary(record)] += 1
    return [f"{name} × {times}" if times > 1 else name for name, times in found.items()]
