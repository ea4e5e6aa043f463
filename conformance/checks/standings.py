"""Standings: where consignments and their parcels stood when somebody read them, by what had been done and reported until then.

In: evidence.  Out: readings with what should stand there; nothing is judged here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from conformance.checks.handing import by_subject
from conformance.checks.wordings import refused, version_told
from conformance.evidence import Evidence, Telling
from conformance.judgements import parcels
from conformance.parties import IUT, Subject
from conformance.records import JSON, Act, Answer, Instant
from conformance.vocabulary import (
    CONSIGNMENT,
    ConsignmentCancelled,
    ConsignmentCorrected,
    ConsignmentEntered,
    ConsignmentRead,
    EventsReported,
)

CHANGING: Final = ("updateConsignment", "cancelConsignment", "postEvents")
PLAIN: Final = (ConsignmentCorrected, ConsignmentCancelled, EventsReported)
"""What is done to consignments that stay with their courier."""
History: TypeAlias = Sequence[Act]
"""What was done to a consignment and taken, in its order."""


class Standing(NamedTuple):
    """A reading, with the time of entry as first told, the state of the whole, and state and number of each parcel, as they should be."""

    told: Telling
    created: JSON
    status: str
    parcels: dict[str, tuple[str, str | None]]


def standings(evidence: Evidence, within: Instant) -> Iterator[Standing]:
    """Readings of consignments that stayed with their courier, and of which nothing new was done lately."""
    entries, histories = evidence.derived(by_subject), evidence.derived(plain_histories)
    for reading in evidence.each(ConsignmentRead):
        entry, answer, history = entries.get(reading.about[0]), evidence.answer(reading), histories.get(reading.about[0])
        if entry is None or answer is None or history is None or not evidence.accepted(entry):
            continue
        before = [act for act in history if act.n < answer.n]
        if all(act.trade + within <= reading.trade for act in before):
            status, states = expected(entry, before)
            created = created_at(evidence, entry)
            for told in evidence.tellings_in(answer):
                if told.kind == CONSIGNMENT and told.by == IUT:
                    yield Standing(told, created, status, states)


def created_at(evidence: Evidence, entry: ConsignmentEntered) -> JSON:
    """The time of entry as its receipt says."""
    answer = evidence.answer(entry)
    return next((one["created_at"].value for one in (evidence.tellings_in(answer) if answer else ()) if one.by == IUT), None)


def plain_histories(evidence: Evidence) -> dict[Subject, History]:
    """The histories of all consignments, but for those that changed hands or of which we do not know whether something was taken."""
    found: dict[Subject, list[Act]] = {entry.about[0]: [] for entry in evidence.each(ConsignmentEntered)}
    doubtful: set[Subject] = set()
    for exchange in evidence.exchanges:
        act = evidence.act_of(exchange) if exchange.operation in CHANGING and not refused(exchange) else None
        if isinstance(act, PLAIN) and evidence.accepted(act) and isinstance(exchange.answer, Answer):
            found.setdefault(act.about[0], []).append(act)
        elif act is not None:
            doubtful.update(act.about)
    return {subject: history for subject, history in found.items() if subject not in doubtful}


def expected(entry: ConsignmentEntered, history: History) -> tuple[str, dict[str, tuple[str, str | None]]]:
    """Where the whole stands (rule 7.10), and for each parcel its state and its waybill number (rule 8.1)."""
    cancelled = any(isinstance(act, ConsignmentCancelled) for act in history)
    reports: dict[str, list[EventsReported]] = defaultdict(list)
    for act in history:
        if isinstance(act, EventsReported):
            reports[act.data["parcel_no"]].append(act)
    states: dict[str, tuple[str, str | None]] = {}
    for parcel in entry.data["parcels"]:
        its = reports[parcel["parcel_no"]]
        events = list({event["event_id"]: event for report in its for event in report.data["events"]}.values())
        number = parcel.get("waybill_no", its[0].data["waybill_no"] if its else None)
        states[parcel["parcel_no"]] = "cancelled" if cancelled else parcels.state(events), number
    return "cancelled" if cancelled else parcels.overall([state for state, _ in states.values()]), states


def versions_counted(evidence: Evidence) -> Iterator[tuple[Telling, int]]:
    """The answers to merchants' entries and changes, as long as couriers reported nothing, with the version that each must give."""
    histories = evidence.derived(plain_histories)
    for entry in evidence.each(ConsignmentEntered):
        if evidence.accepted(entry) and entry.about[0] in histories:
            for version, act in enumerate((entry, *histories[entry.about[0]]), 1):
                answer = evidence.answer(act)
                if isinstance(act, EventsReported) or answer is None:
                    break
                if version_told(evidence, answer) is not None:
                    yield from ((told, version) for told in evidence.tellings_in(answer) if told.kind == CONSIGNMENT and told.by == IUT)


def updates_unasked(evidence: Evidence) -> Iterator[tuple[Telling, bool]]:
    """Messages that a consignment was changed, and whether its merchant may have changed it."""
    acts = [evidence.act_of(one) for one in evidence.exchanges if one.operation == "updateConsignment" and not refused(one)]
    changed = {subject for act in acts if act is not None for subject in act.about}
    for told in evidence.told(CONSIGNMENT, by=IUT, channel="push"):
        if told.operation == "consignmentUpdated" and len(told.about) == 1:
            yield told, not told.about.isdisjoint(changed)
