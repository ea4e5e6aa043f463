"""Thinning: of what was told only the names of what it is about.

In: an exchange and the specification, which says where tellings stand in its bodies, and by which fields their subjects are known.
Out: the exchange with nothing else in its bodies.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TypeAlias

import msgspec

from conformance.proving.stripping import Stripper
from conformance.records import JSON, Answer, Body, Exchange, Record
from conformance.specification import ANY, Shape, Specification
from conformance.untrusted import parsed

Places: TypeAlias = Sequence[tuple[tuple[str, ...], tuple[str, ...]]]
"""Where tellings stand, each with the names of the fields that stay."""


def thinner(specification: Specification) -> Stripper:
    """Thins records by this specification."""
    return partial(thinned, specification)


def thinned(specification: Specification, record: Record) -> Record:
    """The record with thin bodies."""
    operation = specification.operations.get(record.operation) if isinstance(record, Exchange) else None
    if operation is None or not isinstance(record, Exchange):
        return record
    request = msgspec.structs.replace(record.request, body=thin(record.request.body, operation.heard))
    answer = record.answer
    if isinstance(answer, Answer):
        answer = msgspec.structs.replace(answer, body=thin(answer.body, operation.places_in_answer(answer.status)))
    return msgspec.structs.replace(record, request=request, answer=answer)


def thin(body: Body, places: Iterable[tuple[tuple[str, ...], Shape]]) -> Body:
    """A body with the tellings' names at their places."""
    kept = [(path, shape.identity) for path, shape in places]
    if not kept or not body.size:
        return body
    return Body.of(json.dumps(of(parsed(body.raw), kept), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def of(value: JSON, places: Places) -> JSON:
    """What stands at the places of a value, and the way there."""
    if isinstance(value, list):
        return [of(item, below(places, ANY)) for item in value]
    if not isinstance(value, dict):
        return value
    names = {name for path, kept in places if not path for name in kept}
    return {name: of(inner, below(places, name)) for name, inner in value.items() if below(places, name)} | {
        name: value[name] for name in names if name in value
    }


def below(places: Places, step: str) -> Places:
    """The places that lie behind a step."""
    return [(path[1:], kept) for path, kept in places if path and path[0] == step]
