"""A parcel's state, by the table `specs/dialogues/parcel.yaml`.

In: events.  Out: the state that the last unretracted event of a known code leads to, and the consignment's state over its parcels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import yaml

from conformance.mock.questions.question import Document
from conformance.mock.trade_clock import posix
from conformance.resources import folder

MERE_RETRACTION = "RETRACTED"
BEFORE_PICKUP = frozenset({"created", "pickup_assigned", "pickup_failed"})


@cache
def table() -> Mapping[str, Any]:
    """The dialogue table of the parcel."""
    loaded: Mapping[str, Any] = yaml.load((folder("specs/dialogues") / "parcel.yaml").read_bytes(), yaml.CSafeLoader)
    return loaded


def state_after(code: str) -> str | None:
    """The state that an event's code leads to; None for a code that we don't know."""
    event = table()["events"].get(code)
    return str(event["to"]) if event else None


def finals() -> frozenset[str]:
    """States at which a parcel's life is over."""
    return frozenset(table()["final"])


def standing(events: Sequence[Document]) -> list[Document]:
    """Events that are not retracted, in order of occurrence, then as they were taken (rule 8.3); mere retractions left out."""
    retracted = {(event["waybill_no"], event["courier_code"], event["retracts"]) for event in events if "retracts" in event}
    left = [event for event in events if _key(event) not in retracted and event["code"] != MERE_RETRACTION]
    return sorted(left, key=lambda event: (posix(event["occurred_at"]), posix(event["recorded_at"])))


def last(events: Iterable[Document]) -> Document | None:
    """The last of standing events whose code is known."""
    return next((event for event in reversed(list(events)) if state_after(event["code"])), None)


def _key(event: Document) -> tuple[str, str, str]:
    return event["waybill_no"], event["courier_code"], event["event_id"]


def consignment_status(parcels: Sequence[Document]) -> str:
    """The consignment's state, of the states of its parcels."""
    states = {parcel["status"] for parcel in parcels}
    if states <= finals():
        return "completed"
    return "created" if states <= BEFORE_PICKUP | {"cancelled"} else "in_progress"
