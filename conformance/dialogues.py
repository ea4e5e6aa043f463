"""Dialogues: tables of states that the interface fixes (`specs/dialogues`); who plays and who judges read the same one.

In: one file.  Out: which step who may take from which state, where it leads, and how to get to a state.
"""

from __future__ import annotations

import heapq
from functools import cache
from typing import Final, Literal

import msgspec
import yaml

from conformance.resources import folder

Role = Literal["giver", "receiver", "clock"]
PARTIES: Final[tuple[Role, Role]] = ("giver", "receiver")
OPENS: Final[Role] = "giver"
"""Who opens the dialogue: the opening counts as the first proposal."""
OWN, OWED, TIME = 1, 3, 9


class Transition(msgspec.Struct, frozen=True, rename={"state": "from"}):
    """From `state`, `event` leads `to` another state when `by` brings it about: giver, receiver, either, other, clock."""

    state: str
    event: str
    to: str
    by: str

    def open_to(self, role: Role, proposer: Role) -> bool:
        """Whether `role` may take the step when `proposer` made the last proposal."""
        match self.by:
            case "either":
                return role in PARTIES
            case "other":
                return role in PARTIES and role != proposer
            case by:
                return role == by


class Dialogue(msgspec.Struct, frozen=True):
    """One table.  `operations` names the operation by which a party takes a step, for events that have one."""

    initial: str
    final: tuple[str, ...]
    states: tuple[str, ...]
    operations: dict[str, str]
    transitions: tuple[Transition, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """What a party can try to do in any state."""
        moving = {one.event for one in self.transitions}
        return tuple(event for event in self.operations if event in moving)

    def leads(self, state: str, event: str, role: Role, proposer: Role = OPENS) -> str | None:
        """The state after the step; None where the table has no such step."""
        found = (one for one in self.transitions if (one.state, one.event) == (state, event) and one.open_to(role, proposer))
        return next((one.to for one in found), None)

    def result(self, event: str) -> str | None:
        """The state to which an event always leads; None for one that changes none."""
        return next((one.to for one in self.transitions if one.event == event), None)

    def route(self, to: str, role: Role) -> tuple[Transition, ...]:
        """The way from the initial state on which `role` depends least on others: by own steps where it can, else by what the
        other side owes it, else by the clock.  Raises LookupError where there is none."""
        ways: list[tuple[int, int, str, tuple[Transition, ...]]] = [(0, 0, self.initial, ())]
        seen: set[str] = set()
        while ways:
            cost, _, state, way = heapq.heappop(ways)
            if state == to:
                return way
            if state in seen:
                continue
            seen.add(state)
            for number, one in enumerate(self.transitions):
                weight = self._weight(one, role)
                if one.state == state and weight is not None:
                    heapq.heappush(ways, (cost + weight, number, one.to, (*way, one)))
        raise LookupError(to)

    def _weight(self, one: Transition, role: Role) -> int | None:
        """How much a party would rather avoid to depend on a transition; None for what the other side need never do."""
        if one.by in ("either", role):
            return OWN
        if one.by == "clock":
            return TIME
        return OWED if one.by == "other" or (one.state == self.initial and one.by == "receiver") else None

    def walks(self, role: Role) -> tuple[tuple[Transition, ...], ...]:
        """Ways that together reach every state that `role` can reach and end with each of its own steps."""
        found: list[tuple[Transition, ...]] = []
        for state in self.states:
            try:
                way = self.route(state, role)
            except LookupError:
                continue
            own = [one for one in self.transitions if one.state == state and one.by in ("either", role)]
            found += [(*way, one) for one in own] or [way]
        return tuple(way for way in dict.fromkeys(found) if not any(other != way and other[: len(way)] == way for other in found))


@cache
def dialogue(name: str) -> Dialogue:
    """The table `specs/dialogues/{name}.yaml`."""
    document = yaml.safe_load((folder("specs/dialogues") / f"{name}.yaml").read_bytes())
    events = document["events"]
    return Dialogue(
        initial=document["initial"], final=tuple(document["final"]), states=tuple(document["states"]),
        operations={event: events[event]["operation"] for event in events if events[event].get("operation")},
        transitions=tuple(msgspec.convert(document["transitions"], list[Transition])),
    )
