"""When a fault acts: small predicates over questions that combine with `&`, `|` and `~`.

In: a question and the seconds of trade time since the mock started.  Out: whether the fault bends this answer.
A trigger is a description; `armed()` gives a fresh predicate with counters of its own, one for each mock that the
fault is put into. `a & b` asks `b` only when `a` holds: `toward("courier_b") & after(100)` counts courier B's
questions alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.mock.marks import ASKED
from conformance.mock.questions import Question

NOTHING: Mapping[str, str] = {}
DAY = 86_400
Predicate = Callable[[Question[Any], float], bool]


@dataclass(frozen=True)
class Trigger:
    """A description of when; `arm` makes the predicate."""

    arm: Callable[[], Predicate]

    def armed(self) -> Predicate:
        """A predicate with fresh counters."""
        return self.arm()

    def __and__(self, other: Trigger) -> Trigger:
        def arm() -> Predicate:
            left, right = self.armed(), other.armed()
            return lambda question, since: left(question, since) and right(question, since)

        return Trigger(arm)

    def __or__(self, other: Trigger) -> Trigger:
        def arm() -> Predicate:
            left, right = self.armed(), other.armed()
            return lambda question, since: left(question, since) or right(question, since)

        return Trigger(arm)

    def __invert__(self) -> Trigger:
        def arm() -> Predicate:
            inner = self.armed()
            return lambda question, since: not inner(question, since)

        return Trigger(arm)


def _plain(predicate: Predicate) -> Trigger:
    return Trigger(lambda: predicate)


ALWAYS = _plain(lambda question, since: True)
"""Every time."""


def toward(*who: str) -> Trigger:
    """Where the question is about a party with one of these names (`courier_b`), kinds (`courier`) or codes
    (`SBXB`).
    """
    wanted = frozenset(who)

    def holds(question: Question[Any], since: float) -> bool:
        party = question.party
        return party is not None and not wanted.isdisjoint((party.name, party.kind, party.code))

    return _plain(holds)


def asked_with(field: str, value: str = "") -> Trigger:
    """While a request is answered (or what it started is done) that has this header field, and in it this text."""

    def holds(question: Question[Any], since: float) -> bool:
        said = ASKED.get(NOTHING).get(field)
        return said is not None and value in said

    return _plain(holds)


ANNOUNCED = asked_with("hulian-run")
"""Where the request says that it belongs to a test."""
UNANNOUNCED = asked_with("host") & ~ANNOUNCED
"""Where there is a request that does not."""


def during(*operations: str) -> Trigger:
    """Where the question is asked while one of these operations is answered (or this webhook sent)."""
    wanted = frozenset(operations)
    return _plain(lambda question, since: getattr(question, "operation", None) in wanted)


def only_for(predicate: Callable[[Any], bool]) -> Trigger:
    """Where `predicate` holds for the question."""
    return _plain(lambda question, since: predicate(question))


def between(start: float, end: float = float("inf")) -> Trigger:
    """From `start` until `end`, in seconds of trade time since the mock started."""
    return _plain(lambda question, since: start <= since < end)


def daily(start: float, end: float) -> Trigger:
    """Every day from `start` until `end`, in seconds of trade time; days are counted from when the mock started."""
    return _plain(lambda question, since: start <= since % DAY < end)


def after(count: int) -> Trigger:
    """From the question after the first `count` on."""
    return _counting(lambda number: number > count)


def before(count: int) -> Trigger:
    """For the first `count` questions."""
    return _counting(lambda number: number <= count)


def fraction(every: int) -> Trigger:
    """Every `every`-th question: `fraction(10)` is the 10th, the 20th, the 30th …"""
    return _counting(lambda number: number % every == 0)


def _counting(holds: Callable[[int], bool]) -> Trigger:
    def arm() -> Predicate:
        number = 0

        def count(question: Question[Any], since: float) -> bool:
            nonlocal number
            number += 1
            return holds(number)

        return count

    return Trigger(arm)
