"""What every part of the mock shares: the door for faults, the clock, the limits, ids, and telling subscribers.

In: made once by `platform.app`.  Out: attributes; no state of the trade.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TypeVar

from conformance.mock.asking import Asker
from conformance.mock.background import Background
from conformance.mock.limits import Limits
from conformance.mock.questions.question import Question
from conformance.mock.trade_clock import TradeClock

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class World:
    """The mock's surroundings."""

    asker: Asker
    clock: TradeClock
    limits: Limits
    chance: random.Random
    background: Background

    def ask(self, question: Question[A]) -> A:
        """The answer to act upon."""
        return self.asker.ask(question)

    def new_id(self, prefix: str) -> str:
        """An id that tells nothing about the thing."""
        return f"{prefix}-{self.chance.getrandbits(64):016x}"
