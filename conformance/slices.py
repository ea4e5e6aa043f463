"""The slice of the evidence on which a finding rests: judged alone, it gives the same finding.

In: evidence and a finding.  Out: records, in their order and with their numbers: the frame of the run, what is about the finding's
subjects, what it cites.
"""

from __future__ import annotations

from conformance.evidence import Evidence
from conformance.outcomes import Finding
from conformance.parties import Subject
from conformance.records import Act, Attested, ClockMoved, Ended, Exchange, Record, Started, Watch

FRAME = (Started, Ended, Watch, ClockMoved, Attested)


def slice_of(evidence: Evidence, finding: Finding) -> list[Record]:
    """The records that the finding needs."""
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
