"""Sandbox operations: reading and advancing the business clock, and making the platform give a notice of its own.

In: calls of the operator.  Out: the time after the advance.
"""

from __future__ import annotations

from dataclasses import dataclass

from conformance.mock.calls import Answer, Call
from conformance.mock.world import World


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What only sandboxes offer."""

    world: World

    async def clock(self, call: Call) -> Answer:
        """`getClock`."""
        return Answer(200, {"now": self.world.clock.stamp()})

    async def advance(self, call: Call) -> Answer:
        """`advanceClock`."""
        await self.world.clock.advance(float(call.body["advance_seconds"]))
        return Answer(200, {"now": self.world.clock.stamp()})
