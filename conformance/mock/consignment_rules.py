"""What a consignment must satisfy beyond its schema.

In: entries and changes of merchants.  Out: `Problem` with every place that breaks a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from conformance.mock import text_rules
from conformance.mock.calls import Call
from conformance.mock.couriers import PRODUCTS
from conformance.mock.parties import BY_CODE, Party
from conformance.mock.questions import DataFlows
from conformance.mock.questions.question import Document
from conformance.mock.text_rules import Breach
from conformance.mock.trade_clock import posix
from conformance.mock.world import World

_CONTACT = ("/name", "/phone/number", "/address/province", "/address/city", "/address/district", "/address/detail")


@dataclass(frozen=True, slots=True)
class ConsignmentRules:
    """`interrupted` says whether a notice in effect stops consignment data to a party."""

    world: World
    interrupted: Callable[[Party], bool]

    def check_entry(self, call: Call, entered: Document) -> None:
        """Raises Problem for an entry that breaks a rule."""
        errors = [
            *text_rules.texts(entered),
            *self._contact(entered.get("sender"), "/sender"),
            *self._contact(entered.get("recipient"), "/recipient"),
            *self._courier(entered, None),
            *_items(entered),
            *_parcel_numbers(entered),
        ]
        if errors:
            call.refuse("invalid", *errors)

    def check_change(self, call: Call, before: Document, patch: Document) -> Document:
        """The patch, where it may be applied.  Raises Problem."""
        errors = [*text_rules.texts(patch), *self._contact(patch.get("recipient"), "/recipient")]
        changes_courier = patch.get("courier_code", before["courier_code"]) != before["courier_code"]
        if changes_courier and "service_product" not in patch:
            errors.append(("/service_product", "required"))
        elif "courier_code" in patch or "service_product" in patch:
            errors += self._courier(patch, before)
        if errors:
            call.refuse("invalid", *errors)
        if before["status"] in ("cancelled", "completed") or (changes_courier and before["status"] != "created"):
            call.refuse("state_conflict")
        return patch

    def check_flow(self, call: Call) -> None:
        """Raises Problem while an interruption stops what the caller would read."""
        stopped = call.caller.kind == "courier" and self.interrupted(call.caller)
        if not self.world.ask(DataFlows(call.caller, "out", stopped, stopped)):
            call.refuse("unavailable", headers={"Retry-After": "60"})

    def _courier(self, entered: Document, before: Document | None) -> Iterator[Breach]:
        code: str = entered["courier_code"] if "courier_code" in entered else (before or {}).get("courier_code", "")
        courier = BY_CODE.get(code)
        if courier is None or courier.kind != "courier":
            yield "/courier_code", "unknown_courier"
            return
        stopped = self.interrupted(courier)
        if "courier_code" in entered and not self.world.ask(DataFlows(courier, "choice", stopped, stopped)):
            yield "/courier_code", "courier_interrupted"
        if entered.get("service_product", PRODUCTS[0]["code"]) not in {product["code"] for product in PRODUCTS}:
            yield "/service_product", "unknown_service_product"

    def _contact(self, contact: Document | None, at: str) -> Iterator[Breach]:
        if not isinstance(contact, dict):
            return
        for pointer, code in text_rules.placeholders(contact, *_CONTACT):
            yield at + pointer, code
        expires = contact.get("phone", {}).get("expires_at")
        if expires and posix(expires) <= self.world.clock.now():
            yield at + "/phone/expires_at", "in_past"


def _items(entered: Document) -> Iterator[Breach]:
    for place, item in enumerate(entered.get("items", ())):
        for pointer, code in text_rules.placeholders(item, "/name"):
            yield f"/items/{place}{pointer}", code


def _parcel_numbers(entered: Document) -> Iterator[Breach]:
    seen: set[str] = set()
    for place, parcel in enumerate(entered.get("parcels", ())):
        for name in ("parcel_no", "waybill_no"):
            value = parcel.get(name)
            if value is not None and f"{name}:{value}" in seen:
                yield f"/parcels/{place}/{name}", "duplicate"
            seen.add(f"{name}:{value}")
