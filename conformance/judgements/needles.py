"""Needles: byte strings that are looked for all at once (Aho-Corasick), in one walk through the data.

In: the needles, and bytes.  Out: where which needle stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ahocorasick_rs import BytesAhoCorasick, Implementation

_FEW: Final = 100
"""So many needles make a full table: the fastest walk, at a price in memory and time that grows with them."""


class Needles:
    """Compiled for searching; build once, search often."""

    def __init__(self, needles: Sequence[bytes]) -> None:
        kind = Implementation.DFA if len(needles) <= _FEW else Implementation.ContiguousNFA
        self._automaton = BytesAhoCorasick(needles, implementation=kind) if needles else None

    def places(self, data: bytes) -> list[tuple[int, int, int]]:
        """Every place at which a needle stands, overlapping ones as well: the needle's index, start and end, by ends."""
        return self._automaton.find_matches_as_indexes(data, overlapping=True) if self._automaton is not None else []
