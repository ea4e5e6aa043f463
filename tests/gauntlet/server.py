"""A server that is no platform: whatever it is asked, one function answers.

In: a behaviour.  Out: an application to which a line in process leads.  It says of itself, truthfully, what a platform says in its
discovery document, so that the suite doesn't turn away at the door.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any, TypeAlias

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount

from conformance.binding.line import InProcess
from conformance.records import JSON
from conformance.specification import Operation, specification

INTERFACE = specification("platform")
DISCOVERY, TOKEN = "getDiscovery", "issueToken"


class Asked(msgspec.Struct, frozen=True):
    """One request.  `operation` is None where the interface has none there."""

    operation: Operation | None
    method: str
    path: str
    token: str
    body: bytes


class Said(msgspec.Struct, frozen=True):
    """One answer."""

    status: int
    content: bytes = b""
    media: str = "application/json"

    @classmethod
    def of(cls, status: int, value: JSON) -> Said:
        return cls(status, msgspec.json.encode(value), "application/json" if status < 400 else "application/problem+json")


Behaviour: TypeAlias = Callable[[Asked], Said]


async def asked_in(request: Request) -> Asked:
    """What somebody wants."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    return Asked(INTERFACE.at(request.method, request.url.path), request.method, request.url.path, token, await request.body())


def line(behaviour: Behaviour) -> InProcess:
    """A line to a server that behaves so."""

    async def app(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        said = behaviour(await asked_in(Request(scope, receive)))
        await Response(said.content, said.status, media_type=said.media if said.content else None)(scope, receive, send)

    return InProcess(lambda _: Starlette(routes=[Mount("/", app=app)]))
