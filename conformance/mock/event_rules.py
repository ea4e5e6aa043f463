"""What a batch of events must satisfy beyond its schema.

In: batches of couriers.  Out: `Problem` with every place that breaks a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conformance.mock import text_rules
from conformance.mock.calls import Call
from conformance.mock.contract import Breach
from conformance.mock.parcel_life import MERE_RETRACTION
from conformance.mock.questions import EventAccepted, RuleHolds
from conformance.mock.questions.question import Document
from conformance.mock.trade_clock import posix
from conformance.mock.world import World

CLOCK_SKEW = 300.0
"""Seconds by which a courier's clock may go ahead of ours before its events count as told too early (rule 8.3)."""


@dataclass(frozen=True, slots=True)
class EventRules:
    """Judges batches."""

    world: World

    def check(self, call: Call, record: Document, known: Mapping[str, Document | None]) -> str | None:
        """The parcel's waybill number so far.  Raises Problem for a batch that breaks a rule.

        `known` are the caller's earlier events by id.
        """
        numbers = {parcel["parcel_no"]: parcel.get("waybill_no") for parcel in record["parcels"]}
        parcel_no = call.body["parcel_no"]
        errors: list[Breach] = [] if parcel_no in numbers else [("/parcel_no", "unknown_reference")]
        for place, event in enumerate(call.body["events"]):
            errors += self._event(call, event, f"/events/{place}")
        errors = [(at, code) for at, code in errors if self._holds(call, code, at)]
        if errors:
            call.refuse("invalid", *errors)
        seen: dict[str, Document] = {id: event for id, event in known.items() if event is not None}
        for event in call.body["events"]:
            if seen.setdefault(event["event_id"], event) != event and self._holds(call, "event_id_reused"):
                call.refuse("event_id_reused")
        number: str | None = numbers.get(parcel_no)
        return number

    def _holds(self, call: Call, code: str, at: str = "") -> bool:
        return self.world.ask(RuleHolds(call.caller, call.operation, code, at))

    def _event(self, call: Call, event: Document, at: str) -> Iterator[Breach]:
        yield from text_rules.identity_numbers(event, at)
        yield from ((at + path, code) for path, code in text_rules.blanks(event, "/location/city"))
        yield from self._moment(event, "/occurred_at", at)
        if "real_name_check" in event:
            yield from self._moment(event, "/real_name_check/checked_at", at)
        sign_off = event.get("sign_off")
        if sign_off and sign_off["manner"] != "self" and "consent_ref" not in sign_off:
            yield f"{at}/sign_off/consent_ref", "consent_ref_missing"
        if event["code"] == "DELIVERED" and not sign_off:
            yield f"{at}/sign_off", "required"
        if event["code"] == MERE_RETRACTION and "retracts" not in event:
            yield f"{at}/retracts", "required"
        if event["code"] == "PICKED_UP":
            check = event.get("real_name_check")
            if check is None:
                yield f"{at}/real_name_check", "real_name_check_missing"
            elif check["outcome"] == "refused":
                yield f"{at}/real_name_check/outcome", "real_name_refused"
        if not self.world.ask(EventAccepted(call.caller, event)):
            yield at, "not_allowed_here"

    def _moment(self, event: Document, field: str, at: str) -> Iterator[Breach]:
        value = event
        for step in field.split("/")[1:]:
            value = value[step]
        try:
            late = posix(str(value)) > self.world.clock.now() + CLOCK_SKEW
        except ValueError:
            yield at + field, "format"
            return
        if late and field == "/occurred_at":
            yield at + field, "in_future"
