"""The structure of what the platform says: every required member of every documented answer, refusal and message.

In: the specification.  Out: places, each with its schema, the record that it stands in, and what passes for a value there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import jsonschema_rs

from conformance.mock.contract import inline
from conformance.specification import ANY, Operation, Shape, specification

ROLE = "platform"
MESSAGE = "message"
"""Where an answer has its status: a webhook."""
PROBLEM = "problem"
"""Stands for whichever operation refuses: all do it with the same document (rule 3.1)."""


@dataclass(frozen=True, eq=False)
class Place:
    """A required member: `steps` lead to it from the top of the body, `*` through each item of a list.

    `record` is the kind of record that it belongs to, empty for what is wrapped around records; `within` its steps from there; `masked`
    whether it is part of what is masked.
    """

    operation: str
    status: str
    steps: tuple[str, ...]
    shape: Shape
    record: str
    within: tuple[str, ...]
    masked: bool

    @property
    def pointer(self) -> str:
        return "".join("/" + step for step in self.steps)

    @property
    def said(self) -> str:
        """Which answer or message: `createConsignment:201`, `waybillEvent:message`."""
        return f"{self.operation}:{self.status}"

    @property
    def types(self) -> tuple[str, ...]:
        """The JSON types that may stand there."""
        kind = self.shape.schema.get("type", ())
        return (kind,) if isinstance(kind, str) else tuple(kind)

    @cached_property
    def _validator(self) -> jsonschema_rs.Validator:
        return jsonschema_rs.validator_for(inline(self.shape.schema, self.shape.document), validate_formats=True)

    def allows(self, value: Any) -> bool:
        """Whether the schema lets this value stand there."""
        return self._validator.is_valid(value)


@dataclass(frozen=True)
class Status:
    """A status that an operation documents."""

    operation: str
    status: str


@cache
def places() -> tuple[Place, ...]:
    """Every required member of every successful answer and of every message."""
    found = []
    for operation in specification(ROLE).operations.values():
        for status, shape in _bodies(operation):
            found += [Place(operation.id, status, *rest) for rest in _required(shape, (), "", (), False)]
    return tuple(found)


@cache
def refusals() -> tuple[Place, ...]:
    """Every required member of a problem, by the status that it comes with, and of what the token operation refuses with."""
    found: dict[str, Place] = {}
    for operation in specification(ROLE).operations.values():
        for status, shape in operation.answers.items() if not operation.webhook else ():
            if shape is not None and not status.startswith("2"):
                said = PROBLEM if shape.record == PROBLEM else operation.id
                places = [Place(said, status, *rest) for rest in _required(shape, (), "", (), False)]
                if said == PROBLEM:
                    places = _explained(status, shape, places)
                found |= {f"{place.said}:{place.pointer}": place for place in places}
    return tuple(found.values())


def _explained(status: str, shape: Shape, places: list[Place]) -> list[Place]:
    """With the list of what is wrong at a 422, which needs one (rule 3.2); elsewhere without, since nothing need stand there."""
    if status == "422":
        return [*places, Place(PROBLEM, status, ("errors",), shape.fields["errors"], PROBLEM, ("errors",), False)]
    return [place for place in places if place.steps[0] != "errors"]


@cache
def statuses() -> tuple[Status, ...]:
    """Every status that an operation documents."""
    found = specification(ROLE).operations.values()
    return tuple(Status(one.id, status) for one in found if not one.webhook for status in one.answers)


def _bodies(operation: Operation) -> Iterator[tuple[str, Shape]]:
    if operation.webhook:
        if operation.request is not None:
            yield MESSAGE, operation.request
        return
    for status, shape in operation.answers.items():
        if shape is not None and status.startswith("2"):
            yield status, shape


def _required(
    shape: Shape, steps: tuple[str, ...], record: str, within: tuple[str, ...], masked: bool
) -> Iterator[tuple[tuple[str, ...], Shape, str, tuple[str, ...], bool]]:
    if shape.record is not None:
        record, within = shape.record, ()
    masked = masked or bool(shape.schema.get("x-masked"))
    wanted = {name for part in shape.parts for name in part.schema.get("required", ())}
    for name, inner in shape.fields.items():
        if name in wanted:
            yield (*steps, name), inner, record, (*within, name), masked
        yield from _required(inner, (*steps, name), record, (*within, name), masked)
    if shape.items is not None:
        yield from _required(shape.items, (*steps, ANY), record, (*within, ANY), masked)
