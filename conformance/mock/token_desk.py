"""The token endpoint: oauthlib's answers as HTTP.

In: form-encoded token requests.  Out: tokens, or the errors of RFC 6749, 5.2.
"""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from conformance.mock.asked import Asked
from conformance.mock.calls import Answer, Problem
from conformance.mock.exchange import Exchanges
from conformance.mock.marks import asked
from conformance.mock.parties import ANYBODY, BY_CLIENT
from conformance.mock.questions import AnswerDelay, EarlierTokensHold
from conformance.mock.tokens import Tokens, client_of
from conformance.mock.world import World

OPERATION = "issueToken"


class TokenDesk:
    """ASGI."""

    def __init__(self, world: World, tokens: Tokens, exchanges: Exchanges) -> None:
        self._world, self._tokens, self._exchanges = world, tokens, exchanges

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Asked(scope, receive)
        with asked(request.headers):
            response = await self._respond(request, str(Request(scope).url))
        await response(scope, receive, send)

    async def _respond(self, request: Asked, url: str) -> Response:
        if request.method != "POST":
            return self._exchanges.refusal(ANYBODY, OPERATION, Problem("method_not_allowed", headers={"Allow": "POST"}), {})
        try:
            raw = await request.body()
        except Problem as problem:
            return self._exchanges.refusal(ANYBODY, OPERATION, problem, {})
        body = raw.decode("utf-8", errors="replace")
        caller = BY_CLIENT.get(client_of(body, request.headers), ANYBODY)
        await self._world.clock.sleep(self._world.ask(AnswerDelay(caller, OPERATION)))
        headers, text, status = self._tokens.issue(url, body, request.headers)
        document = json.loads(text) if text else {}
        if "access_token" in document and not self._world.ask(EarlierTokensHold(caller)):
            self._tokens.end(caller, but=document["access_token"])
        return self._exchanges.answer(caller, OPERATION, Answer(status, document, headers), {})
