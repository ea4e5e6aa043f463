"""Numbers: identity numbers that merchants and couriers sent along, and where they turned up again.

In: evidence.  Out: places, in the words of a finding; nothing is judged here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final, TypeAlias
from unicodedata import normalize

from conformance.checks.pieces import kind_of, sent_to_kinds
from conformance.evidence import Evidence
from conformance.judgements.faithful import at
from conformance.judgements.leaks import Canaries
from conformance.parties import NOBODY
from conformance.vocabulary import ConsignmentTried, EventsTried

Places: TypeAlias = Mapping[str, Mapping[str, list[str]]]
"""Where a number stood, by number and by the kind of party that it was sent to."""
_NUMBER: Final = re.compile(r"\d{17}[\dXx]")


def number_in(attempt: ConsignmentTried) -> str:
    """The identity number that a merchant sent along."""
    found = _NUMBER.search(normalize("NFKC", str(at(attempt.data["entry"], attempt.data["place"]))))
    return found[0] if found else ""


def from_orders(evidence: Evidence) -> Places:
    """Where the identity numbers of orders turned up.  Needs attempts to enter."""
    numbers = (number_in(one) for one in evidence.every(ConsignmentTried) if one.data["why"] == "identity")
    return places(evidence, numbers, frozenset({"courier"}))


def from_events(evidence: Evidence) -> Places:
    """Where the identity numbers of events turned up.  Needs attempts to report."""
    numbers = (one.data["number"] for one in evidence.every(EventsTried) if one.data["why"] == "identity")
    return places(evidence, numbers, frozenset({"merchant", "consumer", "nobody"}))


def places(evidence: Evidence, numbers: Iterable[str], kinds: Collection[str]) -> Places:
    """Where the numbers stand in what the target sent to parties of these kinds, in whatever form."""
    searched = Canaries({number: number for number in numbers if number})
    pieces = evidence.derived(sent_to_kinds)
    holding = {raw: leaks for kind in kinds if kind in pieces for raw, leaks in searched.among(pieces[kind]).items()}
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for party in (*evidence.cast, NOBODY) if holding else ():
        kind = kind_of(evidence, party)
        sent = evidence.sent_to(party) if kind in kinds else ()
        seen: set[bytes] = set()
        for exchange, where, raw in sent:
            if raw in holding and raw not in seen:
                seen.add(raw)
                for leak in holding[raw]:
                    found[leak.canary][kind].append(f"{exchange.operation} {where} ({leak.encoding})")
    return found


def shown_to(places: Places, number: str, *kinds: str) -> list[str]:
    """Where parties of these kinds were shown the number, the first few."""
    of = places.get(number, {})
    return [place for kind in kinds for place in of.get(kind, ())][:5]
