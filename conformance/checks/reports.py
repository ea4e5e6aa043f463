"""Reports: what couriers reported, case by case, and whether merchants and the public could see it.

In: evidence.  Out: reports that can be compared among couriers; look-ups of waybills that had to succeed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from conformance.checks.feeds import KEPT
from conformance.checks.offers import honoured, places_of
from conformance.evidence import Evidence, Telling
from conformance.judgements.fields import places
from conformance.parties import Party
from conformance.records import Answer, Exchange, Instant
from conformance.vocabulary import EVENT, TRACKING, ConsignmentEntered, EventsReported, TrackingLooked

CASE, FORM = "case:", "waybill:"
"""The features by which a scenario names what it reports, and how the waybill number is written."""
MORE: Final = ("required",)
"""The place of a problem that asks for something (specs/codes/problems.yaml)."""


class Report(NamedTuple):
    """A report as valid as others' that were accepted; `refused` says that this one was not."""

    answer: Exchange
    case: str
    refused: bool


def alike(evidence: Evidence) -> Iterator[Report]:
    """Every report of a case that some courier's report was accepted for."""
    entered = honoured(evidence)
    by_case: dict[str, list[EventsReported]] = defaultdict(list)
    for report in evidence.each(EventsReported):
        case = next((feature for feature in report.features if feature.startswith(CASE)), report.block.measure if report.block else "")
        if case and report.about[0] in entered:
            by_case[case].append(report)
    for case, several in by_case.items():
        kept = {report.by for report in several if evidence.accepted(report)}
        for report in several:
            answer = evidence.answer(report)
            if answer is not None and kept - {report.by}:
                yield Report(answer, case.removeprefix(CASE), turned_down(answer))


def turned_down(answer: Exchange | None) -> bool:
    """Whether the content was refused, which neither a busy nor a broken platform does."""
    return answer is not None and isinstance(answer.answer, Answer) and 400 <= answer.answer.status < 500 and answer.answer.status != 429


def in_forms(evidence: Evidence) -> Iterator[tuple[EventsReported, str]]:
    """Reports, and entries with numbers of their own, under waybill numbers of every form."""
    for report in evidence.each(EventsReported):
        form = next((feature for feature in report.features if feature.startswith(FORM)), None)
        if form is not None and report.about[0] in honoured(evidence):
            yield report, form.removeprefix(FORM)


def shown_of(evidence: Evidence, report: EventsReported) -> list[Telling]:
    """What was told of a report's events: to the merchant, and on the public page that was looked at for this number."""
    looks = [look for look in evidence.each(TrackingLooked) if look.data["waybill_no"] == report.data["waybill_no"]]
    answers = [one for look in looks for one in evidence.answers(look)]
    public = [telling for one in answers for telling in evidence.tellings_in(one) if telling.kind == TRACKING]
    return [*evidence.told(EVENT, about=report.about[0], to=report.to), *public]


def looked_up(evidence: Evidence, deadline: Instant) -> Iterator[tuple[TrackingLooked, Exchange]]:
    """Look-ups of plain waybill numbers, of which the platform had had the first event for so long."""
    first: dict[str, Instant] = {}
    for report in evidence.each(EventsReported):
        if evidence.accepted(report) and not any(feature.startswith(FORM) for feature in report.features):
            first.setdefault(report.data["waybill_no"], report.trade)
    for look in evidence.each(TrackingLooked):
        answer, since = evidence.answer(look), first.get(look.data["waybill_no"])
        if answer is not None and since is not None and since + deadline < look.trade < since + KEPT:
            yield look, answer


def asked_for_more(evidence: Evidence) -> Iterator[tuple[ConsignmentEntered, list[str]]]:
    """Entries, with what was said to lack, though another courier's entry with no more in it was taken."""
    entries = [(entry, places(entry.data)) for entry in evidence.each(ConsignmentEntered)]
    taken: dict[Party | None, set[frozenset[str]]] = defaultdict(set)
    for entry, said in entries:
        if evidence.accepted(entry):
            taken[entry.to].add(said)
    for entry, said in entries:
        answer = evidence.answer(entry)
        codes = places_of(answer)
        if not turned_down(answer):
            yield entry, []
        elif not codes or set(codes) & set(MORE):
            less = any(other <= said for courier, several in taken.items() if courier != entry.to for other in several)
            yield entry, (codes or ["?"]) if less else []
