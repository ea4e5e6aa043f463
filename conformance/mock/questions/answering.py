"""Questions about answers: how soon, with what status, headers, body and bytes, to whom, and what is refused.

In: who asks for which operation, and the honest material.  Out: honest answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from conformance.mock.parties import Party
from conformance.mock.questions.question import Document, Question


class AnswerDelay(Question[float], frozen=True):
    """Seconds of trade time until the answer; honestly none.  `found` is the object of the path, where there is one."""

    caller: Party
    operation: str
    found: object = None

    def honest(self) -> float:
        return 0.0


class AnswerStatus(Question[int], frozen=True):
    """The status code of an answer whose body is already made."""

    caller: Party
    operation: str
    status: int

    def honest(self) -> int:
        return self.status


class AnswerHeaders(Question[Mapping[str, str]], frozen=True):
    """All headers of an answer but Content-Length; `body` is the document that it carries."""

    caller: Party
    operation: str
    status: int
    headers: Mapping[str, str]
    body: Document | None = None

    def honest(self) -> Mapping[str, str]:
        return self.headers


class AnswerBody(Question[Document], frozen=True):
    """The JSON object of a successful answer.  A fault makes a new one; it never changes what it was given."""

    caller: Party
    operation: str
    status: int
    body: Document

    def honest(self) -> Document:
        return self.body


class AnswerBytes(Question[bytes], frozen=True):
    """The bytes of the answer's body."""

    caller: Party
    operation: str
    status: int
    raw: bytes

    def honest(self) -> bytes:
        return self.raw


class ErrorBody(Question[Document], frozen=True):
    """The problem document of a refusal."""

    caller: Party
    operation: str
    problem: Document

    def honest(self) -> Document:
        return self.problem


class Refuses(Question[bool], frozen=True):
    """Whether a request that deserves this problem `code` is refused.  A fault that says no lets it through.

    `places` are pointers and codes of what is wrong, as the problem names them; `body` is there once it has been held against its schema.
    """

    caller: Party
    operation: str
    code: str
    places: tuple[tuple[str, str], ...] = ()
    body: object = None

    def honest(self) -> bool:
        return True


class FailsWith(Question[str | None], frozen=True):
    """The problem code with which a request of an entitled caller fails for no reason of its own; honestly none."""

    caller: Party
    operation: str

    def honest(self) -> str | None:
        return None


class ErrorDetail(Question[str | None], frozen=True):
    """The explanation in a problem; `subject` is the record that the caller was not shown, where there is one."""

    caller: Party
    operation: str
    code: str
    subject: Document | None

    def honest(self) -> str | None:
        return None


class TokenKey(Question[str], frozen=True):
    """What of a token is compared; honestly all of it."""

    token: str

    def honest(self) -> str:
        return self.token


class ValidatesBody(Question[bool], frozen=True):
    """Whether the body is held against the specification's schema."""

    caller: Party
    operation: str

    def honest(self) -> bool:
        return True


class CredentialsAccepted(Question[bool], frozen=True):
    """Whether these client credentials are good; `known` whether the client exists, `right` whether the secret is its
    own.
    """

    client_id: str
    known: bool
    right: bool

    def honest(self) -> bool:
        return self.known and self.right


class TokenLifetime(Question[float], frozen=True):
    """Seconds that a new token holds; `declared` stands in the discovery document."""

    caller: Party
    declared: int

    def honest(self) -> float:
        return float(self.declared)


class EarlierTokensHold(Question[bool], frozen=True):
    """Whether tokens that a client was given before hold on when it is given another one."""

    caller: Party

    def honest(self) -> bool:
        return True


class ScopeNeeded(Question[bool], frozen=True):
    """Whether the scope that the operation names is asked of this caller."""

    caller: Party
    operation: str
    scope: str

    def honest(self) -> bool:
        return True


class RateLimit(Question[int], frozen=True):
    """Requests a minute for this caller; `declared` stands in the discovery document."""

    caller: Party
    operation: str
    declared: int

    def honest(self) -> int:
        return self.declared


class IdempotentAnswer(Question[Literal["replay", "wait", "conflict", "process"]], frozen=True):
    """What becomes of a request whose Idempotency-Key was seen before.

    `finished`: the first has been answered; `same`: both bodies are equal.  `wait` holds the second until the first
    is answered.
    """

    caller: Party
    operation: str
    key: str
    finished: bool
    same: bool

    def honest(self) -> Literal["replay", "wait", "conflict", "process"]:
        if not self.same:
            return "conflict"
        return "replay" if self.finished else "wait"


class KeyKept(Question[float], frozen=True):
    """For how many seconds of trade time a key is known."""

    caller: Party
    operation: str
    seconds: float

    def honest(self) -> float:
        return self.seconds


class KeyScope(Question[str], frozen=True):
    """What an Idempotency-Key of a client is known by, beside the operation; honestly with the path."""

    caller: Party
    operation: str
    key: str
    path: str

    def honest(self) -> str:
        return f"{self.key} {self.path}"


class RefusalKept(Question[bool], frozen=True):
    """Whether a refusal is remembered under its Idempotency-Key, as a success is."""

    caller: Party
    operation: str

    def honest(self) -> bool:
        return False


class BodyJudgedFirst(Question[bool], frozen=True):
    """Whether the body is judged before the object of the path was found."""

    caller: Party
    operation: str

    def honest(self) -> bool:
        return False


class ReplayMarked(Question[bool], frozen=True):
    """Whether a repeated answer says that it is one."""

    caller: Party
    operation: str

    def honest(self) -> bool:
        return True


class WorkTime(Question[float], frozen=True):
    """Seconds of trade time between taking an Idempotency-Key and having done the work; honestly none.  `body` is what was asked."""

    caller: Party
    operation: str
    body: object

    def honest(self) -> float:
        return 0.0


class PageSize(Question[int], frozen=True):
    """Items on this page; `asked` is the caller's limit, if any, `most` the declared maximum, `later` says that it isn't the first."""

    caller: Party
    operation: str
    asked: int | None
    usual: int
    most: int
    later: bool

    def honest(self) -> int:
        return min(self.asked or self.usual, self.most)


class CursorNext(Question[int], frozen=True):
    """The position in the feed at which the next page starts."""

    caller: Party
    operation: str
    started: int
    position: int

    def honest(self) -> int:
        return self.position


class CursorText(Question[str], frozen=True):
    """How a position is written as a cursor; `text` is opaque and holds nothing but the position."""

    caller: Party
    operation: str
    text: str

    def honest(self) -> str:
        return self.text


class CursorRead(Question[str], frozen=True):
    """A cursor as it is understood; `text` is what the caller sent."""

    caller: Party
    operation: str
    text: str

    def honest(self) -> str:
        return self.text


class AbsentLooksLike(Question[str], frozen=True):
    """The problem code for a thing that does not exist (`exists` false) or belongs to somebody else (true); `path` names it."""

    caller: Party
    operation: str
    exists: bool
    path: Mapping[str, str]

    def honest(self) -> str:
        return "not_found"
