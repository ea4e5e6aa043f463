"""A platform that answers everybody with what somebody else was told: whoever asks gets the last answer that another party got."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Router

from conformance.binding.inside import Call
from conformance.binding.line import Factory, InProcess
from conformance.mock.platform import MockPlatform
from tests.gauntlet.server import asked_in

LENGTH = b"content-length"


class Neighbour:
    """In front of a healthy platform, which does all that it is asked."""

    def __init__(self, platform: Router) -> None:
        self._platform = platform
        self._last: dict[str, dict[str, tuple[int, list[tuple[bytes, bytes]], bytes]]] = {}

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        asked = await asked_in(Request(scope, receive))
        call = Call(asked.body)
        body = await call.to(self._platform, scope)
        given = call.status, call.headers, body
        if asked.operation is not None and asked.operation.secured and call.status < 300:
            told = self._last.setdefault(asked.operation.id, {})
            others = [one for token, one in told.items() if token != asked.token]
            told.pop(asked.token, None)
            told[asked.token] = given
            given = others[-1] if others else given
        status, headers, body = given
        response = Response(body, status)
        response.raw_headers = [pair for pair in headers if pair[0] != LENGTH] + [(LENGTH, b"%d" % len(body))]
        await response(scope, receive, send)


def line() -> InProcess:
    def made(factory: Factory) -> Starlette:
        platform = MockPlatform(http_client_factory=factory).app
        return Starlette(routes=[Mount("/", app=Neighbour(platform))], lifespan=platform.lifespan_context)

    return InProcess(made)
