"""A request that passes the gate, and the answer that an operation gives.

In: what the gate read.  Out: typed fields; `Problem` for refusals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.mock.asking import Asker
from conformance.mock.parties import Party
from conformance.mock.questions import AbsentLooksLike, Refuses, VisibleTo
from conformance.mock.questions.question import Document


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, JSON body (None for an empty one), headers beside those of every answer."""

    status: int
    body: Document | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Problem(Exception):
    """A refusal: a code of the closed list, with the places at fault."""

    def __init__(
        self,
        code: str,
        *errors: tuple[str, str],
        headers: Mapping[str, str] | None = None,
        subject: Document | None = None,
    ) -> None:
        super().__init__(code)
        self.subject = subject
        self.code = code
        self.errors = errors
        self.headers = headers or {}


@dataclass(slots=True)
class Call:
    """One request; `found` is the object of its path, `query` and `body` are read after that object was found."""

    operation: str
    caller: Party
    path: Mapping[str, str]
    asker: Asker
    found: Any = None
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None

    def refuse(self, code: str, *errors: tuple[str, str], headers: Mapping[str, str] | None = None) -> None:
        """Raise the problem `code`; a fault may let the request through, then this returns."""
        if self.asker.ask(Refuses(self.caller, self.operation, code, errors, self.body)):
            raise Problem(code, *errors, headers=headers)

    def may_see(self, record: str, subject: str, *owners: str) -> bool:
        """Whether the caller may read a record that these parties are entitled to."""
        return self.asker.ask(VisibleTo(record, subject, owners, self.caller, self.operation))

    def absent(self, subject: Document | None = None) -> Problem:
        """The refusal for what does not exist, and for somebody else's `subject`: the same."""
        code = self.asker.ask(AbsentLooksLike(self.caller, self.operation, subject is not None, self.path))
        return Problem(code, subject=subject)
