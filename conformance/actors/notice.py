"""A notice of an interruption as a scenario holds it in its hands.

In: made by who gives it, or by the operator who makes the platform give one.  Out: read by everybody in the scenario.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from conformance.dialogues import OPENS, PARTIES, Role
from conformance.parties import Subject
from conformance.records import JSON


@dataclass
class Notice:
    """`counterpart` is the code of the party of ours, which is its `role`; times are trade time; `record` is how the platform
    showed it last, `id` empty where it did not take it."""

    subject: Subject
    counterpart: str
    role: Role
    entered: dict[str, JSON]
    key: str
    starts_at: int
    ends_at: int
    record: dict[str, JSON] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.record.get("notice_id") or "")

    @property
    def state(self) -> str:
        return str(self.record.get("state"))

    @property
    def proposer(self) -> Role:
        """Who made the last proposal."""
        history = self.record.get("history")
        steps = [step for step in history if isinstance(step, dict)] if isinstance(history, list) else []
        last = next((step.get("by") for step in reversed(steps) if step.get("event") == "propose"), None)
        if last is None:
            return OPENS
        return self.role if last == self.counterpart else next(role for role in PARTIES if role != self.role)

    def shown(self, record: JSON) -> None:
        """Takes down how the platform shows it now."""
        if isinstance(record, dict) and "state" in record:
            self.record = record
