"""Faults: what a mock does wrong on purpose, each against one requirement, each bending the answer to one question.

In: the modules of this package, found by importing it, and packs that register more.  Out: `named`, `listing`.  Those that `structural`
makes from the specification are made when somebody asks for one of them.
`variants` uses the same door for what is different and lawful.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from conformance.mock.asking import Bend, Bending
from conformance.mock.questions.question import Question
from conformance.mock.triggers import ALWAYS, Trigger


@dataclass(frozen=True)
class Fault:
    """`breaks` is the requirement id; empty for a lawful variant.  `needs_wire`: only visible over TCP.  `also`: what necessarily breaks
    with it, so that nobody blames the suite for blaming it.
    """

    id: str
    breaks: str
    title: tuple[str, str]
    bends: tuple[Bend, ...]
    needs_wire: bool = False
    also: tuple[str, ...] = ()


REGISTRY: dict[str, Fault] = {}
MADE = ":"
"""Stands in the ids of faults that are made from the specification, and in no other."""


class UnknownFault(LookupError):
    """No fault or variant has this id."""

    def __init__(self, id: str) -> None:
        super().__init__(f"no fault is called {id!r}")
        self.id = id


def fault(
    id: str,
    *,
    breaks: str,
    title: tuple[str, str],
    question: type[Question[Any]],
    when: Trigger | None = None,
    needs_wire: bool = False,
    also: tuple[str, ...] = (),
) -> Callable[[Bending], Bending]:
    """Register a function `(honest, question) -> answer`, or with a third argument, a memory of its own that lives as
    long as the mock.

    `title` is Chinese and English; `also` names requirements that no platform with this fault can fulfil, with the reason in a comment.
    Raises ValueError where the id is taken.
    """

    def register(bending: Bending) -> Bending:
        if id in REGISTRY:
            raise ValueError(f"two faults are called {id!r}")
        REGISTRY[id] = Fault(id, breaks, title, (_bend(id, bending, question, when),), needs_wire, also)
        return bending

    return register


def further(id: str, *, question: type[Question[Any]], when: Trigger | None = None) -> Callable[[Bending], Bending]:
    """Let an existing fault bend one more question."""

    def register(bending: Bending) -> Bending:
        known = REGISTRY[id]
        REGISTRY[id] = replace(known, bends=(*known.bends, _bend(id, bending, question, when)))
        return bending

    return register


def _bend(id: str, bending: Bending, question: type[Question[Any]], when: Trigger | None) -> Bend:
    remembers = len(inspect.signature(bending).parameters) == 3
    return Bend(question, bending, when or ALWAYS, remembers, id)


def load() -> None:
    """Import every theme, and the variants."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    importlib.import_module("conformance.mock.variants")


def _made() -> Mapping[str, Fault]:
    """The faults made from the specification, by id."""
    from conformance.mock.faults import structural

    return structural.generated()


def find(id: str) -> Fault:
    """The fault or variant with this id.  Raises UnknownFault."""
    load()
    known = REGISTRY.get(id) or (_made().get(id) if MADE in id else None)
    if known is None:
        raise UnknownFault(id)
    return known


def named(ids: Iterable[str]) -> list[Fault]:
    """The faults and variants with these ids, in this order.  Raises UnknownFault."""
    return [find(id) for id in ids]


def every(generated: bool = False) -> list[Fault]:
    """All faults, without the variants, by requirement and id; on demand those that are made from the specification, too."""
    load()
    made = _made().values() if generated else ()
    found = [*(known for known in REGISTRY.values() if known.breaks), *made]
    return sorted(found, key=lambda known: (known.breaks, known.id))


def listing(generated: bool = False) -> list[dict[str, Any]]:
    """What `hulian mock --list-faults` and the kill matrix show."""
    return [
        {
            "id": known.id,
            "requirement": known.breaks,
            "title": {"zh": known.title[0], "en": known.title[1]},
            "needs_wire": known.needs_wire,
        }
        for known in every(generated)
    ]
