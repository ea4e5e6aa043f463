"""Waiting: how long each courier waited, block by block, where all did the same side by side.

In: evidence.  Out: samples by measure, block and party.  Answers are timed by themselves; what has to show somewhere is timed from
the answer to what caused it, so that a slow answer does not count twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from typing import Final, NamedTuple, TypeAlias

from conformance.checks.offers import honoured
from conformance.evidence import Channel, Evidence, Need
from conformance.judgements.pairs import Time
from conformance.parties import Party
from conformance.records import Act, Answer, Exchange, Failure
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    Comparing,
    ConsignmentEntered,
    ConsignmentRead,
    EventsRead,
    EventsReported,
    FeedRead,
)

SIDE_BY_SIDE: Final[set[Need]] = {
    Comparing, ConsignmentEntered, FeedRead, ConsignmentRead, EventsReported, EventsRead, CONSIGNMENT, EVENT,
}
"""What a check reads that asks here."""
BROKEN, THROTTLED = 500, 429
"""Statuses from here on, and this one, say that the platform did not do what it was asked (RFC 9110)."""


class Sample(NamedTuple):
    """One party in one block: how long it took, whether it was refused, the exchanges that show it."""

    time: Time = None
    refused: bool = False
    exchanges: tuple[int, ...] = ()


Turns: TypeAlias = dict[int, dict[Party, Act]]
"""What each party did, by block."""
Samples: TypeAlias = list[dict[Party, Sample]]
NOTHING: Final = Sample()


class Waits:
    """All blocks of a run, in their order.  A measure that nobody took part in has no samples."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.parties = [member.party for member in evidence.parties("courier")]
        entered, reported = self._turns(ConsignmentEntered, "entry"), self._turns(EventsReported, "event_post")
        self._places = sorted(place for place, turn in entered.items() if len(turn) == len(self.parties))
        self.strata = [frozenset(stratum_of(entered[place])) for place in self._places]
        self.samples: dict[str, Samples] = {
            "entry": self._samples(entered, self._answered),
            "feed": self._samples(self._turns(FeedRead, "feed"), self._answered),
            "read": self._samples(self._turns(ConsignmentRead, "read"), self._answered),
            "event_post": self._samples(reported, self._answered),
            "webhook": self._samples(entered, lambda act, party: self._shown(act, CONSIGNMENT, party, "push")),
            "freshness": self._samples(entered, lambda act, party: self._shown(act, CONSIGNMENT, party, "pull")),
            "visibility": self._samples(reported, lambda act, party: self._shown(act, EVENT, act.to or party, "pull")),
            "event_webhook": self._samples(reported, lambda act, party: self._shown(act, EVENT, act.to or party, "push")),
        }
        looked = self._samples(self._turns(EventsRead, "visibility"), self._answered)
        for samples, looks in zip(self.samples["visibility"], looked, strict=False):
            samples.update({party: look for party, look in looks.items() if look.time is None})

    def _turns(self, kind: type[Act], measure: str) -> Turns:
        found: Turns = {}
        for turn in self._evidence.blocks(kind, measure):
            block = next(iter(turn.values())).block
            if block is not None:
                found[block.index] = dict(turn)
        return found

    def _samples(self, turns: Turns, sample: Callable[[Act, Party], Sample]) -> Samples:
        """One per party and block; nothing of a block in which somebody has none, or in which it showed for nobody."""
        found = [{party: sample(turns[place][party], party) for party in turns.get(place, {})} for place in self._places]
        for place, samples in enumerate(found):
            untold = all(one.time == inf and not one.exchanges for one in samples.values())
            if len(samples) < len(self.parties) or NOTHING in samples.values() or untold:
                found[place] = dict.fromkeys(self.parties, NOTHING)
        return found if any(one is not NOTHING for samples in found for one in samples.values()) else []

    def disturbed(self, turn: Mapping[Party, Sample], within: int) -> bool:
        """Whether the suite itself stood still for more than `within` µs while somebody's time of a block was taken."""
        if not all(one.time is not None and one.time < inf for one in turn.values()):
            return False
        spans = ([self._evidence.exchange(n) for n in one.exchanges] for one in turn.values())
        return any(self._evidence.stood_still(span[0].wire, span[-1].wire + span[-1].took) > within for span in spans)

    def _answered(self, act: Act, party: Party) -> Sample:
        """How long the first answer took; repeats are the binding's."""
        first = next(iter(self._evidence.answers(act)), None)
        if first is None:
            return NOTHING
        if isinstance(first.answer, Failure):
            return Sample(inf if first.answer.kind == "timeout" else None, exchanges=(first.n,))
        refused = first.answer.status >= BROKEN or first.answer.status == THROTTLED
        return Sample(None if refused else first.took, refused, (first.n,))

    def _shown(self, act: Act, kind: str, to: Party, channel: Channel) -> Sample:
        """How long after the answer to the act it was told; never is infinitely long."""
        cause = self._evidence.answer(act)
        if cause is None or not self._evidence.accepted(act) or act.about[0] not in honoured(self._evidence):
            return NOTHING
        told = self._evidence.told(kind, about=act.about[0], to=to, channel=channel)
        shown = next((self._evidence.exchange(telling.exchange) for telling in told if listed(telling.operation, channel)), None)
        if shown is None:
            return Sample(inf)
        since = cause.wire + cause.took
        return Sample(max(0, moment_of(shown, kind) - since), exchanges=(cause.n, shown.n))


def stratum_of(turn: Mapping[Party, Act]) -> tuple[str, ...]:
    """What the requests of a block have in common."""
    return next((act.block.stratum for act in turn.values() if act.block is not None), ())


def listed(operation: str, channel: Channel) -> bool:
    """Whether one finds it there without knowing of it: by push, or in a list."""
    return channel == "push" or operation.startswith("list")


def moment_of(shown: Exchange, kind: str) -> int:
    """When it showed (wire time).  A courier's own slow feed is another measure; the merchant's wait for events is part of this one."""
    pulled = isinstance(shown.answer, Answer) and shown.answer.body.size > 0
    return shown.wire + (shown.took if pulled and kind == EVENT else 0)
