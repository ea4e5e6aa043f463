"""Everything that the mock says in a day, honest or varied, stands in the specification as it was said."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpx
import jsonschema_rs
import pytest

from conformance.mock.contract import inline
from conformance.mock.faults import load
from conformance.mock.variants import listing
from conformance.specification import Operation, specification
from tests.mock import day as days
from tests.mock.sandbox_client import Inbox, virtual, world

load()
VARIANTS = [variant["id"] for variant in listing()]


@cache
def _documented(operation: Operation, status: int) -> tuple[dict[str, jsonschema_rs.Validator], tuple[str, ...]] | None:
    """Validators by media type and the headers that always come; None where the status isn't documented."""
    node = operation.node["responses"].get(str(status))
    if node is None:
        return None
    response, document = operation._document.resolve(node)
    schemas = {
        media: jsonschema_rs.validator_for(inline(content["schema"], document), validate_formats=True)
        for media, content in response.get("content", {}).items()
    }
    always = tuple(name for name in response.get("headers", {}) if name not in ("Link", "Idempotency-Replayed", "Retry-After"))
    return schemas, always


def breaches(answer: httpx.Response) -> list[str]:
    """What of an answer the specification doesn't know."""
    operation = specification("platform").at(answer.request.method, answer.request.url.path)
    if operation is None:
        return [] if answer.status_code in (404, 405) else [f"an answer {answer.status_code} to an unknown operation"]
    documented = _documented(operation, answer.status_code)
    if documented is None:
        return [f"{operation.id}: {answer.status_code} is not documented: {answer.text[:200]}"]
    schemas, headers = documented
    found = [f"{operation.id}: {answer.status_code} without {name}" for name in headers if name.lower() not in answer.headers]
    media = answer.headers.get("content-type", "")
    if schemas and media not in schemas:
        return [*found, f"{operation.id}: {media!r} is not documented"]
    errors = schemas[media].iter_errors(answer.json()) if schemas else ()
    return [*found, *(f"{operation.id}: {list(error.instance_path)}: {error.message[:200]}" for error in errors)]


def heard_breaches(message: dict[str, Any]) -> list[str]:
    """What of a webhook's body the specification doesn't know."""
    by_type = {operation.node.get("x-type"): operation for operation in specification("platform").operations.values() if operation.webhook}
    shape = by_type[message["type"]].request
    assert shape is not None
    validator = jsonschema_rs.validator_for(inline(shape.schema, shape.document), validate_formats=True)
    return [f"{message['type']}: {list(error.instance_path)}: {error.message[:200]}" for error in validator.iter_errors(message)]


@pytest.mark.parametrize("variants", [(), *((id,) for id in VARIANTS)], ids=["honest", *VARIANTS])
def test_a_day_is_documented(variants: tuple[str, ...]) -> None:
    found: set[str] = set()

    async def look(answer: httpx.Response) -> None:
        await answer.aread()
        found.update(breaches(answer))

    @virtual
    async def run() -> None:
        inboxes = {name: Inbox() for name in days.PARTIES}
        named = [(name.replace("_", "-"), inbox) for name, inbox in inboxes.items()]
        async with world(named, variants=variants) as w:
            w.renews = True
            w.http.event_hooks = {"response": [look]}
            day = days.Day(w)
            for part in days.PARTS:
                await part(day)
        for inbox in inboxes.values():
            for message in inbox.messages:
                found.update(heard_breaches(message))

    run()
    assert not found
