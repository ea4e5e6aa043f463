"""Sandbox operations: reading and advancing the business clock, and making the platform give a notice of its own.

In: calls of the operator.  Out: the time after the advance; the notice that the platform gave.
"""

from __future__ import annotations

from dataclasses import dataclass

from conformance.mock.calls import Answer, Call
from conformance.mock.notices import SCOPE, Notices
from conformance.mock.parties import BY_CODE, PLATFORM
from conformance.mock.questions import OwnNotice
from conformance.mock.questions.question import Document
from conformance.mock.trade_clock import rfc3339
from conformance.mock.world import World

_JUSTIFICATION = (
    "双方数据接口协议期满，或平台因所列理由须暂停接口。 The agreement on the interface ends, or the reason named asks for a pause."
)
_ARRANGEMENT = (
    "开始时间之前录入的寄递单及其事件继续传输直至终结。 "
    "Consignments entered before the start go on with their data and events to their end."
)
_CONTACT = {"name": "平台互联组 Interconnection desk", "phone": "010-62345678", "email": "notices@platform.example"}


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What only sandboxes offer."""

    world: World
    notices: Notices

    async def clock(self, call: Call) -> Answer:
        """`getClock`."""
        return self._time()

    async def advance(self, call: Call) -> Answer:
        """`advanceClock`."""
        await self.world.clock.advance(float(call.body["advance_seconds"]))
        return self._time()

    def _time(self) -> Answer:
        due = self.world.clock.next_due()
        return Answer(200, {"now": self.world.clock.stamp(), **({"next_due": rfc3339(due)} if due is not None else {})})

    async def interrupt(self, call: Call) -> Answer:
        """`interruptFromPlatform`."""
        order = call.body
        counterpart = BY_CODE.get(order["counterpart"])
        if counterpart is None or counterpart.kind not in ("courier", "merchant"):
            call.refuse("invalid", ("/counterpart", "unknown_reference"))
            counterpart = call.caller
        entry = self.world.ask(OwnNotice(counterpart, self._entry(order), self.world.clock.now()))
        errors = list(self.notices.rules.times(call, entry, "/starts_in_seconds"))
        if errors:
            call.refuse("invalid", *errors)
        return Answer(201, self.notices.open(entry, PLATFORM, counterpart))

    def _entry(self, order: Document) -> Document:
        now = self.world.clock.now()
        entry: Document = {
            "reason": order["reason"],
            "scope": list(SCOPE),
            "starts_at": rfc3339(now + order["starts_in_seconds"]),
            "justification": _JUSTIFICATION,
            "contact": _CONTACT,
            "major_impact": order["major_impact"],
            "arrangement": _ARRANGEMENT,
        }
        if "ends_in_seconds" in order:
            entry["ends_at"] = rfc3339(now + order["ends_in_seconds"])
        return entry
