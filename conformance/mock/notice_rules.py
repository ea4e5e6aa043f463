"""What a notice and the steps about it must satisfy beyond their schemas (rules 12.1, 12.2).

In: entries.  Out: `Problem` with every place that breaks a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from conformance.mock import text_rules
from conformance.mock.calls import Call
from conformance.mock.contract import Breach
from conformance.mock.questions import LeadTimeNeeded
from conformance.mock.questions.question import Document
from conformance.mock.trade_clock import posix
from conformance.mock.world import World
from conformance.resources import folder

_TEXTS = ("/justification", "/arrangement", "/contact/name", "/contact/phone", "/contact/email")
PAST_TOLERANCE = 300.0
"""Seconds by which an urgent interruption may have begun before its notice (rule 12.2)."""


@cache
def needs_lead() -> Mapping[str, bool]:
    """Whether a reason asks for the lead time."""
    listed = yaml.load((folder("specs/codes") / "notice_reasons.yaml").read_bytes(), yaml.CSafeLoader)
    return {reason["code"]: bool(reason["lead"]) for reason in listed["codes"]}


@dataclass(frozen=True, slots=True)
class NoticeRules:
    """Judges notices."""

    world: World

    def check_entry(self, call: Call) -> None:
        """Raises Problem for a notice that breaks a rule."""
        entry = call.body
        errors = [
            *text_rules.identity_numbers(entry),
            *text_rules.blanks(entry, *_TEXTS),
            *self.times(call, entry),
        ]
        if errors:
            call.refuse("invalid", *errors)

    def check_reply(self, call: Call) -> None:
        """Raises Problem for a proposal that is missing, or stands where none belongs."""
        errors = [*text_rules.identity_numbers(call.body), *text_rules.blanks(call.body, "/proposal", "/message")]
        if call.body.get("reply") == "propose" and "proposal" not in call.body:
            errors.append(("/proposal", "required"))
        if call.body.get("reply") != "propose" and "proposal" in call.body:
            errors.append(("/proposal", "not_allowed_here"))
        if errors:
            call.refuse("invalid", *errors)

    def check_texts(self, call: Call) -> None:
        """Raises Problem for a message that says nothing, or too much."""
        errors = [*text_rules.identity_numbers(call.body), *text_rules.blanks(call.body, "/message")]
        if errors:
            call.refuse("invalid", *errors)

    def times(self, call: Call, entry: Document, at: str = "/starts_at") -> Iterator[Breach]:
        """Breaches of lead time and order; `at` is where the start was stated."""
        if "starts_at" not in entry:  # only where a fault let it through
            return
        try:
            starts = posix(entry["starts_at"])
            ends = posix(entry["ends_at"]) if "ends_at" in entry else float("inf")
        except ValueError:
            yield at, "format"
            return
        lead = starts - self.world.clock.now()
        needed = needs_lead().get(entry.get("reason", ""), True)
        if needed and lead < self.world.ask(LeadTimeNeeded(call.caller, entry, self.world.limits.notice_lead_seconds)):
            yield at, "lead_too_short"
        elif not needed and lead < -PAST_TOLERANCE:
            yield at, "in_past"
        if ends <= starts:
            yield at.replace("starts", "ends"), "order_of_times"
