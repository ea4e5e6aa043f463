"""Belongings: whose records a party's lists held, and what a courier still learned of what it no longer performs.

In: evidence.  Out: the tellings and pages of lists; for each change of courier what the former one read and was sent.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from conformance.checks.leakage import Exposure, Leakage
from conformance.checks.messages import Message, addressed, bodies, links
from conformance.checks.persons import FOREVER, begun, confirmed
from conformance.evidence import Evidence, Telling
from conformance.expect import Expect
from conformance.parties import Party, Subject
from conformance.records import Act, Answer, Exchange
from conformance.untrusted import parsed
from conformance.vocabulary import CONSIGNMENT, EVENT, SUBSCRIPTION, ConsignmentCorrected, CourierChanged

LISTED = frozenset({CONSIGNMENT, EVENT, SUBSCRIPTION})
READING = ("getConsignment", "listConsignmentEvents")


def listed(evidence: Evidence, kind: str, party: Party) -> list[Telling]:
    """The records of that kind in the party's lists."""
    return [telling for telling in evidence.told(kind, to=party, channel="pull") if telling.pointer.startswith("/items/")]


def pages(evidence: Evidence, party: Party) -> Iterator[Message]:
    """The pages of the party's lists of consignments, events and subscriptions."""
    operations = {
        operation.id for operation in evidence.specification.operations.values() if operation.secured
        if any(path[:1] == ("items",) and shape.record in LISTED for places in operation.said.values() for path, shape in places)
    }
    return bodies(evidence, lambda one: one.audience == party and one.exchange.operation in operations and not one.failed)


def in_records(evidence: Evidence, leakage: Leakage, page: Message) -> list[Exposure]:
    """Strangers' values in a page, but for those in its links and cursors, which are another matter."""
    found = list(leakage.strangers(page.audience, page.data))
    leading = {one.text for link in links(evidence, page) for one in leakage.anybody(link.data)} if found else ()
    return [one for one in found if one.text not in leading]


def subscriptions_of_its_own(evidence: Evidence, expect: Expect, page: Message) -> None:
    """A list of subscriptions names no receiver that another party registered."""
    if page.exchange.operation != "listSubscriptions":
        return
    others = [url for party, url in receivers(evidence) if party != page.audience]
    found = next((url for url in others if json.dumps(url).encode()[1:-1] in page.data), None)
    expect(page.exchange).holds(found is None, "not_its_own", seen=found)


def receivers(evidence: Evidence) -> Iterator[tuple[Party, str]]:
    """The address of each receiver that somebody registered."""
    for exchange in evidence.exchanges:
        body = parsed(exchange.request.body.raw) if exchange.operation == "createSubscription" else None
        if isinstance(body, dict) and isinstance(body.get("url"), str) and readable(exchange):
            yield exchange.sender, body["url"]


class Lost(NamedTuple):
    """A courier that no longer performs a consignment: since which record, and until which if it got it back."""

    change: CourierChanged
    former: Party
    subject: Subject
    since: int
    until: int
    entered: frozenset[str]
    leakage: Leakage

    def during(self, exchange: Exchange) -> bool:
        """Whether it was asked for when the courier had lost it, and answered before it was given back."""
        return self.since < begun(exchange) and exchange.n < self.until

    def reads(self, evidence: Evidence) -> Iterator[Exchange]:
        """Its attempts to read the consignment or its events."""
        for exchange in evidence.derived(readings).get(self.former, ()):
            if self.during(exchange):
                act = evidence.act_of(exchange)
                if act is not None and self.subject in act.about:
                    yield exchange

    def listed(self, evidence: Evidence) -> list[Telling]:
        """How the consignment stands in its lists."""
        found = listed(evidence, CONSIGNMENT, self.former)
        return [one for one in found if self.subject in one.about and self.during(evidence.exchange(one.exchange))]

    def told(self, evidence: Evidence) -> tuple[Exchange | None, str | None]:
        """The first thing entered after the change that it was sent, in anything but an error, and by which exchange."""
        later = [one for one in evidence.derived(addressed).get(self.former, ()) if self.during(one.exchange)]
        everything = b"\n".join(one.data for one in later)
        needles = {needle: text for text in self.entered if (needle := json_text(text)) in everything}
        for message in later:
            told = self.leakage.texts_in(message.data) & self.entered
            told |= {text for needle, text in needles.items() if needle in message.data}
            if told:
                return message.exchange, min(told)
        return None, None


def readings(evidence: Evidence) -> dict[Party, list[Exchange]]:
    """The attempts to read a consignment or its events, by party."""
    found: dict[Party, list[Exchange]] = defaultdict(list)
    for exchange in evidence.exchanges:
        if exchange.operation in READING:
            found[exchange.sender].append(exchange)
    return found


def json_text(text: str) -> bytes:
    """A text as it stands in JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1].encode("utf-8", "surrogatepass")


def readable(exchange: Exchange) -> bool:
    """Whether the attempt succeeded."""
    return isinstance(exchange.answer, Answer) and exchange.answer.status < 300


def lost(evidence: Evidence) -> Iterator[Lost]:
    """Every consignment that a courier had to give up."""
    leakage = evidence.derived(Leakage)
    for change in evidence.each(CourierChanged):
        if evidence.accepted(change):
            subject, former = change.about[0], Party(change.data["from"])
            since = confirmed(evidence, change)
            tenures = leakage.persons.tenures[subject]
            until = next((one.since for one in tenures if one.courier == former and one.since > since), FOREVER)
            yield Lost(change, former, subject, since, until, entered_after(evidence, leakage, subject, change.n), leakage)


def entered_after(evidence: Evidence, leakage: Leakage, subject: Subject, since: int) -> frozenset[str]:
    """The texts, known nowhere else, that were entered for the consignment with that act or after it."""
    changes: list[Act] = [*evidence.each(ConsignmentCorrected), *evidence.each(CourierChanged)]
    late = [act for act in changes if subject in act.about and act.n >= since and evidence.accepted(act)]
    remarks = {act.data["remarks"] for act in late if isinstance(act.data.get("remarks"), str)}
    return frozenset(remarks) | leakage.texts(subject, since)
