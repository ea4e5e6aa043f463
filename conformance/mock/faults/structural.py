"""Structural faults, made from the specification: each required member of each answer, refusal and message dropped, emptied, retyped or
replaced by a placeholder, each documented status replaced by another.

In: the places of `structure`, the owners of `owners`.  Out: `generated`, made when somebody asks, by ids such as
`drop:createConsignment:201:/consignment_id`, `placeholder:waybillEvent:message:/data/location/city`, `retype:problem:404:/status` and
`status:getNotice:200→206`.  A refusal is bent for all operations at once: that each operation's are looked at is what the statuses show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any
from zlib import crc32

import yaml

from conformance.mock.asking import Bend
from conformance.mock.faults import Fault
from conformance.mock.faults.owners import Change, owner, owner_of_status
from conformance.mock.faults.reshaping import GONE, reshaped
from conformance.mock.questions import AnswerBody, AnswerStatus, ErrorBody, WebhookPayload
from conformance.mock.structure import MESSAGE, PROBLEM, Place, Status, places, refusals, statuses
from conformance.mock.triggers import Trigger, during, only_for
from conformance.resources import folder
from conformance.specification import specification

EPOCH = "1970-01-01T00:00:00Z"
"""What stands where a program has no time."""
REPLACED = {
    "200": (201, 202, 206), "201": (200, 202), "204": (200, 202), "400": (422,), "401": (403,), "403": (401, 404), "404": (403, 410),
    "409": (400,), "413": (400,), "415": (400,), "422": (400, 409),
}
"""What stands for a status: one of its kind that a reader takes for something else.  The honest mock has no cause to answer 429, 501 or
5xx: nobody asks more than its rate, and it declares and serves everything."""
ONLY_OVER_TCP = frozenset({"advanceClock"})
"""In process the clock is virtual, and nobody asks the target to move it."""
_TITLES: Mapping[Change, tuple[str, str]] = {
    "drop": ("{said}：缺少 {place}", "{said}: {place} is left out"),
    "empty": ("{said}：{place} 为空", "{said}: {place} is empty"),
    "retype": ("{said}：{place} 的类型不对", "{said}: {place} has another type"),
    "placeholder": ("{said}：{place} 为占位值", "{said}: {place} holds a placeholder"),
}
_EMPTY: Mapping[str, Any] = {"string": "", "array": [], "object": {}}


@cache
def generated() -> Mapping[str, Fault]:
    """Every structural fault by its id."""
    refused = [place for place in refusals() if place.status in REPLACED]
    made = [fault for place in (*places(), *refused) for fault in _of_place(place)]
    made += [fault for status in statuses() for fault in _of_status(status)]
    return {fault.id: fault for fault in made}


def _of_place(place: Place) -> Iterator[Fault]:
    bendings: dict[Change, Any] = {"drop": GONE, "empty": empty(place), "retype": retyped, "placeholder": placeholder(place)}
    for change, put in bendings.items():
        breaks = owner(change, place, put) if put is not None or change == "empty" else None
        if breaks is not None:
            known = {"said": _said(place.operation, place.status), "place": place.pointer}
            id, (zh, en) = f"{change}:{place.said}:{place.pointer}", _TITLES[change]
            wire = place.operation in ONLY_OVER_TCP
            yield Fault(id, breaks, (zh.format(**known), en.format(**known)), (_bend(id, place, put),), wire)


def _of_status(status: Status) -> Iterator[Fault]:
    for other in REPLACED.get(status.status, ()):
        id = f"status:{status.operation}:{status.status}→{other}"
        breaks = owner_of_status(status, other)
        if breaks is not None:
            said = _said(status.operation, status.status)
            when = during(status.operation) & only_for(_asked_as(int(status.status)))
            bend = Bend(AnswerStatus, lambda honest, question, other=other: other, when, owner=id)
            title = (f"{said}：状态改为 {other}", f"{said}: answered as {other}")
            yield Fault(id, breaks, title, (bend,), status.operation in ONLY_OVER_TCP)


def _asked_as(status: int) -> Callable[[Any], bool]:
    return lambda question: question.status == status


def _said(operation: str, status: str) -> str:
    return operation if status == MESSAGE else f"{operation} {status}"


def _bend(id: str, place: Place, put: Any) -> Bend:
    """The change at its place, in answers with that status or in that message."""
    change = put if callable(put) else lambda value: put
    path = "/".join(place.steps)

    def bending(honest: Any, question: Any) -> Any:
        return reshaped(honest(question), path, change)

    if place.status == MESSAGE:
        type = specification("platform").operations[place.operation].node["x-type"]
        return Bend(WebhookPayload, bending, only_for(lambda question: question.type == type), owner=id)
    if place.operation == PROBLEM:
        when: Trigger = only_for(lambda question: question.problem["status"] == int(place.status))
        return Bend(ErrorBody, bending, when, owner=id)
    when = during(place.operation) & only_for(_asked_as(int(place.status)))
    return Bend(AnswerBody, bending, when, owner=id)


def empty(place: Place) -> Any:
    """What has nothing in it, of the type that belongs there; null where a type has no such value."""
    return next((_EMPTY[kind] for kind in place.types if kind in _EMPTY), None)


def retyped(value: Any) -> Any:
    """The same content as another type: slips of a serialiser."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return {"item": value}
    return 0 if value is None else [value]


def placeholder(place: Place) -> Any:
    """What is written where there is nothing to write, if possible what the schema allows; None where a type has no such."""
    if place.shape.schema.get("format") == "date-time":
        return EPOCH
    if "string" in place.types:
        allowed = [word for word in _words() if place.allows(word)] or _words()
        return allowed[crc32(f"{place.said}{place.pointer}".encode()) % len(allowed)]
    return 0 if "integer" in place.types else None


@cache
def _words() -> list[str]:
    """The words of the specification."""
    listed = yaml.load((folder("specs/codes") / "placeholders.yaml").read_bytes(), yaml.CSafeLoader)
    return list(listed["words"])
