"""What every request passes before its operation is reached, in the order in which it is refused.

In: a raw request and its contract.  Out: a `Call`, or `Problem`.  Order: capability, credentials, rate, scope, size, media type,
parameters, body.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from starlette.requests import Request

from conformance.mock import strict_json
from conformance.mock.calls import Call, Problem
from conformance.mock.contract import Breach, Contract
from conformance.mock.parties import ANYBODY, Party
from conformance.mock.questions import CapabilityServed, RateLimit, Refuses, ScopeNeeded, ValidatesBody
from conformance.mock.rates import Allowance, Rates
from conformance.mock.tokens import Grant, Tokens
from conformance.mock.world import World

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="hulian"'}
_INVALID_TOKEN = {"WWW-Authenticate": 'Bearer realm="hulian", error="invalid_token"'}


class Gate:
    """Lets requests in."""

    def __init__(self, world: World, tokens: Tokens, capabilities: frozenset[str]) -> None:
        self._world, self._tokens, self._capabilities = world, tokens, capabilities
        self._rates = Rates()

    def grant(self, request: Request, contract: Contract) -> Grant:
        """Who calls, with which scopes.  Raises Problem where that cannot be told, or the operation is not served."""
        capability = contract.capability
        if capability and not self._world.ask(CapabilityServed(capability, capability in self._capabilities)):
            raise Problem("not_supported")
        if not contract.scopes:
            return _PUBLIC
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        grant = self._tokens.holder(token.strip()) if kind.lower() == "bearer" else None
        if grant is None:
            raise Problem("unauthenticated", headers=_INVALID_TOKEN if token else _CHALLENGE)
        if grant.expires_at <= self._world.clock.now():
            self._refuse(grant.party, contract, "unauthenticated", ("=Authorization", "in_past"), headers=_INVALID_TOKEN)
        return grant

    def allowance(self, caller: Party, contract: Contract) -> Allowance:
        """Count the request; the allowance says what is left even where it is refused."""
        limit = self._world.ask(RateLimit(caller, contract.id, self._world.limits.rate_per_minute))
        return self._rates.take(caller.name, limit, self._world.clock.now())

    def entitled(self, grant: Grant, contract: Contract) -> None:
        """Raises Problem where the token lacks the scope, or the operation is not for this role."""
        if not contract.scopes:
            return
        scope = next(iter(contract.scopes))
        lacking = grant.scopes.isdisjoint(contract.scopes) or grant.party.kind not in contract.roles
        if lacking and self._world.ask(ScopeNeeded(grant.party, contract.id, scope)):
            raise Problem("insufficient_scope")

    async def body(self, request: Request, caller: Party, contract: Contract) -> bytes:
        """The bytes of the body.  Raises Problem for too many of them, and for a media type that is not spoken here."""
        if not contract.media:
            return b""
        raw = await bounded(request)
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if (raw or contract.needs_body) and media not in contract.media:
            self._refuse(caller, contract, "unsupported_media_type", ("=Content-Type", "not_in_list"))
        return raw

    def call(self, request: Request, caller: Party, contract: Contract, raw: bytes) -> Call:
        """The request, read and held against its schemas.  Raises Problem."""
        self._check_key(request, caller, contract)
        query = dict(request.query_params)
        typed, breaches = contract.parameters("query", query)
        breaches += contract.parameters("header", request.headers)[1]
        wrong_path = contract.parameters("path", request.path_params)[1]
        if wrong_path and not contract.media:
            raise Problem("not_found")
        counted = Counter(name for name, _ in request.query_params.multi_items())
        breaches += [("?" + name, "duplicate") for name in typed if counted[name] > 1]
        body = self._read(caller, contract, raw)
        if self._world.ask(ValidatesBody(caller, contract.id)):
            breaches += wrong_path + contract.breaches(body)
        if breaches:
            self._refuse(caller, contract, "invalid", *breaches)
        return Call(contract.id, caller, request.path_params, typed, body, self._world.asker)

    def _check_key(self, request: Request, caller: Party, contract: Contract) -> None:
        if contract.idempotent and "idempotency-key" not in request.headers:
            self._refuse(caller, contract, "idempotency_key_missing", ("=Idempotency-Key", "required"))

    def _read(self, caller: Party, contract: Contract, raw: bytes) -> Any:
        if contract.body is None:
            return None
        try:
            return strict_json.parse(raw)
        except strict_json.Unreadable as error:
            self._refuse(caller, contract, "unreadable", ("", error.code))
        return strict_json.parse_loosely(raw)

    def _refuse(self, caller: Party, contract: Contract, code: str, *errors: Breach, headers: dict[str, str] | None = None) -> None:
        if self._world.ask(Refuses(caller, contract.id, code, errors[0][0] if errors else "")):
            raise Problem(code, *(errors if code == "invalid" else ()), headers=headers)


_PUBLIC = Grant(ANYBODY, frozenset(), float("inf"))


async def bounded(request: Request) -> bytes:
    """The body, as long as it stays below the limit.  Raises Problem."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > strict_json.MAX_BYTES:
        raise Problem("too_large")
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > strict_json.MAX_BYTES:
            raise Problem("too_large")
        parts.append(part)
    return b"".join(parts)
