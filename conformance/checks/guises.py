"""Guises: what was done in several ways that must not matter, way beside way.

In: evidence.  Out: pairs of the same probe, and looks at them.  Of two ways the first is the one toward which a system would behave that
recognises tests; what differs in the second is held against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from conformance.evidence import LOST, Absent, Channel, Evidence
from conformance.expect import Expect
from conformance.judgements.exact import coin
from conformance.judgements.outlines import Unlike, outline, unlike
from conformance.judgements.pairs import WORSE, ratio
from conformance.records import JSON, Answer, Exchange
from conformance.untrusted import MISSING, named, parsed
from conformance.vocabulary import CONSIGNMENT, EVENT, Probed

HELD: Final = {("announced", "plain"): "plain", ("seen", "plain"): "strange", ("after", "before"): "nameless"}
"""Which ways are compared: a test that says so, and none; people whom the platform knows, and strangers; a party that announced itself
before, and the same when it never had.  Each with the word for whom it is held against."""
PAIRS: Final = tuple(HELD)
OWN_ITEM: Final = {"feed": "order_no", "events": "event_id"}
"""In which pages one looks for one's own, and by which member."""
FIRST_PAGE: Final = "page"
LEANS_ON: Final = {
    "feed": "entry", "record": "entry", "foreign": "entry", "forged": "entry", "report": "entry", "tracking": "report", "events": "report",
}
"""Which probe comes to nothing where another one did: what follows from that is not held against anybody twice."""
CHANCE: Final = 0.001
"""How often chance alone may show a difference in waiting."""
UNSTEADY: Final = 500
LIMITED: Final = 429


@dataclass(frozen=True)
class Pair:
    """The same probe in two ways; `own` are the texts that were entered in each."""

    ways: tuple[str, str]
    acts: tuple[Probed, Probed]
    own: tuple[frozenset[str], frozenset[str]]

    @property
    def kind(self) -> str:
        """Toward whom it is otherwise, if it is."""
        return HELD[self.ways]


class Guises:
    """Everything that was probed, by group and way."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.visits: dict[tuple[str, str], dict[str, Probed]] = defaultdict(dict)
        for act in evidence.every(Probed):
            self.visits[act.data["group"], act.data["way"]][act.data["probe"]] = act
        self.own = {at: frozenset(texts([act.data["body"] for act in visit.values()])) for at, visit in self.visits.items()}

    def pairs(self) -> Iterator[Pair]:
        """Each probe that was made both ways."""
        for group, way in self.visits:
            for ways in (ways for ways in PAIRS if ways[1] == way and (group, ways[0]) in self.visits):
                one, other = self.visits[group, ways[0]], self.visits[group, way]
                for probe in (probe for probe in other if probe in one and self._meant(one, probe) and self._meant(other, probe)):
                    yield Pair(ways, (one[probe], other[probe]), (self.own[group, ways[0]], self.own[group, way]))

    def _meant(self, visit: dict[str, Probed], probe: str) -> bool:
        """Whether all had been taken that the probe leans on."""
        before = LEANS_ON.get(probe)
        return before is None or before not in visit or (self._evidence.accepted(visit[before]) and self._meant(visit, before))


def texts(value: JSON) -> Iterator[str]:
    """Every text in what was sent."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)
    elif isinstance(value, str):
        yield value


def answered(evidence: Evidence, pair: Pair) -> tuple[Exchange, Exchange] | None:
    """What came of both."""
    one, other = (evidence.answer(act) for act in pair.acts)
    return (one, other) if one is not None and other is not None else None


def status(exchange: Exchange) -> int | str:
    return exchange.answer.status if isinstance(exchange.answer, Answer) else exchange.answer.kind


def answered_alike(expect: Expect, pair: Pair, exchanges: tuple[Exchange, Exchange]) -> None:
    """Looks at status and content; an answer that did not come, and one of a system that is overburdened, count when they repeat."""
    said = [status(exchange) for exchange in exchanges]
    if said[0] == said[1]:
        expect(exchanges[1]).satisfies(lambda _: differences(pair, exchanges))
        return
    unsteady = any(isinstance(one, str) or one >= UNSTEADY or one == LIMITED for one in said)
    kind = f"answered_otherwise_{pair.kind}"
    expect(exchanges[1]).holds(False, kind, nature="missing" if unsteady else "said", single=LOST in said, expected=said[0], seen=said[1])


def differences(pair: Pair, exchanges: tuple[Exchange, Exchange]) -> Sequence[Unlike]:
    """Where what is shown differs in form."""
    probe = pair.acts[1].data["probe"]
    shown = [of_interest(probe, content(exchange), own) for exchange, own in zip(exchanges, pair.own, strict=True)]
    one, other = (dict(outline(value, own)) for value, own in zip(shown, pair.own, strict=True))
    return unlike(f"shown_otherwise_{pair.kind}", one, other)


def content(exchange: Exchange) -> JSON:
    """The body; nothing where it is no JSON."""
    value = parsed(exchange.answer.body.raw) if isinstance(exchange.answer, Answer) else None
    return None if value is MISSING else value


def of_interest(probe: str, value: JSON, own: frozenset[str]) -> JSON:
    """Of pages that hold more than what was done in this way, what can be compared."""
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        return value
    if probe == FIRST_PAGE:
        return {"items": [bool(items)]}
    if probe in OWN_ITEM:
        return {"items": [item for item in items if isinstance(item, dict) and named(item.get(OWN_ITEM[probe])) in own][:1]}
    return value


def told_alike(evidence: Evidence, expect: Expect, pair: Pair, deadline: int) -> None:
    """Looks at what was sent to whom it concerns: in time in one way, and never, or too late, in the other."""
    kind, channel = {"entry": CONSIGNMENT, "report": EVENT}.get(pair.acts[1].data["probe"]), "push"
    if kind is None or not all(evidence.accepted(act) for act in pair.acts):
        return
    one, other = (delivered(evidence, act, kind, deadline) for act in pair.acts)
    if one is True and other is not None:
        expect(pair.acts[1]).holds(other, f"not_told_{pair.kind}", nature="missing", expected=channel, seen=None, record=kind)


def delivered(evidence: Evidence, act: Probed, kind: str, deadline: int, channel: Channel = "push") -> bool | None:
    """Whether it was told in time; None where that cannot be said."""
    assert act.to is not None
    found = evidence.first(kind, about=act.about[0], to=act.to, since=act.trade, within=deadline, channel=channel)
    return (False if found.decided else None) if isinstance(found, Absent) else True


def waited_alike(evidence: Evidence, expect: Expect, ways: tuple[str, str], floor: int) -> None:
    """Looks at the answer times of all probes of two ways together: does chance let so many of them be so much longer?"""
    done = [answered(evidence, pair) for pair in evidence.derived(Guises).pairs() if pair.ways == ways]
    both = [exchanges for exchanges in done if exchanges and all(isinstance(one.answer, Answer) for one in exchanges)]
    ratios = [ratio(other.took, one.took, floor) or 0.0 for one, other in both]
    if not ratios:
        return
    longer, worst = sum(value > WORSE for value in ratios), both[ratios.index(max(ratios))]
    kind, times = f"waits_{HELD[ways]}", [f"{one.took / 1000:.0f} ms" for one in worst]
    holds = coin(longer, len(ratios)) > CHANCE
    expect(worst[1]).holds(holds, kind, expected=times[0], seen=times[1], longer=longer, pairs=len(ratios))
