"""Asking for data: parties of every kind ask for orders' data, for every purpose, with and without consent, from here and abroad."""

from __future__ import annotations

from conformance.actors.consignment import Consignment
from conformance.actors.courier import Courier
from conformance.actors.merchant import Merchant
from conformance.actors.privacy import FIELDS, Asking, Consent
from conformance.actors.trade import Trade
from conformance.scenario import Shows, scenario
from conformance.vocabulary import (
    CONSENT,
    DECISION,
    ConsentGiven,
    ConsentWithdrawn,
    ConsignmentCorrected,
    ConsignmentEntered,
    CourierChanged,
    DataRequested,
)

ASKING: set[Shows] = {
    ConsignmentEntered, ConsignmentCorrected, CourierChanged, ConsentGiven, ConsentWithdrawn, DataRequested, CONSENT, DECISION,
}
UNRELATED = ("data_mining", "marketing", "profiling", "credit", "resale")
BASES = ("standard_contract", "security_assessment", "certification", "contract_necessity")
INVENTED = Consent("K-none", "consent-00000000", 0)
"""A consent that nobody gave."""
ABROAD = ("US", "HK", "SG", "DE")


@scenario(shows=ASKING, requires={"consents", "data_requests"})
async def all_sorts_of_parties_ask_for_data(stage: Trade) -> None:
    """Two orders are asked about without consent, for every purpose; then with consents that fit, or fit somebody else."""
    one = await stage.merchant_1.creates_a_consignment(stage.courier_a)
    other = await stage.merchant_2.creates_a_consignment(stage.courier_b)
    await stage.merchant_1.corrects(one, recipient=stage.people.person().contact())
    for consignment, performer, rival, merchant in (
        (one, stage.courier_a, stage.courier_b, stage.merchant_1), (other, stage.courier_b, stage.courier_a, stage.merchant_2),
    ):
        await without_consent(stage, consignment, performer, rival)
        await with_consent(stage, consignment, performer, rival, merchant)
    await somebody_elses_consents(stage, one, other)
    strangers: tuple[Asking, ...] = (stage.courier_a, stage.courier_b, stage.third_party)
    for stranger in strangers:
        for purpose in ("delivery", "value_added"):
            await stranger.asks_about_nothing(purpose)
    await changing(stage, other)


async def changing(stage: Trade, other: Consignment) -> None:
    """The performing courier is another one, and has picked the parcel up."""
    if "courier_change" in stage.theatre.capabilities:
        await stage.merchant_2.changes_courier(other, stage.courier_new)
        await stage.courier_new.asks_for_data(other, "delivery")
        await stage.courier_b.asks_for_data(other, "delivery")
    courier = next(one for one in stage.couriers if one.party == other.courier)
    check = {"outcome": "verified", "checked_at": courier.happening("PICKED_UP")["occurred_at"]}
    await courier.reports(other, courier.new_waybill(), [courier.happening("PICKED_UP", real_name_check=check)])
    await courier.asks_for_data(other, "delivery", FIELDS[2:])


async def without_consent(stage: Trade, consignment: Consignment, performer: Courier, rival: Courier) -> None:
    """Nobody consented to anything."""
    await performer.asks_for_data(consignment, "delivery")
    await performer.asks_for_data(consignment, "delivery", FIELDS[:3])
    await performer.asks_for_data(consignment, "delivery", FIELDS[2:4], consent=INVENTED)  # which matters for added value only
    await stage.third_party.asks_for_data(consignment, "value_added", FIELDS[-1:])
    for purpose in ("delivery", "value_added", *UNRELATED):
        await stage.third_party.asks_for_data(consignment, purpose)
    askers: tuple[Asking, ...] = (performer, rival, stage.analyst)
    for asker in askers:
        await asker.asks_for_data(consignment, "value_added")
        await asker.asks_for_data(consignment, "value_added", FIELDS[:2], consent=INVENTED)
        await asker.asks_for_data(consignment, "value_added", FIELDS[3:])
    await stage.third_party.asks_for_data(consignment, "value_added", consent=INVENTED)
    await rival.asks_for_data(consignment, "delivery", FIELDS[3:5])
    for purpose in UNRELATED:
        await performer.asks_for_data(consignment, purpose, FIELDS[:2])
        await stage.analyst.asks_for_data(consignment, purpose, FIELDS[:1])


async def with_consent(stage: Trade, consignment: Consignment, performer: Courier, rival: Courier, merchant: Merchant) -> None:
    """The user consented to one party, to few fields, to a transfer abroad, or not to that."""
    whole = await merchant.gives_consent(consignment, stage.third_party)
    for purpose in UNRELATED:
        await stage.third_party.asks_for_data(consignment, purpose, consent=whole)
    askers: tuple[Asking, ...] = (stage.analyst, performer, rival)
    for asker in askers:
        await asker.asks_for_data(consignment, "value_added", consent=whole)
    await stage.third_party.asks_for_data(consignment, "value_added", FIELDS[:2], consent=whole)
    part = await merchant.gives_consent(consignment, stage.analyst, ("recipient_region", "item_categories"))
    for fields in (("recipient_region",), ("recipient_region", "item_categories"), ("recipient_region", "recipient_phone"), FIELDS):
        await stage.analyst.asks_for_data(consignment, "value_added", fields, consent=part)
    name = await merchant.gives_consent(consignment, stage.analyst, FIELDS[:1])
    await stage.analyst.asks_for_data(consignment, "value_added", FIELDS[:1], consent=name)
    await stage.analyst.asks_for_data(consignment, "value_added", FIELDS[3:4], consent=part)  # a later one ends no earlier one
    await merchant.withdraws_consent(consignment, name)
    await stage.analyst.asks_for_data(consignment, "value_added", FIELDS[3:5], consent=part)
    theirs = await merchant.gives_consent(consignment, rival)
    for courier in (stage.courier_new, performer, rival):
        await courier.asks_for_data(consignment, "value_added", FIELDS[:2], consent=theirs)
    everywhere = await merchant.gives_consent(consignment, stage.third_party, cross_border=True)
    for basis, country in zip(BASES[:2], ABROAD[:2], strict=True):
        for consent in (whole, everywhere):
            await stage.third_party.asks_for_data(consignment, "value_added", consent=consent, jurisdiction=country, basis=basis)
        await stage.third_party.asks_for_data(consignment, "value_added", consent=everywhere, jurisdiction=country)
        await performer.asks_for_data(consignment, "delivery", jurisdiction=country)
        await performer.asks_for_data(consignment, "delivery", jurisdiction=country, basis=basis)


async def somebody_elses_consents(stage: Trade, one: Consignment, other: Consignment) -> None:
    """A consent to one order is shown for another, by the party that it names."""
    for consented, asked, merchant in ((one, other, stage.merchant_1), (other, one, stage.merchant_2)):
        for asker in (stage.third_party, stage.analyst, stage.courier_new):
            consent = await merchant.gives_consent(consented, asker)
            await asker.asks_for_data(asked, "value_added", consent=consent)
            await asker.asks_for_data(consented, "value_added", consent=consent)
        await merchant.withdraws_consent(consented, consent)
