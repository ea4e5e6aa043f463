"""Schemas: does a message have a status, a media type and a body that the interface documents?

In: an operation of the specification, and what was said.  Out: what departs from it, as flaws with the place in the body.
Validators are built once for each operation and status; valid bodies take microseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

import jsonschema_rs
import msgspec

from conformance.records import JSON, Answer, Body
from conformance.specification import Document, Operation, Shape
from conformance.untrusted import MISSING, parsed

MANY: Final = 5
"""Flaws of one body that are told."""


class Departure(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which a message is not as documented; `pointer` is the place in the body."""

    kind: str
    params: Mapping[str, str] = {}
    pointer: str = ""
    expected: JSON = None
    seen: JSON = None


def departures(operation: Operation, answer: Answer) -> Iterator[Departure]:
    """What is wrong with an answer to a rightful request.  A body that was not kept whole is not looked into."""
    status = str(answer.status)
    yield from refusal_departures(operation, answer)
    if status not in operation.answers:
        return
    kinds = operation.media.get(status, ())
    if not kinds:
        if answer.body.size:
            yield Departure(kind="body_unexpected", seen=f"{answer.body.size} bytes")
        return
    kind = media_type(answer)
    if kind not in kinds:
        yield Departure(kind="media_type_undocumented", expected=" / ".join(kinds), seen=kind or None)
    shape = operation.answers[status]
    if shape is not None and answer.body.digest is None:
        yield from flaws(shape, answer.body)


def refusal_departures(operation: Operation, answer: Answer) -> Iterator[Departure]:
    """What is wrong with a refusal, its body apart."""
    undocumented = status_departure(operation, answer)
    if undocumented is not None:
        yield undocumented
    else:
        yield from header_departures(operation, answer)


def header_departures(operation: Operation, answer: Answer) -> Iterator[Departure]:
    """Which of the headers that the answer must have are missing, or hold what they may not."""
    for name, shape in operation.headers.get(str(answer.status), {}).items():
        value = answer.header(name)
        if value is None:
            yield Departure(kind="header_missing", params={"header": name}, expected=name)
        elif not validator_of(shape).is_valid(int(value) if value.isascii() and value.isdigit() else value):
            yield Departure(kind="header_broken", params={"header": name}, expected=name, seen=value[:80])


def status_departure(operation: Operation, answer: Answer) -> Departure | None:
    """The status is not documented."""
    if str(answer.status) in operation.answers:
        return None
    return Departure(kind="status_undocumented", expected=" / ".join(operation.answers), seen=answer.status)


def media_type(answer: Answer) -> str:
    """The media type without its parameters, in small letters."""
    return (answer.header("content-type") or "").partition(";")[0].strip().lower()


def flaws(shape: Shape, body: Body) -> Iterator[Departure]:
    """Where a body breaks its schema."""
    value = parsed(body.raw)
    if value is MISSING:
        yield Departure(kind="not_json", seen=(body.text or "")[:80])
        return
    validator = validator_of(shape)
    try:
        if validator.is_valid(value):
            return
        found = list(zip(validator.iter_errors(value), range(MANY), strict=False))
    except ValueError as error:  # text that is no Unicode cannot be validated
        yield Departure(kind="not_unicode", seen=str(error)[:80])
        return
    for fault, _ in found:
        pointer = "".join(f"/{step}" for step in fault.instance_path)
        rule = rule_of(fault)
        yield Departure(kind="schema_broken", params={"rule": rule}, pointer=pointer, expected=rule, seen=excerpt(value, fault))


def rule_of(fault: jsonschema_rs.ValidationError) -> str:
    """The keyword that is broken, and what it says, without the value."""
    return str(getattr(fault.kind, "name", "schema"))


def excerpt(value: JSON, fault: jsonschema_rs.ValidationError) -> JSON:
    """What stands at the place; of lists and objects, what they have."""
    seen = value
    for step in fault.instance_path:
        seen = seen[step]
    return seen if not isinstance(seen, dict | list) else sorted(seen) if isinstance(seen, dict) else f"[{len(seen)}]"


@cache
def validator_of(shape: Shape) -> jsonschema_rs.Validator:
    """The validator of a shape: JSON Schema 2020-12, formats asserted."""
    return jsonschema_rs.Draft202012Validator(inlined(shape.schema, shape.document), validate_formats=True)


def inlined(node: JSON, document: Document) -> JSON:
    """A schema with everything that it refers to in place; the interface's schemas do not refer to themselves."""
    if isinstance(node, dict):
        if "$ref" in node:
            return inlined(*document.resolve(node))
        return {name: inlined(value, document) for name, value in node.items() if name not in ("example", "examples")}
    if isinstance(node, list):
        return [inlined(value, document) for value in node]
    return node
