"""The life of a parcel: which codes are known, and where the events leave it.

In: events as a courier posted them, in the order of posting.  Out: codes and states.  The table is `specs/dialogues/parcel.yaml`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from conformance.clock import instant
from conformance.judgements.faithful import Alteration
from conformance.judgements.moments import at_instant
from conformance.records import JSON
from conformance.resources import folder
from conformance.specification import read


@cache
def table() -> Mapping[str, JSON]:
    """The table of states, events and transitions."""
    life: Mapping[str, JSON] = read(folder("specs") / "dialogues" / "parcel.yaml")
    return life


def known(code: str) -> bool:
    """Whether the table knows the code."""
    return code in table()["events"]


def standing(events: Sequence[Mapping[str, JSON]]) -> list[Mapping[str, JSON]]:
    """The events that still count: neither retracted nor mere retractions, in order of occurrence, then of posting."""
    retracted = {event.get("retracts") for event in events}
    left = [event for event in events if event["event_id"] not in retracted and event["code"] != "RETRACTED"]
    return sorted(left, key=lambda event: instant(event["occurred_at"]))


def state(events: Sequence[Mapping[str, JSON]]) -> str:
    """Where the events leave the parcel: the state that the last standing event of a known code leads to."""
    told = [table()["events"][event["code"]]["to"] for event in standing(events) if known(event["code"])]
    return str(told[-1]) if told else str(table()["initial"])


@cache
def under_way() -> frozenset[str]:
    """`picked_up` and every state that may come after it."""
    found = {"picked_up"}
    while later := {one["to"] for one in table()["transitions"] if one["from"] in found} - found:
        found |= later
    return frozenset(found)


def overall(states: Collection[str]) -> str:
    """Where a consignment stands whose parcels are in these states (rule 7.10), unless the merchant cancelled it."""
    if set(states) <= set(table()["final"]):
        return "completed"
    return "created" if under_way().isdisjoint(states) else "in_progress"


def shows_last(events: Sequence[Mapping[str, JSON]]) -> Callable[[JSON], Alteration | None]:
    """A judgement: the event of a known code that occurred last stands on a public page with its time: as many of its code as were
    reported."""
    last = [event for event in standing(events) if known(event["code"])]
    codes = [event["code"] for event in last]

    def judged(shown: JSON) -> Alteration | None:
        told = [one.get("code") for one in shown if isinstance(one, dict)] if isinstance(shown, list) else []
        missing = bool(codes) and told.count(codes[-1]) < codes.count(codes[-1])
        if missing or not codes:
            return Alteration("stale", expected=codes[-1], seen=told) if missing else None
        times = [one.get("occurred_at") for one in shown if isinstance(one, dict) and one.get("code") == codes[-1]]
        timed = any(at_instant(time) == at_instant(last[-1]["occurred_at"]) for time in times)
        return None if timed else Alteration("differs", expected=last[-1]["occurred_at"], seen=times)

    return judged


def shows_what_stands(events: Sequence[Mapping[str, JSON]], certain: Collection[JSON]) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: a public page shows the events that still count, where they happened, in order of occurrence, and none that was
    retracted.  Of the events by these ids alone is it `certain` that they are known as they were posted."""
    counting, known = standing(events), [event for event in events if event["event_id"] in certain]
    gone = [event for event in known if event not in standing(known)]
    wanted = Counter(occurrence(event) for event in counting if event["event_id"] in certain)
    most = Counter(occurrence(event) for event in counting)
    cities = {(occurrence(event), *city(event)) for event in events}

    def judged(shown: JSON) -> Iterator[Alteration]:
        told = [one for one in shown if isinstance(one, Mapping)] if isinstance(shown, list) else []
        found = Counter(occurrence(one) for one in told)
        for event in gone:
            if found[occurrence(event)] > most[occurrence(event)]:
                yield Alteration("retracted_shown", params={"code": event["code"]}, seen=event["occurred_at"])
        for code, at in wanted:
            if found[code, at] < wanted[code, at]:
                codes = [[one for one, _ in these] for these in (wanted, found)]
                yield Alteration("left_off_the_page", expected=codes[0], seen=codes[1], params={"code": code})
        for place, one in enumerate(told):
            if wanted[occurrence(one)] and (occurrence(one), *city(one)) not in cities:
                yield Alteration("elsewhere", f"/{place}/location", seen=one.get("location"))
        for first, second in pairwise(told):
            if before(second, first):
                yield Alteration("unordered", expected=first.get("occurred_at"), seen=second.get("occurred_at"))

    return judged


def occurrence(event: Mapping[str, JSON]) -> tuple[str, int | None]:
    """By what an event is known on a page that shows no ids: its code and its instant."""
    return str(event.get("code")), at_instant(event.get("occurred_at"))


def city(event: Mapping[str, JSON]) -> tuple[str, str]:
    """Where it happened."""
    place = event.get("location")
    return (str(place.get("region_code")), str(place.get("city"))) if isinstance(place, Mapping) else ("", "")


def before(one: Mapping[str, JSON], other: Mapping[str, JSON]) -> bool:
    """Whether one says that it occurred before the other."""
    first, second = at_instant(one.get("occurred_at")), at_instant(other.get("occurred_at"))
    return first is not None and second is not None and first < second
