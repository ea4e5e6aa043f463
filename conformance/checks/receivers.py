"""Receivers: what couriers could register for, and what they were told there.

In: evidence.  Out: each receiver that a courier asked for, beside those that others asked for in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from conformance.checks.offers import honoured
from conformance.evidence import Evidence
from conformance.parties import IUT, Party
from conformance.records import Answer, Exchange, Instant
from conformance.untrusted import named
from conformance.vocabulary import ConsignmentCancelled, ConsignmentCorrected, ConsignmentEntered, Subscribed

TOLD_TO_ALL: Final = "consignment"
"""What every courier is sent in the course of a day; of notices that cannot be said."""


FOREVER: Final = 1 << 62


class Receiver(NamedTuple):
    """`refused`, though another courier got it; `unheard`: messages that came to the like of it for others, and never here."""

    asked: Subscribed
    refused: bool
    unheard: list[str]


def receivers(evidence: Evidence) -> Iterator[Receiver]:
    """Every receiver that a courier asked for."""
    couriers = {member.party for member in evidence.parties("courier")}
    heard: dict[str, set[str]] = defaultdict(set)
    happened = sent_for(evidence)
    for one in evidence.exchanges:
        if one.sender == IUT and one.operation.startswith(TOLD_TO_ALL):
            heard[one.request.target.rsplit("/", 1)[-1]].add(one.operation)
    for asked in alike(evidence, couriers).values():
        for courier, acts in asked.items():
            others = [act for other, several in asked.items() if other != courier for act in several]
            granted = any(map(evidence.accepted, others))
            told = set().union(*(heard[act.data["box"]] for act in others if evidence.accepted(act)))
            for act in acts:
                kept = evidence.accepted(act)
                due = told & happened[courier] & messages_of(evidence, act)
                yield Receiver(act, granted and not kept, sorted(due - heard[act.data["box"]]) if kept else [])


def messages_of(evidence: Evidence, subscribed: Subscribed) -> set[str]:
    """The messages, by operation, that a receiver was registered for."""
    return {
        one.id for one in evidence.specification.operations.values()
        if one.webhook and one.node["x-type"] in subscribed.data["event_types"]
    }


def sent_for(evidence: Evidence) -> dict[Party | None, set[str]]:
    """The messages that each courier has to be sent, from what was done for it."""
    performed, found = honoured(evidence), defaultdict[Party | None, set[str]](set)
    for kind, message in ((ConsignmentEntered, "Created"), (ConsignmentCorrected, "Updated"), (ConsignmentCancelled, "Cancelled")):
        for act in evidence.each(kind):
            if act.about[0] in performed and evidence.accepted(act):
                found[act.to].add(f"{TOLD_TO_ALL}{message}")
    return found


def alike(evidence: Evidence, couriers: set[Party]) -> dict[tuple[str | int, ...], dict[Party, list[Subscribed]]]:
    """What couriers asked for, by the types of message; where the run was resumed, they asked again."""
    found: dict[tuple[str | int, ...], dict[Party, list[Subscribed]]] = defaultdict(lambda: defaultdict(list))
    for act in evidence.each(Subscribed):
        if act.by in couriers:
            found[(evidence.turn(act), *sorted(act.data["event_types"]))][act.by].append(act)
    return found


def lists_of_subscribers(evidence: Evidence) -> Iterator[Exchange]:
    """First pages of subscriptions, as parties read them that had registered a receiver and not yet taken it back."""
    ended: dict[str, Instant] = {}
    for one in evidence.exchanges:
        if one.operation == "deleteSubscription":
            ended.setdefault(one.request.target.rsplit("/", 1)[-1], one.wire)
    standing: dict[Party, list[tuple[Instant, Instant]]] = defaultdict(list)
    for one in evidence.exchanges:
        fine = isinstance(one.answer, Answer) and one.answer.status < 300
        if fine and one.operation == "createSubscription":
            ids = [named(telling.value.get("subscription_id")) for telling in evidence.tellings_in(one) if isinstance(telling.value, dict)]
            standing[one.sender] += [(one.wire + one.took, ended.get(str(name), FOREVER)) for name in ids if name is not None]
        first = one.operation == "listSubscriptions" and "cursor=" not in one.request.target
        if fine and first and any(since < one.wire and one.wire + one.took < until for since, until in standing[one.sender]):
            yield one
