"""Partings: receivers that were unsubscribed, or said that they are gone, and what was sent to them all the same.

In: evidence.  Out: the end of each receiver, with the messages that were sent to it later (rule 11.5, `deleteSubscription`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from conformance.checks.deliveries import UNSUBSCRIBING, box_of, deliveries, partings
from conformance.checks.offers import honoured
from conformance.checks.trials import accepted
from conformance.evidence import Evidence
from conformance.records import JSON, Exchange, Instant
from conformance.vocabulary import ConsignmentEntered, Subscribed, Unsubscribed


class Parting(NamedTuple):
    """`exchange` ended the receiver; `late` were sent to it `grace` and more later; `missed` tells whether there was something to send."""

    exchange: Exchange
    late: list[Exchange]
    missed: bool


def parted(evidence: Evidence, grace: int) -> Iterator[Parting]:
    """The first end of each receiver.  Where its subscription was asked for several times, there may be another one; it counts not."""
    once = {act.data["box"]: act for act in evidence.each(Subscribed) if len(evidence.answers(act)) == 1}
    sent: dict[str, list[Exchange]] = {}
    for exchange, _ in deliveries(evidence):
        sent.setdefault(box_of(exchange), []).append(exchange)
    for box, exchange in partings(evidence):
        if box in once and (exchange.operation != UNSUBSCRIBING or accepted(exchange)):
            asked, over = once.pop(box), exchange.trade + exchange.took + grace
            late = [one for one in sent.get(box, ()) if evidence.sent_since(one) > over]
            yield Parting(exchange, late, missed(evidence, asked, over))


def missed(evidence: Evidence, asked: Subscribed, over: Instant) -> bool:
    """Whether a consignment was taken on later that would have been told to the receiver."""
    entered = (entry for entry in evidence.each(ConsignmentEntered) if entry.to == asked.by and entry.trade > over)
    return "consignment.created" in asked.data["event_types"] and any(
        entry.about[0] in honoured(evidence) and evidence.accepted(entry) for entry in entered
    )


def unsubscribed_twice(evidence: Evidence) -> Iterator[Exchange]:
    """The answers to who unsubscribed once more, having done it before."""
    done = {act.data["box"] for act in evidence.each(Unsubscribed) if evidence.accepted(act)}
    for act in evidence.every(Unsubscribed):
        if act.data["again"] and act.data["box"] in done:
            yield from evidence.answers(act)[-1:]


def asked_for(evidence: Evidence) -> Iterator[tuple[Exchange, JSON, bool]]:
    """Each message that the interface knows, its type, and whether its receiver was registered for that."""
    types = {act.data["box"]: frozenset(act.data["event_types"]) for act in evidence.each(Subscribed)}
    operations = evidence.specification.operations
    for exchange, _ in deliveries(evidence):
        if exchange.operation in operations:
            kind = operations[exchange.operation].node["x-type"]
            yield exchange, kind, kind in types[box_of(exchange)]
