"""One exchange: a request comes in, passes the gate, reaches its operation, and the answer goes out.

In: Starlette's request and the operations' functions.  Out: Starlette's response.  Idempotency keys are kept here, since what is kept
is the answer as it was sent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from conformance.mock import problems
from conformance.mock.asked import Asked
from conformance.mock.calls import Answer, Call, Problem
from conformance.mock.contract import Contract
from conformance.mock.gate import Gate
from conformance.mock.idempotency import Idempotency, Kept, digest
from conformance.mock.limits import REPLAY_SECONDS
from conformance.mock.marks import asked
from conformance.mock.parties import ANYBODY, Party
from conformance.mock.questions import (
    AnswerBody,
    AnswerBytes,
    AnswerDelay,
    AnswerHeaders,
    AnswerStatus,
    BodyJudgedFirst,
    ErrorBody,
    ErrorDetail,
    FailsWith,
    IdempotentAnswer,
    KeyKept,
    KeyScope,
    RefusalKept,
    ReplayMarked,
    WorkTime,
)
from conformance.mock.questions.question import Document
from conformance.mock.world import World


@dataclass(frozen=True, slots=True)
class Function:
    """What answers an operation; `find` looks its path's object up first and raises Problem where there is none."""

    answer: Callable[[Call], Awaitable[Answer]]
    find: Callable[[Call], Any] | None = None


class Exchanges:
    """Answers the requests of one path: ASGI."""

    def __init__(self, world: World, gate: Gate, keys: Idempotency, rules: Mapping[str, tuple[Contract, Function]]) -> None:
        """`rules` by HTTP method."""
        self._world, self._gate, self._keys, self._rules = world, gate, keys, rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Asked(scope, receive)
        rule = self._rules.get(request.method)
        if rule is None:
            problem = Problem("method_not_allowed", headers={"Allow": ", ".join(sorted(self._rules))})
            response = self.refusal(ANYBODY, "", problem, {})
        else:
            with asked(request.headers):
                response = await self._respond(request, *rule)
        await response(scope, receive, send)

    async def _respond(self, request: Asked, contract: Contract, function: Function) -> Response:
        caller, fields = ANYBODY, dict[str, str]()
        try:
            grant = self._gate.grant(request, contract)
            caller = grant.party
            allowance = self._gate.allowance(caller, contract)
            fields = allowance.headers()
            if not allowance.granted:
                raise Problem("rate_limited")
            self._gate.entitled(grant, contract)
            call = Call(contract.id, caller, request.path_params, self._world.asker)
            early = self._world.ask(BodyJudgedFirst(caller, contract.id))
            if early:
                await self._gate.read(request, call, contract)
            if function.find:
                call.found = function.find(call)
            await self._world.clock.sleep(self._world.ask(AnswerDelay(caller, contract.id, call.found)))
            failure = self._world.ask(FailsWith(caller, contract.id))
            if failure is not None:
                raise Problem(failure, headers={"Retry-After": "1"})
            if not early:
                await self._gate.read(request, call, contract)
            if contract.idempotent:
                return await self._once(request, call, contract, function, fields)
            return self.answer(caller, contract.id, await function.answer(call), fields)
        except Problem as problem:
            return self.refusal(caller, contract.id, problem, fields)

    async def _once(self, request: Asked, call: Call, contract: Contract, function: Function, fields: Mapping[str, str]) -> Response:
        """The operation at most once for this key; the same answer again for the same request."""
        client, said = call.caller.name, request.headers.get("idempotency-key", "")
        key = self._world.ask(KeyScope(call.caller, contract.id, said, request.path))
        mark = digest(call.body)
        while entry := self._keys.find(client, contract.id, key, self._world.clock.now()):
            done = entry.kept is not None
            what = self._world.ask(IdempotentAnswer(call.caller, contract.id, key, done, entry.digest == mark))
            if what == "conflict":
                raise Problem("idempotency_key_reused", ("=Idempotency-Key", "duplicate"))
            if what == "process":
                return self.answer(call.caller, contract.id, await function.answer(call), fields)
            if what == "replay" and entry.kept is not None:
                return _again(entry.kept, fields, self._world.ask(ReplayMarked(call.caller, contract.id)))
            await entry.wait()
        kept_for = self._world.ask(KeyKept(call.caller, contract.id, REPLAY_SECONDS))
        entry = self._keys.begin(client, contract.id, key, mark, self._world.clock.now() + kept_for)
        try:
            await self._world.clock.sleep(self._world.ask(WorkTime(call.caller, contract.id, call.body)))
            response = self.answer(call.caller, contract.id, await function.answer(call), fields)
        except BaseException as refused:
            if not (isinstance(refused, Problem) and self._world.ask(RefusalKept(call.caller, contract.id))):
                self._keys.forget(client, contract.id, key)
                raise
            response = self.refusal(call.caller, contract.id, refused, fields)
        kept = tuple((name, value) for name, value in response.headers.items() if name not in _FRESH)
        self._keys.finish(entry, Kept(response.status_code, kept, bytes(response.body)))
        return response

    def answer(self, caller: Party, operation: str, answer: Answer, fields: Mapping[str, str]) -> Response:
        """The response of a success."""
        status = self._world.ask(AnswerStatus(caller, operation, answer.status))
        headers = {**fields, **answer.headers}
        raw = b""
        if answer.body is not None:
            body = self._world.ask(AnswerBody(caller, operation, answer.status, answer.body))
            raw = msgspec.json.encode(body)
            headers.setdefault("Content-Type", "application/json")
        return self._response(caller, operation, status, headers, raw, answer.body)

    def refusal(self, caller: Party, operation: str, problem: Problem, fields: Mapping[str, str]) -> Response:
        """The response of a refusal."""
        detail = self._world.ask(ErrorDetail(caller, operation, problem.code, problem.subject))
        document = problems.document(problem.code, problem.errors, detail)
        document = self._world.ask(ErrorBody(caller, operation, document))
        status = self._world.ask(AnswerStatus(caller, operation, problems.KINDS[problem.code].status))
        headers = {**fields, **problem.headers, "Content-Type": "application/problem+json"}
        return self._response(caller, operation, status, headers, msgspec.json.encode(document), document)

    def _response(
        self, caller: Party, operation: str, status: int, headers: Mapping[str, str], raw: bytes, body: Document | None
    ) -> Response:
        raw = self._world.ask(AnswerBytes(caller, operation, status, raw))
        headers = self._world.ask(AnswerHeaders(caller, operation, status, headers, body))
        return Response(raw, status, dict(headers))


_FRESH = frozenset({"content-length", "ratelimit", "ratelimit-policy"})


def _again(kept: Kept, fields: Mapping[str, str], marked: bool) -> Response:
    mark = {"Idempotency-Replayed": "true"} if marked else {}
    return Response(kept.raw, kept.status, {**dict(kept.headers), **fields, **mark})
