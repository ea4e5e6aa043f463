"""The healthy mock on a noisy line: it is never called non-conformant, and seldom inconclusive.

    hulian prove --noise --seeds 100        (make noise)

In: how many seeds.  Out: what each run came to; `Noisy.holds` says whether that is good enough.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from conformance.proving.running import run
from conformance.proving.units import Told, Unit

UNDECIDED: Final = 0.05
"""What part of the runs may leave something open at level must."""


class Noisy(msgspec.Struct, frozen=True):
    """Runs by what they came to: those that blamed the mock, those that left something open, those that broke."""

    runs: int
    blamed: tuple[Told, ...]
    undecided: tuple[Told, ...]
    broken: tuple[Told, ...]

    @property
    def holds(self) -> bool:
        return not self.blamed and not self.broken and len(self.undecided) <= UNDECIDED * self.runs


def units(seeds: int) -> tuple[Unit, ...]:
    """One run of everything for each seed, which is the noise's as well."""
    return tuple(Unit("healthy", seed=seed, noisy=True) for seed in range(1, seeds + 1))


def of_must(told: Told, verdict: str) -> tuple[str, ...]:
    """The requirements of level must with that verdict; what needs a statement by a person is open on any line."""
    return tuple(name for name in told.having(verdict) if told.levels[name] == "must" and told.reasons.get(name) != "attestation")


def proven(seeds: int, jobs: int, tell: Callable[[Told], None] = lambda told: None) -> Noisy:
    """Runs them; `tell` hears of each as it ends."""
    found = []
    for told in run(units(seeds), jobs):
        tell(told)
        found.append(told)
    return Noisy(
        len(found), tuple(one for one in found if of_must(one, "fail")), tuple(one for one in found if of_must(one, "inconclusive")),
        tuple(one for one in found if one.broke or one.refused or one.having("error")),
    )
