"""Forbidden: what merchants and couriers tried against a rule of the interface, and what came of it.

In: evidence.  Out: attempts with their answers, and tellings of what should not be there; looks at such an attempt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from conformance.checks.offers import places_of
from conformance.evidence import Evidence, Telling
from conformance.expect import Expect
from conformance.judgements.problems import UNPROCESSABLE, statuses
from conformance.parties import IUT, Subject
from conformance.records import JSON, Act, Answer, Exchange
from conformance.untrusted import parsed
from conformance.vocabulary import CONSIGNMENT, EVENT, ConsignmentTried, EventsTried

FORBIDDEN = "forbidden"


def status_of(code: str) -> frozenset[int]:
    """With which status a refusal comes that says so: codes of places stand in a 422 (specs/codes/problems.yaml)."""
    return frozenset({statuses().get(code, UNPROCESSABLE)})


def reasons(exchange: Exchange) -> list[str]:
    """What a refusal says: its code and those of its places."""
    problem = parsed(exchange.answer.body.raw) if isinstance(exchange.answer, Answer) else None
    return [str(problem.get("code")), *places_of(exchange)] if isinstance(problem, dict) else []


def refused(exchange: Exchange) -> bool:
    return isinstance(exchange.answer, Answer) and 400 <= exchange.answer.status < 500


def refused_as_agreed(expect: Expect, answer: Exchange, code: str, kept: Iterable[Telling]) -> None:
    """The attempt was refused with the agreed code, and what was refused has no effect: `kept` are tellings of it."""
    expect(answer).is_answered_with(status_of(code))
    if refused(answer):
        expect(answer).holds(code in reasons(answer), "other_reason", expected=code, seen=reasons(answer))
        for told in kept:
            expect(told).holds(False, "refused_and_kept")


def kept_all_the_same(evidence: Evidence, attempt: ConsignmentTried) -> Iterator[Telling]:
    """What anybody was told of a consignment that was refused, or with the change that was refused in it."""
    others = (one for one in evidence.every(ConsignmentTried) if one.about == attempt.about and one.data["why"] == FORBIDDEN)
    if any(evidence.perhaps(one) for one in others):
        return  # another one that was taken may have done it
    new = "order_no" in attempt.data["entry"]
    change = None if new else holding(attempt.data["entry"])
    for told in evidence.told(CONSIGNMENT, about=attempt.about[0], by=IUT):
        if told.exchange > attempt.n and (change is None or change(told.value)):
            yield told


def holding(change: dict[str, JSON]) -> Callable[[JSON], bool]:
    """Whether a record is as a change would have made it."""
    return lambda record: isinstance(record, dict) and all(record.get(name) == value for name, value in change.items())


def shown_all_the_same(evidence: Evidence, attempt: EventsTried) -> Iterator[Telling]:
    """What the merchant was told of events that were refused: of those that say when, and the same as was posted."""
    posted = {event["event_id"]: event for event in attempt.data["events"]}
    for told in evidence.told(EVENT, about=attempt.about[0], by=IUT):
        event = posted.get(str(told["event_id"].value))
        if event is not None and told["description"].value == event.get("description"):
            yield told


def receipts_of(evidence: Evidence, kind: type[Act], about: tuple[Subject, ...]) -> Iterator[Telling]:
    """The records by which such an act on the subject was answered."""
    for act in evidence.each(kind):
        answer = evidence.answer(act)
        if act.about == about and answer is not None:
            yield from (told for told in evidence.tellings_in(answer) if told.kind == CONSIGNMENT and told.by == IUT)
