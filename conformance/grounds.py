"""Grounds: whether what a check read has really taken place, so that finding nothing wrong with it says something.

In: evidence, and what a check reads.  Out: what is lacking.  Whoever does nothing does nothing wrong: a server that takes nothing on,
forgets it, or tells of other things passes no requirement by that.  A failure needs no grounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Final, TypeAlias

import msgspec

from conformance.evidence import Evidence, Need, Telling
from conformance.outcomes import Reason
from conformance.parties import IUT
from conformance.records import JSON, Act, Answer, Exchange, Started
from conformance.specification import Operation, Shape
from conformance.untrusted import parsed

Name: TypeAlias = tuple[str, JSON]

SHARE: Final = 0.1
"""What part of the ordinary acts of a sort must have been taken on, and of the records given to the target told of again.  On a healthy
target it is more than a fifth everywhere, also in a run of one requirement: many a step of a dialogue is tried that its state does not
allow."""

FEW: Final = 5
"""Records of so few may all be overtaken by what came after them, before anybody looked: then those of all acts count."""


def groundless(evidence: Evidence, needs: Mapping[str, Collection[Need]], forgetful: Collection[str] = ()) -> dict[str, Reason]:
    """The requirements, with what their checks read, that cannot pass, and what is lacking.  `forgetful` are those that pass as well
    where the target remembers nothing."""
    reasons = {requirement: lacking(evidence, read, memory=requirement not in forgetful) for requirement, read in needs.items()}
    return {requirement: reason for requirement, reason in reasons.items() if reason is not None}


def lacking(evidence: Evidence, needs: Collection[Need], *, memory: bool = True) -> Reason | None:
    """What a pass would rest on and does not exist; None where nothing is lacking."""
    grounds = evidence.derived(Grounds)
    acts = sorted((need for need in needs if not isinstance(need, str) and issubclass(need, Act)), key=lambda kind: kind.__name__)
    for kind in sorted(need for need in needs if isinstance(need, str)):
        if not grounds.tells(kind):
            return Reason("precondition", {"kind": kind})
    for act in acts if any(act in grounds.taken_on for act in acts) else (Act,):
        told = grounds.told_again[act if grounds.told_again[act].of >= FEW else Act]
        for word, done in (("taken_on", grounds.taken_on[act]), ("told_again", told)):
            if done.good < SHARE * done.of and (memory or word == "taken_on"):
                return Reason("precondition", {"act": act.__name__, "lacking": word, **msgspec.structs.asdict(done)})
    return None


class Tally(msgspec.Struct, frozen=True):
    """How many were as they should be, of how many."""

    good: int = 0
    of: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.good + other.good, self.of + other.of)


class Grounds:
    """`taken_on` counts ordinary acts by type (under `Act` all of them), `told_again` the records with names of ours in them."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        operations, kinds = evidence.specification.operations.values(), evidence.specification.shapes
        self._pushed = frozenset(kind for kind in kinds if any(one.webhook and tells_by_itself(one, kind) for one in operations))
        self._told_when_asked = frozenset(kind for kind in kinds if any(tells_by_itself(one, kind) for one in operations)) - self._pushed
        self._undeclared = frozenset(
            kind for kind in kinds
            if all(one.capability and one.capability not in declared(evidence) for one in operations if told_in(one, kind))
        )
        called = operations_called(evidence)
        self._asked = frozenset(
            kind for kind in self._told_when_asked for one in operations if tells_by_itself(one, kind) and one.id in called
        )
        """Kinds of which somebody asked the target to tell."""
        self._ours: dict[Name, set[str]] = defaultdict(set)
        """Names, and values that exist once only, which one of us was the first to give, with the kinds of records they stood in."""
        self._learn()
        self._named = frozenset().union(*self._ours.values())
        """Kinds of which we gave the target records that have names."""
        self._again: set[Name] = set()
        self._back: set[Name] = set()
        """Names of ours that the target said by itself, and those that it only said when they were just being told."""
        self._whole: set[str] = set()
        self._whole_again: set[str] = set()
        self._whole_back: set[str] = set()
        """Kinds of which the target told whole records: any, and of ours."""
        self._hear()
        self.taken_on: dict[type[Act], Tally] = defaultdict(Tally)
        self.told_again: dict[type[Act], Tally] = defaultdict(Tally)
        self._count()

    def tells(self, kind: str) -> bool:
        """Whether the target told a whole record of the kind: one of ours, where these have names; and where it does so, unasked.

        Of what belongs to a capability that it does not declare nothing can be told.
        """
        if kind in self._undeclared:
            return True
        if kind not in self._named:
            return kind in self._whole
        return kind in (self._whole_again if kind in self._pushed | self._asked else self._whole_back)

    def _learn(self) -> None:
        theirs: set[Name] = set()
        for exchange in self._evidence.exchanges:
            act = self._evidence.act_of(exchange)
            for telling in self._evidence.tellings_in(exchange):
                for name in self._called(telling):
                    if telling.by == IUT:
                        if name not in self._ours:
                            theirs.add(name)
                    elif name not in theirs and act is not None and act.intent == "ordinary":
                        self._ours[name].add(telling.kind)

    def _hear(self) -> None:
        for exchange in self._evidence.exchanges:
            said = frozenset(name for telling in self._given_in(exchange) for name in self._called(telling))
            for telling in self._evidence.tellings_in(exchange):
                if telling.by == IUT:
                    self._take(telling, said)

    def _take(self, telling: Telling, said: frozenset[Name]) -> None:
        """What the target told, in an exchange in which these names were said to it."""
        ours = [name for name in self._called(telling) if name in self._ours]
        again = [name for name in ours if name not in said]
        self._again.update(again)
        self._back.update(ours)
        if whole(telling.value, telling.shape):
            self._whole.add(telling.kind)
            if any(telling.kind in self._ours[name] for name in again):
                self._whole_again.add(telling.kind)
            if any(telling.kind in self._ours[name] for name in ours):
                self._whole_back.add(telling.kind)

    def _count(self) -> None:
        for act in self._evidence.acts:
            answers = self._evidence.answers(act)
            if act.intent != "ordinary" or not answers:
                continue
            done = rightly(self._evidence, answers[-1])
            again = sum((self._told_again(telling) for telling in self._given_in(answers[-1])), Tally()) if done else Tally()
            for kind in (type(act), Act):
                self.taken_on[kind] += Tally(done, 1)
                self.told_again[kind] += again

    def _told_again(self, telling: Telling) -> Tally:
        """Of one record that the target was given: whether it told of it again.  For what it tells only who asks, perhaps nobody did."""
        names = [name for name in self._called(telling) if telling.kind in self._ours.get(name, ())]
        if not names or telling.kind in self._told_when_asked:
            return Tally()
        known = self._again if telling.kind in self._pushed else self._back
        return Tally(any(name in known for name in names), 1)

    def _given_in(self, exchange: Exchange) -> Iterator[Telling]:
        return (telling for telling in self._evidence.tellings_in(exchange) if telling.by != IUT)

    def _called(self, telling: Telling) -> Collection[Name]:
        return self._evidence.of(telling.shape.called, telling.value)


def declared(evidence: Evidence) -> frozenset[str]:
    """The capabilities that the target declares."""
    started = next((record for record in evidence.records if isinstance(record, Started)), None)
    words = started.discovery.get("capabilities") if started is not None else None
    return frozenset(map(str, words)) if isinstance(words, list) else frozenset()


def told_in(operation: Operation, kind: str) -> bool:
    """Whether such a record may stand in the operation, whoever says it."""
    return any(shape.record == kind for places in (operation.heard, *operation.said.values()) for _, shape in places)


def operations_called(evidence: Evidence) -> frozenset[str]:
    """The operations that were called at least once."""
    return frozenset(exchange.operation for exchange in evidence.exchanges)


def tells_by_itself(operation: Operation, kind: str) -> bool:
    """Whether an operation or message tells of such things without being told of them first."""
    heard = any(shape.record == kind for _, shape in operation.heard)
    said = any(shape.record == kind for places in operation.said.values() for _, shape in places)
    return heard if operation.webhook else said and not heard


def rightly(evidence: Evidence, exchange: Exchange) -> bool:
    """Whether a request was taken on with an answer that the interface has for that, its members there."""
    if not isinstance(exchange.answer, Answer) or exchange.answer.status >= 300:
        return False
    operation, status = evidence.specification.operations.get(exchange.operation), str(exchange.answer.status)
    if operation is None or status not in operation.answers:
        return operation is None
    shape = operation.answers[status]
    return shape is None or whole(parsed(exchange.answer.body.raw), shape)


def whole(value: JSON, shape: Shape) -> bool:
    """Whether an object has every member that its schema requires."""
    return not shape.required or (isinstance(value, dict) and value.keys() >= set(shape.required))
