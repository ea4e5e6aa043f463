"""Dead ends: what happened while a receiver of ours refused everything, and after it came back.

In: evidence.  Out: outages, each with the attempts that the platform made, and what had to come of them (rules 11.3 and 11.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf
from typing import Final, NamedTuple

from conformance.checks.offers import honoured
from conformance.evidence import Evidence, loss
from conformance.parties import IUT, Party, Subject
from conformance.records import Act, Answer, Exchange, Instant
from conformance.vocabulary import ConsignmentEntered, ReceiverDown, ReceiverUp

ATTEMPTS: Final = 6
"""One and five retries: after that a message may be given up (rule 11.3)."""


class Outage(NamedTuple):
    """The receiver `box` of `party` refused everything between two acts: `down`, and `up` unless the run ended before."""

    party: Party
    box: str
    down: ReceiverDown
    up: ReceiverUp | None

    def holds(self, act: Act) -> bool:
        """Whether the act fell into it.  Many things may happen at one moment, so it is their order that counts."""
        return self.down.n <= act.n and (self.up is None or act.n < self.up.n)

    @property
    def until(self) -> Instant | float:
        """When it ended (trade time)."""
        return self.up.trade if self.up is not None else inf


def outages(evidence: Evidence) -> list[Outage]:
    """Every outage of a receiver that somebody has for the whole run, in the order of their beginning."""
    ups = evidence.each(ReceiverUp)
    return [
        Outage(down.by, down.data["box"], down, next((up for up in ups if up.data["box"] == down.data["box"] and up.n > down.n), None))
        for down in evidence.each(ReceiverDown) if down.data.get("main")
    ]


def pushes(evidence: Evidence, party: Party, box: str) -> list[Exchange]:
    """What was sent to that receiver, in order."""
    return [one for one in evidence.exchanges if one.sender == IUT and one.answerer == party and one.request.target.endswith(box)]


def taken(exchange: Exchange) -> bool:
    """Whether we took it."""
    return isinstance(exchange.answer, Answer) and exchange.answer.status < 300


def entered_during(evidence: Evidence, outage: Outage) -> list[ConsignmentEntered]:
    """What was entered for the courier meanwhile, and taken on by the platform."""
    return [
        entry for entry in evidence.each(ConsignmentEntered)
        if entry.to == outage.party and outage.holds(entry) and entry.about[0] in honoured(evidence)
    ]


def attempts(evidence: Evidence, outage: Outage) -> dict[Subject, list[Exchange]]:
    """By consignment, every sending of what was entered meanwhile to the receiver."""
    found: dict[Subject, list[Exchange]] = {entry.about[0]: [] for entry in entered_during(evidence, outage)}
    for one in pushes(evidence, outage.party, outage.box):
        for subject in {subject for telling in evidence.tellings_in(one) for subject in telling.about}:
            if subject in found:
                found[subject].append(one)
    return found


def last_try(sendings: Mapping[Subject, list[Exchange]]) -> Exchange | None:
    """The last sending of what was sent least often, if anything was sent at all."""
    tried = [each for each in sendings.values() if each]
    return min(tried, key=len)[-1] if tried else None


def all_down(evidence: Evidence) -> Iterator[Mapping[Party, Outage]]:
    """Times at which the receivers of all couriers were down together, by courier."""
    found = outages(evidence)
    couriers = [member.party for member in evidence.parties("courier")]
    for last in found:
        together = {one.party: one for one in found if one.holds(last.down)}
        if len(together) == len(couriers):
            yield together


def entered_beside(evidence: Evidence) -> Iterator[ConsignmentEntered]:
    """What was taken on for couriers whose receivers were up, while another's was down."""
    found = outages(evidence)
    for entry in evidence.each(ConsignmentEntered):
        down = {one.party for one in found if one.holds(entry)}
        if down and entry.to not in down and entry.about[0] in honoured(evidence):
            yield entry


def waited(evidence: Evidence, outage: Outage, recovery: Instant) -> bool:
    """Whether the receiver was up for so long after the outage."""
    return outage.until != inf and evidence.watched(outage.party, "push", int(outage.until), int(outage.until) + recovery)


def given_up(evidence: Evidence, outage: Outage, entry: ConsignmentEntered, recovery: Instant) -> int:
    """After how many attempts the platform had given the message up before the receiver came back; 0 where it had not."""
    tried = [one for one in attempts(evidence, outage)[entry.about[0]] if one.trade < outage.until]
    return len(tried) if outage.until != inf and tried and tried[-1].trade + recovery < outage.until else 0


def comes_back(evidence: Evidence, outage: Outage) -> Iterator[tuple[ConsignmentEntered, Exchange | None]]:
    """What was not yet given up when the receiver came back, with its arrival.  Of the attempts one may have got lost on the way."""
    entries = {entry.about[0]: entry for entry in entered_during(evidence, outage)}
    for subject, sendings in attempts(evidence, outage).items():
        before = [one for one in sendings if one.trade < outage.until]
        if len(before) + bool(evidence.derived(loss)) < ATTEMPTS:
            yield entries[subject], next((one for one in sendings if taken(one)), None)
