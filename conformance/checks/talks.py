"""Talks: what the evidence shows of each notice: how it was shown, in order; the steps that our parties tried, and where it stood.

In: evidence.  Out: tellings and attempts for checks to judge.  A public notice has no history and is no part of the talks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from conformance.dialogues import Role, dialogue
from conformance.evidence import Evidence, Telling
from conformance.judgements.dialogue import led, standing, standings, states_after, steps, whole
from conformance.parties import Subject
from conformance.records import JSON, Act, Exchange, Failure, Instant
from conformance.vocabulary import NOTICE, NoticeStepTaken

TABLE = dialogue("notice")


class Attempt(NamedTuple):
    """A step that was tried: `leads` to these states from wherever the notice may have stood (None: the table has no such step)."""

    act: NoticeStepTaken
    exchange: Exchange
    leads: tuple[str | None, ...]
    before: Telling
    after: Telling | None


def shown(evidence: Evidence, subject: Subject) -> list[Telling]:
    """Every time that the notice was shown with its history, in the order of its versions.

    Where a notice sent again got another id, the first is meant.
    """
    found = [telling for telling in evidence.told(NOTICE, about=subject) if whole(telling.value)]
    return sorted((one for one in found if one.value.get("notice_id") == found[0].value.get("notice_id")), key=_place)


def next_reading(evidence: Evidence, told: Sequence[Telling], after: Instant) -> Telling | None:
    """How the notice stood when it was next read after that time.  A list may hold every version (rule 6.3): the greatest counts."""
    pulled = [one for one in told if one.channel == "pull" and one.at > after]
    first = min(pulled, key=lambda one: one.at, default=None)
    if first is None:
        return None
    return max((one for one in pulled if reading(evidence, one) == reading(evidence, first)), key=_place)


def reading(evidence: Evidence, telling: Telling) -> tuple[str, JSON]:
    """What belongs to one reading: the pages of one walk through a list, else one exchange."""
    act = evidence.act_of(evidence.exchange(telling.exchange))
    walk = act.data.get("walk") if act is not None and isinstance(act.data, dict) else None
    return ("exchange", telling.exchange) if walk is None else ("walk", walk)


def _place(telling: Telling) -> tuple[int, int]:
    version = telling.value.get("version")
    return version if isinstance(version, int) else len(steps(telling.value)), telling.exchange


def attempts(evidence: Evidence, role: Role) -> Iterator[Attempt]:
    """Every step that a party of ours tried as giver or as receiver, if we knew where the notice stood."""
    for act in evidence.each(NoticeStepTaken):
        exchange = evidence.answer(act)
        if act.data["role"] != role or exchange is None:
            continue
        message, code = act.data["body"]["message"], evidence.cast[act.by].code
        told = shown(evidence, act.about[0])
        before = [one for one in told if one.exchange < exchange.n and message not in {step.message for step in steps(one.value)}]
        if before:
            after = next((one for one in told if one.exchange >= exchange.n and _place(one)[0] >= _place(before[-1])[0]), None)
            where = standings(TABLE, before[-1].value, after.value if after else None, code, role)
            yield Attempt(act, exchange, led(TABLE, where, act.data["event"], role), before[-1], after)


def allowed(evidence: Evidence, role: Role) -> Iterator[Attempt]:
    """Steps that the table has from wherever the notice may have stood."""
    return (one for one in attempts(evidence, role) if None not in one.leads)


def forbidden(evidence: Evidence) -> Iterator[Attempt]:
    """Steps that the table has from nowhere that the notice may have stood.  Where an answer about it got lost, nobody knows that."""
    lost = evidence.derived(unanswered)
    return (
        one for role in ("giver", "receiver") for one in attempts(evidence, role)
        if one.leads == (None,) and one.act.about[0] not in lost
    )


def unanswered(evidence: Evidence) -> frozenset[Subject]:
    """The notices about which something was sent that was not answered: it may have been done all the same."""
    steps = evidence.each(NoticeStepTaken)
    return frozenset(
        subject for act in steps for subject in act.about if any(isinstance(one.answer, Failure) for one in evidence.answers(act))
    )


def answered(evidence: Evidence, act: Act) -> list[Telling]:
    """The notice in the answer to an act that was taken on; nothing where there is none."""
    told = answer_of(evidence, act)
    return [told] if told is not None else []


def answer_of(evidence: Evidence, act: Act) -> Telling | None:
    """The notice in the answer to an act, if it was taken on."""
    exchange = evidence.answer(act)
    told = evidence.tellings_in(exchange) if exchange is not None and evidence.accepted(act) else ()
    return next((one for one in told if one.kind == NOTICE and one.by != act.by), None)


def next_states(attempt: Attempt, told: Telling) -> list[str]:
    """The states in which the answer to an allowed step may show the notice: the table's, and where others led it since."""
    return [*filter(None, attempt.leads), *states_after(TABLE, told.value, attempt.act.data["body"]["message"])]


def recorded(evidence: Evidence, attempt: Attempt) -> Telling | None:
    """The first telling of the notice that has the step in its history."""
    message = attempt.act.data["body"]["message"]
    return next((one for one in shown(evidence, attempt.act.about[0]) if message in {step.message for step in steps(one.value)}), None)


def stays(evidence: Evidence, attempt: Attempt) -> bool:
    """Whether after a refused step the notice stands where it stood, or where others led it meanwhile."""
    if attempt.after is None:
        return True
    code, role = evidence.cast[attempt.act.by].code, attempt.act.data["role"]
    where = standings(TABLE, attempt.before.value, attempt.after.value, code, role)
    return standing(attempt.after.value, code, role) in where
