"""Doors: who tried which one with which key, and whose things were asked for.

In: evidence.  Out: attempts with their answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks.trials import accepted
from conformance.evidence import Evidence
from conformance.expect import Expect
from conformance.judgements.likeness import alike, shown, telling_headers
from conformance.outcomes import CONFIRMED
from conformance.records import Answer, Exchange
from conformance.vocabulary import DoorTried, OthersAsked, TokenAsked, TokenShown


def knocks(evidence: Evidence, *, keys: frozenset[str] = frozenset(), but: frozenset[str] = frozenset()) -> Iterator[Exchange]:
    """Answers to attempts with these keys, or with any but those."""
    for act in evidence.every(DoorTried):
        if act.data["key"] in keys if keys else act.data["key"] not in but:
            yield from filter(told_something, evidence.answers(act)[-1:])


def told_something(exchange: Exchange) -> bool:
    """Whether the answer is about the door: not that there is none (501), nor that we came too often (429)."""
    return not isinstance(exchange.answer, Answer) or exchange.answer.status not in (429, 501)


def wrong_secrets(evidence: Evidence) -> Iterator[Exchange]:
    """Answers to wrong credentials, where the right ones are taken in the same way."""
    asked = [(act, exchange) for act in evidence.every(TokenAsked) for exchange in evidence.answers(act)[-1:]]
    taken = {(act.by, act.data["by"]) for act, exchange in asked if act.data["how"] == "right" and accepted(exchange)}
    return (exchange for act, exchange in asked if act.data["how"] != "right" and (act.by, act.data["by"]) in taken)


def worn_out(evidence: Evidence, grace: int) -> Iterator[Exchange]:
    """Answers to tokens whose life was over, of those that had been good."""
    good = {act.data["token"] for act in evidence.each(TokenShown) if evidence.accepted(act)}
    for act in evidence.every(TokenShown):
        over = act.data["taken"] + act.data["life"] + grace
        if act.data["token"] in good and act.trade >= over:
            yield from evidence.answers(act)[-1:]


def reaches(evidence: Evidence) -> Iterator[tuple[OthersAsked, Exchange, OthersAsked, Exchange]]:
    """Attempts at somebody else's object, each with the one at an object that does not exist."""
    pairs: dict[str, dict[str, tuple[OthersAsked, Exchange]]] = {}
    for act in evidence.every(OthersAsked):
        for exchange in evidence.answers(act)[-1:]:
            pairs.setdefault(act.data["pair"], {})[act.data["which"]] = (act, exchange)
    for pair in pairs.values():
        if len(pair) == 2:
            yield *pair["foreign"], *pair["unknown"]


def nobody_can_tell(expect: Expect, foreign: Exchange, unknown: Exchange, ids: tuple[str, str]) -> None:
    """The two answers are the same but for the id."""
    if isinstance(foreign.answer, Answer) and isinstance(unknown.answer, Answer) and steady(foreign.answer) and steady(unknown.answer):
        same = alike(foreign.answer, unknown.answer, ids)
        expect(foreign).holds(same, "told_apart", expected=str(shown(unknown.answer, ids[1])), seen=str(shown(foreign.answer, ids[0])))


def steady(answer: Answer) -> bool:
    """Not an answer about the state of the server, which may differ from one request to the next."""
    return answer.status < 500 and answer.status != 429


def hints(evidence: Evidence) -> Iterator[tuple[Exchange, tuple[str, ...]]]:
    """For each operation an answer to who asked for an object of others, and the header lines by which those can be told."""
    sorts: dict[str, list[tuple[Exchange, Answer, Answer]]] = {}
    for _, foreign, _, unknown in reaches(evidence):
        if isinstance(foreign.answer, Answer) and isinstance(unknown.answer, Answer) and foreign.answer.status == unknown.answer.status:
            sorts.setdefault(foreign.operation, []).append((foreign, foreign.answer, unknown.answer))
    for pairs in sorts.values():
        if len(pairs) >= CONFIRMED:
            yield pairs[0][0], telling_headers([pair[1] for pair in pairs], [pair[2] for pair in pairs])
