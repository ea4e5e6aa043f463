"""What a check is: a sentence about evidence, with the requirements that it judges and what it reads.

In: functions decorated with `@check`.  Out: `Check` values, found by walking a package; no registry.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import TypeVar

import msgspec

from conformance.evidence import Need

F = TypeVar("F", bound=Callable[..., None])
MARK = "__check__"
GIVEN = ("evidence", "expect", "rule")
"""What a check may take besides its axis."""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """`requirement` is its id; `needs` what it reads; `least` how many looks it has at least on a healthy target; `axis` maps the
    name of one further argument to its values, known before the run."""

    requirement: str
    needs: frozenset[Need]
    least: int = 1
    axis: tuple[str, tuple[str, ...]] | None = None
    memory: bool = True
    """Whether a pass rests on the target's remembering what it was given: not where all that matters is whom it lets in."""
    name: str = ""
    function: Callable[..., None]

    @property
    def values(self) -> tuple[str | None, ...]:
        """The values of its axis; None, once, without one."""
        return self.axis[1] if self.axis else (None,)


def check(
    requirement: str, *, needs: set[Need], least: int = 1, axis: tuple[str, Sequence[str]] | None = None, memory: bool = True,
) -> Callable[[F], F]:
    """Marks a function as the check of a requirement (design §4).  It may take `evidence`, `expect`, `rule` and its axis."""

    def marked(function: F) -> F:
        taken = set(inspect.signature(function).parameters)
        allowed = {*GIVEN, *([axis[0]] if axis else [])}
        if not taken <= allowed:
            raise TypeError(f"{function.__name__} takes {sorted(taken - allowed)}; a check takes only {sorted(allowed)}")
        one = Check(
            requirement=requirement, needs=frozenset(needs), least=least, axis=(axis[0], tuple(axis[1])) if axis else None,
            memory=memory, name=function.__name__, function=function,
        )
        setattr(function, MARK, one)
        return function

    return marked


def checks_in(package: str) -> Iterator[Check]:
    """Every check of a package, in the order of modules and lines."""
    root = import_module(package)
    for info in sorted(pkgutil.iter_modules(root.__path__), key=lambda found: found.name):
        module = import_module(f"{package}.{info.name}")
        for function in vars(module).values():
            one = getattr(function, MARK, None)
            if isinstance(one, Check) and function.__module__ == module.__name__:
                yield one
