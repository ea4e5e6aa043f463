"""Answers: what the target said in the whole run, by what it had been asked.

In: evidence.  Out: its answers to rightful requests, its errors, its webhooks, each with what the interface says of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from conformance.evidence import Evidence
from conformance.expect import Judgement
from conformance.judgements.problems import Form, problem_flaws
from conformance.judgements.schemas import Departure, departures, flaws, header_departures, refusal_departures
from conformance.parties import IUT
from conformance.records import Act, Answer, Exchange
from conformance.specification import Operation

TOKEN = "issueToken"
"""Answers errors in the form of RFC 6749."""
SANDBOX = "/sandbox/"
JSON_TYPE = "application/json"


def rightly_asked(evidence: Evidence) -> Iterator[tuple[Exchange, Operation, Answer]]:
    """Answers to requests that were in order, as far as the interface knows their operation."""
    for exchange in evidence.exchanges:
        operation = evidence.specification.operations.get(exchange.operation)
        act = evidence.act_of(exchange)
        if operation and exchange.answerer == IUT and isinstance(exchange.answer, Answer) and (act is None or act.intent == "ordinary"):
            yield exchange, operation, exchange.answer


def pages(evidence: Evidence) -> Iterator[tuple[Exchange, Answer]]:
    """The pages that were given of what is read page by page: what may have a link to the next."""
    for exchange, operation, answer in rightly_asked(evidence):
        if answer.status == 200 and operation.may_carry(200, "Link"):
            yield exchange, answer


def allowed(exchange: Exchange) -> frozenset[str] | None:
    """The methods that a 405 says are supported (RFC 9110, 15.5.6); None for another answer."""
    answer = exchange.answer
    if not isinstance(answer, Answer) or answer.status != 405:
        return None
    lines = [value for name, value in answer.headers if name.lower() == "allow"]
    return frozenset(word.strip().upper() for line in lines for word in line.split(",") if word.strip())


def webhooks(evidence: Evidence) -> Iterator[tuple[Exchange, Operation | None]]:
    """What the target sent to receivers of ours, and which message it is, None for one that the interface does not know.  Not what it
    broke off: that was never said."""
    for exchange in evidence.exchanges:
        if exchange.sender == IUT and not exchange.broke_off:
            operation = evidence.specification.operations.get(exchange.operation)
            yield exchange, operation if operation is not None and operation.webhook else None


def errors(evidence: Evidence, form: Form, acts: tuple[type[Act], ...], *, others: bool = False) -> Iterator[tuple[Exchange, Judgement]]:
    """Every refusal and failure in answer to such acts (or to all others), each with what must be true of it; none of the sandbox."""
    token = evidence.specification.operations[TOKEN]
    for exchange, answer in every_error(evidence):
        if isinstance(evidence.act_of(exchange), acts) == others or exchange.request.target.startswith(SANDBOX):
            continue
        if exchange.operation != TOKEN:
            yield exchange, problem_as_documented(evidence, exchange.operation, answer, form)
        elif exchange.request.method == token.method:
            yield exchange, as_documented(token, answer)


def every_error(evidence: Evidence) -> Iterator[tuple[Exchange, Answer]]:
    """Every refusal and failure that the target answered with."""
    for exchange in evidence.exchanges:
        if exchange.answerer == IUT and isinstance(exchange.answer, Answer) and exchange.answer.status >= 400:
            yield exchange, exchange.answer


def as_documented(operation: Operation, answer: Answer) -> Judgement:
    """The answer has a status, headers, a media type and a body that the operation documents; problem details are judged by themselves."""
    if answer.status >= 400 and operation.id != TOKEN:
        return lambda _: refusal_departures(operation, answer)
    return lambda _: departures(operation, answer)


def message_as_documented(exchange: Exchange, operation: Operation | None) -> Judgement:
    """The webhook is one of the interface's, and its body is what that one holds."""
    body = exchange.request.body
    if operation is None or operation.request is None:
        return lambda _: [Departure(kind="message_undocumented", seen=(body.text or "")[:80])]
    shape = operation.request
    return lambda _: (*media_departures(exchange), *(flaws(shape, body) if body.digest is None else ()))


def media_departures(message: Exchange) -> Iterator[Departure]:
    """A message says that it is JSON."""
    said = next((value for name, value in message.request.headers if name.lower() == "content-type"), "")
    if said.partition(";")[0].strip().lower() != JSON_TYPE:
        yield Departure(kind="media_type_undocumented", expected=JSON_TYPE, seen=said or None)


def problem_as_documented(evidence: Evidence, operation: str, answer: Answer, form: Form) -> Judgement:
    """The error is a problem detail of the interface, its code one that goes with the status, and has the headers that go with it."""
    asked = evidence.specification.operations.get(operation)
    headers = tuple(header_departures(asked, answer)) if asked is not None else ()
    return lambda _: (*problem_flaws(evidence.specification.shapes["problem"], answer, form), *headers)
