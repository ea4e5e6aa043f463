"""Notices: which were given and which ordered, which of them stood, what was done to each, and how the public was told.

In: evidence.  Out: acts and tellings for checks to judge.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeVar

from conformance.checks.talks import TABLE, allowed, answer_of, forbidden, next_reading, shown
from conformance.evidence import Absent, Evidence, Seen, Telling
from conformance.judgements.dialogue import Step, not_mixed_up, steps, time_of
from conformance.judgements.flaw import Flaw
from conformance.parties import Subject
from conformance.records import JSON, Act, Exchange, Failure, Instant
from conformance.rules import Rule
from conformance.untrusted import named
from conformance.vocabulary import NOTICE, PROBLEM, InterruptionOrdered, NoticeGiven, NoticeRepeated, NoticesRead, NoticeStepTaken

A = TypeVar("A", bound=Act)
SECOND = 1_000_000
WRITTEN = ("reason", "scope", "starts_at", "ends_at", "justification", "contact", "major_impact", "arrangement")
"""What the giver writes in a notice."""
STAYS = ("giver", "receiver", "given_at")
"""What the platform says of a notice when it is given, and nothing changes."""
SETTLED = frozenset({"agreed", "withdrawn"})


def accepted(evidence: Evidence, kind: type[A]) -> list[A]:
    """Notices given, or ordered, that the platform took on."""
    return [act for act in evidence.each(kind) if evidence.accepted(act)]


def orderly(evidence: Evidence, kind: type[A]) -> list[A]:
    """Notices on which no step was taken that the table forbids: where one was, nothing after it can be as it should."""
    disorderly = {one.act.about for one in forbidden(evidence) if evidence.accepted(one.act)}
    return [act for act in accepted(evidence, kind) if act.about not in disorderly]


def mixed_up(evidence: Evidence) -> set[Subject]:
    """Notices that show what was done to another: nothing about them can be as it should."""
    return {given.about[0] for given in accepted(evidence, NoticeGiven) if any(_mixed(evidence, given))}


def _mixed(evidence: Evidence, given: NoticeGiven) -> Iterator[Flaw]:
    code, own = evidence.cast[given.by].code, taken(evidence, given)
    for told in shown(evidence, given.about[0]):
        yield from not_mixed_up(told.value, code, own)


def statuses(rule: Rule) -> list[int]:
    """The statuses by which the platform may refuse."""
    return [int(word) for word in rule.words("statuses")]


def problems(evidence: Evidence, act: Act) -> list[Telling]:
    """What the platform said was wrong with an act that it refused for its content."""
    exchange = evidence.answer(act)
    return [one for one in evidence.tellings_in(exchange) if one.kind == PROBLEM and one["errors"].there] if exchange else []


def start(evidence: Evidence, act: Act) -> Instant:
    """When the interruption begins (trade time), as the platform says or, failing that, as it was told to."""
    return _time(evidence, act, "starts_at", "starts_in_seconds")


def end(evidence: Evidence, act: Act) -> Instant:
    """When it ends, likewise."""
    return _time(evidence, act, "ends_at", "ends_in_seconds")


def _time(evidence: Evidence, act: Act, name: str, ordered: str) -> Instant:
    told = answer_of(evidence, act)
    stated = (told.value.get(name) if told is not None else None, act.data.get(name))
    known = next((at for text in stated if (at := time_of(text)) is not None), None)
    return known if known is not None else act.trade + int(act.data.get(ordered, 0)) * SECOND


def lead(given: NoticeGiven) -> Instant:
    """How long before the interruption the notice was given, in µs."""
    return (time_of(given.data["starts_at"]) or given.trade) - given.trade


def of_notice(evidence: Evidence, act: Act, event: str | None = None, *, perhaps: bool = False) -> list[NoticeStepTaken]:
    """The steps that were taken, and taken on, about the same notice; with `perhaps`, those too of which that got lost on the way."""
    on = evidence.perhaps if perhaps else evidence.accepted
    taken = [one for one in evidence.each(NoticeStepTaken) if one.about == act.about and on(one)]
    return [one for one in taken if event in (None, one.data["event"])]


def stood_until(evidence: Evidence, act: Act, until: Instant) -> bool:
    """Whether the notice was neither withdrawn nor in effect before that time."""
    return not any(one.trade <= until for one in of_notice(evidence, act, "withdraw", perhaps=True)) and start(evidence, act) > until


def standing(evidence: Evidence, kind: type[A], within: Instant) -> list[A]:
    """Notices that were not withdrawn as long as they could still be published."""
    return [
        act for act in accepted(evidence, kind)
        if not any(one.trade <= act.trade + within for one in of_notice(evidence, act, "withdraw", perhaps=True))
    ]


def shown_at(evidence: Evidence, given: NoticeGiven, due: Instant) -> Telling | None:
    """The notice as its giver read it after `due`, or else when it was first told of an acknowledgement."""
    told = [one for one in shown(evidence, given.about[0]) if one.to == given.by]
    acknowledged = (one for one in told if any(step.event == "acknowledge" for step in steps(one.value)))
    return next_reading(evidence, told, due) or next(acknowledged, None)


def replies(evidence: Evidence) -> Iterator[tuple[NoticeGiven, Step, Instant]]:
    """What the platform replied to each notice and when, as the history tells it at last."""
    for given in accepted(evidence, NoticeGiven):
        last = shown(evidence, given.about[0])[-1:]
        for step in steps(last[0].value) if last else ():
            replied = TABLE.operations.get(step.event) == "replyToNotice" and step.by != evidence.cast[given.by].code
            if replied and step.at is not None:
                yield given, step, step.at


def proposals(evidence: Evidence, within: Instant) -> Iterator[tuple[NoticeStepTaken, Telling]]:
    """Proposals of ours that nothing of ours followed and that had time to be answered, each with the next reading after that."""
    for attempt in allowed(evidence, "giver"):
        act, given = attempt.act, [one for one in accepted(evidence, NoticeGiven) if one.about == attempt.act.about]
        later = [one for one in of_notice(evidence, act, perhaps=True) if one.n > act.n]
        due = act.trade + within
        if act.data["event"] == "propose" and evidence.accepted(act) and not later and all(start(evidence, one) > due for one in given):
            read = next_reading(evidence, [one for one in shown(evidence, act.about[0]) if one.to == act.by], due)
            if read is not None:
                yield act, read


def listed(evidence: Evidence, act: Act, within: Instant, state: str | None = None) -> Seen | Absent:
    """How the public notices showed the notice after the act to somebody without credentials."""
    reader = evidence.parties("consumer")[0].party
    where = {"state": state} if state else None
    return evidence.first(NOTICE, about=act.about[0], to=reader, since=act.trade, within=within, channel="pull", where=where)


def published(evidence: Evidence, within: Instant) -> list[NoticeGiven]:
    """Notices that stood and were published in time: those of which merchants can be told."""
    return [act for act in standing(evidence, NoticeGiven, within) if isinstance(listed(evidence, act, within), Seen)]


def withdrawals(evidence: Evidence) -> Iterator[tuple[NoticeGiven, NoticeStepTaken]]:
    """Notices that were withdrawn, with the first withdrawal."""
    for given in orderly(evidence, NoticeGiven):
        yield from ((given, one) for one in of_notice(evidence, given, "withdraw")[:1])


def was_public(evidence: Evidence, given: NoticeGiven, before: Instant) -> bool:
    """Whether the notice was published before that time, as anybody was told."""
    told = (time_of(one.value.get("published_at")) for one in evidence.told(NOTICE, about=given.about[0]) if isinstance(one.value, dict))
    return any(at is not None and at < before for at in told)


def reports(evidence: Evidence) -> Iterator[tuple[NoticeGiven, NoticeStepTaken]]:
    """Notices on which their giver filed a report, with that."""
    for given in accepted(evidence, NoticeGiven):
        yield from ((given, one) for one in of_notice(evidence, given, "report"))


def was_reported(evidence: Evidence, given: NoticeGiven, withdrawal: NoticeStepTaken) -> bool:
    """Whether its giver had reported the notice when it withdrew it."""
    return any(one.n < withdrawal.n for one in of_notice(evidence, given, "report"))


def first_pages(evidence: Evidence) -> Iterator[Exchange]:
    """The first page of its list, as a party read it that had given a notice before."""
    for read in evidence.each(NoticesRead):
        page = evidence.answer(read)
        given = any(one.by == read.by and one.n < read.n for one in accepted(evidence, NoticeGiven))
        if given and page is not None and read.data["cursor"] is None and evidence.accepted(read):
            yield page


def statements(evidence: Evidence, given: NoticeGiven) -> Iterator[tuple[Seen, JSON]]:
    """What is said of a notice wherever it is told, each with what its giver wrote; what lacks altogether is left to the schema."""
    for told in evidence.told(NOTICE, about=given.about[0]) if is_its_own(evidence, given) else ():
        for name in WRITTEN:
            if name in told.shape.fields and name in given.data and (told[name].there or name == "ends_at"):
                yield told[name], given.data[name]
        yield from _stays(evidence, given, told)


def _stays(evidence: Evidence, act: Act, told: Telling) -> Iterator[tuple[Seen, JSON]]:
    """What of a notice never changes, each with how the platform said it first; the time of publication is one of them."""
    first, published = answer_of(evidence, act), first_published(evidence, act)
    if first is not None:
        common = (name for name in STAYS if name in told.shape.fields and told[name].there and first[name].there)
        yield from ((told[name], first[name].value) for name in common)
    if published is not None and told["published_at"].there:
        yield told["published_at"], published


def first_published(evidence: Evidence, act: Act) -> JSON:
    """When the notice was published, as anybody was told first."""
    told = (one["published_at"] for one in evidence.told(NOTICE, about=act.about[0]))
    return next((one.value for one in told if one.there), None)


def contradictions(evidence: Evidence, order: InterruptionOrdered) -> Iterator[tuple[Seen, JSON]]:
    """What is said of the platform's own notice wherever it is told, each with what its counterpart was told first."""
    for first in first_shown(evidence, order):
        for told in evidence.told(NOTICE, about=order.about[0]):
            for name in WRITTEN:
                if name in told.shape.fields and told[name].there:
                    yield told[name], first[name].value
            yield from _stays(evidence, order, told)


def repetitions(evidence: Evidence) -> Iterator[tuple[NoticeGiven, NoticeRepeated]]:
    """Notices that were sent again, each with each repetition."""
    given = {act.about: act for act in accepted(evidence, NoticeGiven)}
    yield from ((given[one.about], one) for one in evidence.each(NoticeRepeated) if one.about in given)


def id_of(evidence: Evidence, given: NoticeGiven) -> JSON:
    """What the platform calls the notice."""
    told = answer_of(evidence, given)
    return told.value.get("notice_id") if told is not None else None


def ids_by_content(evidence: Evidence) -> Iterator[tuple[NoticeGiven, set[str]]]:
    """For each notice that was sent again, every id under which anybody was shown its content."""
    found: dict[str, set[str]] = defaultdict(set)
    for telling in evidence.told(NOTICE):
        if isinstance(telling.value, dict):
            found[str(telling.value.get("arrangement"))].add(str(telling.value.get("notice_id")))
    repeated = {one.about for one in evidence.each(NoticeRepeated)}
    for given in accepted(evidence, NoticeGiven):
        if given.about in repeated:
            yield given, found[given.data["arrangement"]]


def times_given(evidence: Evidence, given: NoticeGiven) -> int:
    """How often the same content was given as a notice of its own, with another key."""
    return sum(one.data == given.data for one in accepted(evidence, NoticeGiven))


def is_its_own(evidence: Evidence, given: NoticeGiven) -> bool:
    """Whether no notice of other content has its id."""
    others = (one for one in accepted(evidence, NoticeGiven) if one.data != given.data)
    return named(id_of(evidence, given)) not in {named(id_of(evidence, other)) for other in others}


def taken(evidence: Evidence, given: NoticeGiven) -> Counter[str]:
    """How often at most we took each step on the notice: also by a request whose answer got lost and which was sent again."""
    found: Counter[str] = Counter()
    for one in of_notice(evidence, given, perhaps=True):
        found[one.data["event"]] += 1 + sum(isinstance(answer.answer, Failure) for answer in evidence.answers(one)[:-1])
    return found


def taken_steps(evidence: Evidence, act: Act) -> Iterator[Step]:
    """What the history has to tell of what we did to the notice."""
    for one in of_notice(evidence, act):
        body = one.data["body"]
        yield Step(one.data["event"], evidence.cast[one.by].code, one.trade, body["message"], body.get("proposal", ""))


def unsettled(evidence: Evidence) -> list[InterruptionOrdered]:
    """Ordered interruptions of major impact on which the parties never came to agree, and which did not begin before their time."""
    found: list[InterruptionOrdered] = []
    for order in accepted(evidence, InterruptionOrdered):
        told, begin = shown(evidence, order.about[0]), start(evidence, order)
        early = any(one.value.get("state") == "effective" and one.at < begin for one in told)
        if order.data["major_impact"] and not early and not SETTLED & {named(one["state"].value) for one in told}:
            found.append(order)
    return found


def first_shown(evidence: Evidence, order: InterruptionOrdered) -> Sequence[Telling]:
    """How the counterpart was first told of the platform's notice."""
    return [one for one in shown(evidence, order.about[0]) if one.to == order.to][:1]
