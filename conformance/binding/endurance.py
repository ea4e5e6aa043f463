"""Endurance: how long we put up with a target that does not answer.

In: when each exchange began and ended, and whether it brought an answer in good time.  Out: nothing, or `Unreachable` once a party,
or everybody, has waited in vain for so long that the rest of the run would be waiting, too: 9,000 exchanges of 30 s each end by
nobody's patience.  In virtual time nothing waits, and endurance has no end.
"""

from __future__ import annotations

from math import inf

from conformance.parties import IUT, Party
from conformance.timekeeping import Unreachable

TRIES = 3
"""Patiences without one good answer after which a party, or everybody, is not served any more."""


class Endurance:
    """`patience`: seconds that one exchange may take; `budget`: real seconds that may be lost in all, infinite where time is virtual."""

    def __init__(self, patience: float, budget: float) -> None:
        self.patience, self._budget = patience, budget
        self._since: dict[Party, float] = {}
        self._dead: dict[Party, float] = {}
        self._lost = self._until = 0.0

    def check(self, party: Party) -> None:
        """Raises `Unreachable` where nobody answers the party any more."""
        if IUT in self._dead:
            raise Unreachable("silent_target", why="silent", seconds=round(self._dead[IUT]))
        if party in self._dead:
            raise Unreachable("silent_to_party", why="silent", party=party, seconds=round(self._dead[party]))

    def note(self, party: Party, began: float, ended: float, *, good: bool, refused: bool = False) -> None:
        """One exchange, and waiting for another try, took from `began` to `ended` (seconds of any one clock).

        `refused`: nobody listened.  That takes no time and is nothing between the target and one party, but it may be gone for good.
        """
        if self._budget == inf:
            return
        for who in (IUT,) if refused else (IUT, party):
            if good:
                self._since.pop(who, None)
            elif ended - self._since.setdefault(who, began) >= TRIES * self.patience:
                self._dead[who] = ended - self._since[who]
        if not good:
            self._lost += max(0.0, ended - max(began, self._until))
            self._until = max(self._until, ended)
            if self._lost > self._budget:
                self._dead[IUT] = self._lost
