"""Faults against monitoring: a status that says nothing, or something else than what happens."""

from __future__ import annotations

from conformance.mock.faults import fault
from conformance.mock.parties import SANDBOX
from conformance.mock.questions import RisksListed, StatusListed
from conformance.mock.triggers import only_for


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


@fault(
    "status-of-everybody",
    breaks="MO-P-05",
    title=("对接方看到所有各方的互联状态", "Every counterpart sees the status of all"),
    question=StatusListed,
    when=only_for(lambda q: q.caller.kind != "authority"),
)
def status_of_everybody(honest, q):
    """One page for all."""
    lines = honest(q)
    others = (party.code for party in SANDBOX if party.kind != "operator" and party != q.caller)
    return [*lines, *({"counterpart": code, "state": "up", "checked_at": lines[0]["checked_at"], "backlog": 0} for code in others)]


@fault(
    "risks-of-others",
    breaks="MO-P-05",
    title=("快递看到关于别家的风险评估", "Couriers see what is feared of another"),
    question=RisksListed,
    when=only_for(lambda q: q.caller.kind == "courier" and q.caller.code != "SBXB"),
)
def risks_of_others(honest, q):
    """Assessed for the authorities."""
    known = honest(q)
    return [*known, *({**one, "assessment_id": "risk-sbxb", "counterpart": "SBXB"} for one in known[:1])]
