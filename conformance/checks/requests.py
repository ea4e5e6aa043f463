"""Requests for data: what stands in the way of each, by what the suite did, and what was decided.

In: evidence.  Out: obstacles of a request (none: it must be granted), and the decision on it.
Source: rule 10.1 of `specs/platform.openapi.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final, NamedTuple

from conformance.checks.leakage import Leakage
from conformance.checks.persons import PERSONS, Persons, confirmed
from conformance.checks.views import FIELDS, text_of
from conformance.clock import instant
from conformance.evidence import Evidence, Need, Seen, Telling
from conformance.expect import Expect
from conformance.judgements.concealment import is_masked
from conformance.judgements.decisions import Decision, grant, refusal, virtual
from conformance.judgements.flaw import Flaw
from conformance.judgements.phones import digits
from conformance.parties import IUT, Party, Subject
from conformance.records import JSON, Answer, Exchange, Failure, Instant
from conformance.vocabulary import CONSENT, CONSIGNMENT, DECISION, ConsentGiven, ConsentWithdrawn, ConsignmentEntered, DataRequested

ASKED: Final[set[Need]] = {*PERSONS, ConsentGiven, ConsentWithdrawn, DataRequested, DECISION}
"""What a check reads that asks here."""
HOME: Final = ("CN",)
PIECE: Final = 4
"""Digits of a phone in a row that give it away."""


class Request(NamedTuple):
    """One request, what stood in its way, and when the consent that it named ends (0 for none)."""

    act: DataRequested
    obstacles: frozenset[str]
    ends: Instant

    @property
    def asked(self) -> Mapping[str, JSON]:
        """The body as it was sent."""
        return dict(self.act.data["request"])

    @property
    def unasked(self) -> bool:
        """Whether it can rest on nobody's consent: it names none, or a purpose that consent does not open."""
        return self.act.data["consent"] is None or "consent" in self.obstacles

    @property
    def subject(self) -> Subject:
        return self.act.about[0]


class Requests:
    """All requests of a run that are about an order which the platform took on.

    Obstacles: purpose, basis (of a transfer abroad), performs (former, if it once did), consent (none, or another order's),
    recipient, withdrawn, expired, scope, separate (consent to a transfer abroad).
    """

    def __init__(self, evidence: Evidence, home: Collection[str] = HOME) -> None:
        self._evidence, self._home, self.persons = evidence, home, evidence.derived(Persons)
        self._given = {act.data["consent"]: act for act in evidence.each(ConsentGiven) if evidence.accepted(act)}
        self._withdrawn = {
            act.data["consent"]: act for act in reversed(evidence.each(ConsentWithdrawn)) if evidence.accepted(act)
        }

    def __iter__(self) -> Iterator[Request]:
        for act in (one for one in self._evidence.each(DataRequested) if one.about[0] in self.persons.orders):
            given = self._given.get(act.data["consent"])
            ends = instant(given.data["entry"]["expires_at"]) if given is not None else 0
            yield Request(act, frozenset(self._obstacles(act, given, ends)), ends)

    def _obstacles(self, act: DataRequested, given: ConsentGiven | None, ends: Instant) -> Iterator[str]:
        request = act.data["request"]
        purpose, abroad = request["purpose"], request["jurisdiction"] not in self._home
        if purpose not in ("delivery", "value_added"):
            yield "purpose"
        if abroad and "cross_border_basis" not in request:
            yield "basis"
        if purpose == "delivery" and not self.persons.performs(act.by, request["order_no"], act):
            yield "former" if self.persons.may_know(act.by, act.about[0]) else "performs"
        flaws = set(self._consent_flaws(act, given, ends))
        if purpose == "value_added":
            yield from flaws
        if abroad and (flaws - {"scope"} or given is None or not given.data["entry"].get("cross_border")):
            yield "separate"

    def _consent_flaws(self, act: DataRequested, given: ConsentGiven | None, ends: Instant) -> Iterator[str]:
        request = act.data["request"]
        if given is None or given.data["entry"]["order_no"] != request["order_no"]:
            yield "consent"
            return
        if given.to != act.by:
            yield "recipient"
        withdrawn = self._withdrawn.get(act.data["consent"])
        if withdrawn is not None and confirmed(self._evidence, withdrawn) < act.n:
            yield "withdrawn"
        if act.trade >= ends:
            yield "expired"
        if not set(request["fields"]) <= set(given.data["entry"]["fields"]):
            yield "scope"

    def consented(self, request: Request) -> frozenset[str]:
        """The fields that were asked for and consented to."""
        given = self._given.get(request.act.data["consent"])
        return frozenset(request.asked["fields"]) & frozenset(given.data["entry"]["fields"] if given is not None else ())

    def nothing_else(self, expect: Expect, request: Request, leakage: Leakage) -> None:
        """The whole answer holds nothing of the people that was not both asked for and consented to."""
        exchange, allowed = self._evidence.answer(request.act), self.consented(request)
        if exchange is not None and isinstance(exchange.answer, Answer):
            exposures = [one for one in leakage.of(request.subject, exchange.answer.body.raw) if not one.digest]
            rightly = [one for one in exposures if allowed & {what.replace(".", "_") for what in one.whats}]
            within = {one.text for one in exposures if any(one.text in other.text for other in rightly)}  # part of a longer name
            beyond = next((one for one in exposures if one not in rightly and one.text not in within), None)
            expect(exchange).holds(beyond is None, "data_beyond_consent", **(beyond.named() if beyond else {}))

    def pieces(self, request: Request) -> dict[str, frozenset[str]]:
        """For each field that may be given the pieces of the others by which these would be recognised in it."""
        known, allowed = self.known(request), self.consented(request)
        texts = {name: "\n".join(texts_of(value)) for name, value in known.items()}
        cut = {"recipient_name": [texts["recipient_name"]], "recipient_phone": windows(digits(known["recipient_phone"]["number"]))}
        others = frozenset(piece for name, found in cut.items() if name not in allowed for piece in found)
        return {name: frozenset(piece for piece in others if piece not in texts.get(name, "")) for name in allowed}

    def entered(self, request: Request) -> dict[str, JSON]:
        """What the fields asked for were when they were asked for, as far as the suite knows."""
        return {name: value for name, value in self.known(request).items() if name in request.asked["fields"]}

    def known(self, request: Request) -> dict[str, JSON]:
        """All fields of the order as they were when somebody asked, but for the state, which is the platform's."""
        entered = [one for one in self.persons.contacts[request.subject] if one.role == "recipient" and one.act < request.act.n]
        recipient = entered[-1].value
        items = self.persons.orders[request.subject]["items"]
        return {
            "recipient_name": recipient["name"], "recipient_phone": recipient["phone"], "recipient_address": recipient["address"],
            "recipient_region": recipient["address"]["region_code"], "item_categories": sorted({item["category"] for item in items}),
        }


def texts_of(value: JSON) -> list[str]:
    """Every text in a value."""
    if isinstance(value, dict | list):
        return [text for inner in (value.values() if isinstance(value, dict) else value) for text in texts_of(inner)]
    return [str(value)]


def windows(text: str) -> list[str]:
    """Every piece of that many characters."""
    return [text[start : start + PIECE] for start in range(len(text) - PIECE + 1)]


def answer_of(evidence: Evidence, request: Request) -> tuple[Exchange | None, Telling | None]:
    """The answer to a request and the decision in it, if it holds one."""
    exchange = evidence.answer(request.act)
    told = evidence.tellings_in(exchange) if exchange is not None else ()
    return exchange, next((telling for telling in told if telling.kind == DECISION), None)


def decided(evidence: Evidence, expect: Expect, request: Request, judgement: Decision) -> None:
    """There is a decision, and the judgement finds nothing wrong with it.  No decision counts when it is missing again."""
    exchange, decision = answer_of(evidence, request)
    if decision is None:
        expect(request.act).holds(False, "no_decision", nature="missing", expected=200, seen=status(exchange))
    else:
        expect(decision.content).satisfies(judgement)


def refused(evidence: Evidence, expect: Expect, request: Request, leakage: Leakage) -> None:
    """The request is refused, and the whole answer holds nothing of the people it was about; digests are another matter."""
    decided(evidence, expect, request, refusal)
    exchange = evidence.answer(request.act)
    if exchange is not None and isinstance(exchange.answer, Answer):
        exposed = next((one for one in leakage.of(request.subject, exchange.answer.body.raw) if not one.digest), None)
        expect(exchange).holds(exposed is None, "data_in_refusal", **(exposed.named() if exposed else {}))


def granted(evidence: Evidence, expect: Expect, request: Request, requests: Requests) -> None:
    """The request is granted, and every field asked for is given as it was entered."""
    decided(evidence, expect, request, grant(requests.entered(request), request.asked["fields"]))


def status(exchange: Exchange | None) -> JSON:
    """What came instead of a decision."""
    if exchange is None or isinstance(exchange.answer, Failure):
        return None
    return exchange.answer.status


def outsider(evidence: Evidence, party: Party) -> bool:
    """Whether the party is an outside company."""
    return evidence.cast[party].kind == "third_party"


def concealed(evidence: Evidence, entry: ConsignmentEntered) -> Callable[[JSON], Flaw | None]:
    """A judgement: whether the recipient as told is masked or encrypted, or has a phone that nobody entered for anybody and that is no
    virtual one."""
    numbers = evidence.derived(numbers_entered)
    contacts = [one.value for one in evidence.derived(Persons).contacts[entry.about[0]] if one.role == "recipient"]

    def judged(consignment: JSON) -> Flaw | None:
        recipient = consignment.get("recipient") if isinstance(consignment, dict) else None
        for field in FIELDS:
            shown = text_of(recipient, field)
            entered = any(shown == text_of(contact, field) for contact in contacts)
            whole = field != "phone" or (isinstance(recipient, dict) and virtual(contacts[-1].get("phone"), recipient.get("phone")))
            whole = whole or shown in numbers
            if not entered and (is_masked(shown) or not whole):
                return Flaw("masked_without_consent", {"field": field, "shown": shown})
        return None

    return judged


def numbers_entered(evidence: Evidence) -> frozenset[str]:
    """Every phone number that was entered for anybody."""
    return frozenset(text_of(one.value, "phone") for each in evidence.derived(Persons).contacts.values() for one in each)


def unconsented(evidence: Evidence, within: Instant) -> Iterator[ConsignmentEntered]:
    """Consignments for which nobody consented to anything, or withdrew it, next to consented ones that did arrive.

    Where not even those arrive, delivery has other troubles.
    """
    entries = [entry for entry in evidence.each(ConsignmentEntered) if evidence.accepted(entry)]
    consented = {act.about[0] for act in evidence.each(ConsentGiven)}
    withdrawn = {act.about[0]: act.n for act in evidence.each(ConsentWithdrawn)}
    for entry in entries:
        subject = entry.about[0]
        arrival = evidence.first(CONSIGNMENT, about=subject, to=entry.to or entry.by, since=entry.trade, within=within)
        if subject in consented and isinstance(arrival, Seen) and not concealed(evidence, entry)(arrival.value):
            alike = [one for one in entries if one.n > entry.n and (one.by, one.to) == (entry.by, entry.to)]
            yield from [one for one in alike if one.about[0] not in consented][:1]
            again = [one for one in alike if one.data["order_no"] == entry.data["order_no"]]
            yield from (one for one in again if one.n > withdrawn.get(subject, one.n))


def consents(evidence: Evidence, given: ConsentGiven) -> list[Telling]:
    """The consent as the platform says that it registered it."""
    answer = evidence.answer(given)
    return [telling for telling in evidence.tellings_in(answer) if telling.kind == CONSENT and telling.by == IUT] if answer else []
