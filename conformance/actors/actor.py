"""An actor: one party of the cast, able to act.

In: a stage and a party.  Out: verbs, in the classes that derive from it; each writes its act, calls the operation and gives
the reply.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING, Final, Self, TypeVar

import msgspec

from conformance.binding.http import ATTEMPTS, Reply, Undo
from conformance.guise import Guise, serial, unmarked
from conformance.parties import Member, Party
from conformance.records import JSON, Act

if TYPE_CHECKING:
    from conformance.actors.trade import Trade

A = TypeVar("A", bound=Act)
NAMES: Final = ("consignment_id", "consent_id", "subscription_id", "notice_id")
"""Members of a request by which it names what the target made."""


class Actor:
    """A party on a stage.  `guise` is that in which it appears where it is not left to the run."""

    guise: Guise | None = None

    def __init__(self, stage: Trade, party: Party) -> None:
        self.stage, self.party = stage, party
        self.member: Member = stage.member(party)

    @property
    def code(self) -> str:
        """What the target calls this party."""
        return self.member.code

    def dressed(self, guise: Guise) -> Self:
        """The same party in that guise, on connections and with tokens that it has for it alone."""
        other = copy(self)
        other.guise = guise
        return other

    @property
    def plain(self) -> bool:
        """Whether nothing that it writes may show that somebody tests."""
        return self.guise == "plain" or (self.guise is None and self.party in self.stage.plan.plain)

    def mark(self, number: int) -> str:
        """What stands in its texts so that no other text is the same."""
        return serial(self.stage.plan.nonce, f"mark:{self.party}", number, 10) if self.plain else f"{self.stage.plan.nonce}-{number}"

    def box_name(self, number: int) -> str:
        """The path of a receiver."""
        return unmarked(self.stage.plan.nonce, "box", number) if self.plain else f"{self.party}-{self.stage.plan.nonce}-{number}"

    async def does(
        self, act: A, operation: str, *, path: Mapping[str, str] | None = None, query: Mapping[str, str | int] | None = None,
        body: JSON = None, headers: Mapping[str, str] | None = None, token: str | None = None, attempts: int = ATTEMPTS,
        undo: Undo | None = None,
    ) -> tuple[A, Reply]:
        """Writes the act, then calls the operation as this party.  What names nothing, since the target took nothing on before, is no
        ordinary request: its refusal is right."""
        named = [*(path or {}).values(), *(body.get(name) for name in NAMES if isinstance(body, dict))]
        written = self.stage.act(msgspec.structs.replace(act, intent="malformed") if "" in named else act)
        reply = await self.stage.binding.call(
            operation, as_=self.party, act=written, path=path, query=query, body=body, headers=headers, token=token,
            attempts=attempts, undo=undo, guise=self.guise,
        )
        return written, reply
