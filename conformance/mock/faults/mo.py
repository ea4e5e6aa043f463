"""Faults against monitoring: a status that says nothing, or something else than what happens."""

from __future__ import annotations

from conformance.mock.faults import fault
from conformance.mock.questions import RisksListed, StatusListed


@fault(
    "status-incomplete", breaks="MO-P-01", title=("互联状态缺少新快递", "The exchange status lacks the new courier"), question=StatusListed
)
def status_incomplete(honest, q):
    """The newcomer has no line."""
    return [line for line in honest(q) if line["counterpart"] != "SBXN"]


@fault("status-always-up", breaks="MO-P-02", title=("状态始终正常", "The state is always up"), question=StatusListed)
def status_always_up(honest, q):
    """Nobody looks."""
    return [{**line, "state": "up"} for line in honest(q)]


@fault("status-made-up", breaks="MO-P-03", title=("积压数始终为零", "The backlog is always nil"), question=StatusListed)
def status_made_up(honest, q):
    """And the last success is always now."""
    return [{**line, "backlog": 0, "last_success_at": line["checked_at"]} for line in honest(q)]


@fault("risks-out-of-date", breaks="MO-P-04", title=("风险评估两年未更新", "The risk assessment is two years old"), question=RisksListed)
def risks_out_of_date(honest, q):
    """Made once, never again."""
    return [{**assessment, "assessed_at": "2020-01-01T00:00:00+08:00"} for assessment in honest(q)]


@fault("no-risks", breaks="MO-P-04", title=("没有风险评估", "There is no risk assessment"), question=RisksListed)
def no_risks(honest, q):
    """An empty list."""
    return []
