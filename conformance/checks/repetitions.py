"""Repetitions: requests that shared an idempotency key, and what effects they had.

In: evidence.  Out: groups of requests, the first of each, and how often each thing was made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from conformance.checks.deliveries import box_of, content_of
from conformance.checks.trials import accepted, status_of
from conformance.evidence import Evidence
from conformance.expect import Expect
from conformance.records import Answer, Exchange, Failure
from conformance.untrusted import named, parsed
from conformance.vocabulary import CONSIGNMENT, EVENT, SentAgain

ENTERING = "createConsignment"
REPLAYED = "idempotency-replayed"
MESSAGES = {ENTERING: "consignmentCreated", "postEvents": "waybillEvent"}
"""The message that a request leads to."""


def sent(evidence: Evidence, *hows: str) -> Iterator[tuple[SentAgain, Exchange]]:
    """Requests sent in one of these ways, with their answers."""
    for act in evidence.every(SentAgain):
        if act.data["how"] in hows:
            for exchange in evidence.answers(act)[-1:]:
                yield act, exchange


def repeated(evidence: Evidence) -> Iterator[tuple[SentAgain, Exchange, Exchange]]:
    """Each repetition of a request that had been accepted: the act, its answer, the first answer."""
    firsts = {act.data["key"]: exchange for act, exchange in sent(evidence, "first") if accepted(exchange)}
    for act, exchange in sent(evidence, "again", "reordered"):
        if act.data["key"] in firsts:
            yield act, exchange, firsts[act.data["key"]]


def unburdened(evidence: Evidence) -> Iterator[tuple[SentAgain, Exchange]]:
    """Requests whose key was used by another caller or on another path, or for one that was refused, or is nearly another's (rules 5.1
    and 5.4)."""
    refused = {act.data["key"] for act, exchange in sent(evidence, "mistaken") if 400 <= status_of(exchange) < 500}
    for act, exchange in sent(evidence, "other_caller", "other_path", "other_key", "corrected"):
        if act.data["how"] != "corrected" or act.data["key"] in refused:
            yield act, exchange


def at_once(evidence: Evidence) -> Iterator[list[tuple[SentAgain, Exchange]]]:
    """Requests that were under way together."""
    groups: dict[str, list[tuple[SentAgain, Exchange]]] = {}
    for act, exchange in sent(evidence, "at_once"):
        groups.setdefault(act.data["key"], []).append((act, exchange))
    yield from groups.values()


def same_result(expect: Expect, exchange: Exchange, first: Exchange) -> None:
    """The same status and content as the first time."""
    expected, seen = result_of(first), result_of(exchange)
    if isinstance(exchange.answer, Failure) or exchange.answer.status >= 500:
        expect(exchange).is_accepted()
    else:
        expect(exchange).holds(seen == expected, "other_result", expected=expected, seen=seen)


def says_that_it_is_a_replay(evidence: Evidence, expect: Expect, exchange: Exchange, first: Exchange) -> None:
    """The repeated answer is marked as one, the first is not (rule 5.2), unless an earlier answer to it got lost."""
    began = evidence.act_of(first)
    once = began is not None and len(evidence.answers(began)) == 1
    for answered, expected in ((exchange, "true"), (first, None)) if once else ((exchange, "true"),):
        if accepted(answered) and isinstance(answered.answer, Answer):
            seen = answered.answer.header(REPLAYED)
            expect(answered).holds(seen == expected, "replay_not_marked", expected=expected, seen=seen)


def result_of(exchange: Exchange) -> str:
    """Status and content, as text."""
    return f"{exchange.answer.status} {parsed(exchange.answer.body.raw)}" if isinstance(exchange.answer, Answer) else exchange.answer.kind


def took_effect_once(evidence: Evidence, expect: Expect, act: SentAgain, exchange: Exchange) -> None:
    """What the request makes was made once: one record, one message to each receiver."""
    many = effects(evidence, act)
    expect(exchange).holds(many == 1, "effects", expected=1, seen=many, nature="said" if many else "missing")


def effects(evidence: Evidence, act: SentAgain) -> int:
    """How often the target shows that the request took effect, on the channel where that is most often."""
    counts = [*records(evidence, act), *messages(evidence, act)]
    return max(counts, default=0)


def records(evidence: Evidence, act: SentAgain) -> Iterator[int]:
    """Different consignments for the entry; or copies of an event in one reading of the feed."""
    if act.data["operation"] == ENTERING:
        told = evidence.told(CONSIGNMENT, about=act.about[0])
        yield len({named(telling.value.get("consignment_id")) for telling in told if isinstance(telling.value, dict)})
        return
    copies: Counter[tuple[int, str]] = Counter()
    for telling in evidence.told(EVENT, about=act.about[0], operation="listConsignmentEvents"):
        id = telling.value.get("event_id") if isinstance(telling.value, dict) else None
        if isinstance(id, str) and id in event_ids(act):
            copies[telling.exchange, id] += 1
    yield from copies.values()


def messages(evidence: Evidence, act: SentAgain) -> Iterator[int]:
    """Different messages about it that came to one receiver."""
    found: dict[tuple[str, str], set[bytes]] = {}
    kind = CONSIGNMENT if act.data["operation"] == ENTERING else EVENT
    for telling in evidence.told(kind, about=act.about[0], operation=MESSAGES[act.data["operation"]]):
        exchange, value = evidence.exchange(telling.exchange), telling.value
        thing = str(value.get("event_id")) if kind == EVENT and isinstance(value, dict) else ""
        if kind == CONSIGNMENT or thing in event_ids(act):
            found.setdefault((box_of(exchange), thing), set()).add(content_of(evidence, exchange))
    yield from map(len, found.values())


def event_ids(act: SentAgain) -> Collection[str]:
    """The events of a batch."""
    return {event["event_id"] for event in act.data["body"]["events"]}


def left_no_trace(evidence: Evidence, expect: Expect, act: SentAgain, exchange: Exchange) -> None:
    """Nothing of what was refused was carried out."""
    many = effects(evidence, act)
    expect(exchange).holds(many == 0, "effects", expected=0, seen=many)
