"""A kind of hostility as data.

In: a function of one request, decorated.  Out: a `Kind`, found by its name in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple

from tests.hostile.talk import Talk

Play = Callable[[Talk], Awaitable[None]]
UNREACHABLE: Final = frozenset({2})
"""Exit codes of a run that could not take place."""
JUDGED: Final = frozenset({1, 3})
"""Exit codes of a run after which nothing is conformant, and for which nobody blames the suite."""
ONLY: Final = ("NB-P-01",)
"""What is judged where a kind doesn't say it: notices, their webhooks, a moved clock; 77 exchanges."""


class Kind(NamedTuple):
    """`after` so many honest answers it begins; `codes` are the exit codes that are right; `heavy` ones run in `make hostile` only."""

    name: str
    says: str
    play: Play
    after: int
    codes: frozenset[int]
    only: tuple[str, ...]
    heavy: bool


KINDS: Final[dict[str, Kind]] = {}
LATER: Final = 20
"""Honest answers before a kind begins that lets the run begin."""


AT_ONCE: Final = ("nothing", "no-json", "escapes-instead", "two-hundred-thousand-deep")
"""Of the kinds that begin with the first request, those that `make test` runs; the others end alike."""


def kind(
    *, first: frozenset[int] | None = UNREACHABLE, later: frozenset[int] | None = JUDGED, after: int = LATER,
    only: tuple[str, ...] = ONLY, heavy: bool = False,
) -> Callable[[Play], Play]:
    """Makes a function a kind twice: from the first request on (`first` are the codes), and in the middle of the run (`later`)."""

    def made(play: Play) -> Play:
        name, says = play.__name__.replace("_", "-"), (play.__doc__ or "").strip()
        if first is not None:
            KINDS[f"{name}-at-once"] = Kind(f"{name}-at-once", says, play, 0, first, only, name not in AT_ONCE)
        if later is not None:
            KINDS[name] = Kind(name, says, play, after, later, only, heavy)
        return play

    return made
