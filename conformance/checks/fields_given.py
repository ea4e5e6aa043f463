"""Fields given: which fields of consignments each courier was handed, and which only others were.

In: evidence.  Out: for each telling to the performing courier what it lacks though couriers elsewhere are given it over the same
operation.  What nobody is given is another requirement's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from conformance.checks.persons import ROLES
from conformance.checks.views import text_of
from conformance.evidence import Evidence, Telling
from conformance.judgements.fields import places
from conformance.parties import Party, Subject
from conformance.records import JSON
from conformance.vocabulary import CONSIGNMENT, ConsignmentEntered

AS_ENTERED = 1
"""The version of a record to which nothing has happened yet."""


Way: TypeAlias = tuple[str, Party]
"""An operation, and the courier that is told by it."""
Counts: TypeAlias = Mapping[Way, Counter[str]]
"""How often something was so of a place, by way."""


class Handed(NamedTuple):
    """One telling to the courier that performs: what of the entry it lacks, and what it holds."""

    telling: Telling
    lacking: frozenset[str]
    holding: frozenset[str]
    entered: frozenset[str]

    @property
    def way(self) -> Way:
        return self.telling.operation, self.telling.to


def handed(evidence: Evidence) -> list[Handed]:
    """What couriers were told of consignments as they had been entered."""
    found: list[Handed] = []
    numbers = {number for entry in evidence.each(ConsignmentEntered) for number in phones(entry.data).values()}
    for entry in evidence.each(ConsignmentEntered):
        entered = places(entry.data)
        for telling in evidence.told(CONSIGNMENT, about=Subject(entry.about[0]), to=entry.to):
            if isinstance(telling.value, dict) and telling.value.get("version") == AS_ENTERED:
                holding = evidence.of(places, telling.value)
                swapped = {role for role, number in phones(telling.value).items() if number in numbers - {phones(entry.data).get(role)}}
                lacking = {place for place in entered - holding if not place.startswith(tuple(f"/{role}/phone/" for role in swapped))}
                found.append(Handed(telling, frozenset(lacking), holding, entered))
    return found


def phones(record: JSON) -> dict[str, str]:
    """The number of each contact, by its role.  With somebody else's phone the fields are somebody else's, too: another requirement's."""
    found = {role: text_of(record.get(role), "phone") for role in ROLES} if isinstance(record, dict) else {}
    return {role: number for role, number in found.items() if number}


def unequal(evidence: Evidence) -> list[tuple[Telling, list[str]]]:
    """Each telling, with the places at which this courier alone goes without."""
    seen = handed(evidence)
    asked: dict[Way, Counter[str]] = defaultdict(Counter)
    given: dict[Way, Counter[str]] = defaultdict(Counter)
    told: Counter[Way] = Counter(one.way for one in seen)
    for one in seen:
        asked[one.way].update(one.entered)
        given[one.way].update(one.holding)
    always = always_given(told, given)
    return [(one.telling, sorted(stripped(one, asked, given) | kept_back(one, given, always))) for one in seen]


def stripped(one: Handed, asked: Counts, given: Counts) -> frozenset[str]:
    """What was entered and is lacking, though another courier was given it whenever it had been entered."""
    operation, courier = one.way
    others = [way for way in asked if way[0] == operation and way[1] != courier] if one.lacking else ()
    return frozenset(
        place for place in one.lacking if any(asked[way][place] and given[way][place] >= asked[way][place] for way in others)
    )


def always_given(told: Mapping[Way, int], given: Counts) -> dict[str, frozenset[str]]:
    """By operation, what some courier was given every time, of several."""
    found: dict[str, set[str]] = defaultdict(set)
    for way, counted in given.items():
        found[way[0]].update(place for place, times in counted.items() if times >= told[way] > 1)
    return {operation: frozenset(several) for operation, several in found.items()}


def kept_back(one: Handed, given: Counts, always: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What the platform adds for another courier every time, and for this one never."""
    lacking = always.get(one.way[0], frozenset()) - one.holding - one.entered
    return frozenset(place for place in lacking if not given[one.way][place])
