"""What every request passes before its operation is reached, in the order in which it is refused (rule 2.2).

In: a raw request and its contract.  Out: a `Call`, read step by step, or `Problem`.  Order: capability 501, credentials 401, rate 429,
scope 403, the path's object 404, media type 415, size 413, legibility 400, rules 422.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from conformance.mock import strict_json, text_rules
from conformance.mock.asked import Asked
from conformance.mock.calls import Call, Problem
from conformance.mock.contract import Breach, Contract
from conformance.mock.parties import ANYBODY, Party
from conformance.mock.questions import CapabilityServed, RateLimit, Refuses, ScopeNeeded, ValidatesBody
from conformance.mock.rates import Allowance, Rates
from conformance.mock.tokens import Grant, Tokens
from conformance.mock.world import World

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="hulian"'}
_INVALID_TOKEN = {"WWW-Authenticate": 'Bearer realm="hulian", error="invalid_token"'}
ESCAPES = b"\\"
"""Without it no JSON text holds a control character or half a surrogate pair (RFC 8259, 7)."""
PLAIN = "identity"
CODED: Breach = ("=Content-Encoding", "not_in_list")
_PUBLIC = Grant(ANYBODY, frozenset(), float("inf"))


class Gate:
    """Lets requests in."""

    def __init__(self, world: World, tokens: Tokens, capabilities: frozenset[str]) -> None:
        self._world, self._tokens, self._capabilities = world, tokens, capabilities
        self._rates = Rates()

    def grant(self, request: Asked, contract: Contract) -> Grant:
        """Who calls, with which scopes.  Raises Problem where that cannot be told, or the operation is not served."""
        if contract.capability:
            self.capable(contract.capability)
        if not contract.scopes:
            return _PUBLIC
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        grant = self._tokens.holder(token.strip()) if kind.lower() == "bearer" else None
        if grant is None:
            self._refuse(ANYBODY, contract.id, "unauthenticated", headers=_INVALID_TOKEN if token else _CHALLENGE)
            return Grant(ANYBODY, contract.scopes, float("inf"))
        if grant.expires_at <= self._world.clock.now():
            self._refuse(grant.party, contract.id, "unauthenticated", headers=_INVALID_TOKEN)
        return grant

    def capable(self, capability: str) -> None:
        """Raises Problem where the capability is not declared."""
        if not self._world.ask(CapabilityServed(capability, capability in self._capabilities)):
            raise Problem("not_supported")

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

    async def read(self, request: Asked, call: Call, contract: Contract) -> None:
        """Read query and body into the call, and hold them against their schemas.  Raises Problem."""
        raw = await self._body(request, call, contract)
        self._check_key(request, call, contract)
        call.query, breaches = contract.parameters("query", dict(request.query))
        counted = Counter(name for name, _ in request.query) if len(request.query) > 1 else {}
        breaches += [("?" + name, "duplicate") for name in call.query if counted.get(name, 0) > 1]
        wrong_path = contract.parameters("path", request.path_params)[1]
        if wrong_path and "422" not in contract.documented:
            raise call.absent()
        breaches += wrong_path
        if contract.body is not None:
            call.body = self._parsed(call, raw)
        if self._world.ask(ValidatesBody(call.caller, contract.id)):
            strange = list(text_rules.characters(call.body)) if ESCAPES in raw else []
            breaches += strange or contract.breaches(call.body)
        if breaches:
            self._refuse(call.caller, contract.id, "invalid", *breaches)

    async def _body(self, request: Asked, call: Call, contract: Contract) -> bytes:
        if not contract.media:
            return b""
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media not in contract.media:
            self._refuse(call.caller, contract.id, "unsupported_media_type")
        if request.headers.get("content-encoding", PLAIN).strip().lower() != PLAIN:
            self._refuse(call.caller, contract.id, "unsupported_media_type", CODED)
        return await request.body()

    def _check_key(self, request: Asked, call: Call, contract: Contract) -> None:
        if contract.parameters("header", request.headers)[1]:
            self._refuse(call.caller, contract.id, "idempotency_key_missing", ("=Idempotency-Key", "required"))

    def _parsed(self, call: Call, raw: bytes) -> Any:
        try:
            return strict_json.parse(raw)
        except strict_json.Unreadable:
            self._refuse(call.caller, call.operation, "unreadable")
        return strict_json.parse_loosely(raw)

    def _refuse(self, caller: Party, operation: str, code: str, *errors: Breach, headers: dict[str, str] | None = None) -> None:
        if self._world.ask(Refuses(caller, operation, code, errors)):
            raise Problem(code, *errors, headers=headers)
