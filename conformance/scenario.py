"""What a scenario is: something that the suite does, and what it shows.

In: functions decorated with `@scenario`.  Out: `Scenario` values, found by walking a package.  A scenario knows nothing of
requirements and asserts nothing.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from importlib import import_module
from typing import Any, TypeVar

import msgspec

from conformance.records import Record

Shows = type[Record] | str
Play = Callable[..., Awaitable[None]]
P = TypeVar("P", bound=Play)
MARK = "__scenario__"

QUIET = "quiet"
"""Nothing else may go on meanwhile: timing is measured."""
LAST = "last"
"""Nothing comes after it: it spoils what the other scenarios rely on."""
CLOCK = "clock"
"""The business clock is carried far ahead."""


ALONE = frozenset({QUIET, CLOCK, LAST})
"""Who needs one of these shares its round with nobody."""


def party(name: str) -> str:
    """The resource that a scenario takes when it disturbs a party."""
    return f"party:{name}"


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """`shows` are the record types and kinds of tellings that it produces; `alone_on` what it must not share with others;
    `requires` capabilities without which it cannot be played.  One that costs much says what it is `only_for`: it is played only
    where a check needs one of these, though others may read what it shows."""

    name: str
    shows: frozenset[Shows]
    alone_on: frozenset[str] = frozenset()
    requires: frozenset[str] = frozenset()
    only_for: frozenset[Shows] = frozenset()
    play: Play

    def serves(self, needs: frozenset[Any]) -> bool:
        return needs <= self.shows and (not self.only_for or bool(self.only_for & needs))


def scenario(
    *, shows: set[Shows], alone_on: set[str] | None = None, requires: set[str] | None = None, only_for: set[Shows] | None = None
) -> Callable[[P], P]:
    """Marks an async function of a stage as a scenario (design §4)."""

    def marked(function: P) -> P:
        one = Scenario(
            name=function.__name__, shows=frozenset(shows), alone_on=frozenset(alone_on or ()),
            requires=frozenset(requires or ()), only_for=frozenset(only_for or ()), play=function,
        )
        setattr(function, MARK, one)
        return function

    return marked


def scenarios_in(package: str) -> Iterator[Scenario]:
    """Every scenario of a package, in the order of modules and lines."""
    root = import_module(package)
    for info in sorted(pkgutil.iter_modules(root.__path__), key=lambda found: found.name):
        module = import_module(f"{package}.{info.name}")
        for function in vars(module).values():
            one = getattr(function, MARK, None)
            if isinstance(one, Scenario) and function.__module__ == module.__name__:
                yield one


def rounds(chosen: list[Scenario]) -> tuple[tuple[str, ...], ...]:
    """Scenarios packed into rounds without conflicts: first those that can share, then each quiet one, clock movers, and what is last."""
    packed: list[tuple[set[str], list[str]]] = []
    for one in sorted(chosen, key=lambda found: (LAST in found.alone_on, CLOCK in found.alone_on, QUIET in found.alone_on)):
        taken = set(one.alone_on)
        place = None
        if not taken & ALONE:
            place = next((group for group in packed if not group[0] & (taken | ALONE)), None)
        if place is None:
            packed.append((taken, [one.name]))
        else:
            place[0].update(taken)
            place[1].append(one.name)
    return tuple(tuple(names) for _, names in packed)
