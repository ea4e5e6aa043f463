"""The operator of the sandbox: makes the platform give a notice of its own.

In: a stage.  Out: acts and exchanges; notices for the scenario to hold.
"""

from __future__ import annotations

from conformance.actors.actor import Actor
from conformance.actors.notice import Notice
from conformance.clock import instant
from conformance.records import JSON
from conformance.vocabulary import InterruptionOrdered


class Operator(Actor):
    """Verbs of who may use the sandbox operations."""

    async def orders_an_interruption(
        self, to: Actor, reason: str, *, starts_in: float, lasts: float, major_impact: bool = False
    ) -> Notice:
        """Makes the platform give `to` notice that it will stop in `starts_in` seconds, for `lasts` seconds."""
        order: dict[str, JSON] = {
            "counterpart": to.code, "reason": reason, "starts_in_seconds": round(starts_in), "ends_in_seconds": round(starts_in + lasts),
            "major_impact": major_impact,
        }
        subject, now = self.stage.subject("N"), self.stage.now
        act = InterruptionOrdered(by=self.party, about=(subject,), to=to.party, data=order)
        _, reply = await self.does(act, "interruptFromPlatform", body=order)
        start = _shown(reply.get("starts_at"), now + round(starts_in * 1e6))
        end = _shown(reply.get("ends_at"), start + round(lasts * 1e6))
        notice = Notice(subject, to.code, "receiver", order, "", start, end)
        notice.shown(reply.json)
        return notice


def _shown(text: JSON, otherwise: int) -> int:
    """The time that the platform names, if it names one."""
    try:
        return instant(str(text))
    except ValueError:
        return otherwise
