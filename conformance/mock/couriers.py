"""The couriers among which a merchant may choose: every interconnected one, on the same terms.

In: calls of merchants.  Out: offers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.mock import pages
from conformance.mock.calls import Answer, Call
from conformance.mock.parties import COURIERS, Party
from conformance.mock.questions import OfferedCouriers, Withheld
from conformance.mock.questions.question import Document
from conformance.mock.world import World

SINCE = "2025-01-01T00:00:00+08:00"
SINCE_NEW = "2026-03-01T00:00:00+08:00"
PRODUCTS: tuple[dict[str, Any], ...] = (
    {"code": "standard", "name": "标准快递 Standard", "promised_hours": 72},
    {"code": "express", "name": "特快 Express", "promised_hours": 24},
)
_TERMS = "按平台公布的统一条件，不另收费，不附加条件。 The platform's published terms, the same for all; no fee, no condition."


def since(party: Party) -> str:
    """Since when a party has been interconnected."""
    return SINCE_NEW if party.name == "courier_new" else SINCE


@dataclass(frozen=True, slots=True)
class Couriers:
    """`interruption` gives the id of the notice in effect that makes a courier unavailable, `notices` all by counterpart's code."""

    world: World
    interruption: Callable[[Party], str | None]
    notices: Mapping[str, tuple[Document, ...]]

    def find(self, call: Call) -> str:
        """The merchant of the path.  Raises Problem for anybody but the caller."""
        merchant = call.path["merchant_id"]
        if not call.may_see("courier_offer", merchant, merchant):
            raise call.absent()
        return merchant

    async def listing(self, call: Call) -> Answer:
        """`listCouriers`."""
        offers = self.world.ask(OfferedCouriers(call.caller, [self._offer(courier) for courier in COURIERS]))
        return pages.page(self.world, call, f"/merchants/{call.found}/couriers", offers)

    def _offer(self, courier: Party) -> Document:
        notices = self.notices.get(courier.code, ())
        notice = self.world.ask(Withheld(courier, self.interruption(courier), notices, self.world.clock.now()))
        offer: Document = {
            "courier_code": courier.code,
            "name": courier.title,
            "since": since(courier),
            "available": notice is None,
            "service_products": list(PRODUCTS),
            "terms": _TERMS,
        }
        if notice is not None:
            offer["interruption_notice_id"] = notice
        return offer
