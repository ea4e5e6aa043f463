"""Talks: notices led along the dialogue's table, trying on the way what the table forbids.

In: a stage, our party, and which side of the dialogue it is on.  Out: acts and exchanges.  Each forbidden step is tried once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from conformance.actors.notice import Notice
from conformance.actors.noticing import Noticing
from conformance.actors.terms import SOON, Terms
from conformance.dialogues import Role, Transition, dialogue

if TYPE_CHECKING:
    from conformance.actors.trade import Trade


class Talks:
    """All notices of one scenario in which `party` is the `role`."""

    def __init__(self, stage: Trade, party: Noticing, role: Role) -> None:
        self.stage, self.party, self.role = stage, party, role
        self.table = dialogue("notice")
        self.terms = Terms.of(stage.theatre.limits)
        self._tried: set[tuple[str, str, str]] = set()

    async def leads(self, notice: Notice, way: Sequence[Transition]) -> None:
        """As far along the way as the platform goes with us."""
        for step in way:
            await self.tries_what_is_forbidden(notice)
            if not await (self._takes(notice, step) if self._own(step) else self._waits_for(notice, step)):
                return
        await self.tries_what_is_forbidden(notice)

    async def tries_what_is_forbidden(self, notice: Notice) -> None:
        """Every step that the table does not have from where the notice stands, unless it was tried from there before."""
        for event in self.table.steps:
            state, proposer = notice.state, notice.proposer
            tried = (state, proposer, event)
            if tried in self._tried or self.table.leads(state, event, self.role, proposer) is not None:
                continue
            self._tried.add(tried)
            await self.party.takes(event, notice)
            await self.party.reads_notice(notice)

    def _own(self, step: Transition) -> bool:
        return step.by in ("either", self.role) and step.event in self.table.steps

    async def _takes(self, notice: Notice, step: Transition) -> bool:
        if self.table.leads(notice.state, step.event, self.role, notice.proposer) is None:
            return False
        taken = (await self.party.takes(step.event, notice)).ok
        if not taken:  # where it stands now says whether the step was refused where it stood
            await self.party.reads_notice(notice)
        return taken

    async def _waits_for(self, notice: Notice, step: Transition) -> bool:
        """Waits as long as the other side, or the clock, may take."""
        due = {
            "begin": notice.starts_at, "end": notice.ends_at, "lapse": notice.starts_at - round(self.terms.publication * 1e6),
        }.get(step.event, self.stage.now + round(self.terms.acknowledgement * 1e6))
        await self.stage.until(due + round(SOON * 1e6))
        await self.party.reads_notice(notice)
        if notice.state == step.state and self.table.leads(notice.state, step.event, self.role, notice.proposer) is not None:
            return await self._takes(notice, step)
        return notice.state == step.to
