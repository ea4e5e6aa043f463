"""The life of a parcel: which codes are known, and where the events leave it.

In: events as a courier posted them, in the order of posting.  Out: codes and states.  The table is `specs/dialogues/parcel.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

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
