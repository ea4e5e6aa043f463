"""The slice of the evidence on which a finding rests: judged alone, it gives the same finding.

In: evidence and a finding.  Out: records, in their order and with their numbers: the frame of the run, what is about the finding's
subjects, what it cites; where that is not enough (something was missing from what others got), what its parties did and got as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from conformance.evidence import Evidence
from conformance.outcomes import Finding
from conformance.parties import IUT, Party, Subject
from conformance.records import Act, Attested, ClockMoved, Ended, Exchange, Load, Record, Resumed, RoundEnded, Started, Watch

FRAME = (Started, RoundEnded, Resumed, Ended, Watch, ClockMoved, Attested, Load)


def smallest(evidence: Evidence, finding: Finding, gives: Callable[[Sequence[Record]], bool]) -> Sequence[Record]:
    """The smallest of three slices from which judging (`gives`) comes to the finding: its subjects', its parties', everything."""
    for records in (slice_of(evidence, finding), around(evidence, finding)):
        if gives(records):
            return records
    return evidence.records


def around(evidence: Evidence, finding: Finding) -> list[Record]:
    """The slice, and everything that the parties of what it cites did and got."""
    cited = [evidence.exchange(n) for n in finding.exchanges if n]
    parties = {party for exchange in cited for party in (exchange.sender, exchange.answerer)} - {IUT}
    kept = {record.n for record in slice_of(evidence, finding)}
    return [record for record in evidence.records if record.n in kept or not parties.isdisjoint(taking_part(record))]


def taking_part(record: Record) -> frozenset[Party]:
    """The parties of an act or an exchange."""
    match record:
        case Act(by=by, to=to):
            return frozenset({by, to} if to else {by})
        case Exchange(sender=sender, answerer=answerer):
            return frozenset({sender, answerer})
        case _:
            return frozenset()


def slice_of(evidence: Evidence, finding: Finding) -> list[Record]:
    """The frame, what is about the finding's subjects, and what it cites."""
    subjects = frozenset(map(Subject, finding.subjects))
    cited = frozenset(finding.exchanges)
    acts = {exchange.act for exchange in evidence.exchanges if exchange.n in cited}
    return [record for record in evidence.records if belongs(record, evidence, subjects, cited, acts)]


def belongs(
    record: Record, evidence: Evidence, subjects: frozenset[Subject], cited: frozenset[int], acts: set[int | None]
) -> bool:
    """Whether a record is part of the slice."""
    match record:
        case Act():
            return record.n in acts or not subjects.isdisjoint(record.about)
        case Exchange():
            if record.n in cited or record.act in acts:
                return True
            act = evidence.act_of(record)
            if act is not None and not subjects.isdisjoint(act.about):
                return True
            return any(not subjects.isdisjoint(telling.about) for telling in evidence.tellings_in(record))
        case _:
            return isinstance(record, FRAME)
