"""Inside: mutations of what stands in the lists of a body, which the enumeration does not reach (`docs/decisions/0006`).

In: an operation and the place of the first element of one of its lists.  Out: mutations, from the element's schema, in its order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from conformance.contract.mutations import Mutation
from conformance.records import JSON
from conformance.specification import Operation, Shape

PLACES: Final = {"createConsignment": ("/items/0", "/parcels/0"), "postEvents": ("/events/0", "/events/0/location")}
"""Lists whose elements the interface describes member by member."""
UNKNOWN: Final = "x-extra-note"
NO_OFFSET: Final = "2026-03-01T10:00:00"
"""Rule 1.2 refuses a time without an offset."""


FORBIDDEN: Final[dict[str, tuple[tuple[str, str, JSON], ...]]] = {
    "createSubscription": (
        ("not_allowed_here", "/url", "http://receiver.example/webhooks"), ("not_in_list", "/event_types", ["waybill.event"]),
    ),
    "giveConsent": (("unknown_reference", "/order_no", "SO-NOBODY-0000"),),
    "replyToNotice": (("blank", "/proposal", " \u3000"),),
    "replyToNotice reject": (("not_allowed_here", "/proposal", "恢复后半小时内补传"),),
}
"""What rules forbid and no schema can say (rules 2.3, 7.5 and 11.5, `createSubscription`, `schemas/notice_reply.json`), by errand:
rule, place, value; a courier subscribes."""
LEFT_OUT: Final = {"replyToNotice": ("/proposal",)}
"""What must be said by who says something else (`schemas/notice_reply.json`: who proposes says what)."""


def forbidden(operation: Operation, errand: str) -> Iterator[Mutation]:
    """The mutations of an errand (an operation, or a variant of one) that the schema takes and a rule does not."""
    for rule, pointer, value in FORBIDDEN.get(errand, ()):
        yield Mutation(operation=operation.id, rule=rule, location="body", pointer=pointer, value=value)
    for pointer in LEFT_OUT.get(errand, ()):
        yield Mutation(operation=operation.id, rule="object_missing_required_property", location="body", pointer=pointer, absent=True)


def inside(operation: Operation) -> Iterator[Mutation]:
    """The mutations of the elements of an operation's lists."""
    for place in PLACES.get(operation.id, ()):
        for rule, pointer, value, absent in of_object(shape_at(operation, place), place):
            yield Mutation(operation=operation.id, rule=rule, location="body", pointer=pointer, value=value, absent=absent)


def shape_at(operation: Operation, pointer: str) -> Shape:
    """The schema of what stands there in the body.  Raises LookupError where the interface says nothing of it."""
    shape = operation.request
    for step in pointer[1:].split("/"):
        shape = shape and (shape.items if step.isdigit() else shape.child(step))
    if shape is None:
        raise LookupError(f"{operation.id} has nothing at {pointer}")
    return shape


def of_object(shape: Shape, pointer: str) -> Iterator[tuple[str, str, JSON, bool]]:
    """Rule, place, value and whether the place is emptied, for each way to break an object's schema."""
    for name in shape.schema.get("required", ()):
        yield "object_missing_required_property", f"{pointer}/{name}", None, True
    yield "object_unexpected_properties", f"{pointer}/{UNKNOWN}", 42, False
    for name, member in shape.fields.items():
        for rule, value in of_value(member.schema):
            yield rule, f"{pointer}/{name}", value, False


def of_value(schema: JSON) -> Iterator[tuple[str, JSON]]:
    """Rule and value, for each way to break the schema of one value."""
    yield "incorrect_type", "1" if schema.get("type") in ("integer", "number") else 0
    if "enum" in schema:
        yield "invalid_enum_value", "AAA"
    if "pattern" in schema:
        yield "invalid_pattern", ""
    if schema.get("format") == "date-time":
        yield "invalid_format", NO_OFFSET
    if "minLength" in schema:
        yield "string_below_min_length", ""
    if "maxLength" in schema:
        yield "string_above_max_length", "一" * (schema["maxLength"] + 1)
    if "minimum" in schema:
        yield "value_below_minimum", schema["minimum"] - 1
    if "maximum" in schema:
        yield "value_above_maximum", schema["maximum"] + 1
