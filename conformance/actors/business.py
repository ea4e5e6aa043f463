"""Business as usual: consignments and events between merchants and two couriers, of which one is the measure for the other.

In: a stage, the couriers, a name for the series.  Out: acts whose block names the series and the round.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier, beijing
from conformance.actors.terms import SOON, Terms
from conformance.parties import Subject
from conformance.records import JSON, Block

if TYPE_CHECKING:
    from conformance.actors.merchant import Merchant
    from conformance.actors.trade import Trade


class Business:
    """What `courier` and `other` do for the merchants, alike, round by round."""

    def __init__(self, stage: Trade, courier: Courier, other: Courier, series: str) -> None:
        self.stage, self.couriers, self.series = stage, (courier, other), series
        self._rounds = 0
        self._open: dict[Courier, list[tuple[Merchant, Consignment]]] = {courier: [], other: []}
        self._waybills: dict[Subject, str] = {}

    async def a_round(self) -> None:
        """Both merchants enter one consignment for each courier, what was entered before is corrected and moves; then all look."""
        moved: list[tuple[Merchant, Consignment]] = []
        self._rounds += 1
        block = Block(self.series, self._rounds)
        for courier in self.couriers:
            before, self._open[courier] = self._open[courier], []
            for merchant in self.stage.merchants:
                entered = await merchant.creates_a_consignment(courier, block=block)
                if entered.id:
                    self._open[courier].append((merchant, entered))
            for merchant, consignment in before:
                await merchant.corrects(consignment, block=block, remarks=f"改放驿站 {self.series}-{self._rounds}")
            for merchant, consignment in before or self._open[courier]:
                moved.append((merchant, consignment))
                await self._moves(courier, consignment, block)
        await self._everybody_looks(moved)

    async def _moves(self, courier: Courier, consignment: Consignment, block: Block) -> None:
        """The parcel is picked up, or comes further."""
        waybill = self._waybills.get(consignment.subject)
        event = courier.happening("ARRIVED_HUB") if waybill else picked_up(self.stage, courier)
        self._waybills[consignment.subject] = waybill = waybill or courier.new_waybill()
        await courier.reports(consignment, waybill, [event], block=block)

    async def _everybody_looks(self, moved: Sequence[tuple[Merchant, Consignment]]) -> None:
        """Shortly before the time for delivery is over, and after it; merchants read what they are not sent."""
        terms = Terms.of(self.stage.theatre.limits)
        await self.stage.sleep(terms.delivery - SOON)
        await self.stage.look()
        for merchant, consignment in moved if "push" not in self.stage.theatre.capabilities else ():
            await merchant.reads_events_of(consignment)
        await self.stage.sleep(2 * SOON)
        await self.stage.look()


def picked_up(stage: Trade, courier: Courier) -> dict[str, JSON]:
    """The first event of a parcel."""
    return courier.happening("PICKED_UP", real_name_check={"outcome": "verified", "checked_at": beijing(stage.now)})


async def others_go_on(stage: Trade, interrupted: Courier) -> None:
    """One courier's interruption is nothing to the others: each gets a consignment of each merchant and picks it up."""
    for courier in (one for one in stage.couriers if one is not interrupted):
        for merchant in stage.merchants:
            consignment = await merchant.creates_a_consignment(courier)
            if consignment.id:
                await courier.reports(consignment, courier.new_waybill(), [picked_up(stage, courier)])
    await stage.sleep(Terms.of(stage.theatre.limits).delivery + SOON)
    await stage.look()
