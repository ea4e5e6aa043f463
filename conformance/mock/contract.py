"""What the specification asks of a request, compiled once: body, path, query and header validators of each operation.

In: the OpenAPI documents.  Out: for a request, the places at which it breaks its schema, as problem details name them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema_rs

from conformance.mock.questions.question import Document
from conformance.specification import Document as SpecificationDocument
from conformance.specification import Operation, Shape, specification

Breach = tuple[str, str]
"""Where (a JSON pointer into the body; `?limit`, `=traceparent`, `:waybill_no` for parameters) and the code of what is wrong."""

_SIGNS = {"query": "?", "header": "=", "path": ":"}
_CODES = {
    "required": "required",
    "type": "type",
    "format": "format",
    "pattern": "pattern",
    "minLength": "too_short",
    "minItems": "too_short",
    "minProperties": "too_short",
    "maxLength": "too_long",
    "maxItems": "too_long",
    "maxProperties": "too_long",
    "minimum": "too_small",
    "exclusiveMinimum": "too_small",
    "maximum": "too_large",
    "exclusiveMaximum": "too_large",
    "enum": "not_in_list",
    "const": "not_in_list",
    "additionalProperties": "unknown_field",
    "uniqueItems": "duplicate",
}


class Contract:
    """One operation's rules."""

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        self.id = operation.id
        self.capability = operation.capability
        self.roles = frozenset(operation.node.get("x-roles", ()))
        self.scopes = _scopes(operation)
        body = operation.node.get("requestBody", {})
        self.media = tuple(body.get("content", ()))
        self.needs_body = bool(body.get("required"))
        self.body = _validator(operation.request) if operation.request else None
        self._parameters = {place: _parameters(operation, place) for place in _SIGNS}
        self.idempotent = "idempotency-key" in self._parameters["header"]
        self.documented = frozenset(str(status) for status in operation.node["responses"])

    def parameters(self, place: str, values: Mapping[str, str]) -> tuple[Document, list[Breach]]:
        """The parameters of a place (`query`, `header`, `path`), typed as the schema says, and their breaches."""
        typed: Document = {}
        breaches: list[Breach] = []
        for name, rule in self._parameters[place].items():
            if name not in values:
                if rule.required:
                    breaches.append((_SIGNS[place] + rule.name, "required"))
                continue
            value = rule.read(values[name])
            if not rule.validator.is_valid(value):
                error = next(rule.validator.iter_errors(value))
                breaches.append((_SIGNS[place] + rule.name, _CODES.get(_keyword(error), "format")))
            typed[name] = value
        return typed, breaches

    def breaches(self, body: Any) -> list[Breach]:
        """Breaches of the body."""
        if self.body is None or self.body.is_valid(body):
            return []
        found = {(_pointer(error), _CODES.get(_keyword(error), "type")): None for error in self.body.iter_errors(body)}
        return list(found)


@dataclass(frozen=True, slots=True)
class _Parameter:
    name: str
    validator: jsonschema_rs.Validator
    required: bool
    integer: bool

    def read(self, text: str) -> str | int:
        digits = text.removeprefix("-")
        return int(text) if self.integer and digits.isascii() and digits.isdigit() and len(digits) < 19 else text


def _parameters(operation: Operation, place: str) -> dict[str, _Parameter]:
    found = {}
    for parameter in operation.parameters:
        if parameter["in"] == place:
            shape = Shape(parameter["schema"], operation._document)
            name = parameter["name"]
            rule = _Parameter(name, _validator(shape), bool(parameter.get("required")), shape.schema.get("type") == "integer")
            found[name.lower() if place == "header" else name] = rule
    return found


def _scopes(operation: Operation) -> frozenset[str]:
    """The scopes of which one is enough; empty where anybody may call."""
    security = operation.node.get("security", operation._document.root.get("security", ()))
    return frozenset(scope for requirement in security for scopes in requirement.values() for scope in scopes)


def _pointer(error: jsonschema_rs.ValidationError) -> str:
    steps: list[Any] = [*error.instance_path]
    kind: Any = error.kind
    if kind.name == "required":
        steps.append(kind.property)
    elif kind.name == "additionalProperties":
        steps.append(kind.unexpected[0])
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def _keyword(error: jsonschema_rs.ValidationError) -> str:
    return str(error.kind.name)


def _validator(shape: Shape) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(inline(shape.schema, shape.document), validate_formats=True)


def inline(schema: Any, document: SpecificationDocument, below: tuple[int, ...] = ()) -> Any:
    """A schema with its references replaced by what they refer to.  Raises ValueError where they go round."""
    if isinstance(schema, list):
        return [inline(part, document, below) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        found, place = document.resolve(schema)
        if id(found) in below:
            raise ValueError(f"{schema['$ref']} refers to itself")
        return inline(found, place, (*below, id(found)))
    return {word: inline(part, document, below) for word, part in schema.items() if word not in ("example", "examples")}


@cache
def contracts(role: str) -> Mapping[str, Contract]:
    """Every operation of a role and of the sandbox, webhooks left out."""
    found = specification(role).operations.values()
    return {operation.id: Contract(operation) for operation in found if not operation.webhook}


def scopes_of(role: str, kind: str) -> frozenset[str]:
    """The scopes that a client of this kind may be given."""
    return frozenset(scope for rule in contracts(role).values() if kind in rule.roles for scope in rule.scopes)
