"""Reasons given: which reason a decision on data has to name, the first of rule 10.1 that applies; and orders that nobody entered.

In: evidence.  Out: decisions, each with the reasons that fit.  Whether it is a refusal at all is the matter of other requirements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from conformance.checks.persons import Persons
from conformance.checks.requests import Request, Requests
from conformance.evidence import Evidence, Telling
from conformance.judgements.likeness import telling_headers
from conformance.outcomes import CONFIRMED
from conformance.records import JSON, Act, Answer, Exchange, Instant
from conformance.untrusted import named
from conformance.vocabulary import DECISION, DataRequested

UNRELATED: Final = {"data_mining": "use_analytics"}
IN_ORDER: Final = (
    {"basis": "cross_border_basis_missing"},
    {"performs": "not_a_party", "former": "not_a_party"},
    {
        "consent": "consent_missing", "recipient": "consent_missing", "withdrawn": "consent_withdrawn", "expired": "consent_expired",
        "scope": "consent_scope",
    },
    {"separate": "cross_border_consent_missing"},
)
"""The reason of each obstacle; of several in one line any will do."""
GRANTS: Final = {"delivery": "performs_delivery", "value_added": "consent_valid"}
HERE: Final = "CN"
UNKNOWN: Final = {"delivery": "not_a_party", "value_added": "consent_missing"}


class Given(NamedTuple):
    """A decision, and the reasons of which it has to name one."""

    told: Telling
    reasons: list[str]


def given(evidence: Evidence, tolerance: Instant) -> Iterator[Given]:
    """Decisions that refuse or grant as they should; what is asked about when the consent is just running out may go either way."""
    for request in Requests(evidence):
        fitting = reasons(request)
        if not request.ends or abs(request.act.trade - request.ends) > tolerance:
            for told in decisions(evidence, request.act):
                if told.value.get("decision") == ("refused" if request.obstacles else "granted"):
                    yield Given(told, fitting)


def of_unknown_orders(evidence: Evidence) -> Iterator[Given]:
    """Decisions on orders that nobody entered: the reasons are those that somebody without any title is given for one that exists."""
    known = {named(order.get("order_no")) for order in evidence.derived(Persons).orders.values()}
    for act in evidence.each(DataRequested):
        request = act.data["request"]
        if request["order_no"] not in known and act.data["consent"] is None and request["purpose"] in UNKNOWN:
            yield from (Given(told, [UNKNOWN[request["purpose"]]]) for told in decisions(evidence, act))


def told_apart(evidence: Evidence, unknown: Telling) -> list[str]:
    """The members by which that refusal differs from those, for the same reason, of orders that exist."""
    known = {named(order.get("order_no")) for order in evidence.derived(Persons).orders.values()}
    alike = [
        one for one in evidence.told(DECISION)
        if isinstance(one.value, dict) and one.value.get("decision") == "refused" and one.value.get("reason") == unknown.value.get("reason")
        and named(one.value.get("order_no")) in known
    ]
    return sorted({name for one in alike for name in set(one.value) ^ set(unknown.value)}) if alike else []


def signs_of_orders(evidence: Evidence) -> Iterator[tuple[Exchange, tuple[str, ...]]]:
    """For each purpose and reason a refusal about an order that somebody entered, and the header lines that all such refusals have
    and none about an unknown order has, or the other way round."""
    known = {named(order.get("order_no")) for order in evidence.derived(Persons).orders.values()}
    sorts: dict[tuple[str, JSON], tuple[list[Exchange], list[Exchange]]] = defaultdict(lambda: ([], []))
    for act in evidence.each(DataRequested):
        request, answer = act.data["request"], evidence.answer(act)
        for told in decisions(evidence, act) if act.data["consent"] is None and request["jurisdiction"] == HERE else ():
            if answer is not None and told.value.get("decision") == "refused":
                sorts[request["purpose"], named(told.value.get("reason"))][request["order_no"] not in known].append(answer)
    for entered, nobodys in sorts.values():
        if min(len(entered), len(nobodys)) >= CONFIRMED:
            ones, others = ([one.answer for one in several if isinstance(one.answer, Answer)] for several in (entered, nobodys))
            yield entered[0], telling_headers(ones, others)


def decisions(evidence: Evidence, act: Act) -> Iterator[Telling]:
    """The decision in the answer to a request."""
    answer = evidence.answer(act)
    told = evidence.tellings_in(answer) if answer is not None else ()
    return (one for one in told if one.kind == DECISION and isinstance(one.value, dict))


def reasons(request: Request) -> list[str]:
    """The reasons that fit."""
    purpose = request.asked["purpose"]
    if "purpose" in request.obstacles:
        return [UNRELATED.get(purpose, "purpose_unrelated")]
    for line in IN_ORDER:
        found = {reason for obstacle, reason in line.items() if obstacle in request.obstacles}
        if found:
            return sorted(found)
    return [GRANTS[purpose]]


def beyond(request: Request, told: Telling) -> list[str]:
    """The fields that a decision gives and nobody asked for."""
    data = told.value.get("data") if isinstance(told.value, dict) else None
    return sorted(set(data) - set(request.asked["fields"])) if isinstance(data, dict) else []
