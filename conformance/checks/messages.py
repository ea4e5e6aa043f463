"""Messages: what the target sent to whom, sorted by what it was about.

In: evidence.  Out: exchanges with the pieces that reached a party; findings about exposed people.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple
from urllib.parse import unquote

from conformance.checks.leakage import Exposure, Leakage, failed
from conformance.checks.persons import ROLES
from conformance.checks.views import FIELDS, text_of
from conformance.evidence import Evidence
from conformance.expect import Expect
from conformance.judgements.needles import Needles
from conformance.parties import IUT, NOBODY, Party
from conformance.records import Exchange, Failure
from conformance.untrusted import parsed
from conformance.vocabulary import ANALYTICS, CONSIGNMENT, DECISION, EVENT, TRACKING

ABOUT_PEOPLE = frozenset({CONSIGNMENT, EVENT, DECISION, ANALYTICS})
ADDRESS = b'"http'
LEADING = (
    ADDRESS, *(name.encode() + b'"' for word in ("cursor", "url", "href", "link", "next", "instance") for name in (word, word.title())),
)
"""How members begin or end that lead somewhere."""
_LEADING = Needles(LEADING)
_TEXT = re.compile(rb'(?P<text>"(?:[^"\\]|\\.)*")')
_VALUE = re.compile(rb'\s*:\s*(?P<text>"(?:[^"\\]|\\.)*")')


class Message(NamedTuple):
    """The body of an exchange, or what surrounds it, as it reached a party.

    `audience` is who may read it: nobody in particular where the page is open.
    """

    exchange: Exchange
    audience: Party
    where: str
    data: bytes

    @property
    def pushed(self) -> bool:
        return self.exchange.sender == IUT

    @property
    def failed(self) -> bool:
        """Whether it is an error answer."""
        return not self.pushed and failed(self.exchange)


def sent(evidence: Evidence) -> list[Message]:
    """Everything that the target sent to anybody: bodies, and headers with targets in one piece."""
    bodies: dict[Party, list[Message]] = {party: [] for party in evidence.cast}
    heads: dict[Party, list[Message]] = {party: [] for party in evidence.cast}
    for exchange in evidence.exchanges:
        pushed = exchange.sender == IUT
        party, said = (exchange.answerer, exchange.request) if pushed else (exchange.sender, exchange.answer)
        if party not in bodies or isinstance(said, Failure):
            continue
        operation = evidence.specification.operations.get(exchange.operation)
        public = operation is not None and not operation.webhook and not operation.secured
        reader = NOBODY if public else party
        around = [*((exchange.request.target,) if pushed else ()), *(value for _, value in said.headers)]
        bodies[party].append(Message(exchange, reader, "body", said.body.raw))
        if around:
            heads[party].append(Message(exchange, reader, "headers", "\n=".join(around).encode()))
    return [message for party in evidence.cast for message in (*bodies[party], *heads[party])]


def small(evidence: Evidence, leakage: Leakage, kind: Callable[[Message], bool]) -> list[Message]:
    """The bodies of a kind of which nearly all hold nothing, skimmed in the common codings."""
    found = list(bodies(evidence, kind))
    leakage.skim((message.data for message in found), unfolded=True)
    return found


def addressed(evidence: Evidence) -> Mapping[Party, list[Message]]:
    """The bodies that each party was sent, errors apart."""
    found: dict[Party, list[Message]] = defaultdict(list)
    for message in evidence.derived(sent):
        if message.where == "body" and not message.failed:
            found[message.audience].append(message)
    return found


def bodies(evidence: Evidence, kind: Callable[[Message], bool]) -> Iterator[Message]:
    """The bodies of one kind."""
    return (message for message in evidence.derived(sent) if message.where == "body" and kind(message))


def impersonal(evidence: Evidence) -> Callable[[Message], bool]:
    """Whether a message is an answer of an operation that is not about consignment data."""
    quiet = {
        operation.id for operation in evidence.specification.operations.values()
        if not operation.webhook and not any(
            shape.record in ABOUT_PEOPLE for status, places in operation.said.items() if status.startswith("2") for _, shape in places
        )
    }
    return lambda message: message.exchange.operation in quiet and not message.pushed and not message.failed


def envelopes(evidence: Evidence, leakage: Leakage) -> Iterator[Message]:
    """What surrounds each body, and what in it leads on: headers, targets, cursors, addresses."""
    messages = evidence.derived(sent)
    leakage.skim(message.data for message in messages if message.where != "body")
    for message in messages:
        if message.where != "body":
            yield message
        else:
            yield from links(evidence, message)


def links(evidence: Evidence, message: Message) -> Iterator[Message]:
    """The pieces of a body that lead somewhere: cursors, addresses; each is a message of its own."""
    return (message._replace(where="body", data=link) for link in evidence.of(links_in, message.data))


def links_in(body: bytes) -> tuple[bytes, ...]:
    """What the members of a body say that lead somewhere, each as it stands and with percent-encoding undone."""
    found: list[bytes] = []
    for marker, start, end in sorted(_LEADING.places(body)):
        value = _VALUE.match(body, end) if LEADING[marker] != ADDRESS else _TEXT.match(body, start)
        if value is not None:
            text = str(parsed(value["text"]) or "")
            found.append(f"{text}\n{unquote(text)}".encode("utf-8", "surrogatepass"))
    return tuple(found)


def in_masked_fields(evidence: Evidence, leakage: Leakage, exchange: Exchange) -> Iterator[str]:
    """Values that masked fields show plainly, each in its own: whether that is masked enough is another question."""
    for telling in evidence.tellings_in(exchange):
        for role, field in product(ROLES, FIELDS) if telling.kind == TRACKING and isinstance(telling.value, dict) else ():
            shown = text_of(telling.value.get(role), field).encode("utf-8", "surrogatepass")
            yield from (one.text for one in leakage.anybody(shown) if one.form == "plain" and f"{role}.{field}" in one.whats)


def outside_masks(evidence: Evidence, leakage: Leakage, message: Message) -> Iterable[Exposure]:
    """Whose values stand in an answer other than plainly in the masked fields that are theirs."""
    shown = frozenset(in_masked_fields(evidence, leakage, message.exchange))
    exposed = leakage.anybody(message.data, message.where, unfolded=True)
    return (one for one in exposed if not (one.text in shown and one.form == "plain"))


def unheard(leakage: Leakage, message: Message) -> Iterator[Exposure]:
    """Strangers' values in an error that were not in the request that it answers."""
    request = message.exchange.request
    asked = {one.text for one in leakage.anybody(unquote(request.target).encode() + request.body.raw)}
    return (one for one in leakage.strangers(message.audience, message.data, former=False, unfolded=True) if one.text not in asked)


def free_of(expect: Expect, message: Message, exposed: Iterable[Exposure], kind: str, *, digests: bool = False) -> None:
    """The message holds no such exposure; digests of values count apart from all other forms."""
    found = next((one for one in exposed if one.digest == digests), None)
    expect(message.exchange).holds(found is None, kind, **(found.named() if found else {}))
