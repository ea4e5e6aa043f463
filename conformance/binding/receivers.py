"""Our receivers: where the target sends its webhooks.

In: HTTP requests from the target.  Out: exchanges in the journal, and what each receiver was told to answer: it may be up, down
(answers 503), slow, or say what a scenario wants.  Bodies are read up to a limit, whatever is announced.
"""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from typing import Any

import anyio
import msgspec

from conformance.binding.line import Receive, Send
from conformance.clock import Clock
from conformance.journal import Journal
from conformance.parties import IUT, Party
from conformance.records import BODY_LIMIT, BROKE_OFF, Answer, Body, Ended, Exchange, Failure, Request, Watch
from conformance.redaction import Redaction
from conformance.specification import Specification

UNKNOWN = "unknownWebhook"
DOWN = 503
READ_LIMIT = 4 * 1024 * 1024
PATIENCE = 30.0
"""Seconds that the body of a message may take."""
MOST = 50_000
"""Messages that are written down in one run.  Who sends more is refused, and that nobody listens any more is written down, too."""
STRAYS = 1_000
"""Messages to receivers that are not there, of those that are written down."""
FULL = 429


class Box:
    """One receiver.  `status` is what it answers, `delay` how many seconds of the wire it takes for each of the next `slow` messages;
    `heard` counts what came, `answered` what we are done with, `last` is when the last came (trade time)."""

    def __init__(self, party: Party, name: str) -> None:
        self.party, self.name = party, name
        self.status, self.delay, self.slow = 204, 0.0, 0
        self.since: int | None = None
        self.heard, self.answered, self.last = 0, 0, 0


class Receivers:
    """All receivers of a run, as one ASGI application, each with a path of its own.  `main` holds each party's first."""

    def __init__(self, journal: Journal, clock: Clock, redaction: Redaction, specification: Specification) -> None:
        self.journal, self._clock, self._redaction = journal, clock, redaction
        self._boxes: dict[str, Box] = {}
        self.main: dict[Party, Box] = {}
        self._operations = {one.node["x-type"]: one.id for one in specification.operations.values() if one.webhook}
        self.heard = self._strays = 0
        self.holding = 0
        """How many senders wait for an answer that we keep from them."""
        self.last = 0.0
        self._end = anyio.Event()

    def box(self, party: Party, name: str) -> Box:
        """A new receiver, which listens from now on at `/{name}`."""
        box = Box(party, name)
        self._boxes[name] = box
        self.main.setdefault(party, box)
        self.opens(box)
        return box

    def opens(self, box: Box) -> None:
        """The receiver answers again: a watch begins."""
        box.status = 204
        box.since = self._clock.trade()

    def closes(self, box: Box, status: int = DOWN) -> None:
        """The receiver answers `status` from now on: the watch ends, since silence while we refuse is our own doing."""
        if box.since is not None:
            self.journal.write(Watch(party=box.party, channel="push", since=box.since, until=self._clock.trade()))
        box.since, box.status = None, status

    def note(self) -> None:
        """Writes down what was watched so far; the watches go on."""
        now = self._clock.trade()
        for box in self._boxes.values():
            if box.since is not None:
                self.journal.write(Watch(party=box.party, channel="push", since=box.since, until=now))
                box.since = now

    def close(self) -> None:
        """Ends every watch; whoever is still waiting for an answer gets it."""
        for box in self._boxes.values():
            self.closes(box)
        self._end.set()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await _lifespan(receive, send)
        if scope["type"] != "http":
            return
        sent_wire, sent_trade = self._clock.both()
        raw, size, digest, whole = await _body(receive)
        box = self._boxes.get(scope["path"].strip("/").rsplit("/", 1)[-1])
        if box is None:
            self._strays += 1
        else:
            self.heard, self.last = self.heard + 1, anyio.current_time()
            box.heard, box.last = box.heard + whole, sent_trade
        if (self._strays if box is None else self.heard) > (STRAYS if box is None else MOST) or self.journal.full:
            return await self._refuse(box, send)
        if not whole:
            self._write(scope, box, raw, size, digest, sent_wire, sent_trade, Failure(BROKE_OFF, f"{size} bytes came, and no end"))
            return await _answers(send, 408)
        answer: Answer | Failure = Failure("timeout", "the sender hung up before the answer")
        try:
            if box is not None and box.slow > 0:
                box.slow -= 1
                await self._hold(box.delay)
            status = box.status if box is not None and scope["method"] == "POST" else 404
            answer = Answer(status)
        finally:
            self._write(scope, box, raw, size, digest, sent_wire, sent_trade, answer)
        await _answers(send, status)

    async def _refuse(self, box: Box | None, send: Send) -> None:
        """More messages than anybody writes down: the receiver hears nothing from now on."""
        if box is not None:
            self.closes(box, FULL)
        await _answers(send, FULL)

    async def _hold(self, seconds: float) -> None:
        """Lets the sender wait."""
        self.holding += 1
        try:
            with anyio.move_on_after(seconds):
                await self._end.wait()
        finally:
            self.holding -= 1

    def _write(
        self, scope: MutableMapping[str, Any], box: Box | None, raw: bytes, size: int, digest: str | None, wire: int, trade: int,
        answer: Answer | Failure,
    ) -> None:
        """Records what came, and what we answered in the end; nothing after the end of the run."""
        if self.journal.records and isinstance(self.journal.records[-1], Ended):
            return
        operation = self._operation(raw) if isinstance(answer, Answer) or answer.kind != BROKE_OFF else UNKNOWN
        headers = self._redaction.fields(scope["headers"])
        target = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
        body = Body.of(self._redaction.raw(raw), size=size, digest=digest)
        self.journal.write(Exchange(
            wire=wire, trade=trade, took=self._clock.wire() - wire, sender=IUT,
            answerer=box.party if box else Party("nobody"), operation=operation,
            request=Request(scope["method"], target, headers, body), answer=answer,
        ))
        if box is not None:
            box.answered += 1

    def _operation(self, raw: bytes) -> str:
        try:
            return self._operations.get(msgspec.json.decode(raw, type=_Typed).type, UNKNOWN)
        except (ValueError, RecursionError):
            return UNKNOWN


class _Typed(msgspec.Struct):
    type: str


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _answers(send: Send, status: int) -> None:
    """An answer without a body; where the sender has hung up nobody hears it."""
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


async def _body(receive: Receive) -> tuple[bytes, int, str | None, bool]:
    """The body, its size, its digest where it is longer than what is kept, and whether it is whole, or more than anybody reads."""
    kept, size, digest, whole = b"", 0, hashlib.sha256(), False
    with anyio.move_on_after(PATIENCE):
        while True:
            message = await receive()
            if message["type"] != "http.request":
                break
            chunk: bytes = message.get("body", b"")
            size += len(chunk)
            digest.update(chunk)
            kept += chunk[: max(0, BODY_LIMIT - len(kept))]
            whole = not message.get("more_body") or size > READ_LIMIT
            if whole:
                break
    return kept, size, digest.hexdigest() if size > len(kept) else None, whole
