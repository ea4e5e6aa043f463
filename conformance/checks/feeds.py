"""Feeds: what was read in one go, and what one had to find there.

In: evidence.  Out: walks (from a page to the last that was read), with the subjects and versions that they showed and those that were
in the feed for certain.  What was taken on less than a minute before may still be under way (rules 7.3 and 8.6); what is older than
any retention may be gone (rule 14.2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from conformance.checks.offers import honoured
from conformance.evidence import Evidence, Telling
from conformance.parties import Party, Subject
from conformance.records import JSON, Act, Answer, Exchange, Instant
from conformance.untrusted import parsed
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    ConsignmentEntered,
    ConsignmentRead,
    EventsRead,
    EventsReported,
    FeedRead,
    OffersRead,
    PullsResumed,
    PullsStopped,
)

UNDER_WAY: Final = 60_000_000
KEPT: Final = 1000 * 86_400_000_000
BROKEN, THROTTLED = 500, 429


class Walk:
    """Pages that one party read one after the other."""

    def __init__(self, evidence: Evidence, kind: str, acts: Sequence[Act]) -> None:
        self.acts, self._evidence, self._kind = acts, evidence, kind
        self.party = acts[0].by
        self.exchanges = [answer for act in acts if (answer := evidence.answer(act)) is not None]

    @property
    def whole(self) -> bool:
        """Whether every page was answered, and the last one said that it was the last."""
        good = len(self.exchanges) == len(self.acts) and all(ok(one) for one in self.exchanges)
        return good and field_of(self.exchanges[-1], "next_cursor") is None

    @property
    def started(self) -> Instant:
        """When the first page was asked for (trade time)."""
        return self.exchanges[0].trade

    @cached_property
    def told(self) -> list[Telling]:
        """What stood on the pages."""
        return [telling for one in self.exchanges for telling in self._evidence.tellings_in(one) if telling.kind == self._kind]

    @cached_property
    def subjects(self) -> frozenset[Subject]:
        return frozenset(subject for telling in self.told for subject in telling.about)

    @cached_property
    def event_ids(self) -> frozenset[str]:
        """The ids of the events on the pages."""
        return frozenset(str(telling.value.get("event_id")) for telling in self.told if isinstance(telling.value, dict))

    @cached_property
    def expected(self) -> list[str]:
        """The events that had to be there, where the walk is one of a consignment's events to its end."""
        return list(reported_before(self._evidence, self))

    @property
    def complete(self) -> bool:
        return set(self.expected) <= self.event_ids

    def repeated(self, *names: str) -> list[Telling]:
        """What stood there before in the same walk, by the values of these members."""
        seen: set[tuple[str, ...]] = set()
        again: list[Telling] = []
        for telling in self.told:
            key = tuple(repr(telling.value.get(name)) for name in names) if isinstance(telling.value, dict) else ()
            if key in seen:
                again.append(telling)
            seen.add(key)
        return again

    @property
    def since(self) -> int | None:
        """The number of the exchange by which the cursor was given from which it began; 0 for the beginning, None for no such one."""
        cursor = self.acts[0].data["cursor"]
        return 0 if cursor is None else places_in_feeds(self._evidence).get((self.party, cursor))


def walks(evidence: Evidence, kind: str, acts: Sequence[Act]) -> Iterator[Walk]:
    """Every walk that got an answer, in the order of their beginning."""
    by_walk: dict[tuple[Party, int], list[Act]] = defaultdict(list)
    for act in acts:
        by_walk[act.by, act.data["walk"]].append(act)
    for (_, number), several in by_walk.items():
        if number and any(map(evidence.answers, several)):
            yield Walk(evidence, kind, several)


def places_in_feeds(evidence: Evidence) -> dict[tuple[Party, str], int]:
    """The exchange by which each cursor was first given out as the place to go on from, by party."""
    return evidence.derived(_places_in_feeds)


def _places_in_feeds(evidence: Evidence) -> dict[tuple[Party, str], int]:
    found: dict[tuple[Party, str], int] = {}
    for act in evidence.each(FeedRead):
        answer = evidence.answer(act)
        if answer is not None and ok(answer):
            cursor = field_of(answer, "resume_cursor")
            if isinstance(cursor, str) and field_of(answer, "next_cursor") is None:
                found.setdefault((act.by, cursor), answer.n)
    return found


def due_on(evidence: Evidence, walk: Walk) -> Iterator[ConsignmentEntered]:
    """What had to stand on the pages of a walk to the end: entered, by whoever walks or for it, after its cursor was given, and arrived
    before it began."""
    since, performed = walk.since, honoured(evidence)
    if walk.whole and since is not None:
        for entry in evidence.each(ConsignmentEntered):
            lately = walk.started - KEPT <= entry.trade < walk.started - UNDER_WAY
            taken = entry.n > since and lately and entry.about[0] in performed
            if taken and (entry.by == walk.party or (entry.to == walk.party and not passed_on(evidence, entry))):
                yield entry


def passed_on(evidence: Evidence, entry: ConsignmentEntered) -> bool:
    """Whether another courier was told of it, too: it changed hands."""
    couriers = {member.party for member in evidence.parties("courier")}
    return any(telling.to in couriers - {entry.to} for telling in evidence.told(CONSIGNMENT, about=entry.about[0]))


def reported_before(evidence: Evidence, walk: Walk) -> Iterator[str]:
    """The ids of the events that had to stand on the pages of a walk from the beginning to the end."""
    if walk.whole and walk.acts[0].data["cursor"] is None:
        for report in evidence.derived(reports_taken).get((walk.acts[0].about, walk.party), ()):
            if walk.started - KEPT <= report.trade < walk.started - UNDER_WAY:
                yield from (str(event.get("event_id")) for event in report.data["events"] if isinstance(event, dict))


def reports_taken(evidence: Evidence) -> dict[tuple[tuple[Subject, ...], Party | None], list[EventsReported]]:
    """The reports that were taken on, by consignment and merchant."""
    found: dict[tuple[tuple[Subject, ...], Party | None], list[EventsReported]] = defaultdict(list)
    for report in evidence.each(EventsReported):
        if evidence.accepted(report):
            found[report.about, report.to].append(report)
    return found


def entered_while_away(evidence: Evidence, resumed: PullsResumed) -> Iterator[ConsignmentEntered]:
    """What was taken on for the courier between its last pull and this one."""
    stopped = [act for act in evidence.each(PullsStopped) if act.by == resumed.by and act.n < resumed.n]
    for entry in evidence.each(ConsignmentEntered):
        if stopped and entry.to == resumed.by and stopped[-1].n < entry.n < resumed.n and entry.about[0] in honoured(evidence):
            yield entry


def read_again(evidence: Evidence) -> Iterator[tuple[ConsignmentEntered, Exchange]]:
    """Readings of single consignments by the merchant, some time after they had been taken on."""
    entered = {entry.about: entry for entry in evidence.each(ConsignmentEntered) if evidence.accepted(entry)}
    for reading in evidence.each(ConsignmentRead):
        entry, answer = entered.get(reading.about), evidence.answer(reading)
        if entry is not None and answer is not None and entry.by == reading.by and UNDER_WAY < reading.trade - entry.trade < KEPT:
            yield entry, answer


def tells_of(evidence: Evidence, reading: Exchange, entry: ConsignmentEntered) -> bool:
    """Whether the answer tells of that consignment.  One that was not given counts as a broken platform, not as a lost consignment."""
    unsteady = not isinstance(reading.answer, Answer) or reading.answer.status >= BROKEN or reading.answer.status == THROTTLED
    told = [telling for telling in evidence.tellings_in(reading) if isinstance(telling.value, dict)]
    return unsteady or any(telling.value.get("order_no") == entry.data["order_no"] for telling in told)


def first_pages_of_something(evidence: Evidence) -> Iterator[Exchange]:
    """Answers of success to whoever asked from the beginning, where there was something to read."""
    there: dict[object, list[Instant]] = defaultdict(list)
    for entry in evidence.each(ConsignmentEntered):
        if evidence.accepted(entry):
            there[entry.to].append(entry.trade)
    for report in evidence.each(EventsReported):
        if evidence.accepted(report):
            there[report.about].append(report.trade)
    asked: list[tuple[Act, object]] = [(act, act.by) for act in evidence.each(FeedRead)]
    asked += [(act, act.about) for act in evidence.each(EventsRead)]
    for act, whose in asked:
        answer = evidence.answer(act)
        something = any(act.trade - KEPT < at < act.trade - UNDER_WAY for at in there.get(whose, ()))
        if answer is not None and ok(answer) and act.data["cursor"] is None and something:
            yield answer
    for act in evidence.each(OffersRead):
        answer = evidence.answer(act)
        if answer is not None and ok(answer) and act.data["cursor"] is None:
            yield answer


def events_walked(evidence: Evidence) -> list[Walk]:
    return evidence.derived(_events_walked)


def _events_walked(evidence: Evidence) -> list[Walk]:
    return list(walks(evidence, EVENT, evidence.each(EventsRead)))


def consignments_walked(evidence: Evidence) -> Iterator[Walk]:
    return walks(evidence, CONSIGNMENT, evidence.each(FeedRead))


def ok(exchange: Exchange) -> bool:
    return isinstance(exchange.answer, Answer) and exchange.answer.status < 300


def field_of(exchange: Exchange, name: str) -> JSON:
    """A member of the answer's body."""
    body = parsed(exchange.answer.body.raw) if isinstance(exchange.answer, Answer) else None
    return body.get(name) if isinstance(body, dict) else None
