"""A question: what the mock asks itself at a decision, with the honest answer as a method.

In: the facts of the decision, as frozen fields.  Out: the honest answer, or, through `Asker.ask`, what a fault makes
of it.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec

from conformance.mock.parties import Party

A = TypeVar("A")
Document = dict[str, Any]
"""A JSON object as it stands in a body."""


class Question(msgspec.Struct, Generic[A], frozen=True):
    """One decision.  Subclasses are frozen; `honest` is what a conforming platform answers."""

    @property
    def party(self) -> Party | None:
        """Whom the decision concerns: the addressee, else the caller."""
        found = getattr(self, "to", None) or getattr(self, "caller", None)
        return found if isinstance(found, Party) else None

    def honest(self) -> A:
        """What a conforming platform answers."""
        raise NotImplementedError
