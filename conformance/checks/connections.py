"""Connections: what the exchange status said of each courier, and what was so.

In: evidence.  Out: readings of the status, each with what our receivers and requests knew at that time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from conformance.checks.dead_ends import ATTEMPTS, outages, taken
from conformance.checks.feeds import walks
from conformance.checks.offers import counterparts
from conformance.evidence import Evidence, Telling
from conformance.judgements.assessments import microseconds
from conformance.parties import IUT, Party
from conformance.records import Answer, Exchange, Instant
from conformance.vocabulary import STATUS, StatusRead

QUIET: Final = 240_000_000
"""µs without a message after which none is on its first way."""
FAILING: Final = ("degraded", "down")
WELL: Final = ("up",)


@dataclass(frozen=True)
class Reading:
    """A row of the status about a courier, with everything sent to it until then, in order, and what was sent later."""

    row: Telling
    party: Party
    at: Instant
    sent: list[Exchange]
    asked: list[Exchange]
    down: list[str]
    later: list[Exchange]

    @property
    def steady(self) -> Instant:
        """For how long (µs) every message had been taken, or refused, without a change."""
        last = taken(self.sent[-1])
        same = self.at
        for one in reversed(self.sent):
            if taken(one) != last:
                break
            same = one.trade
        return self.at - same

    @property
    def failing(self) -> bool:
        """Whether the last message was refused."""
        return not taken(self.sent[-1])

    @cached_property
    def waiting(self) -> int:
        """How many messages had been refused so far and were neither delivered nor given up."""
        return sum(len(several) < ATTEMPTS for several in self.undelivered.values())

    @cached_property
    def undelivered(self) -> dict[str, list[Exchange]]:
        """What was sent in vain so far, by message and receiver."""
        found: dict[str, list[Exchange]] = {}
        for one in self.sent:
            found.setdefault(message_of(one), []).append(one)
        return {message: several for message, several in found.items() if not any(map(taken, several))}

    def counts(self, backlog: object) -> bool:
        """Whether so many messages may wait: at least those to receivers of ours that are down which were sent again later, and, when all
        is quiet, no more than were ever refused or are on their first way.  What waits for a receiver that was deregistered only the
        platform knows."""
        again = frozenset(map(message_of, self.later)) if self.down else ()
        least = sum(message in again and message.endswith(tuple(self.down)) for message in self.undelivered) if self.down else 0
        quiet = self.at - self.sent[-1].trade > QUIET
        return isinstance(backlog, int) and least <= backlog and (backlog <= self.waiting + self.coming or not quiet)

    @cached_property
    def coming(self) -> int:
        """How many messages were first sent soon after: they may have waited already."""
        soon = {message_of(one) for one in self.later if one.trade <= self.at + QUIET}
        return len(soon - {message_of(one) for one in self.sent})

    def knows_of(self, said: object, tolerance: Instant) -> bool:
        """Whether something got through at the time that is said to be the last, and no message was taken after it."""
        at = microseconds(said)
        answered = [one.trade for one in self.asked if isinstance(one.answer, Answer) and one.answer.status < 300]
        through = [one.trade for one in self.sent if taken(one)] + answered
        return at is not None and at >= self.last_delivery - tolerance and any(-tolerance <= at - one <= tolerance for one in through)

    @cached_property
    def last_delivery(self) -> Instant:
        return max((one.trade for one in self.sent if taken(one)), default=0)


def readings(evidence: Evidence) -> list[Reading]:
    """Every row about a courier to which something had been sent."""
    return evidence.derived(_readings)


def _readings(evidence: Evidence) -> list[Reading]:
    codes = {member.code: member.party for member in evidence.parties("courier")}
    sent: dict[Party, list[Exchange]] = defaultdict(list)
    asked: dict[Party, list[Exchange]] = defaultdict(list)
    for one in evidence.exchanges:
        if one.sender == IUT:
            sent[one.answerer].append(one)
        else:
            asked[one.sender].append(one)
    found: list[Reading] = []
    for row in evidence.told(STATUS):
        party = codes.get(str(row.value.get("counterpart"))) if isinstance(row.value, dict) else None
        exchange = evidence.exchange(row.exchange)
        read = evidence.act_of(exchange)
        if party is not None and any(one.n < exchange.n for one in sent[party]):
            down = [one.box for one in outages(evidence) if one.party == party and read is not None and one.holds(read)]
            before, after = ([one for one in sent[party] if (one.n < exchange.n) == earlier] for earlier in (True, False))
            found.append(Reading(
                row, party, exchange.trade, before, [one for one in asked[party] if one.n < exchange.n], down, after
            ))
    return found


def message_of(sending: Exchange) -> str:
    """What tells a message to a receiver from others."""
    name = next((value for key, value in sending.request.headers if key.lower() == "webhook-id"), str(sending.n))
    return f"{name} {sending.request.target}"


class Overview(NamedTuple):
    """A whole reading of the status: the exchange that ended it, the rows by counterpart, whom it had to show; `all_seeing`: to an
    authority."""

    last: Exchange
    rows: dict[str, Telling]
    due: list[str]
    all_seeing: bool


def overviews(evidence: Evidence) -> Iterator[Overview]:
    """Every whole reading.  An authority sees everybody, a counterpart itself (`getExchangeStatus`)."""
    authorities = {member.party for member in evidence.parties("authority")}
    for walk in walks(evidence, STATUS, evidence.each(StatusRead)):
        if walk.whole:
            due = counterparts(evidence) if walk.party in authorities else [evidence.cast[walk.party].code]
            rows = {str(row.value.get("counterpart")): row for row in walk.told if isinstance(row.value, dict)}
            yield Overview(walk.exchanges[-1], rows, due, walk.party in authorities)
