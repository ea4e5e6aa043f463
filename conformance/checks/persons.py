"""Persons: whose data the suite entered, in which words and when, and who may know them.

In: evidence.  Out: contacts in the order of their entry; entitlements, which follow from the acts alone: the merchant that
entered a consignment, and whoever performs it or did.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

from conformance.evidence import Evidence, Need
from conformance.parties import Party, Subject
from conformance.records import JSON, Act, Exchange, Instant
from conformance.vocabulary import ConsignmentCorrected, ConsignmentEntered, CourierChanged

PERSONS: Final[set[Need]] = {ConsignmentEntered, ConsignmentCorrected, CourierChanged}
"""What a check reads that asks here."""
FOREVER: Final = 1 << 62
ROLES: Final = ("recipient", "sender")


class Contact(NamedTuple):
    """Somebody as entered; `since` is when (trade time), `act` the number of the entry."""

    subject: Subject
    role: str
    value: Mapping[str, JSON]
    since: Instant
    act: int


class Tenure(NamedTuple):
    """A courier performs a consignment from the act `since` on until the act `until`, the change to another."""

    courier: Party
    since: int
    until: int


class Persons:
    """Everybody whose data were entered and taken, by subject."""

    def __init__(self, evidence: Evidence) -> None:
        self.contacts: dict[Subject, list[Contact]] = defaultdict(list)
        self.merchants: dict[Subject, Party] = {}
        self.tenures: dict[Subject, list[Tenure]] = defaultdict(list)
        self.orders: dict[Subject, Mapping[str, JSON]] = {}
        self.texts: dict[Subject, list[tuple[int, str]]] = defaultdict(list)
        self._own: dict[Party, frozenset[Subject]] = {}
        for act in ordered(evidence):
            if evidence.accepted(act) and (isinstance(act, ConsignmentEntered) or act.about[0] in self.merchants):
                self._take(act)

    def _take(self, act: Act) -> None:
        subject, data = act.about[0], act.data
        self.texts[subject].append((act.n, json.dumps(data, ensure_ascii=False)))
        for role in ROLES:
            if isinstance(data.get(role), dict):
                self.contacts[subject].append(Contact(subject, role, data[role], act.trade, act.n))
        if isinstance(act, ConsignmentEntered):
            self.merchants[subject], self.orders[subject] = act.by, data
        if isinstance(act, ConsignmentEntered | CourierChanged) and act.to:
            tenures = self.tenures[subject]
            if tenures:
                tenures[-1] = tenures[-1]._replace(until=act.n)
            tenures.append(Tenure(act.to, act.n, FOREVER))

    def may_know(self, party: Party, subject: Subject, act: int = 0) -> bool:
        """Whether the party entered the consignment, or performed it, when what stands in `act` had been entered, or later."""
        tenures = (one for one in self.tenures.get(subject, ()) if one.courier == party and act < one.until)
        return self.merchants.get(subject) == party or any(tenures)

    def own(self, party: Party) -> frozenset[Subject]:
        """Every subject that the party may know."""
        if party not in self._own:
            self._own[party] = frozenset(subject for subject in self.merchants if self.may_know(party, subject))
        return self._own[party]

    def strange(self, party: Party, subjects: frozenset[Subject]) -> frozenset[Subject]:
        """Those of the subjects that somebody entered and that the party may not know; what nobody here entered is no stranger's."""
        return (subjects & self.merchants.keys()) - self.own(party)

    def performs(self, party: Party, order_no: JSON, act: Act) -> bool:
        """Whether the party performed a consignment of that order when that was done."""
        return any(
            tenure.courier == party and tenure.since < act.n < tenure.until
            for subject, order in self.orders.items() if order.get("order_no") == order_no for tenure in self.tenures[subject]
        )

    def as_of(self, subject: Subject, role: str, at: Instant) -> list[Contact]:
        """Whoever had been entered by then, the latest last."""
        return [contact for contact in self.contacts.get(subject, ()) if contact.role == role and contact.since <= at]


def ordered(evidence: Evidence) -> list[Act]:
    """What was entered, corrected and handed over, in the order of the acts."""
    acts: list[Act] = [*evidence.each(ConsignmentEntered), *evidence.each(ConsignmentCorrected), *evidence.each(CourierChanged)]
    return sorted(acts, key=lambda act: act.n)


def confirmed(evidence: Evidence, act: Act) -> int:
    """The number of the exchange that answered an act: whatever has a higher one was done in the knowledge of it."""
    answer = evidence.answer(act)
    return answer.n if answer is not None else act.n


def begun(exchange: Exchange) -> int:
    """The number of what began an exchange: our act, or its own where the target began it."""
    return exchange.act if exchange.act is not None else exchange.n
