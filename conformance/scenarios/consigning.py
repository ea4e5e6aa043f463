"""Consigning: merchants hand consignments to couriers, and change their minds."""

from __future__ import annotations

from conformance.actors.trade import Trade
from conformance.scenario import scenario
from conformance.vocabulary import CONSIGNMENT, ConsignmentEntered


@scenario(shows={ConsignmentEntered, CONSIGNMENT})
async def parcels_for_all_sorts_of_people(stage: Trade) -> None:
    """Each kind of name, phone and address once, shared out among the couriers."""
    for number, person in enumerate(stage.people.edge_people()):
        courier = stage.couriers[number % len(stage.couriers)]
        merchant = stage.merchants[number % len(stage.merchants)]
        await merchant.creates_a_consignment(courier, recipient=person)
    await stage.settle()
