"""The analytics data set: generalised shipments, no cell smaller than k, no pseudonym that outlives a query (rule 9.5).

In: calls of analysts.  Out: pages of one query's rows; the cursor carries the query on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from conformance.mock import pages
from conformance.mock.calls import Answer, Call, Problem
from conformance.mock.consignments import Consignments
from conformance.mock.masks import STAR
from conformance.mock.questions import AnalyticsRow, MaskOf, ShipmentRef, SmallestCell
from conformance.mock.questions.question import Document
from conformance.mock.trade_clock import posix, rfc3339
from conformance.mock.world import World

_SPAN = 1_000_000  # rows that one query may have; the rest of a position is the query's number
_REMEMBERED = 32
Cell = tuple[str, str, str]


@dataclass(slots=True)
class Analytics:
    """Answers queries; the last few are kept so that their pages fit together."""

    world: World
    consignments: Consignments
    queries: dict[int, list[Document]] = field(default_factory=dict)

    async def listing(self, call: Call) -> Answer:
        """`listAnalyticsShipments`."""
        number, first = divmod(pages.start(call), _SPAN)
        if "cursor" not in call.query:
            number = max(self.queries, default=0) + 1
            self.queries[number] = self._rows(call)
            self.queries.pop(number - _REMEMBERED, None)
        rows = self.queries.get(number)
        if rows is None:
            raise Problem("invalid", ("?cursor", "format"))
        entries = ((number * _SPAN + place, rows[place]) for place in range(first, len(rows)))
        return pages.list_page(self.world, call, "/analytics/shipments", entries)

    def _rows(self, call: Call) -> list[Document]:
        records = list(self.consignments.records.values())
        self.world.chance.shuffle(records)
        sizes = Counter(_cell(record) for record in records)
        least = self.world.ask(SmallestCell(call.caller, self.world.limits.small_cell_k))
        return [self._row(call, record, sizes[_cell(record)]) for record in records if sizes[_cell(record)] >= least]

    def _row(self, call: Call, record: Document, size: int) -> Document:
        day, region, courier = _cell(record)
        reference = f"{self.world.chance.getrandbits(64):016x}"
        weight = sum(parcel["weight_grams"] for parcel in record["parcels"])
        row = {
            "shipment_ref": self.world.ask(ShipmentRef(call.caller, record, reference)),
            "day": day,
            "region_code": region,
            "courier_code": courier,
            "cell_size": size,
            "status": record["status"],
            "weight_grams": round(weight, -2),
            "recipient": self._recipient(record["recipient"]),
        }
        return self.world.ask(AnalyticsRow(call.caller, row, record))

    def _recipient(self, full: Document) -> Document:
        """Nothing of name and phone, the city of the address."""
        number = full["phone"]["number"]
        return {
            "name": self.world.ask(MaskOf("name", full["name"], "analytics", STAR)),
            "phone": {"number": self.world.ask(MaskOf("phone", number, "analytics", STAR)), "kind": "masked"},
            "address": {"province": full["address"]["province"], "city": full["address"]["city"]},
        }


def _cell(record: Document) -> Cell:
    day = rfc3339(posix(record["created_at"]))[:10]
    return day, record["recipient"]["address"]["region_code"][:4] + "00", record["courier_code"]
