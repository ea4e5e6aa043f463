"""Where things stand in the parity plots: ratios on a logarithmic scale, as percentages of the width or height.

In: comparisons of the report.  Out: numbers for the SVG macros of `reports/templates/plot.html.j2`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Final

SLOWER: Final = 1.25
"""Ratio beyond which one waiting time counts as longer than another (decision 0003, parity)."""
LIMIT: Final = 1.5
"""Ratio below which the upper bound must lie for a pass."""
_TICKS: Final = (0.1, 0.2, 0.5, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0)
_WIDEST: Final = (0.1, 10.0)


@dataclass(frozen=True)
class Scale:
    """A logarithmic axis from `low` to `high`; what lies beyond is drawn at its end."""

    low: float
    high: float

    def at(self, ratio: float) -> float:
        """Percent of the way from `low` to `high`."""
        inside = min(max(ratio, self.low), self.high)
        return round(100 * log(inside / self.low) / log(self.high / self.low), 2)

    @property
    def ticks(self) -> Sequence[float]:
        return [tick for tick in _TICKS if self.low <= tick <= self.high]


def scale(comparisons: Iterable[Mapping[str, Any]]) -> Scale:
    """One axis for all comparisons: from half to twice as long, and wider where bounds lie beyond."""
    bounds = [each[key] for each in comparisons for key in ("lower", "upper", "median_ratio") if each[key]]
    low, high = min([0.5, *bounds]) / 1.08, max([2.0, *bounds]) * 1.08
    return Scale(max(low, _WIDEST[0]), min(high, _WIDEST[1]))


@dataclass(frozen=True)
class Course:
    """Ratios block by block: an SVG path of dots and one of gaps, in a box of `width` × 100."""

    width: int
    dots: str
    gaps: str
    slow: int
    axis: Scale


def course(ratios: Sequence[float | None]) -> Course:
    """Dots for the blocks of one comparison; a block that was lost is a gap mark at the top."""
    axis = Scale(0.4, 4.0)
    dots = [f"M{block} {100 - axis.at(ratio):g}h0" for block, ratio in enumerate(ratios, 1) if ratio]
    gaps = [f"M{block} 0v6" for block, ratio in enumerate(ratios, 1) if ratio is None]
    return Course(len(ratios) + 1, "".join(dots), "".join(gaps), sum(ratio is not None and ratio > SLOWER for ratio in ratios), axis)
