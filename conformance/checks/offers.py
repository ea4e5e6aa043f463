"""Offers: what each merchant was shown when it looked at its choice of couriers, page by page.

In: evidence.  Out: choices, one per look from the first page to the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final, NamedTuple

from conformance.evidence import Evidence, Telling
from conformance.expect import Judgement
from conformance.judgements.sameness import like
from conformance.parties import Subject
from conformance.records import JSON, Answer, Exchange
from conformance.untrusted import parsed
from conformance.vocabulary import CONSIGNMENT, DISCOVERY, OFFER, ConsignmentEntered, OffersRead

OWN: Final = ("courier_code", "name", "since", "service_products", "available", "interruption_notice_id")
"""What each courier has of its own in an offer; `available` is judged by itself."""
PRODUCT: Final = {"code", "name", "promised_hours"}
NOT_CHOSEN: Final = ("unknown_courier", "unknown_service_product", "courier_interrupted")
"""The places of a problem that say that the courier cannot be chosen (specs/codes/problems.yaml)."""


class Choice(NamedTuple):
    """One look: the offers by courier code, and the exchange that ended it."""

    offers: Mapping[str, Telling]
    last: Exchange

    def judged(self, code: str) -> Judgement:
        """Whether that courier is offered on the terms of the others."""
        others = [terms(offer.value) for other, offer in self.offers.items() if other != code]
        return lambda offer: like(others, OWN)(terms(offer))


def terms(offer: JSON) -> Mapping[str, object]:
    """An offer, with the members that the interface does not know of products in place of the products."""
    products = offer.get("service_products")
    members = {name for product in products if isinstance(product, dict) for name in product} if isinstance(products, list) else set()
    return {**offer, **{f"service_products/*/{name}": True for name in members - PRODUCT}}


def choices(evidence: Evidence) -> Iterator[Choice]:
    """Every look that was answered to its end."""
    read = sorted(evidence.each(OffersRead), key=lambda act: (act.data["walk"], act.n))
    for _, acts in groupby(read, key=lambda act: act.data["walk"]):
        exchanges = [answer for act in acts if (answer := evidence.answer(act)) is not None]
        if exchanges and all(isinstance(one.answer, Answer) and one.answer.status < 300 for one in exchanges):
            told = [telling for one in exchanges for telling in evidence.tellings_in(one) if telling.kind == OFFER]
            offers = {str(one.value.get("courier_code")): one for one in told if isinstance(one.value, dict)}
            yield Choice(offers, exchanges[-1])


def interconnected(evidence: Evidence) -> list[str]:
    """The codes of all couriers that are interconnected: those that work with us, and those that the platform declares."""
    return list(dict.fromkeys((*(member.code for member in evidence.parties("courier")), *counterparts(evidence, "courier"))))


def counterparts(evidence: Evidence, kind: str | None = None) -> list[str]:
    """The codes of the counterparts that the platform declares, of that kind or all."""
    codes: list[str] = []
    for telling in evidence.told(DISCOVERY):
        declared = telling.value.get("counterparts") if isinstance(telling.value, dict) else None
        for one in declared if isinstance(declared, list) else ():
            if isinstance(one, dict) and kind in (None, one.get("kind")):
                codes.append(str(one.get("code")))
    return list(dict.fromkeys(codes))


def places_of(exchange: Exchange | None) -> list[str]:
    """What a problem says of the body, by its codes."""
    if exchange is None or not isinstance(exchange.answer, Answer):
        return []
    problem = parsed(exchange.answer.body.raw)
    errors = problem.get("errors") if isinstance(problem, dict) else None
    return [str(one.get("code")) for one in errors if isinstance(one, dict)] if isinstance(errors, list) else []


def not_chosen(exchange: Exchange | None) -> list[str]:
    """The codes by which an entry was refused because of the courier; none where it was not."""
    return [code for code in places_of(exchange) if code in NOT_CHOSEN]


def receipts(evidence: Evidence) -> Iterator[tuple[Telling, Judgement]]:
    """What a merchant was told when it entered, and whether members that the interface has not stand there for one courier only."""
    taken = [(entry, telling) for entry in evidence.each(ConsignmentEntered) for telling in answered(evidence, entry)]
    for courier in evidence.parties("courier"):
        alike = like([extras(telling) for entry, telling in taken if entry.to != courier.party], ())
        for entry, telling in taken:
            if entry.to == courier.party:
                yield telling, judged_by_extras(telling, alike)


def judged_by_extras(telling: Telling, alike: Judgement) -> Judgement:
    return lambda _: alike(extras(telling))


def answered(evidence: Evidence, entry: ConsignmentEntered) -> list[Telling]:
    answer = evidence.answer(entry)
    if answer is None or not evidence.accepted(entry):
        return []
    return [one for one in evidence.tellings_in(answer) if one.kind == CONSIGNMENT and one.by != entry.by]


def extras(telling: Telling) -> Mapping[str, object]:
    """The members of a record that the interface does not know."""
    members = telling.value.items() if isinstance(telling.value, dict) else ()
    return {name: value for name, value in members if not telling.shape.knows(name)}


def honoured(evidence: Evidence) -> frozenset[Subject]:
    """What was taken on for the courier that had been chosen.  Of what was given to another, other requirements say nothing."""
    return evidence.derived(_honoured)


def _honoured(evidence: Evidence) -> frozenset[Subject]:
    return frozenset(
        entry.about[0] for entry in evidence.each(ConsignmentEntered) for telling in answered(evidence, entry)
        if isinstance(telling.value, dict) and telling.value.get("courier_code", entry.data["courier_code"]) == entry.data["courier_code"]
    )
