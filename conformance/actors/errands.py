"""Errands: an operation of the interface with everything that it takes, so that it must be accepted.

In: who calls, and live objects.  Out: errands, each of which may be run rightly, by somebody else, or with something changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from conformance.actors.actor import Actor
from conformance.binding.http import ATTEMPTS, Reply
from conformance.parties import Subject
from conformance.records import JSON, Act, Case
from conformance.vocabulary import OperationTried

if TYPE_CHECKING:
    from conformance.actors.trade import Trade


@dataclass(frozen=True)
class Errand:
    """One call.  `capability` is what has to be declared for it; `about` what it makes or changes; `variant` tells it from others
    of the operation."""

    operation: str
    actor: Actor
    capability: str | None = None
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str | int] = field(default_factory=dict)
    body: dict[str, JSON] | None = None
    about: tuple[Subject, ...] = ()
    to: Actor | None = None
    variant: str = ""

    @property
    def name(self) -> str:
        return f"{self.operation} {self.variant}".strip()

    @property
    def data(self) -> dict[str, JSON]:
        """What acts about it say."""
        return {"operation": self.operation, "capability": self.capability}

    def aimed(self, id: str, member: str | None = None) -> Errand:
        """The same with another id: in the path, or in that member of the body."""
        if member is not None:
            return replace(self, body={**(self.body or {}), member: id})
        return replace(self, path=dict.fromkeys(self.path, id))

    async def rightly(self, stage: Trade) -> Reply:
        """Runs it as it is."""
        to = self.to.party if self.to is not None else None
        act = OperationTried(by=self.actor.party, about=self.about, to=to, data=self.data)
        return await self.run(stage, act, case=Case(self.name))

    async def run(
        self, stage: Trade, act: Act, *, by: Actor | None = None, body: JSON = None, raw: bytes | None = None,
        query: Mapping[str, str | int] | None = None, headers: Mapping[str, str] | None = None, token: str | None = None,
        case: Case | None = None, attempts: int = ATTEMPTS,
    ) -> Reply:
        """Runs it for this act, with what is given in place of its own."""
        return await stage.binding.call(
            self.operation, as_=(by or self.actor).party, act=stage.act(act), path=self.path, query=self.query if query is None else query,
            body=self.body if body is None and raw is None else body, raw=raw, headers=headers, token=token, case=case,
            attempts=attempts,
        )
