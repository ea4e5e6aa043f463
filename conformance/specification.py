"""The interface as data: operations, and where in their bodies the tellings stand.

In: the OpenAPI documents of `specs/`.  Out: for each operation its route, its schemas and the places at which a record schema
(`x-record`) is referred to.  A new operation needs no new code.  No word of the trade stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TypeAlias

import yaml

from conformance.records import JSON
from conformance.resources import folder
from conformance.untrusted import MISSING

METHODS = ("get", "put", "post", "delete", "patch")
ANY = "*"
"""In a place: each item of an array."""
Places: TypeAlias = "tuple[tuple[tuple[str, ...], Shape], ...]"
"""Where records stand in a body, and of which shape."""
Names: TypeAlias = tuple[tuple[str, JSON], ...]
"""Values by which a record may be known, each with its field; without one, where the value exists once only, wherever it stands."""


class Shape:
    """A schema, seen from the path on which one came to it.  References are followed when somebody asks."""

    def __init__(self, schema: JSON, document: Document) -> None:
        self.schema, self.document = document.resolve(schema)

    @cached_property
    def parts(self) -> tuple[Shape, ...]:
        """The schema itself and what it is combined from."""
        combined = [Shape(part, self.document) for word in ("allOf", "oneOf", "anyOf") for part in self.schema.get(word, ())]
        return (self, *(deeper for part in combined for deeper in part.parts))

    @cached_property
    def record(self) -> str | None:
        """The kind of record that this schema describes, if it does."""
        kind = self.schema.get("x-record")
        return str(kind) if kind is not None else None

    @cached_property
    def identity(self) -> tuple[str, ...]:
        """The fields that say which subject a record is about."""
        return tuple(self.schema.get("x-identity", ()))

    @cached_property
    def canaries(self) -> tuple[str, ...]:
        """JSON pointers to values that exist once only: the fall-back for identity."""
        return tuple(self.schema.get("x-canary", ()))

    @cached_property
    def fields(self) -> dict[str, Shape]:
        """The properties that the schema names."""
        return {name: Shape(inner, part.document) for part in self.parts for name, inner in part.schema.get("properties", {}).items()}

    @cached_property
    def items(self) -> Shape | None:
        return next((Shape(part.schema["items"], part.document) for part in self.parts if "items" in part.schema), None)

    @cached_property
    def closed(self) -> bool:
        """Whether the schema names any properties at all."""
        return any(part.schema.get("properties") for part in self.parts)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The properties that a value must have, sorted."""
        return tuple(sorted({name for part in self.parts for name in part.schema.get("required", ())}))

    @cached_property
    def _names(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Where the values stand by which a record may be known, under which field."""
        fields = ((field, (field,)) for field in self.identity)
        return (*fields, *(("", tuple(place.strip("/").split("/"))) for place in self.canaries))

    def called(self, record: JSON) -> Names:
        """The values by which a record is known."""
        found = [(field, standing(record, steps)) for field, steps in self._names]
        return tuple([one for one in found if isinstance(one[1], str | int) and one[1] not in ("", True, False)])

    def knows(self, name: str) -> bool:
        """Whether a record of this shape may have a field of that name."""
        return name in self.fields or not self.closed

    def child(self, name: str) -> Shape | None:
        return self.fields.get(name)

    def places(self) -> Iterator[tuple[tuple[str, ...], Shape]]:
        """Where record schemas stand below this one."""
        if self.record is not None:
            yield (), self
            return
        for name, shape in self.fields.items():
            yield from (((name, *path), place) for path, place in shape.places())
        if self.items is not None:
            yield from (((ANY, *path), place) for path, place in self.items.places())


def standing(value: JSON, steps: tuple[str, ...]) -> JSON:
    """What stands behind these members of an object (or places of an array), one in the other."""
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step, MISSING)
        elif isinstance(value, list) and step.isdigit():
            value = value[int(step)] if int(step) < len(value) else MISSING
        else:
            return MISSING
    return value


class Document:
    """One file of `specs/`, and the files that it refers to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root: JSON = read(path)

    def resolve(self, schema: JSON) -> tuple[JSON, Document]:
        """The schema behind a reference, and the document it stands in."""
        document: Document = self
        while isinstance(schema, dict) and "$ref" in schema:
            file, _, pointer = schema["$ref"].partition("#")
            document = open_document((document.path.parent / file).resolve()) if file else document
            schema = document.root
            for step in filter(None, pointer.split("/")):
                schema = schema[step.replace("~1", "/").replace("~0", "~")]
        return schema, document


@cache
def read(path: Path) -> JSON:
    """A YAML or JSON file."""
    return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


@cache
def open_document(path: Path) -> Document:
    return Document(path)


def at_place(value: JSON, path: tuple[str, ...], pointer: str = "") -> Iterator[tuple[str, JSON]]:
    """The values at a place, with their JSON pointers."""
    if not path:
        if value is not MISSING and value is not None:
            yield pointer, value
        return
    step, rest = path[0], path[1:]
    if step == ANY and isinstance(value, list):
        for index, item in enumerate(value):
            yield from at_place(item, rest, f"{pointer}/{index}")
    elif isinstance(value, dict) and step in value:
        yield from at_place(value[step], rest, f"{pointer}/{step}")


class Operation:
    """One operation or webhook of the interface."""

    def __init__(self, node: JSON, *, method: str, path: str, webhook: bool, document: Document, shared: list[JSON]) -> None:
        self.id: str = node["operationId"]
        self.method = method.upper()
        self.path = path
        self.webhook = webhook
        self.node = node
        self.capability: str | None = node.get("x-capability")
        self.parameters: list[JSON] = [document.resolve(parameter)[0] for parameter in [*shared, *node.get("parameters", ())]]
        self.named = frozenset(parameter["name"].lower() for parameter in self.parameters)
        self.secured: bool = node.get("security", document.root.get("security")) not in ([], None)
        self._document = document

    @cached_property
    def request(self) -> Shape | None:
        body, document = self._document.resolve(self.node.get("requestBody", {}))
        return content(body, document)

    @cached_property
    def _responses(self) -> Mapping[str, tuple[JSON, Document]]:
        """Each documented answer, by status ('200', 'default'), with the document that it stands in."""
        return {str(status): self._document.resolve(answer) for status, answer in self.node.get("responses", {}).items()}

    @cached_property
    def answers(self) -> Mapping[str, Shape | None]:
        """The shape of each documented answer, by status."""
        return {status: content(answer, document) for status, (answer, document) in self._responses.items()}

    @cached_property
    def media(self) -> Mapping[str, tuple[str, ...]]:
        """The media types of each documented answer, by status; none where it has no body."""
        return {status: tuple(answer.get("content", ())) for status, (answer, _) in self._responses.items()}

    @cached_property
    def headers(self) -> Mapping[str, Mapping[str, Shape]]:
        """The headers that each documented answer must have, by status."""
        return {status: dict(required_headers(answer, document)) for status, (answer, document) in self._responses.items()}

    def may_carry(self, status: int, header: str) -> bool:
        """Whether such an answer is documented to have the header, always or at times."""
        return str(status) in self._responses and header in self._responses[str(status)][0].get("headers", {})

    @cached_property
    def heard(self) -> Places:
        """Where the request body tells something."""
        return tuple(self.request.places()) if self.request else ()

    @cached_property
    def said(self) -> Mapping[str, Places]:
        """Where an answer tells something, by status."""
        return {status: tuple(shape.places()) if shape else () for status, shape in self.answers.items()}

    def places_in_answer(self, status: int) -> Places:
        return self.said.get(str(status)) or self.said.get("default", ())

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the paths of this operation."""
        return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(self.path)) + r"\Z")


def content(message: JSON, document: Document) -> Shape | None:
    """The JSON shape of a request or response object."""
    kinds = message.get("content", {})
    media = next((kinds[kind] for kind in kinds if kind.endswith("json")), None)
    return Shape(media["schema"], document) if media and "schema" in media else None


def required_headers(answer: JSON, document: Document) -> Iterator[tuple[str, Shape]]:
    """The headers that a response object demands."""
    for name, node in answer.get("headers", {}).items():
        header, where = document.resolve(node)
        if header.get("required"):
            yield name, Shape(header.get("schema", {}), where)


class Specification:
    """Every operation of a role's documents, by id."""

    def __init__(self, *paths: Path) -> None:
        self.operations: dict[str, Operation] = {}
        self.shapes: dict[str, Shape] = {}
        self.documents = [open_document(path) for path in paths]
        for document in self.documents:
            for webhook, group in ((False, "paths"), (True, "webhooks")):
                for path, node in document.root.get(group, {}).items():
                    for method in METHODS:
                        if method in node:
                            operation = Operation(
                                node[method], method=method, path=path, webhook=webhook, document=document,
                                shared=node.get("parameters", []),
                            )
                            self.operations[operation.id] = operation
        for operation in self.operations.values():
            for places in (operation.heard, *operation.said.values()):
                self.shapes.update({str(shape.record): shape for _, shape in places})

    def at(self, method: str, path: str) -> Operation | None:
        """The operation that answers there; literal paths go before templates."""
        fitting = [o for o in self.operations.values() if not o.webhook and o.method == method and o.pattern.match(path)]
        return min(fitting, key=lambda o: o.path.count("{"), default=None)


@cache
def specification(role: str) -> Specification:
    """The interface of a role, its sandbox operations included."""
    specs = folder("specs")
    return Specification(specs / f"{role}.openapi.yaml", specs / "sandbox.openapi.yaml")
