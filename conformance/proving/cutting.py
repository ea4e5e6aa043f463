"""Cutting: the slices that a check must reject, and accept.

In: a check with its numbers, and the records of a run.  Out: the smallest slice that still shows it.  Slices begin as
`conformance.slices` cuts them, around few of the subjects of a finding or a look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Final

import msgspec

from conformance.evidence import Evidence
from conformance.outcomes import Finding, Look
from conformance.proving.framing import introduced, played, renumbered
from conformance.proving.looking import Subject, Where, where
from conformance.proving.paging import paged
from conformance.proving.shrinking import shrunk
from conformance.proving.stripping import BODIES, Question, Records, Stripper, without_nested, without_trade
from conformance.proving.thinning import thinner
from conformance.records import Act, Exchange
from conformance.slices import FRAME, around, slice_of

FEW: Final = (1, 2, 3, 5, 8, 13, 21)
"""From so many subjects a slice is tried."""
TRIED: Final = 4
"""Looks that were fine around which a slice is tried, before the whole run is shrunk."""
LARGE: Final = 24_000
"""Bytes beyond which a slice loses all that nothing hangs on."""


def rejected(subject: Subject, evidence: Evidence) -> tuple[Records, Finding] | None:
    """The smallest slice from which the check comes to the first of its findings; None where it has none."""
    seen = subject.sees_in(evidence)
    if seen is None or seen.outcome.verdict != "fail":
        return None
    finding = seen.outcome.findings[0]
    for part in beginnings(evidence, finding):
        found = subject.sees(part)
        first = next((one for one in found.outcome.findings if one.id == finding.id), None) if found is not None else None
        if found is not None and first is not None and found.outcome.verdict == "fail":
            return small(part, subject, partial(rejects, subject, first), BODIES, compared=bool(found.outcome.comparisons)), first
    return None


def rejects(subject: Subject, finding: Finding, records: Records) -> bool:
    """Whether the check comes to the finding on these records."""
    seen = subject.sees(records)
    return seen is not None and seen.finding(finding) is not None


def accepted(subject: Subject, evidence: Evidence, finding: Finding, *, whole: bool) -> Records | None:
    """The smallest slice that passes, looked at in the place of the finding if the run has such a look; None where nothing passes.

    `whole`: if nothing less will do, everything is shrunk.
    """
    seen = subject.sees_in(evidence)
    if seen is None or seen.outcome.verdict != "pass":
        return None
    wanted = nearest(where(finding.place), seen.places)
    looks = [one for one in seen.looks if not wanted or where(one.place) in wanted]
    for part in chain(*(around_look(evidence, one) for one in looks[:TRIED]), [evidence.records] if whole else []):
        if accepts(subject, wanted, part):
            return small(part, subject, partial(accepts, subject, wanted), (), compared=bool(seen.outcome.comparisons))
    return None


def nearest(place: Where, places: frozenset[Where]) -> frozenset[Where]:
    """That place if it is among them, else those in the same operation, else none."""
    return frozenset({place}) & places or frozenset(one for one in places if one[0] == place[0] and place[0])


def accepts(subject: Subject, wanted: frozenset[Where], records: Records) -> bool:
    """Whether the check looked (in one of these places) and found everything as it should be."""
    seen = subject.sees(records)
    if seen is None or seen.outcome.verdict != "pass" or not seen.outcome.looks:
        return False
    return not wanted or not wanted.isdisjoint(seen.places)


def beginnings(evidence: Evidence, finding: Finding) -> Iterator[Records]:
    """From where shrinking may begin: slices about few of the finding's subjects, the slice, everything."""
    subjects, exchanges = finding.subjects, tuple(n for n in finding.exchanges if n)
    most = len(subjects or exchanges)
    for few in sorted({min(few, most) for few in (*FEW, most)}):
        cited = tuple(n for n in exchanges if not subjects or concerns(evidence, evidence.exchange(n), subjects[:few]))
        part = msgspec.structs.replace(finding, subjects=subjects[:few], exchanges=cited if subjects else exchanges[:few])
        yield core(evidence, part)
        yield slice_of(evidence, part)
    yield around(evidence, finding)
    yield evidence.records


def core(evidence: Evidence, finding: Finding) -> Records:
    """Less than the slice: of what others did and heard about the finding's subjects no more than it cites."""
    acts = {evidence.exchange(n).act for n in finding.exchanges}
    acts |= {act.n for act in evidence.records if isinstance(act, Act) and not {*finding.subjects}.isdisjoint(act.about)}
    came = {exchange.n for exchange in evidence.exchanges if exchange.n in finding.exchanges or exchange.act in acts}
    return [record for record in evidence.records if isinstance(record, FRAME) or record.n in acts or record.n in came]


def concerns(evidence: Evidence, exchange: Exchange, subjects: tuple[str, ...]) -> bool:
    """Whether an exchange is about one of these subjects."""
    act = evidence.act_of(exchange)
    about = {*(act.about if act is not None else ()), *(one for telling in evidence.tellings_in(exchange) for one in telling.about)}
    return not about or not about.isdisjoint(subjects)


def around_look(evidence: Evidence, look: Look) -> Iterator[Records]:
    """Slices around something that was fine."""
    finding = Finding(
        id="", kind="", nature="said", params={}, place=look.place, expected=None, seen=None, subjects=look.subjects,
        exchanges=look.exchanges, times=1, of=1,
    )
    yield slice_of(evidence, finding)
    yield around(evidence, finding)


def small(records: Records, subject: Subject, holds: Question, further: Sequence[Stripper], *, compared: bool) -> Records:
    """The slice shrunk, with its records numbered anew, and no more of the plan than who takes part.

    A slice that stays large, as it does where parties are compared, loses all that nothing hangs on, and most of what was told.
    """
    most = (*BODIES, thinner(subject.specification), without_nested, without_trade)
    part = records if compared else shrunk(records, subject.specification, holds, further)
    if compared or len(msgspec.json.encode(part)) > LARGE:
        part = shrunk(part, subject.specification, holds, most)
    part = paged(part, holds)
    for change in (introduced, played, renumbered):
        if holds(changed := change(part)):
            part = changed
    return part
