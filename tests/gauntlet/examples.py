"""What the interface document gives as examples of its answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from conformance.records import JSON
from conformance.specification import Document, Operation
from tests.gauntlet.server import INTERFACE, Said


def answers(operation: Operation) -> Mapping[int, Said]:
    """Every documented answer of an operation, as its example has it."""
    return examples()[operation.id]


def good(operation: Operation) -> Said:
    """The example of its success."""
    return next(said for status, said in answers(operation).items() if status < 300)


@cache
def examples() -> Mapping[str, Mapping[int, Said]]:
    found = {}
    for document in INTERFACE.documents:
        for node in (node for path in document.root.get("paths", {}).values() for node in path.values()):
            if isinstance(node, dict) and "operationId" in node:
                found[node["operationId"]] = {
                    int(status): example(document.resolve(answer)[0], int(status), document)
                    for status, answer in node["responses"].items()
                }
    return found


def example(answer: JSON, status: int, document: Document) -> Said:
    """The first example of an answer; an empty body where it has none."""
    for media, content in answer.get("content", {}).items():
        first = next(iter(content.get("examples", {}).values()), None) or {"value": content.get("example")}
        return Said(status, msgspec.json.encode(document.resolve(first)[0]["value"]), media)
    return Said(status)
