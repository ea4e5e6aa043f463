"""Fields given: which fields of consignments each courier was handed, and which only others were.

In: evidence.  Out: for each telling to the performing courier what it lacks though couriers elsewhere are given it over the same
operation.  What nobody is given is another requirement's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from conformance.evidence import Evidence, Telling
from conformance.judgements.fields import places
from conformance.parties import Party, Subject
from conformance.vocabulary import CONSIGNMENT, ConsignmentEntered

AS_ENTERED = 1
"""The version of a record to which nothing has happened yet."""


class Handed(NamedTuple):
    """One telling to the courier that performs: what of the entry it lacks, and what it holds."""

    telling: Telling
    lacking: frozenset[str]
    holding: frozenset[str]
    entered: frozenset[str]


def handed(evidence: Evidence) -> list[Handed]:
    """What couriers were told of consignments as they had been entered."""
    found: list[Handed] = []
    for entry in evidence.each(ConsignmentEntered):
        entered = places(entry.data)
        for telling in evidence.told(CONSIGNMENT, about=Subject(entry.about[0]), to=entry.to):
            if isinstance(telling.value, dict) and telling.value.get("version") == AS_ENTERED:
                holding = places(telling.value)
                found.append(Handed(telling, entered - holding, holding, entered))
    return found


def unequal(evidence: Evidence) -> list[tuple[Telling, list[str]]]:
    """Each telling, with the places at which this courier alone goes without."""
    seen = handed(evidence)
    asked: Counter[tuple[str, Party, str]] = Counter()
    given: Counter[tuple[str, Party, str]] = Counter()
    told: Counter[tuple[str, Party]] = Counter()
    for one in seen:
        way = (one.telling.operation, one.telling.to)
        told[way] += 1
        asked.update((*way, place) for place in one.entered)
        given.update((*way, place) for place in one.holding)
    always = always_given(told, given)
    return [(one.telling, sorted(stripped(one, asked, given, told) | kept_back(one, given, always))) for one in seen]


def stripped(
    one: Handed, asked: Counter[tuple[str, Party, str]], given: Counter[tuple[str, Party, str]], told: Counter[tuple[str, Party]]
) -> frozenset[str]:
    """What was entered and is lacking, though another courier was given it whenever it had been entered."""
    operation, courier = one.telling.operation, one.telling.to
    others = [to for way, to in told if way == operation and to != courier]
    return frozenset(
        place for place in one.lacking
        if any(asked[operation, to, place] and given[operation, to, place] >= asked[operation, to, place] for to in others)
    )


def always_given(told: Counter[tuple[str, Party]], given: Counter[tuple[str, Party, str]]) -> dict[str, frozenset[str]]:
    """By operation, what some courier was given every time, of several."""
    found: dict[str, set[str]] = defaultdict(set)
    for (operation, courier, place), times in given.items():
        if times >= told[operation, courier] > 1:
            found[operation].add(place)
    return {operation: frozenset(several) for operation, several in found.items()}


def kept_back(one: Handed, given: Counter[tuple[str, Party, str]], always: dict[str, frozenset[str]]) -> frozenset[str]:
    """What the platform adds for another courier every time, and for this one never."""
    operation, courier = one.telling.operation, one.telling.to
    lacking = always.get(operation, frozenset()) - one.holding - one.entered
    return frozenset(place for place in lacking if not given[operation, courier, place])
