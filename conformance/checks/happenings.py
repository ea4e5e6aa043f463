"""Happenings: which events couriers reported, and what became of them.

In: evidence.  Out: pairs for checks to look at; nothing is judged here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from conformance.clock import instant
from conformance.evidence import Absent, Evidence, Seen, Telling
from conformance.judgements import parcels
from conformance.parties import Party, Subject
from conformance.records import JSON, Answer, Exchange, Instant
from conformance.untrusted import named, parsed
from conformance.vocabulary import EVENT, CourierChanged, EventsRead, EventsReported, EventsTried, TrackingLooked

Readings: TypeAlias = Mapping[tuple[Party, Subject], Sequence[Sequence[Exchange]]]
"""Whole readings, each as its pages, by reader and consignment."""
Sort = Literal["repeated", "retraction", "unknown", "disordered", "plain"]
REPEATED: Final = "report:repeated"
"""The feature of reports that hold what was reported before."""
FIELDS: Final = ("location", "description", "exception_reason", "related_waybill_no")
"""What an event holds beside what has requirements of its own."""
LATE: Final = 24 * 3600 * 1_000_000
"""An event that comes more than a day after it occurred is a late one."""


class Happening(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """An event when a courier first reported it: the act, the event, what the merchant was told of it, and whether it came late, or
    after an event of that waybill that occurred later or at the same moment."""

    report: EventsReported
    event: Mapping[str, JSON]
    shown: Sequence[Telling]
    disordered: bool

    @property
    def id(self) -> str:
        return str(self.event["event_id"])

    @property
    def subject(self) -> Subject:
        return self.report.about[0]

    @property
    def merchant(self) -> Party:
        assert self.report.to is not None
        return self.report.to

    @property
    def sort(self) -> Sort:
        """What is special about it, if anything."""
        if "retracts" in self.event:
            return "retraction"
        return "unknown" if not parcels.known(self.event["code"]) else "disordered" if self.disordered else "plain"


def attempted(evidence: Evidence) -> list[Happening]:
    """Every event of every report, taken on or not.  Needs reports and events."""
    shown: dict[tuple[Party, str], list[Telling]] = defaultdict(list)
    for telling in evidence.told(EVENT):
        shown[telling.to, str(telling["event_id"].value)].append(telling)
    found: list[Happening] = []
    latest: dict[tuple[str, Subject], Instant] = {}
    for report in evidence.each(EventsReported):
        waybill, merchant = (report.data["waybill_no"], report.about[0]), report.to or Party("")
        for event in report.data["events"]:
            at = instant(event["occurred_at"])
            tellings = [one for one in shown.get((merchant, event["event_id"]), ()) if not one.about or report.about[0] in one.about]
            disordered = at <= latest.get(waybill, at - 1) or at + LATE < report.trade
            found.append(Happening(report=report, event=event, shown=tellings, disordered=disordered))
            latest[waybill] = max(at, latest.get(waybill, at))
    return found


def happenings(evidence: Evidence) -> list[Happening]:
    """Every event that was taken on, when it was first reported.  Needs reports and events."""
    found: dict[tuple[Party, str], Happening] = {}
    for one in evidence.derived(attempted):
        if evidence.accepted(one.report):
            found.setdefault((one.report.by, one.id), one)
    return list(found.values())


def reported(evidence: Evidence, sort: Sort) -> Iterator[Exchange]:
    """The answers to all reports whose events are all plain but for some of that sort; repeated ones are a sort of their own."""
    found: dict[int, list[Happening]] = defaultdict(list)
    for one in evidence.derived(attempted):
        found[one.report.n].append(one)
    for of in found.values():
        report, answer = of[0].report, evidence.answer(of[0].report)
        sorts: set[Sort] = {"repeated"} if REPEATED in report.features else {one.sort for one in of} - {"plain"} or {"plain"}
        if answer is not None and sorts == {sort}:
            yield answer


def frame_of(evidence: Evidence, one: Happening) -> dict[str, JSON]:
    """What the platform knows of an event from the request in which it came."""
    said = {name: one.report.data[name] for name in ("waybill_no", "consignment_id", "parcel_no")}
    return {"event_id": one.id, "courier_code": evidence.cast[one.report.by].code, **said}


def originals(evidence: Evidence, one: Happening, before: Instant) -> list[Happening]:
    """The events that this one retracts, as far as they had stood in the merchant's feed before a time."""
    return [
        other for other in evidence.derived(happenings)
        if other.id == one.event["retracts"] and other.report.by == one.report.by and other.subject == one.subject
        and any(telling.channel == "pull" and telling.at < before for telling in other.shown)
    ]


def as_first_shown(evidence: Evidence) -> Iterator[tuple[Happening, Telling]]:
    """Every event with what the merchant was told of it; after its retraction that is a matter of its own."""
    found = evidence.derived(happenings)
    retracted = {(one.report.by, one.event["retracts"]): one.report.trade for one in found if "retracts" in one.event}
    for one in found:
        end = retracted.get((one.report.by, one.id))
        yield from ((one, told) for told in one.shown if end is None or told.at < end)


def tried_to_report(evidence: Evidence, why: str) -> Iterator[tuple[EventsTried, Exchange]]:
    """Every attempt to report what cannot be taken for that reason, and the answer."""
    for attempt in evidence.every(EventsTried):
        answer = evidence.answer(attempt)
        if answer is not None and attempt.data["why"] == why:
            yield attempt, answer


def by_way(tellings: Sequence[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Each telling with the first one over the same operation."""
    first: dict[str, Telling] = {}
    for telling in tellings:
        yield first.setdefault(telling.operation, telling), telling


def walks(evidence: Evidence) -> Readings:
    """Readings of consignments' events, page by page to the end, in their order.  Needs readings of events."""
    pages: dict[tuple[Party, Subject, JSON], list[Exchange]] = defaultdict(list)
    for act in evidence.each(EventsRead):
        answer = evidence.answer(act)
        if answer is not None:
            pages[act.by, act.about[0], act.data["walk"]].append(answer)
    found: dict[tuple[Party, Subject], list[list[Exchange]]] = defaultdict(list)
    for (party, subject, _), answers in pages.items():
        if all(isinstance(one.answer, Answer) and one.answer.status < 300 for one in answers) and is_last(answers[-1]):
            found[party, subject].append(answers)
    return found


def is_last(page: Exchange) -> bool:
    """Whether no page follows."""
    body = parsed(page.answer.body.raw) if isinstance(page.answer, Answer) else None
    return isinstance(body, dict) and not isinstance(body.get("next_cursor"), str)


def read_in(evidence: Evidence, pages: Sequence[Exchange]) -> list[Telling]:
    """The events that a reading showed, in their order."""
    return [telling for page in pages for telling in evidence.tellings_in(page) if telling.kind == EVENT]


def ids_in(evidence: Evidence, pages: Sequence[Exchange]) -> list[JSON]:
    """What the events of a reading are called, in their order."""
    return [named(telling["event_id"].value) for telling in read_in(evidence, pages)]


def first_reading(evidence: Evidence, one: Happening, within: Instant) -> Sequence[Exchange] | None:
    """The first whole reading by the merchant that began after the event was due; None where there is none."""
    due = one.report.trade + within
    found = evidence.derived(walks).get((one.merchant, one.subject), ())
    return next((pages for pages in found if pages[0].trade >= due and from_the_start(pages)), None)


def misses(evidence: Evidence, sort: Sort, within: Instant) -> Iterator[tuple[Happening, Sequence[Exchange]]]:
    """Events of the sort that were due when the merchant first read, and that reading: was the merchant told of them, ever?"""
    for one in evidence.derived(happenings):
        pages = first_reading(evidence, one, within) if one.sort == sort else None
        if pages is not None:
            yield one, pages


def from_the_start(pages: Sequence[Exchange]) -> bool:
    """Whether a reading began without a cursor."""
    return "cursor=" not in pages[0].request.target


def resumed(evidence: Evidence) -> Iterator[tuple[Exchange, set[JSON], set[JSON]]]:
    """Readings that went on from where one had ended: their end, what was new since (as a whole reading shows), and what they showed."""
    for readings in evidence.derived(walks).values():
        for before, pages, after in zip(readings, readings[1:], readings[2:], strict=False):
            if from_the_start(before) and not from_the_start(pages) and from_the_start(after):
                new = set(ids_in(evidence, after)) - set(ids_in(evidence, before))
                yield pages[-1], new, set(ids_in(evidence, pages))


def pushed(evidence: Evidence, one: Happening, within: Instant) -> Seen | Absent | None:
    """The first message about an event, or its absence; None where nobody listened, or the merchant was told in no way at all."""
    since = one.report.trade
    if not one.shown or not evidence.watched(one.merchant, "push", since, since + within):
        return None
    return evidence.first(
        EVENT, about=one.subject, to=one.merchant, since=since, within=within, channel="push", where={"event_id": one.id}
    )


def in_turn(evidence: Evidence) -> Iterator[tuple[Telling, Telling]]:
    """What was told of an event, and of one that the courier reported in a later request about the same consignment."""
    last: dict[Subject, Happening] = {}
    for one in evidence.derived(happenings):
        before = last.get(one.subject)
        if one.shown and before is not None and before.report.n != one.report.n:
            yield before.shown[0], one.shown[0]
        if one.shown:
            last[one.subject] = one


def of_their_own(evidence: Evidence, within: Instant) -> Iterator[tuple[Exchange, set[JSON], set[JSON], set[JSON]]]:
    """Whole readings of a consignment's events by a courier: the last page, what it shows, what had to be there, and what may be: the
    events that this courier reported itself (rule 8.7), before it last got the consignment and since."""
    reports: dict[tuple[Party, Subject], list[EventsReported]] = defaultdict(list)
    for report in evidence.each(EventsReported):
        reports[report.by, report.about[0]].append(report)
    couriers = {member.party for member in evidence.parties("courier")}
    acts = (evidence.act_of(exchange) for exchange in evidence.exchanges if exchange.operation == "updateConsignment")
    changed = {act.about[0]: act.n for act in acts if isinstance(act, CourierChanged)}
    for (reader, subject), readings in evidence.derived(walks).items():
        for pages in readings if reader in couriers else ():
            own, begun = reports[reader, subject], changed.get(subject, 0)
            due = [one for one in own if one.n > begun and evidence.accepted(one) and one.trade + within <= pages[0].trade]
            if from_the_start(pages):
                yield pages[-1], set(ids_in(evidence, pages)), ids_of(due), ids_of(own)


def ids_of(reports: Iterable[EventsReported]) -> set[JSON]:
    """What the events of reports are called."""
    return {str(event["event_id"]) for report in reports for event in report.data["events"]}


def messages(tellings: Sequence[Telling], evidence: Evidence) -> Mapping[str, set[str | None]]:
    """The ids of the webhook messages by which an event was pushed, for each receiver."""
    found: dict[str, set[str | None]] = defaultdict(set)
    for telling in tellings:
        if telling.channel == "push":
            request = evidence.exchange(telling.exchange).request
            found[request.target].add(next((value for name, value in request.headers if name.lower() == "webhook-id"), None))
    return found


def looked_up(evidence: Evidence, within: Instant) -> Iterator[tuple[Exchange, list[Mapping[str, JSON]]]]:
    """Looks at the public page of a parcel of which nothing new was reported lately: the answer, and the events until then."""
    told: dict[str, list[EventsReported]] = defaultdict(list)
    for report in evidence.each(EventsReported):
        if evidence.accepted(report):
            told[report.data["waybill_no"]].append(report)
    for look in evidence.each(TrackingLooked):
        answer = evidence.answer(look)
        before = [one for one in told[look.data["waybill_no"]] if one.trade < look.trade and one.about[0] in look.about]
        if answer is not None and before and all(one.trade + within <= look.trade for one in before):
            yield answer, list({event["event_id"]: event for one in before for event in one.data["events"]}.values())
