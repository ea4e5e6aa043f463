"""Times of notices: steps that come by themselves when their time has come (`dialogues/notice.yaml`), and who is told of what.

In: evidence.  Out: readings with the steps of the clock that were due by then; tellings of publication and report.
Source: rules 12.4 to 12.8 of the interface.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple

from conformance.checks.flows import channel
from conformance.checks.notices import end, start, taken_steps
from conformance.checks.talks import TABLE, shown
from conformance.clock import moment
from conformance.evidence import Absent, Evidence, Seen, Telling, Where
from conformance.expect import Expect
from conformance.judgements.dialogue import history_flaws, misstep, rewritten, steps, tells, time_of, whole
from conformance.judgements.flaw import Flaw
from conformance.parties import Party
from conformance.records import JSON, Act, Instant
from conformance.rules import Rule
from conformance.vocabulary import NOTICE

READ: Final = "getNotice"
SETTLES: Final = {"lapse": {"lapse", "accept", "reject", "withdraw"}, "begin": {"begin", "withdraw"}, "end": {"end", "withdraw"}}
"""The steps after which one of the clock no longer waits."""


class Due(NamedTuple):
    """A step of the clock that is due at that time, and how the notice was read."""

    event: str
    at: Instant
    told: Telling

    @property
    def early(self) -> bool:
        """Whether the history says that it came a second or more before."""
        return any(one.event == self.event and one.at is not None and one.at <= self.at - 1_000_000 for one in steps(self.told.value))

    @property
    def waits(self) -> bool:
        """Whether neither it nor what makes it needless has come."""
        return SETTLES[self.event].isdisjoint(one.event for one in steps(self.told.value))


def clockwork(evidence: Evidence, given: Act, publication: Instant, acknowledgement: Instant) -> Iterator[Due]:
    """The steps of the clock on a notice, each time that it was read by itself.  An urgent notice doesn't lapse."""
    begin = start(evidence, given)
    for told in (one for one in shown(evidence, given.about[0]) if one.operation == READ):
        yield Due("begin", begin, told)
        if told["ends_at"].there:
            yield Due("end", end(evidence, given), told)
        if begin - publication >= (time_of(told.value.get("given_at")) or given.trade) + acknowledgement:
            yield Due("lapse", begin - publication, told)


def on_time(evidence: Evidence, expect: Expect, given: Act, rule: Rule) -> None:
    """Each of them comes when its time has come."""
    for due in clockwork(evidence, given, rule.duration("publication"), rule.duration("acknowledgement")):
        expect(due.told).holds(not due.early, "step_early", event=due.event, expected=moment(due.at))
        if due.told.at > due.at + rule.duration("grace"):
            expect(due.told).holds(not due.waits, "step_overdue", nature="missing", event=due.event, expected=moment(due.at))


def history(evidence: Evidence, expect: Expect, given: Act, skew: Instant) -> None:
    """The history of a notice begins, grows and ends as the table says, and has what our parties did."""
    told = shown(evidence, given.about[0])
    for earlier, later in zip([*told[:1], *told], told, strict=False):
        expect(later).satisfies(partial(history_flaws, TABLE))
        expect(later).satisfies(partial(rewritten, earlier.value))
    for step in taken_steps(evidence, given) if told else ():
        expect(told[-1]).satisfies(partial(tells, step=step, skew=skew))


def told_of(evidence: Evidence, act: Act, party: Party | None, within: Instant, where: Where) -> Iterator[Seen | Absent]:
    """How a party that listens was sent it; nothing where it has to look for itself."""
    if party is not None and channel(evidence, party, act.trade, within) == "push":
        yield evidence.first(NOTICE, about=act.about[0], to=party, since=act.trade, within=within, channel="push", where=where)


def publication(record: JSON) -> bool:
    """Whether it is what is published of a notice."""
    return isinstance(record, dict) and not whole(record) and record.get("published_at") is not None


def report(record: JSON) -> bool:
    """Whether it is a notice that was reported."""
    return any(step.event == "report" for step in steps(record))


def reported_late(record: JSON, within: Instant) -> Flaw | None:
    """Whether it was reported longer than that after the talks had failed."""
    failed = next((one.at for one in steps(record) if one.event in ("reject", "lapse")), None)
    said = next((one.at for one in steps(record) if one.event == "report"), None)
    late = failed is not None and said is not None and said > failed + within
    return misstep(record, "reported_late") if late else None
