"""Structural faults: made from the specification on demand, each owned by a requirement, each of them seen in what the mock says."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from conformance.catalogue import Catalogue
from conformance.mock import problems
from conformance.mock.faults import Fault, find, listing
from conformance.mock.faults.structural import REPLACED, empty, generated, placeholder, retyped
from conformance.mock.parties import ANYBODY
from conformance.mock.questions import AnswerBody, AnswerStatus, ErrorBody, WebhookPayload
from conformance.mock.structure import MESSAGE, PROBLEM, Place, places, refusals
from conformance.specification import ANY, Shape, specification

FAULTS = list(generated().values())
PLATFORM = specification("platform")


def document(shape: Shape) -> Any:
    """A value of this shape with every member that it names, its texts one sign long."""
    kind = shape.schema.get("type")
    if shape.fields:
        return {name: document(inner) for name, inner in shape.fields.items()}
    if shape.items is not None:
        return [document(shape.items)]
    return {"integer": 7, "boolean": True, "array": []}.get(kind if isinstance(kind, str) else "", "…")


def at(value: Any, steps: tuple[str, ...]) -> Iterator[Any]:
    """What stands at a place."""
    if not steps:
        yield value
    elif steps[0] == ANY:
        for item in value:
            yield from at(item, steps[1:])
    elif steps[0] in value:
        yield from at(value[steps[0]], steps[1:])


def bent(fault: Fault, place: Place) -> tuple[Any, Any]:
    """A document before and after the fault."""
    operation = PLATFORM.operations[place.operation]
    shape = operation.request if place.status == MESSAGE else operation.answers[place.status]
    assert shape is not None
    said = document(shape)
    question: Any = (
        WebhookPayload(ANYBODY, operation.node["x-type"], said) if place.status == MESSAGE
        else AnswerBody(ANYBODY, place.operation, int(place.status), said)
    )
    bend = fault.bends[0]
    assert bend.when.armed()(question, 0.0)
    return said, bend.bending(lambda asked: asked.honest(), question)


def test_the_mock_starts_without_making_them() -> None:
    code = "from conformance.mock.faults import listing; from conformance.mock.structure import places; import conformance.mock.platform;" \
        "listing(); assert places.cache_info().currsize == 0"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_there_are_thousands_and_they_are_listed_on_demand_only() -> None:
    assert len(FAULTS) > 2500
    hand = {one["id"] for one in listing()}
    assert hand.isdisjoint(generated())
    assert {one["id"] for one in listing(generated=True)} == hand | set(generated())


def test_every_one_is_owned_by_a_requirement_and_told_in_two_languages() -> None:
    known = {one.id for one in Catalogue.load().for_role("platform")}
    assert {fault.breaks for fault in FAULTS} <= known
    assert all(fault.title[0] != fault.title[1] for fault in FAULTS)


@pytest.mark.parametrize("place", random.Random(7).sample(places(), 60), ids=lambda place: f"{place.said}:{place.pointer}")
def test_a_fault_changes_its_place_and_nothing_else(place: Place) -> None:
    for change in ("drop", "empty", "retype", "placeholder"):
        fault = generated().get(f"{change}:{place.said}:{place.pointer}")
        if fault is not None:
            before, after = bent(fault, place)
            assert list(at(before, place.steps)) != list(at(after, place.steps))
            assert list(at(before, place.steps[:-2])) != list(at(after, place.steps[:-2])) or len(place.steps) < 2


def test_another_answer_stays_as_it_is() -> None:
    bend = find("drop:createConsignment:201:/consignment_id").bends[0]
    for question in (AnswerBody(ANYBODY, "getConsignment", 200, {}), AnswerBody(ANYBODY, "createConsignment", 200, {})):
        assert not bend.when.armed()(question, 0.0)


def test_a_refusal_is_bent_at_its_place_whoever_refuses() -> None:
    assert {place.status for place in refusals() if place.operation == PROBLEM} >= {"400", "401", "403", "404", "409", "413", "415", "422"}
    bend = find("retype:problem:404:/retryable").bends[0]
    said = problems.document("not_found", ())
    for operation in ("getNotice", "trackWaybill", ""):
        question = ErrorBody(ANYBODY, operation, said)
        assert bend.when.armed()(question, 0.0)
        assert bend.bending(lambda asked: asked.honest(), question) == {**said, "retryable": "false"}
    assert not bend.when.armed()(ErrorBody(ANYBODY, "getNotice", problems.document("state_conflict", ())), 0.0)


def test_only_a_422_has_to_say_what_is_wrong() -> None:
    assert "drop:problem:422:/errors" in generated()
    assert not [name for name in generated() if ":/errors" in name and not name.split(":", 1)[1].startswith("problem:422")]


def test_a_status_is_replaced_by_another_of_its_kind() -> None:
    bend = find("status:getNotice:200→206").bends[0]
    question = AnswerStatus(ANYBODY, "getNotice", 200)
    assert bend.when.armed()(question, 0.0)
    assert bend.bending(lambda asked: asked.honest(), question) == 206
    assert not bend.when.armed()(AnswerStatus(ANYBODY, "getNotice", 404), 0.0)
    assert all(int(status) not in others for status, others in REPLACED.items())


def test_what_is_put_there_is_of_another_kind() -> None:
    by_pointer = {f"{place.said}:{place.pointer}": place for place in places()}
    name = by_pointer["createConsignment:201:/sender/name"]
    assert empty(name) == ""
    assert name.allows(placeholder(name))
    assert not name.allows(empty(name))
    assert [retyped(value) for value in (True, 7, "x", [1], {"a": 1}, None)] == ["true", "7", ["x"], {"item": [1]}, [{"a": 1}], 0]
