"""The HTTP binding: an operation of the interface as a request, and its answer, recorded.

In: an operation id, a party, parameters and a body.  Out: a `Reply`; whatever happens on the wire becomes an `Exchange` in the
journal, never an exception.  Tokens, idempotency keys, time-outs, repeats and pace are the binding's, so that actors speak of
the trade only.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

import anyio
import msgspec

from conformance.binding.endurance import Endurance
from conformance.binding.line import Line, failure_kind
from conformance.binding.lock import Lock
from conformance.binding.message import Address, Connections, Incoming, Outgoing
from conformance.binding.pace import Pace
from conformance.clock import Clock
from conformance.errors import SuiteError
from conformance.guise import Guise, Guises
from conformance.journal import Journal
from conformance.parties import IUT, Party
from conformance.records import BODY_LIMIT, JSON, Act, Answer, Body, Case, Exchange, Failure, Request
from conformance.redaction import Redaction
from conformance.specification import Operation, Specification
from conformance.timekeeping import Unreachable
from conformance.untrusted import MISSING, number, parsed

ATTEMPTS = 3
"""How often a request is sent when the connection is lost or the target asks us to come back."""
LONGEST_LIFE = 86_400.0
"""Seconds after which a token is fetched anew, whatever it says about itself."""
UNKNOWN = "none"
"""What stands in a path for an id that the target never gave."""
SMOOTHING = 0.1
"""How much the latest exchange counts in the round trip."""
REFUSED = "refused"
"""The kind of failure where nobody listens at the target's address."""
BLIND, BLIND_TRIES = 1.0, 5
"""Seconds after which a request is repeated that was throttled without a Retry-After, and how often in a row at most."""
VAIN = 4
"""How often a party waits as long as it is told and is told to wait again, until it waits no more for that operation."""
LONGEST = 120
"""Seconds after which a target may ask us to come back; who asks for more is not asked again."""
TOKEN = 4096
"""Characters of a token (`specs/schemas/token.json`)."""
READ_LIMIT = 1024 * 1024
"""Bytes of an answer that are read before the connection is closed."""


Undo: TypeAlias = Callable[[], Awaitable[object]]


class Credentials(msgspec.Struct, frozen=True):
    """What a party shows to get its tokens."""

    client_id: str
    client_secret: str


class Reply:
    """What came back: `status` 0 where nothing did."""

    def __init__(self, exchange: Exchange, raw: bytes) -> None:
        self.exchange = exchange
        self.status = exchange.answer.status if isinstance(exchange.answer, Answer) else 0
        self._raw = raw
        self._json: JSON = MISSING

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def retry_after(self) -> float:
        """Seconds after which the target asks us to come back; 0 where it doesn't."""
        return again(self.exchange.answer) or 0.0

    @property
    def json(self) -> JSON:
        """The body as JSON; an empty object where it is none."""
        if self._json is MISSING:
            value = parsed(self._raw)
            self._json = {} if value is None or value is MISSING else value
        return self._json

    def get(self, name: str) -> JSON:
        """A field of the body, None where there is none."""
        document = self.json
        return document.get(name) if isinstance(document, dict) else None


class Binding:
    """Calls operations of the target as one of our parties."""

    def __init__(
        self, line: Line, specification: Specification, journal: Journal, clock: Clock, redaction: Redaction, *,
        credentials: Mapping[Party, Credentials], pace: Pace, guises: Guises, endurance: Endurance,
    ) -> None:
        self._line, self._specification, self.journal, self._clock, self._redaction = line, specification, journal, clock, redaction
        self.credentials, self._pace, self._guises, self._endurance = credentials, pace, guises, endurance
        self._address = Address(line.target)
        self._connections: dict[tuple[Party, Guise], Connections] = {}
        self._tokens: dict[tuple[Party, Guise], tuple[str, int]] = {}
        self._locks: dict[tuple[Party, Guise], anyio.Lock] = {}
        self._turns: Counter[Party] = Counter()
        self._keys = 0
        self._vain: Counter[tuple[Party, str]] = Counter()
        """How often in a row each party waited in vain for an operation."""
        self._throttled: dict[Party, int] = {}
        """How often in a row each party was throttled without being told for how long."""
        self.round_trip = 0.0
        """Real seconds that an exchange took lately, smoothed."""

    async def close(self) -> None:
        for connections in self._connections.values():
            await connections.close()

    async def call(
        self, operation_id: str, *, as_: Party, act: Act | None = None, path: Mapping[str, str] | None = None,
        query: Mapping[str, str | int] | None = None, body: JSON = None, raw: bytes | None = None,
        headers: Mapping[str, str] | None = None, token: str | None = None, case: Case | None = None, attempts: int = ATTEMPTS,
        undo: Undo | None = None, guise: Guise | None = None,
    ) -> Reply:
        """One operation.  `raw` are bytes instead of a body; `token` one instead of the party's own ("" for none); `undo` takes back what
        a request may have brought about whose answer got lost, before it is sent again; `guise` is one instead of that whose turn it is.

        Raises `Unreachable` where the party has waited in vain for too long.
        """
        operation = self._specification.operations.get(operation_id)
        if operation is None:
            raise SuiteError("unknown_operation", operation=operation_id)
        guise = guise or self._next(as_)
        request = await self._request(operation, as_, path or {}, query or {}, body, raw, dict(headers or {}), token, guise)
        for attempt in range(1, attempts + 1):
            reply, wait = await self._exchange(operation.id, as_, guise, request, act, case)
            wait = self._blindly(as_, reply) if wait is None else wait
            vain = self._in_vain(as_, operation.id, attempt, wait)
            if attempt == attempts or wait is None or vain:
                break
            if undo is not None and not reply.status:
                await undo()
            await self._waits(as_, wait)
        if reply.status == 401 and token is None:
            self._tokens.pop((as_, guise), None)
        return reply

    async def send(
        self, method: str, target: str, *, as_: Party, act: Act | None = None, raw: bytes | None = None,
        headers: Mapping[str, str] | None = None, operation: str = "", case: Case | None = None,
    ) -> Reply:
        """A request that need not belong to an operation (`operation` names the one it looks like), sent once, as it stands."""
        guise, given = self._next(as_), dict(headers or {})
        token = await self.token_of(as_, guise)
        if token:
            given.setdefault("authorization", f"Bearer {token}")
        request = self._built(method, target, raw, given, as_, guise)
        reply, _ = await self._exchange(operation, as_, guise, request, act, case)
        return reply

    async def lock(self, operation_id: str) -> Lock:
        """How the line to the target is protected; the operation is harmless to ask for."""
        return await self._line.lock(self._specification.operations[operation_id].path)

    def keep(self, secret: str, name: str) -> None:
        """From now on `secret` (a token that we changed, say) is written as `«name»`."""
        self._redaction.keep(secret, name)

    async def token_of(self, party: Party, guise: Guise | None = None) -> str:
        """The party's token for that guise (or for its next request), fetched when it has none that is still good (trade clock); "" for
        who has no credentials."""
        if party not in self.credentials:
            return ""
        held = party, guise or self._guises.of(party, self._turns[party])
        token, until = self._tokens.get(held, ("", 0))
        if token and self._clock.trade() < until:
            return token
        async with self._locks.setdefault(held, anyio.Lock()):
            token, until = self._tokens.get(held, ("", 0))
            if token and self._clock.trade() < until:
                return token
            await self.lets_in(*held)
            return self._tokens[held][0]

    async def lets_in(self, party: Party, guise: Guise | None = None) -> Reply:
        """Fetches the party's token and keeps it for as long as it says that it is good (trade clock)."""
        guise = guise or self._guises.of(party, self._turns[party])
        reply = await self.take_token(party, guise=guise)
        life = min(number(reply.get("expires_in")) or 60.0, LONGEST_LIFE)
        self._tokens[party, guise] = (usable(reply.get("access_token")), self._clock.trade() + int(life * 0.9e6))
        return reply

    async def take_token(
        self, party: Party, *, act: Act | None = None, secret: str | None = None, guise: Guise | None = None, **form: str
    ) -> Reply:
        """Asks for a token, without keeping it."""
        known = self.credentials[party]
        fields = {"grant_type": "client_credentials", "client_id": known.client_id, "client_secret": secret or known.client_secret, **form}
        body = "&".join(f"{name}={quote(value, safe='')}" for name, value in fields.items())
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return await self.call("issueToken", as_=party, act=act, raw=body.encode(), headers=kind, token="", guise=guise)

    async def _request(
        self, operation: Operation, as_: Party, path: Mapping[str, str], query: Mapping[str, str | int], body: JSON, raw: bytes | None,
        headers: dict[str, str], token: str | None, guise: Guise,
    ) -> Outgoing:
        target = operation.path
        for name, value in path.items():
            target = target.replace("{" + name + "}", quote(str(value) or UNKNOWN, safe="", errors="surrogatepass"))
        if operation.secured and token is None:
            token = await self.token_of(as_, guise)
        if token:
            headers.setdefault("authorization", f"Bearer {token}")
        if raw is None and body is not None:
            raw = written(body)
            headers.setdefault("content-type", "application/json")
        if operation.method == "POST" and "idempotency-key" in operation.named:
            self._keys += 1
            headers.setdefault("idempotency-key", self._guises.key(guise, self._keys))
        kept = {name: value for name, value in headers.items() if value is not None}
        whole = f"{target}?{urlencode(query, errors='surrogatepass')}" if query else target
        return self._built(operation.method, whole, raw, kept, as_, guise)

    def _built(
        self, method: str, target: str, raw: bytes | None, headers: Mapping[str, str], as_: Party, guise: Guise
    ) -> Outgoing:
        """The request, whole.  A client would add cookies, redirects and guesses of its own."""
        length = {"Content-Length": str(len(raw or b""))} if raw or method in ("POST", "PUT", "PATCH") else {}
        whole = {"Host": self._address.host, **length, **self._guises.fields(as_, guise, len(self.journal.records)), **headers}
        fields = ((spelt(name) if guise == "plain" else name, value) for name, value in whole.items())
        return Outgoing(method, self._address.written(target), tuple(fields), raw or b"")

    def _next(self, party: Party) -> Guise:
        """The guise whose turn it is."""
        self._turns[party] += 1
        return self._guises.of(party, self._turns[party] - 1)

    def _of(self, party: Party, guise: Guise) -> Connections:
        """The party's own connections: none is shared by both guises."""
        if (party, guise) not in self._connections:
            self._connections[party, guise] = self._line.connections()
        return self._connections[party, guise]

    async def _exchange(
        self, operation: str, as_: Party, guise: Guise, request: Outgoing, act: Act | None, case: Case | None
    ) -> tuple[Reply, float | None]:
        """Sends the request once and records it.  Gives the seconds after which it may be sent again, if it may."""
        self._endurance.check(as_)
        if self.journal.full:
            raise Unreachable("journal_full", why="full")
        await self._pace.turn()
        wire, trade = self._clock.both()
        raw = b""
        answer: Answer | Failure
        try:
            with anyio.CancelScope(deadline=anyio.current_time() + self._endurance.patience) as scope:
                response = await self._of(as_, guise).send(request)
                try:
                    raw, size, digest = await read(response)
                finally:
                    await response.close()
            if scope.cancelled_caught:
                raise TimeoutError
            self._learn(operation, as_, raw)
            kept = Body.of(self._redaction.raw(raw[:BODY_LIMIT]), size=size, digest=digest)
            answer = Answer(response.status, self._redaction.fields(response.headers), kept)
            took = self._clock.wire() - wire
            self.round_trip += SMOOTHING * (took / 1e6 - self.round_trip)
        except Exception as error:  # whatever the wire or a hostile target does is an observation
            answer, took = Failure(*failure_kind(error)), self._clock.wire() - wire
        failed = "" if isinstance(answer, Answer) else answer.kind
        good = took < self._endurance.patience * 5e5 and failed not in ("timeout", REFUSED)
        self._endurance.note(as_, wire / 1e6, (wire + took) / 1e6, good=good, refused=failed == REFUSED)
        exchange = self.journal.write(Exchange(
            wire=wire, trade=trade, took=took, sender=as_, answerer=IUT, operation=operation, case=case,
            act=act.n if act is not None else None, scenario=act.scenario if act is not None else "",
            request=Request(
                request.method, self._redaction.text(request.target),
                tuple([(name, self._redaction.text(value)) for name, value in request.headers]),
                Body.of(self._redaction.raw(request.content)),
            ), answer=answer,
        ))
        return Reply(exchange, raw), again(answer)

    def _blindly(self, party: Party, reply: Reply) -> float | None:
        """Seconds after which a party that was throttled tries again though the target doesn't say when: a few times, not for ever."""
        answer = reply.exchange.answer
        if reply.status != 429 or not isinstance(answer, Answer) or answer.header("retry-after") is not None:
            self._throttled.pop(party, None)
            return None
        self._throttled[party] = self._throttled.get(party, 0) + 1
        return BLIND if self._throttled[party] <= BLIND_TRIES else None

    def _in_vain(self, party: Party, operation: str, attempt: int, wait: float | None) -> bool:
        """Whether the party waits no more for the operation: it did so often enough, and was told to wait again every time."""
        if not wait:
            del self._vain[party, operation]
            return False
        self._vain[party, operation] += attempt > 1
        return self._vain[party, operation] >= VAIN

    async def _waits(self, party: Party, seconds: float) -> None:
        """Waits before another try.  Much of that is lost time."""
        began = anyio.current_time()
        await anyio.sleep(seconds)
        if seconds > self._endurance.patience:
            self._endurance.note(party, began, anyio.current_time(), good=False)

    def _learn(self, operation: str, party: Party, raw: bytes) -> None:
        """A token becomes a name before its answer is written."""
        if operation == "issueToken":
            document = parsed(raw)
            token = document.get("access_token") if isinstance(document, dict) else None
            if isinstance(token, str):
                self._redaction.keep(token[:TOKEN], f"token:{party}:{len(self.journal.records)}")


def again(answer: Answer | Failure) -> float | None:
    """After how many seconds a request may be repeated: a lost connection at once, a 429 or 503 when its Retry-After says."""
    if isinstance(answer, Failure):
        return 0.0 if answer.kind == "lost" else None
    after = (answer.header("retry-after") or "").strip()
    if answer.status in (429, 503) and after.isascii() and after.isdigit() and len(after) < 10 and int(after) <= LONGEST:
        return float(after)
    return None


def spelt(name: str) -> str:
    """The name of a header field as most clients write it."""
    return "-".join(part.capitalize() for part in name.split("-"))


def usable(token: JSON) -> str:
    """The token where it can stand in a header field (RFC 6750, 2.1) and is no longer than the interface allows, else ""."""
    return token if isinstance(token, str) and len(token) <= TOKEN and token.isascii() and token.isprintable() else ""


def written(body: JSON) -> bytes:
    """A body as JSON.  Half a character, which the target may have given us, is handed on as the escape that it was."""
    try:
        return msgspec.json.encode(body)
    except (UnicodeEncodeError, OverflowError):
        return json.dumps(body).encode()


async def read(response: Incoming) -> tuple[bytes, int, str | None]:
    """The decoded body up to a limit, its size, and a digest where it is longer than what is kept."""
    coding = next((value for name, value in response.headers if name.lower() == b"content-encoding"), b"")
    packed = coding.strip().lower() in (b"gzip", b"deflate", b"x-gzip")
    decoder: Any = zlib.decompressobj(wbits=47) if packed else None
    parts, size = [], 0
    async for chunk in response.parts:
        plain = decoder.decompress(chunk, READ_LIMIT) if decoder is not None else chunk
        size += len(plain)
        parts.append(plain)
        if size > READ_LIMIT:
            break
    raw = b"".join(parts)
    return raw, size, hashlib.sha256(raw).hexdigest() if size > BODY_LIMIT else None
