"""Handing over: which consignments merchants entered, and what the couriers were told of them.

In: evidence.  Out: pairs for checks to look at; nothing is judged here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from itertools import pairwise
from math import inf
from typing import Final

from conformance.checks.wordings import handed_over, version_told, wordings
from conformance.evidence import Absent, Channel, Evidence, Seen, Telling
from conformance.judgements.faithful import below
from conformance.parties import Party, Subject
from conformance.records import JSON, Act, Answer, Exchange, Instant
from conformance.vocabulary import (
    CONSIGNMENT,
    PROBLEM,
    ConsignmentCorrected,
    ConsignmentEntered,
    ConsignmentTried,
    FeedRead,
)

CHANNELS: Final[tuple[Channel, ...]] = ("pull", "push")
RUSH: Final = "rush"
"""The feature of what was entered in quick succession, and of what was read after it."""
BRIM: Final = "length:brim"
"""The feature of what holds a text of exactly the greatest length."""
LONG: Final = frozenset({BRIM, "address:long", "sender-address:long"})
"""Features of what holds a long text, whose end is a matter of being cut off."""
WORDING: Final = (
    "/sender/name", "/sender/company", "/sender/address", "/recipient/name", "/recipient/company", "/recipient/address", "/remarks",
)
PHONES: Final = ("/sender/phone", "/recipient/phone")
GOODS: Final = ("/items",)
PARCELS: Final = ("/parcels",)
MONEY: Final = ("/payment_mode", "/value_added")
NUMBERS: Final = ("/order_no", "/purpose")


def of_ordinary_length(evidence: Evidence) -> Iterator[tuple[ConsignmentEntered, Telling]]:
    """As `handed_over`, but for what holds long texts."""
    return ((entry, told) for entry, told in handed_over(evidence) if LONG.isdisjoint(entry.features))


def answered(evidence: Evidence, *, only: str = "", but: str = "") -> Iterator[tuple[ConsignmentEntered, Exchange]]:
    """Every consignment that was entered (with a feature, without a feature), and the answer."""
    for entry in evidence.each(ConsignmentEntered):
        answer = evidence.answer(entry)
        if answer is not None and (not only or only in entry.features) and (not but or but not in entry.features):
            yield entry, answer


def tried(evidence: Evidence, *whys: str) -> Iterator[tuple[ConsignmentTried, Exchange]]:
    """Every attempt to enter what cannot be taken for one of these reasons, and the answer."""
    for attempt in evidence.every(ConsignmentTried):
        answer = evidence.answer(attempt)
        if answer is not None and attempt.data["why"] in whys:
            yield attempt, answer


def complained(evidence: Evidence, answer: Exchange, places: Collection[str]) -> bool:
    """Whether the target refused a request because of what stands at one of the places (JSON pointers)."""
    pointers = [pointer for telling in evidence.tellings_in(answer) if telling.kind == PROBLEM for pointer in pointers_of(telling.value)]
    return any(pointer and below(pointer, place) for pointer in pointers for place in places)


def named_places(evidence: Evidence, answer: Exchange, place: str) -> list[str]:
    """The places that the problem details name, as far as they lead to this place and say more than that the contact is wrong."""
    pointers = [pointer for telling in evidence.tellings_in(answer) if telling.kind == PROBLEM for pointer in pointers_of(telling.value)]
    return [pointer for pointer in pointers if below(pointer, place) and pointer.count("/") > 1]


def pointers_of(problem: JSON) -> list[str]:
    """Where the problem details see what is wrong."""
    errors = problem.get("errors") if isinstance(problem, dict) else None
    found = [error.get("pointer") for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    return [pointer for pointer in found if isinstance(pointer, str)]


def people(evidence: Evidence) -> frozenset[str]:
    """Names, numbers and address details of everybody who was entered."""
    return frozenset(
        value
        for entry in evidence.each(ConsignmentEntered) for contact in (entry.data["sender"], entry.data["recipient"])
        for value in (contact["name"], contact["phone"]["number"], contact["address"]["detail"])
    )


def heard(evidence: Evidence, act: Act, within: Instant) -> list[Channel]:
    """The channels on which `act.to` listened all the time in which it should have been told of the act."""
    assert act.to is not None
    return [channel for channel in CHANNELS if evidence.watched(act.to, channel, act.trade, act.trade + within)]


def open_to(evidence: Evidence, party: Party, since: Instant, within: Instant) -> list[Channel | None]:
    """The channels on which the party listened all that time and hears of what is entered for it, so that the channel as such is not
    to blame; any channel (None) where there is none."""
    entries = [entry for entry in evidence.each(ConsignmentEntered) if entry.to == party and evidence.accepted(entry)]
    found: list[Channel | None] = [
        channel for channel in CHANNELS if evidence.watched(party, channel, since, since + within)
        and any(isinstance(arrival(evidence, entry, channel, within), Seen) for entry in entries)
    ]
    return found or [None]


def arrival(evidence: Evidence, entry: ConsignmentEntered, channel: Channel, within: Instant) -> Seen | Absent:
    """The first that the courier was told of a consignment on a channel, or its absence."""
    assert entry.to is not None
    return evidence.first(CONSIGNMENT, about=entry.about[0], to=entry.to, since=entry.trade, within=within, channel=channel)


def arrivals(evidence: Evidence, channel: Channel, within: Instant) -> Iterator[Seen | Absent]:
    """What became of every consignment on a channel on which its courier listened.

    What was entered in quick succession and never arrived is left to `lost_in_the_rush`.
    """
    for entry, _ in answered(evidence):
        if evidence.accepted(entry) and channel in heard(evidence, entry, within):
            found = arrival(evidence, entry, channel, within)
            if RUSH not in entry.features or isinstance(found, Seen) or found.late is not None:
                yield found


def due(evidence: Evidence, change: Act, within: Instant) -> list[Channel]:
    """The channels on which a change that was taken should have reached the courier: on which it had the entry in time, so that the
    channel as such is not to blame."""
    entries = evidence.derived(by_subject)
    entry = entries.get(change.about[0])
    if entry is None or not evidence.accepted(change):
        return []
    return [
        channel for channel in heard(evidence, change, within)
        if entry.to != change.to or isinstance(arrival(evidence, entry, channel, within), Seen)
    ]


def by_subject(evidence: Evidence) -> dict[Subject, ConsignmentEntered]:
    """The entry of every consignment."""
    return {entry.about[0]: entry for entry in evidence.each(ConsignmentEntered)}


def lost_in_the_rush(evidence: Evidence, within: Instant) -> Iterator[tuple[ConsignmentEntered, Seen | Absent]]:
    """What became of what was entered in quick succession, on the channels on which couriers are told of other consignments.

    What came late is a matter of time, not of loss.
    """
    calm = [entry for entry, _ in answered(evidence, but=RUSH) if evidence.accepted(entry)]
    flowing = [channel for channel in CHANNELS if any(isinstance(arrival(evidence, entry, channel, within), Seen) for entry in calm)]
    for entry, _ in answered(evidence, only=RUSH):
        for channel in heard(evidence, entry, within) if evidence.accepted(entry) else ():
            found = arrival(evidence, entry, channel, within)
            if channel in flowing and not (isinstance(found, Absent) and found.late):
                yield entry, found


def told_on(evidence: Evidence, entry: ConsignmentEntered, channel: Channel, before: float = inf) -> bool:
    """Whether the courier was told of a consignment on the channel, ever or before a time."""
    return any(telling.at <= before for telling in evidence.told(CONSIGNMENT, about=entry.about[0], to=entry.to, channel=channel))


def from_version_of(evidence: Evidence, change: Act) -> Callable[[JSON], bool]:
    """Whether a record is at least of the version that the answer to a change gave; any record, where it gave none."""
    answer = evidence.answer(change)
    least = (version_told(evidence, answer) if answer is not None else None) or 0

    def fits(record: JSON) -> bool:
        version = record.get("version") if isinstance(record, dict) else None
        return isinstance(version, int) and version >= least

    return fits


def still_wanted(evidence: Evidence, change: ConsignmentCorrected, arrival: Seen | Absent) -> tuple[dict[str, JSON], dict[str, JSON]]:
    """What stood before a correction, and what it changed, but for what was corrected again before it arrived."""
    until = arrival.telling.at if isinstance(arrival, Seen) else 0
    again = {
        name for other in evidence.each(ConsignmentCorrected) for name in other.data
        if other.about == change.about and change.n < other.n and other.trade <= until
    }
    found = evidence.derived(wordings).get(change.about[0], [])
    before: dict[str, JSON] = next((former.entry.data for former, one in pairwise(found) if one.act == change.n), {})
    return before, {name: value for name, value in change.data.items() if name not in again}


def is_cancelled(record: JSON) -> bool:
    """Whether a record says that the consignment is cancelled."""
    return isinstance(record, dict) and record.get("status") == "cancelled"


def read_in_small_pages(evidence: Evidence, feature: str) -> Iterator[tuple[ConsignmentEntered, Exchange, int]]:
    """How often a consignment with the feature stood in a walk with the feature through its courier's feed, which had shown it before;
    and the walk's last page."""
    pages: dict[tuple[Party, JSON], list[Exchange]] = defaultdict(list)
    for act in evidence.each(FeedRead):
        answer = evidence.answer(act)
        if feature in act.features and answer is not None:
            pages[act.by, act.data["walk"]].append(answer)
    for (party, _), read in pages.items():
        if all(isinstance(page.answer, Answer) and page.answer.status < 300 for page in read):
            counted = Counter(subject for page in read for telling in evidence.tellings_in(page) for subject in telling.about)
            for entry, _ in answered(evidence, only=feature):
                if entry.to == party and told_on(evidence, entry, "pull", read[0].trade):
                    yield entry, read[-1], counted[entry.about[0]]


def versions(evidence: Evidence, subject: Subject, to: Party | None) -> list[list[Telling]]:
    """What the party was told of a consignment, by version; the same in the same way only once."""
    found: dict[JSON, dict[tuple[str, int], Telling]] = defaultdict(dict)
    for telling in evidence.told(CONSIGNMENT, about=subject, to=to):
        version = telling["version"].value
        if isinstance(version, int):
            found[version].setdefault((telling.operation, id(telling.value)), telling)
    return [list(told.values()) for told in found.values()]


def statuses(words: Collection[str]) -> frozenset[int]:
    """HTTP statuses as a rule names them."""
    return frozenset(int(word) for word in words)

