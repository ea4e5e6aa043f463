"""The plan as data: what a run does, frozen before the first scenario.

In: made by `conformance.planning`.  Out: what every part of the run reads, and the journal's first record holds.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from conformance.parties import Member, Party
from conformance.records import JSON, Started

Absence = Literal["fail", "not-applicable", "inconclusive"]


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for: role, profile, scope (themes; empty for all), single ids (empty for all), seed."""

    role: str
    profile: str = "contract"
    scope: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    seed: int = 0
    announced: bool = True


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One requirement as it applies in this run.  `absent` says what it means that its capability is not declared."""

    id: str
    level: Literal["must", "should", "may"]
    parameters: dict[str, JSON]
    absent: Absence | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """`extent` is partial where ids were chosen one by one; such a run never certifies.

    `rounds` are names of scenarios, `serves` says for which requirements each is played.

    `plain` are in plain clothes for the whole run.

    `marks` are the different deadlines in µs, ascending; the last is the horizon that scenarios wait for.
    """

    role: str
    profile: str
    edition: str
    themes: tuple[str, ...]
    extent: str
    seed: int
    nonce: str
    announced: bool
    entries: tuple[Entry, ...]
    rounds: tuple[tuple[str, ...], ...]
    serves: dict[str, tuple[str, ...]]
    marks: tuple[int, ...]
    heartbeat: str
    cast: tuple[Member, ...] = ()
    plain: tuple[Party, ...] = ()

    @property
    def horizon(self) -> int:
        """The longest deadline, in µs."""
        return self.marks[-1]


def planned(started: Started) -> Plan:
    """The plan as the journal holds it."""
    return msgspec.convert(started.plan, Plan)
