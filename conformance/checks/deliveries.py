"""Deliveries: the webhooks that came to receivers of ours, by receiver and by message.

In: evidence.  Out: exchanges with the secrets that their receivers were registered with; messages with their attempts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from conformance.clock import moment
from conformance.evidence import Evidence
from conformance.expect import Expect
from conformance.judgements.retries import Attempt, Retry, retries
from conformance.judgements.schemas import Departure
from conformance.judgements.signatures import ID, header
from conformance.outcomes import Nature
from conformance.parties import IUT
from conformance.records import Answer, Exchange, Instant
from conformance.rules import Rule, microseconds
from conformance.untrusted import canonical, parsed
from conformance.vocabulary import Subscribed

UNSUBSCRIBING: Final = "deleteSubscription"
GONE: Final = 410
WAITS: Final = 10_000_000
"""How long a sender waits for our answer, in µs (rule 11.2)."""


def secrets(evidence: Evidence) -> Mapping[str, str]:
    """The secret of each receiver that was registered, by its name."""
    return {act.data["box"]: act.data["secret"] for act in evidence.each(Subscribed)}


def box_of(exchange: Exchange) -> str:
    """The name of the receiver that a webhook was sent to."""
    return exchange.request.target.partition("?")[0].strip("/").rsplit("/", 1)[-1]


def deliveries(evidence: Evidence) -> list[tuple[Exchange, str]]:
    """Each whole webhook to a registered receiver, with the receiver's secret, in order of arrival."""
    return evidence.derived(_deliveries)


def _deliveries(evidence: Evidence) -> list[tuple[Exchange, str]]:
    known = secrets(evidence)
    pushed = ((one, box_of(one)) for one in evidence.exchanges if one.sender == IUT and not one.broke_off)
    return [(exchange, known[box]) for exchange, box in pushed if box in known]


def identities(evidence: Evidence) -> Iterator[tuple[Exchange, Departure | None]]:
    """Each webhook, and what is wrong with its id among those of its receiver."""
    contents: dict[tuple[str, str], bytes] = {}
    ids: dict[tuple[str, bytes], str] = {}
    dated: dict[tuple[str, str], str] = {}
    for exchange, _ in deliveries(evidence):
        box, id, content = box_of(exchange), header(exchange.request.headers, ID), content_of(evidence, exchange)
        if not id:
            yield exchange, Departure(kind="id_missing", expected=ID)
        elif contents.setdefault((box, id), content) != content:
            yield exchange, Departure(kind="id_reused", seen=id)
        elif ids.setdefault((box, content), id) != id:
            yield exchange, Departure(kind="id_changed", expected=ids[box, content], seen=id)
        elif dated.setdefault((box, id), timestamp := written(exchange)) != timestamp:
            yield exchange, Departure(kind="retry_rewritten", pointer="/timestamp", expected=dated[box, id], seen=timestamp)
        else:
            yield exchange, None


def content_of(evidence: Evidence, exchange: Exchange) -> bytes:
    """What a message says, whatever the order of its members, and whenever it was written down."""
    return evidence.of(said_in, exchange.request.body.raw)


def written(exchange: Exchange) -> str:
    """When a message says that it was written down: the same in every attempt, as all of its body (rule 11.3)."""
    document = parsed(exchange.request.body.raw)
    return str(document.get("timestamp")) if isinstance(document, dict) else ""


def said_in(body: bytes) -> bytes:
    """The members of a body but for its time, in a fixed order; what is no object as it came."""
    document = parsed(body)
    if isinstance(document, dict):
        return canonical({name: value for name, value in document.items() if name != "timestamp"})
    return body


def refused(evidence: Evidence, rule: Rule) -> list[Retry]:
    """Each attempt that we refused, and what came after it."""
    schedule = [microseconds(words) for words in rule.words("schedule")]
    given_up = ends(evidence)
    messages: dict[tuple[str, bytes], list[Attempt]] = {}
    for exchange, _ in deliveries(evidence):
        message = (box_of(exchange), content_of(evidence, exchange))
        attempt = Attempt(evidence.sent_since(exchange), exchange.trade, exchange.trade + exchange.took, not taken(exchange), exchange.n)
        messages.setdefault(message, []).append(attempt)

    def looked(box: str, at: Instant) -> bool:
        return at < given_up.get(box, at + 1) and evidence.answered_after(at) is not None

    return [
        retry for (box, _), attempts in messages.items()
        for retry in retries(
            attempts, schedule, jitter=rule.number("jitter"), slack=rule.duration("slack"), looked_until=partial(looked, box)
        )
    ]


def taken(exchange: Exchange) -> bool:
    """Whether we took the message, and said so while the sender still had to listen."""
    return isinstance(exchange.answer, Answer) and 200 <= exchange.answer.status < 300 and exchange.took <= WAITS


def ends(evidence: Evidence) -> Mapping[str, Instant]:
    """When receivers were unsubscribed or said that they are gone, by their name."""
    found: dict[str, Instant] = {}
    for box, exchange in partings(evidence):
        found.setdefault(box, exchange.trade)
    return found


def partings(evidence: Evidence) -> Iterator[tuple[str, Exchange]]:
    """Every attempt to unsubscribe a receiver of ours, by its name, and every message to which it said that it is gone (rule 11.5)."""
    numbers = {}
    for act in evidence.each(Subscribed):
        exchange = evidence.answer(act)
        document = parsed(exchange.answer.body.raw) if exchange is not None and isinstance(exchange.answer, Answer) else None
        if isinstance(document, dict) and "subscription_id" in document:
            numbers[str(document["subscription_id"])] = act.data["box"]
    for exchange in evidence.exchanges:
        if exchange.operation == UNSUBSCRIBING and (number := exchange.request.target.rsplit("/", 1)[-1]) in numbers:
            yield numbers[number], exchange
        elif exchange.sender == IUT and isinstance(exchange.answer, Answer) and exchange.answer.status == GONE:
            yield box_of(exchange), exchange


def sent_again_in_time(evidence: Evidence, expect: Expect, retry: Retry) -> None:
    """The retry came, neither early nor late; one that did not come counts when others did not come either."""
    if retry.came != "unseen":
        due = f"{moment(retry.earliest)} … {moment(retry.latest)}"
        seen = moment(retry.seen) if retry.seen is not None else None
        nature: Nature = "said" if retry.came == "retry_early" else "missing"
        failed = evidence.exchange(retry.failed.exchange)
        expect(failed).holds(retry.came == "in_time", retry.came, expected=due, seen=seen, nature=nature, single=retry.skipped)


def every_interval_was_seen(expect: Expect, found: Sequence[Retry], rule: Rule) -> None:
    """Where the run was too short for one of the intervals, nothing is decided."""
    decided = {retry.number for retry in found if retry.came != "unseen"}
    missed = any(retry.came == "retry_missing" for retry in found)
    for number, words in enumerate(rule.words("schedule")):
        if number not in decided and not missed:
            expect.undecided("environment", why="not_alive", kind="webhook", interval=words)
