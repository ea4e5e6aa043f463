"""Alignment: which characters of a value a masked view of it shows.

In: the value and the view, as characters.  Out: the positions shown, by the kept characters: whatever is a star, or
not in the value at all, stands for any number of hidden ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

STARS: Final = frozenset("*＊∗✱✲⁎●█")


def shown_places(value: Sequence[str], view: Sequence[str], dear: frozenset[int] = frozenset()) -> frozenset[int] | None:
    """The positions of `value` that `view` shows; None where the view isn't a masked form of the value.

    Of several readings, the one that shows the fewest `dear` positions, then the leftmost: nobody is blamed for a
    reading that needs luck.  Hiding more never shows more.
    """
    if len(value) == len(view):
        places = frozenset(place for place, (own, seen) in enumerate(zip(value, view, strict=True)) if own == seen)
        if all(seen in STARS or seen not in value for place, seen in enumerate(view) if place not in places):
            return places
    runs = _runs(value, view)
    starts = [_starts(value, run) for run in runs]
    if runs and len(runs[-1]) < len(view) and not _hides(value, view[-1]):
        anchored = len(value) - len(runs[-1])
        starts[-1] = [anchored] if anchored in starts[-1] else starts[-1]
    chosen = _cheapest(runs, starts, dear)
    if chosen is None:
        return None
    return frozenset(start + step for run, start in zip(runs, chosen, strict=True) for step in range(len(run)))


def common(value: Sequence[str], view: Sequence[str]) -> int:
    """How many characters of `value` stand in `view` in the same order (longest common subsequence)."""
    lengths = [0] * (len(view) + 1)
    for own in value:
        row = [0]
        for place, seen in enumerate(view):
            row.append(lengths[place] + 1 if own == seen else max(lengths[place + 1], row[-1]))
        lengths = row
    return lengths[-1]


def _hides(value: Sequence[str], character: str) -> bool:
    return character in STARS or character not in value


def _runs(value: Sequence[str], view: Sequence[str]) -> list[tuple[str, ...]]:
    runs: list[list[str]] = [[]]
    for character in view:
        if _hides(value, character):
            runs.append([])
        else:
            runs[-1].append(character)
    return [tuple(run) for run in runs if run]


def _starts(value: Sequence[str], run: tuple[str, ...]) -> list[int]:
    return [start for start in range(len(value) - len(run) + 1) if tuple(value[start : start + len(run)]) == run]


def _cheapest(runs: list[tuple[str, ...]], starts: list[list[int]], dear: frozenset[int]) -> tuple[int, ...] | None:
    """Where each run starts, in order and without overlap, so that the fewest dear places are shown."""
    readings: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]  # end, cost, starts: the cheaper the further
    for run, places in zip(runs, starts, strict=True):
        following: list[tuple[int, int, tuple[int, ...]]] = []
        for start in places:
            before = [reading for reading in readings if reading[0] <= start]
            if before:
                _, cost, chosen = min(before, key=lambda reading: (reading[1], reading[2]))
                cost += len(dear.intersection(range(start, start + len(run))))
                following.append((start + len(run), cost, (*chosen, start)))
        readings = following
    return min(readings, key=lambda reading: (reading[1], reading[2]))[2] if readings else None
