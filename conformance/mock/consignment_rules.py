"""What a consignment must satisfy beyond its schema (rules 7.1, 7.5, 7.6, 7.8).

In: entries and changes of merchants.  Out: `Problem` with every place that breaks a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.mock import text_rules
from conformance.mock.calls import Call
from conformance.mock.contract import Breach
from conformance.mock.couriers import PRODUCTS
from conformance.mock.parties import BY_CODE, Party
from conformance.mock.questions import EntryDemands, RuleHolds, TakesNewConsignments
from conformance.mock.questions.question import Document
from conformance.mock.trade_clock import posix
from conformance.mock.world import World

_NOT_PLACEHOLDER = ("/name", "/phone/number", "/address/detail")
_NOT_BLANK = ("/address/province", "/address/city")
_CODES = frozenset(product["code"] for product in PRODUCTS)


@dataclass(frozen=True, slots=True)
class ConsignmentRules:
    """`interrupted` says whether a notice in effect stops new consignments for a courier; `notices` those of each party."""

    world: World
    interrupted: Callable[[Party], bool]
    notices: Mapping[str, tuple[Document, ...]]

    def check_entry(self, call: Call) -> None:
        """Raises Problem for an entry that breaks a rule."""
        entered = call.body
        errors = [
            *text_rules.identity_numbers(entered),
            *_contact(entered.get("sender"), "/sender"),
            *_contact(entered.get("recipient"), "/recipient"),
            *self._courier(entered["courier_code"]),
            *_product(entered["service_product"]),
            *_items(entered),
            *_parcel_numbers(entered),
            *self.world.ask(EntryDemands(call.caller, entered)),
        ]
        errors = self._held(call, errors)
        if errors:
            call.refuse("invalid", *errors)

    def check_change(self, call: Call, before: Document) -> None:
        """Raises Problem for a change that breaks a rule, or comes too late."""
        patch = call.body
        new_courier = patch.get("courier_code", before["courier_code"]) != before["courier_code"]
        errors = [*text_rules.identity_numbers(patch), *_contact(patch.get("recipient"), "/recipient")]
        if new_courier:
            errors += self._courier(patch["courier_code"])
            errors += [] if "service_product" in patch else [("/service_product", "required")]
        if "service_product" in patch:
            errors += _product(patch["service_product"])
        errors = self._held(call, errors)
        if errors:
            call.refuse("invalid", *errors)
        over = before["status"] in ("cancelled", "completed")
        if over or (before["status"] != "created" and (new_courier or "service_product" in patch)):
            self.refuse_state(call)

    def refuse_state(self, call: Call) -> None:
        """Raises Problem: it comes too late."""
        if self.world.ask(RuleHolds(call.caller, call.operation, "state_conflict")):
            call.refuse("state_conflict")

    def _held(self, call: Call, errors: list[Breach]) -> list[Breach]:
        return [(place, code) for place, code in errors if self.world.ask(RuleHolds(call.caller, call.operation, code, place))]

    def _courier(self, code: str) -> Iterator[Breach]:
        courier = BY_CODE.get(code)
        if courier is None or courier.kind != "courier":
            yield "/courier_code", "unknown_courier"
        elif not self.world.ask(TakesNewConsignments(courier, self.interrupted(courier), self.notices.get(code, ()))):
            yield "/courier_code", "courier_interrupted"


def _product(code: str) -> Iterator[Breach]:
    if code not in _CODES:
        yield "/service_product", "unknown_service_product"


def _contact(contact: Any, at: str) -> Iterator[Breach]:
    if not isinstance(contact, dict):
        return
    found = [*text_rules.placeholders(contact, *_NOT_PLACEHOLDER), *text_rules.blanks(contact, *_NOT_BLANK)]
    yield from ((at + pointer, code) for pointer, code in found)
    try:
        posix(contact["phone"].get("expires_at", "1970-01-01T00:00:00Z"))
    except ValueError:
        yield at + "/phone/expires_at", "format"


def _items(entered: Document) -> Iterator[Breach]:
    for place, item in enumerate(entered["items"]):
        for pointer, code in text_rules.placeholders(item, "/name"):
            yield f"/items/{place}{pointer}", code


def _parcel_numbers(entered: Document) -> Iterator[Breach]:
    for name in ("parcel_no", "waybill_no"):
        seen: set[str] = set()
        for place, parcel in enumerate(entered["parcels"]):
            if parcel.get(name) in seen:
                yield f"/parcels/{place}/{name}", "duplicate"
            if name in parcel:
                seen.add(parcel[name])
