"""Monitoring: how the exchange with each counterpart goes, and what might interrupt it (rule 13.1).

In: the standing of endpoints, notices in effect.  Out: a line for every counterpart; assessments of risk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from conformance.mock import pages
from conformance.mock.calls import Answer, Call
from conformance.mock.deliveries import Standing
from conformance.mock.parties import SANDBOX, Party
from conformance.mock.questions import RisksListed, StatusListed
from conformance.mock.questions.question import Document
from conformance.mock.subscriptions import Subscriptions
from conformance.mock.trade_clock import rfc3339
from conformance.mock.world import World

DEGRADED_FROM = 2
DOWN_FROM = 4
"""Failures in a row: the fourth comes 335 s after the first, within the ten minutes of the rule."""
_MONTH = 30 * 86_400.0


@dataclass(frozen=True, slots=True)
class Monitoring:
    """`in_effect` gives the notice that interrupts a party."""

    world: World
    subscriptions: Subscriptions
    in_effect: Callable[[Party], str | None]

    async def status(self, call: Call) -> Answer:
        """`getExchangeStatus`."""
        seen = [party for party in SANDBOX if party.kind != "operator" and self._sees(call.caller, party)]
        lines = self.world.ask(StatusListed(call.caller, [self._line(party) for party in seen]))
        return pages.page(self.world, call, "/exchange-status", lines)

    async def risks(self, call: Call) -> Answer:
        """`listRiskAssessments`."""
        assessments = self.world.ask(RisksListed(call.caller, [self._assessment()]))
        return pages.page(self.world, call, "/risk-assessments", assessments)

    def _sees(self, caller: Party, party: Party) -> bool:
        return caller.kind == "authority" or caller == party

    def _line(self, party: Party) -> Document:
        standings = [known.endpoint.standing for known in self.subscriptions.live.values() if known.owner == party]
        line: Document = {
            "counterpart": party.code,
            "state": self._state(party, standings),
            "checked_at": self.world.clock.stamp(),
            "backlog": sum(standing.pending for standing in standings),
        }
        for name, moment in (
            ("last_success_at", _latest(standing.last_success for standing in standings)),
            ("last_failure_at", _latest(standing.last_failure for standing in standings)),
        ):
            if moment is not None:
                line[name] = rfc3339(moment)
        return line

    def _state(self, party: Party, standings: list[Standing]) -> str:
        if self.in_effect(party) is not None:
            return "interrupted"
        failures = max((standing.failures_in_a_row for standing in standings), default=0)
        if failures >= DOWN_FROM:
            return "down"
        return "degraded" if failures >= DEGRADED_FROM else "up"

    def _assessment(self) -> Document:
        now = self.world.clock.now()
        return {
            "assessment_id": "risk-overall",
            "assessed_at": rfc3339(now - _MONTH),
            "scenario": "对接方端点长时间不可达；协议期满未续。 Long outage of a counterpart's endpoint; an agreement that ends.",
            "likelihood": "medium",
            "impact": "high",
            "measures": "按约重试、拉取补齐、提前通知与协商。 Retries, pulling what was missed, notice and talks in time.",
            "next_due_at": rfc3339(now + 11 * _MONTH),
        }


def _latest(moments: Iterable[float | None]) -> float | None:
    return max((moment for moment in moments if moment is not None), default=None)
