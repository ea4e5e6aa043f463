"""An actor: one party of the cast, able to act.

In: a stage and a party.  Out: verbs, in the classes that derive from it; each writes its act, calls the operation and gives
the reply.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from conformance.binding.http import ATTEMPTS, Reply, Undo
from conformance.parties import Member, Party
from conformance.records import JSON, Act

if TYPE_CHECKING:
    from conformance.actors.trade import Trade

A = TypeVar("A", bound=Act)


class Actor:
    """A party on a stage."""

    def __init__(self, stage: Trade, party: Party) -> None:
        self.stage, self.party = stage, party
        self.member: Member = stage.member(party)

    @property
    def code(self) -> str:
        """What the target calls this party."""
        return self.member.code

    async def does(
        self, act: A, operation: str, *, path: Mapping[str, str] | None = None, query: Mapping[str, str | int] | None = None,
        body: JSON = None, headers: Mapping[str, str] | None = None, token: str | None = None, attempts: int = ATTEMPTS,
        undo: Undo | None = None,
    ) -> tuple[A, Reply]:
        """Writes the act, then calls the operation as this party."""
        written = self.stage.act(act)
        reply = await self.stage.binding.call(
            operation, as_=self.party, act=written, path=path, query=query, body=body, headers=headers, token=token,
            attempts=attempts, undo=undo,
        )
        return written, reply
