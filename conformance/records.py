"""What the suite writes down: acts, exchanges, watches, and the frame around them.

In: nothing but values.  Out: frozen records, trusted, in the order in which they happened.  What the implementation under
test said is inside an `Exchange`, as bytes, and is believed by nobody here.  No word of the trade: a field adds its acts by
subclassing `Act`.
"""

from __future__ import annotations

import base64
from functools import cached_property
from typing import Any, Literal, TypeAlias

import msgspec

from conformance.parties import Member, Party, Subject

JSON: TypeAlias = Any
"""A JSON value.  Its shape is known from the specification only."""

Instant: TypeAlias = int
"""Microseconds.  Wire time counts from the start of the run (monotonic), trade time from 1970 (the business clock)."""

BODY_LIMIT = 256 * 1024
"""Bytes of one body that are kept; of what is longer, the beginning and a digest are."""


class Body(msgspec.Struct, frozen=True, omit_defaults=True, dict=True):
    """The bytes of one message: as text where they are UTF-8, else in base64.

    `size` is the length on the wire in bytes; `digest` (SHA-256, hex) is given where `size` is beyond what is kept.
    """

    text: str | None = None
    base64: str | None = None
    size: int = 0
    digest: str | None = None

    @classmethod
    def of(cls, raw: bytes, *, size: int | None = None, digest: str | None = None) -> Body:
        try:
            return cls(text=raw.decode("utf-8"), size=len(raw) if size is None else size, digest=digest)
        except UnicodeDecodeError:
            return cls(base64=base64.b64encode(raw).decode(), size=len(raw) if size is None else size, digest=digest)

    @cached_property
    def raw(self) -> bytes:
        """The bytes that were kept."""
        return base64.b64decode(self.base64) if self.base64 is not None else (self.text or "").encode()


Headers: TypeAlias = tuple[tuple[str, str], ...]


class Request(msgspec.Struct, frozen=True, omit_defaults=True):
    method: str
    target: str
    headers: Headers = ()
    body: Body = Body()


class Answer(msgspec.Struct, frozen=True, omit_defaults=True, tag="answer"):
    status: int
    headers: Headers = ()
    body: Body = Body()

    def header(self, name: str) -> str | None:
        """The value of the first header of that name (case does not matter), or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


BROKE_OFF = "broke_off"
"""The kind of failure of a message whose sender hung up, or was silent for too long, before it was whole."""


class Failure(msgspec.Struct, frozen=True, omit_defaults=True, tag="failure"):
    """No answer: `kind` is one of refused, lost, timeout, tls, unreadable, too_large, redirect, broke_off."""

    kind: str
    detail: str = ""


class Block(msgspec.Struct, frozen=True, omit_defaults=True):
    """Acts with the same `measure` and `index` are to be compared; `stratum` says what they have in common beside.

    `party` is whose treatment the act shows; without it, whom the act was done to, or else who did it.
    """

    measure: str
    index: int
    stratum: tuple[str, ...] = ()
    party: Party | None = None


class Case(msgspec.Struct, frozen=True, omit_defaults=True):
    """One generated case: what was varied, and the features by which failing cases may resemble each other."""

    name: str
    features: tuple[str, ...] = ()
    twin: str = ""


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="record", tag=True):
    """`n` is the place in the journal; `scenario` is for display only, no query takes it."""

    n: int = 0
    wire: Instant = 0
    trade: Instant = 0
    scenario: str = ""


class Started(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The frozen plan, its cast and what the target declared, before the first exchange."""

    plan: dict[str, JSON]
    cast: tuple[Member, ...] = ()
    discovery: JSON = None
    run: dict[str, JSON] = {}


class Act(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What we did, in the words of the field.  `features` tell cases apart; `block` groups acts that are compared."""

    by: Party
    about: tuple[Subject, ...] = ()
    to: Party | None = None
    intent: Literal["ordinary", "malformed", "hostile"] = "ordinary"
    data: JSON = None
    features: tuple[str, ...] = ()
    block: Block | None = None


class Exchange(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One request and what came back.  `wire` is when it was sent (or arrived, at a receiver), `took` how long, in µs."""

    sender: Party
    answerer: Party
    operation: str
    request: Request
    answer: Answer | Failure
    act: int | None = None
    case: Case | None = None
    took: int = 0

    @property
    def broke_off(self) -> bool:
        """Whether a message to a receiver of ours was not whole when its sender hung up: then it has not been said."""
        return isinstance(self.answer, Failure) and self.answer.kind == BROKE_OFF


class Watch(Record, frozen=True, kw_only=True, omit_defaults=True):
    """From `since` until `until` (trade time) the party listened on the channel: to what comes there of these kinds, or of any."""

    party: Party
    channel: str
    since: Instant
    until: Instant
    kinds: tuple[str, ...] = ()


class ClockMoved(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The business clock of the implementation under test was moved by `by` microseconds; the request for it was sent at `began`
    (wire time)."""

    by: Instant
    began: Instant = 0


STALL = 10_000
"""Microseconds of lateness from which on a stretch in which the suite did nothing is written down."""


class Load(Record, frozen=True, kw_only=True, omit_defaults=True):
    """How the suite itself fared between `since` and `wire` (wire time): it woke late by `median` µs, `worst` at most, and stood still
    in the `stalls` (from, until).  `trip`: µs that an exchange took lately.  `offset`: how many µs the target's clock was ahead of ours
    when the run began, by its sandbox clock or else by its Date; written once, where it is known.
    """

    since: Instant
    median: Instant
    worst: Instant
    stalls: tuple[tuple[Instant, Instant], ...] = ()
    trip: Instant = 0
    offset: Instant | None = None


BROKEN = "suite"
"""Why a scenario did not get to its end: the suite itself broke."""


class Unreached(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A scenario could not get to where it wanted; `why` is a reason code, `detail` for people."""

    why: str
    detail: str = ""


class Unmapped(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What the binding's API cannot carry."""

    operation: str
    pointer: str


class Attested(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A statement by a person about what no black-box test can see.  `at` says when it was made (RFC 3339); `evidence` names
    documents with their digests."""

    requirement: str
    by: str
    at: str
    statement: str
    evidence: tuple[str, ...] = ()


class RoundEnded(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Every scenario of the plan's round `number` (from 1) was played to its end, or to what it could not reach."""

    number: int


class Resumed(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The run went on in another process.  The record before it is the last of the former one, of which `rounds` were complete; the
    others are played again, with `nonce` in all names.  Nobody watched for `gap` µs of wire time.  `cut`: a last line that was not
    whole was dropped."""

    rounds: int
    gap: Instant
    nonce: str
    cut: bool = False


class Ended(Record, frozen=True, kw_only=True, omit_defaults=True):
    """`reason`: complete, interrupted, unreachable."""

    reason: str
    software_version: str | None = None


def kinds() -> tuple[type[Record], ...]:
    """Every concrete record type that is loaded, the field's acts included."""

    def below(of: type[Record]) -> list[type[Record]]:
        return [of, *(deeper for kind in of.__subclasses__() for deeper in below(kind))]

    return tuple(kind for kind in below(Record) if kind not in (Record, Act))
