"""The door through which faults and variants come: a question goes in, the honest or the bent answer comes out.

In: the bends of the faults that were switched on, in order, and a clock.  Out: `ask`.  Without a bend for a
question's type the honest answer is given at once; with several, each wraps the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from conformance.mock.questions.question import Question
from conformance.mock.triggers import ALWAYS, Predicate, Trigger

A = TypeVar("A")
Answerer = Callable[[Any], Any]
Bending = Callable[..., Any]


@dataclass(frozen=True)
class Bend:
    """`bending(honest, question)` or `bending(honest, question, memory)`, where `when` holds.

    The memory is one for all bends of the same `owner` in one mock.
    """

    question: type[Question[Any]]
    bending: Bending
    when: Trigger = ALWAYS
    remembers: bool = False
    owner: str = ""


class Asker:
    """Answers questions for one mock."""

    def __init__(self, bends: Iterable[Bend], since_start: Callable[[], float]) -> None:
        self._since_start = since_start
        self._memories: dict[str, dict[Any, Any]] = {}
        self._answerers: dict[type[Question[Any]], Answerer] = {}
        for bend in bends:
            inner = self._answerers.get(bend.question, _honest)
            self._answerers[bend.question] = self._bent(bend, inner)

    def ask(self, question: Question[A]) -> A:
        """The answer to act upon."""
        answerer = self._answerers.get(type(question))
        if answerer is None:
            return question.honest()
        answer: A = answerer(question)
        return answer

    def _bent(self, bend: Bend, inner: Answerer) -> Answerer:
        holds: Predicate = bend.when.armed()
        memory = self._memories.setdefault(bend.owner, {})

        def answer(question: Question[Any]) -> Any:
            if not holds(question, self._since_start()):
                return inner(question)
            if bend.remembers:
                return bend.bending(inner, question, memory)
            return bend.bending(inner, question)

        return answer


def _honest(question: Question[Any]) -> Any:
    return question.honest()
