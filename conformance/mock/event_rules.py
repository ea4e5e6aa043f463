"""What a batch of events must satisfy beyond its schema.

In: batches of couriers.  Out: `Problem` with every place that breaks a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conformance.mock import text_rules
from conformance.mock.calls import Call
from conformance.mock.questions import EventAccepted
from conformance.mock.questions.question import Document
from conformance.mock.text_rules import Breach
from conformance.mock.trade_clock import posix
from conformance.mock.world import World

CLOCK_SKEW = 300.0
"""Seconds by which a courier's clock may go ahead of ours before its events count as told too early."""


@dataclass(frozen=True, slots=True)
class EventRules:
    """Judges batches."""

    world: World

    def check(self, call: Call, record: Document, known: Mapping[str, Document | None]) -> None:
        """Raises Problem for a batch that breaks a rule; `known` are the caller's earlier events by id."""
        errors: list[Breach] = []
        if call.body["parcel_no"] not in {parcel["parcel_no"] for parcel in record["parcels"]}:
            errors.append(("/parcel_no", "unknown_reference"))
        in_batch: dict[str, Document] = {}
        for place, event in enumerate(call.body["events"]):
            errors += self._event(call, event, f"/events/{place}")
            earlier = known.get(event["event_id"]) or in_batch.get(event["event_id"])
            if earlier is not None and earlier != event:
                call.refuse("event_id_reused", (f"/events/{place}/event_id", "duplicate"))
            in_batch[event["event_id"]] = event
        if errors:
            call.refuse("invalid", *errors)

    def _event(self, call: Call, event: Document, at: str) -> Iterator[Breach]:
        yield from text_rules.texts(event, at)
        for field, moment in _moments(event):
            try:
                if posix(moment) > self.world.clock.now() + CLOCK_SKEW:
                    yield at + field, "in_future"
            except ValueError:
                yield at + field, "format"
        sign_off = event.get("sign_off")
        if sign_off and sign_off["manner"] != "self" and "consent_ref" not in sign_off:
            yield f"{at}/sign_off/consent_ref", "consent_ref_missing"
        if event["code"] == "DELIVERED" and not sign_off:
            yield f"{at}/sign_off", "required"
        if event["code"] == "PICKED_UP":
            check = event.get("real_name_check")
            if check is None:
                yield f"{at}/real_name_check", "real_name_check_missing"
            elif check["outcome"] == "refused":
                yield f"{at}/real_name_check/outcome", "real_name_refused"
        if not self.world.ask(EventAccepted(call.caller, event)):
            yield at, "not_allowed_here"


def _moments(event: Document) -> Iterator[tuple[str, str]]:
    yield "/occurred_at", event["occurred_at"]
    if "real_name_check" in event:
        yield "/real_name_check/checked_at", event["real_name_check"]["checked_at"]
