"""Finer faults against monitoring: the state that never recovers, the time of a timer, the assessment that is due."""

from __future__ import annotations

from conformance.mock.faults import fault
from conformance.mock.faults.reshaping import reshaped
from conformance.mock.questions import RisksListed, StatusListed
from conformance.mock.trade_clock import posix, rfc3339
from conformance.mock.triggers import only_for

_RANK = ("up", "degraded", "down")
_YEAR = 365 * 86_400.0


@fault(
    "never-up-again",
    breaks="MO-P-02",
    title=("恢复后状态仍为异常", "After recovery the state stays down"),
    question=StatusListed,
)
def never_up_again(honest, q, memory):
    """Somebody has to press a button."""

    lines = honest(q)
    for line in lines:
        states = line["state"], memory.get(line["counterpart"], "up")
        memory[line["counterpart"]] = max(states, key=lambda word: _RANK.index(word) if word in _RANK else -1)
    return [{**line, "state": memory[line["counterpart"]]} for line in lines]


@fault(
    "failing-hidden-from-the-failing",
    breaks="MO-P-02",
    title=("对端自己看到的状态始终正常", "A counterpart that fails reads that it is up"),
    question=StatusListed,
    when=only_for(lambda q: q.caller.kind != "authority"),
)
def failing_hidden_from_the_failing(honest, q):
    """The authority reads the truth."""
    return reshaped(honest(q), "*/state", lambda state: "up" if state in _RANK else state)


@fault(
    "attempts-count-as-success",
    breaks="MO-P-03",
    title=("最近成功时间取最近尝试", "The last success is the last attempt"),
    question=StatusListed,
)
def attempts_count_as_success(honest, q):
    """While all goes well it agrees."""
    lines = honest(q)
    moments = [[line[name] for name in ("last_success_at", "last_failure_at") if name in line] for line in lines]
    return [{**line, "last_success_at": max(known, key=posix)} if known else line for line, known in zip(lines, moments, strict=True)]


@fault(
    "backlog-capped",
    breaks="MO-P-03",
    title=("积压数封顶为三", "The backlog ends at three"),
    question=StatusListed,
)
def backlog_capped(honest, q):
    """A gauge that is too short."""
    return reshaped(honest(q), "*/backlog", lambda count: min(count, 3))


@fault(
    "assessment-overdue",
    breaks="MO-P-04",
    title=("风险评估已过应复评日期", "The assessment's own date has passed"),
    question=RisksListed,
)
def assessment_overdue(honest, q):
    """Fourteen months old, due two months ago."""
    return reshaped(reshaped(honest(q), "*/assessed_at", _earlier), "*/next_due_at", _earlier)


def _earlier(moment: str) -> str:
    return rfc3339(posix(moment) - 1.1 * _YEAR)
