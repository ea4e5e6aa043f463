"""Consenting: users agree that their data serve more than delivery, take it back, or let it run out."""

from __future__ import annotations

from conformance.actors.privacy import FIELDS, Asking
from conformance.actors.trade import Trade
from conformance.scenario import Shows, scenario
from conformance.vocabulary import (
    CONSENT,
    CONSIGNMENT,
    DECISION,
    ConsentGiven,
    ConsentWithdrawn,
    ConsignmentCorrected,
    ConsignmentEntered,
    CourierChanged,
    DataRequested,
)

LASTS = 60
"""Seconds of the shortest consent."""
MARGIN = 8
"""Seconds after its end until somebody asks again."""
OVER = -3600
"""Seconds that a consent lasts that is over when it is given."""
UNENTERED = 90_000
"""The number of an order that nobody enters."""
LIFE: set[Shows] = {
    ConsignmentEntered, ConsignmentCorrected, CourierChanged, ConsentGiven, ConsentWithdrawn, DataRequested, CONSENT, DECISION, CONSIGNMENT,
}


@scenario(shows=LIFE, requires={"consents", "data_requests"})
async def consents_are_given_and_withdrawn(stage: Trade) -> None:
    """Users consent, somebody uses it, they withdraw, somebody tries again; the parcels go on all the while."""
    given = []
    askers: tuple[Asking, ...] = (stage.third_party, stage.analyst, stage.courier_a, stage.third_party)
    for number, asker in enumerate(askers):
        merchant, courier = stage.merchants[number % 2], stage.couriers[number % 3]
        consignment = await merchant.creates_a_consignment(courier)
        await merchant.creates_a_consignment(courier)  # somebody who is never asked
        consent = await merchant.gives_consent(consignment, asker)
        await asker.asks_for_data(consignment, "value_added", consent=consent)
        given.append((merchant, courier, consignment, asker, consent))
    for merchant, _, consignment, asker, _ in given[:2]:
        await merchant.gives_consent_wrongly(consignment, asker, lasts=OVER)
        await merchant.gives_consent_wrongly(consignment, asker, recipient_code="NOBODY-17")
        await merchant.gives_consent_wrongly(consignment, asker, order_no=merchant.order_number(UNENTERED))
    for merchant, courier, consignment, asker, consent in given[:3]:
        await merchant.withdraws_consent(consignment, consent)
        await asker.asks_for_data(consignment, "value_added", FIELDS[:2], consent=consent)
        await merchant.withdraws_consent(consignment, consent)  # again (rule 10.3)
        await merchant.creates_a_consignment(courier, order_no=consignment.order_no)
    await change_of_mind(stage)
    await stage.settle()
    for _, _, consignment, asker, consent in given:
        await asker.asks_for_data(consignment, "value_added", consent=consent)


async def change_of_mind(stage: Trade) -> None:
    """A recipient and a courier are changed under a consent; what is given follows."""
    consignment = await stage.merchant_2.creates_a_consignment(stage.courier_b)
    consent = await stage.merchant_2.gives_consent(consignment, stage.third_party)
    await stage.merchant_2.corrects(consignment, recipient=stage.people.person().contact())
    if "courier_change" in stage.theatre.capabilities:
        await stage.merchant_2.changes_courier(consignment, stage.courier_a)
    await stage.third_party.asks_for_data(consignment, "value_added", consent=consent)


@scenario(shows=LIFE, requires={"consents", "data_requests"})
async def consents_run_out(stage: Trade) -> None:
    """Consents end by themselves, one is withdrawn before; whoever used them tries again."""
    short = []
    askers: tuple[Asking, ...] = (stage.third_party, stage.courier_new, stage.analyst)
    for asker, courier in zip(askers, (stage.courier_b, stage.courier_a, stage.courier_b), strict=True):
        consignment = await stage.merchant_1.creates_a_consignment(courier)
        consent = await stage.merchant_1.gives_consent(consignment, asker, lasts=LASTS)
        await asker.asks_for_data(consignment, "value_added", consent=consent)
        short.append((consignment, asker, consent))
    await change_of_mind(stage)
    await stage.until(max(consent.until for *_, consent in short) + MARGIN * 1_000_000)
    await stage.look()
    for consignment, asker, consent in short:
        await asker.asks_for_data(consignment, "value_added", consent=consent)
    consignment, asker, consent = short[0]
    await stage.merchant_1.withdraws_consent(consignment, consent)
    await asker.asks_for_data(consignment, "value_added", consent=consent)
