"""Features: what failing cases share and the others don't.

In: the features of each failing case and of each other one.  Out: the few that tell them apart, most telling first.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb
from typing import Final, NamedTuple

MOST: Final = 3
FEWEST: Final = 3  # fewer failing cases share something or other anyway
CHANCE: Final = 0.01  # what chance would share as often as this is no hint


class Common(NamedTuple):
    """A feature: `failing` of `failing_of` failing cases have it, `others` of `others_of` of the others."""

    feature: str
    failing: int
    failing_of: int
    others: int
    others_of: int


def common_features(failing: Sequence[frozenset[str]], others: Sequence[frozenset[str]]) -> tuple[Common, ...]:
    """At most three features that most of the failing cases have and few of the others, most telling first.

    Empty where nothing tells them apart, where there are no others to tell them from, or too few that fail.
    """
    if len(failing) < FEWEST:
        return ()
    counted = [
        Common(
            feature,
            sum(feature in case for case in failing),
            len(failing),
            sum(feature in case for case in others),
            len(others),
        )
        for feature in sorted(frozenset().union(*failing))
    ]
    allowed = CHANCE / max(len(counted), 1)  # where many features are compared, one will meet a few cases by chance (Bonferroni)
    telling = [common for common in counted if _share_apart(common) > 0.5 and _chance(common) <= allowed]
    return tuple(sorted(telling, key=lambda common: (-_share_apart(common), _chance(common), common.feature))[:MOST])


def _share_apart(common: Common) -> float:
    others = common.others / common.others_of if common.others_of else 1.0
    return common.failing / common.failing_of - others


def _chance(common: Common) -> float:
    """The probability that the feature meets the failing cases so often by chance (Fisher's exact test, one-sided)."""
    having, cases = common.failing + common.others, common.failing_of + common.others_of
    most = min(having, common.failing_of)
    ways = (
        comb(having, k) * comb(cases - having, common.failing_of - k)
        for k in range(common.failing, most + 1)
        if common.failing_of - k <= cases - having
    )
    return sum(ways) / comb(cases, common.failing_of)
