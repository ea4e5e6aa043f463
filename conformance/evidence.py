"""Evidence: what the records show, asked in the words of a check.

In: the records of one run and the specification of the interface.  Out: acts, tellings (who told whom what, when) and
absences, each with its provenance.  Derived once, never changed.  What the implementation under test said is content: it is
projected as it came, nothing is coerced, and nothing it says can raise here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, TypeVar

import msgspec

from conformance.errors import SuiteError
from conformance.parties import IUT, Member, Party, Subject
from conformance.projection import Held, Projection
from conformance.records import (
    JSON,
    Act,
    Answer,
    Body,
    ClockMoved,
    Exchange,
    Failure,
    Instant,
    Load,
    Record,
    Resumed,
    RoundEnded,
    Started,
    Watch,
)
from conformance.specification import Operation, Places, Shape, Specification
from conformance.untrusted import MISSING

A = TypeVar("A", bound=Act)
R = TypeVar("R", bound=Record)
D = TypeVar("D")
Channel = Literal["push", "pull"]
CATCHING_UP = 10_000_000
"""How long a target may take for what fell due when its clock was moved, in µs of the wire (`specs/sandbox.openapi.yaml`)."""
LOST: Final = "lost"
MOST_LOST: Final = 0.03
"""No line loses more of what it carries."""
Need = type[Record] | str
"""What a check reads: a record type, or a kind of telling."""
Where = Mapping[str, JSON] | Callable[[JSON], bool]
"""Which records are meant: the values of some of its fields, or what it must fulfil."""


class Telling(msgspec.Struct, frozen=True, eq=False):
    """Somebody told somebody something.  `at` is trade time, `wire` when it arrived, `exchange` the number of its record."""

    kind: str
    about: frozenset[Subject]
    by: Party
    to: Party
    at: Instant
    wire: Instant
    channel: Channel
    operation: str
    pointer: str
    value: JSON
    shape: Shape
    exchange: int

    @property
    def content(self) -> Seen:
        return Seen(self.value, self.pointer, self, self.shape)

    def __getitem__(self, name: str) -> Seen:
        return self.content[name]


class Seen:
    """A value that was told, with the place at which it stood.  Asking for a field that the specification does not know raises."""

    __slots__ = ("pointer", "shape", "telling", "value")

    def __init__(self, value: JSON, pointer: str, telling: Telling, shape: Shape | None) -> None:
        self.value, self.pointer, self.telling, self.shape = value, pointer, telling, shape

    def __getitem__(self, name: str) -> Seen:
        if self.shape is not None and not self.shape.knows(name):
            raise SuiteError("unknown_path", pointer=f"{self.pointer}/{name}", operation=self.telling.operation)
        value = self.value.get(name, MISSING) if isinstance(self.value, dict) else MISSING
        return Seen(value, f"{self.pointer}/{name}", self.telling, self.shape and self.shape.child(name))

    def __iter__(self) -> Iterator[Seen]:
        """Each item of an array; nothing for what is not one."""
        shape = self.shape and self.shape.items
        for index, value in enumerate(self.value if isinstance(self.value, list) else ()):
            yield Seen(value, f"{self.pointer}/{index}", self.telling, shape)

    @property
    def there(self) -> bool:
        return self.value is not MISSING and self.value is not None


class Absent(msgspec.Struct, frozen=True):
    """Nothing was told.  `decided`: we listened all the time and the target answered somebody, so the silence counts.

    `why` is a reason code where it is not decided.  `late` is what came after the time; `alive` an exchange that was answered.
    """

    kind: str
    about: Subject | None
    to: Party
    since: Instant
    until: Instant
    decided: bool
    why: str = ""
    late: Telling | None = None
    alive: int | None = None
    channel: Channel | None = None

    def __getitem__(self, name: str) -> Absent:
        return self


class Evidence:
    """Everything that was seen in one run, indexed."""

    def __init__(self, records: Sequence[Record], specification: Specification) -> None:
        self.records = records
        self.specification = specification
        self.exchanges: list[Exchange] = []
        self._acts: dict[type[Act], list[Act]] = defaultdict(list)
        self._ordinary: dict[type[Act], list[Act]] = defaultdict(list)
        self._act: dict[int, Act] = {}
        self._answers: dict[int, list[Exchange]] = defaultdict(list)
        self._tellings: dict[str, list[Telling]] = defaultdict(list)
        self._tellings_about: dict[tuple[str, Subject], list[Telling]] = defaultdict(list)
        self._told: dict[tuple[str | None, ...], list[Telling]] = {}
        self._by_exchange: dict[int, list[Telling]] = defaultdict(list)
        self._watches: dict[tuple[Party, str], list[Watch]] = defaultdict(list)
        self._exchange_at: dict[int, Exchange] = {}
        self._alive: list[tuple[Instant, int]] = []
        self._moves: list[ClockMoved] = []
        self.loads: list[Load] = []
        self._stalls: list[tuple[Instant, Instant]] = []
        self._aliases: dict[tuple[str, JSON], frozenset[Subject]] = {}
        self._theirs: set[tuple[str, JSON]] = set()
        self._projection = Projection()
        self._derived: dict[Callable[[Evidence], Any], Any] = {}
        self.cast: Mapping[Party, Member] = {}
        self.features: dict[Subject, frozenset[str]] = {}
        self.origins: dict[Subject, Act] = {}
        self._resumed = [record.n for record in records if isinstance(record, Resumed)]
        self._abandoned = abandoned(records)
        for record in records:
            self._take(record)
        for exchange in sorted(records_of(records, Exchange), key=self._place):
            self._exchange(exchange)
        for tellings in self._tellings.values():
            tellings.sort(key=lambda telling: (telling.wire, telling.exchange))
            for telling in tellings:
                for subject in telling.about:
                    self._tellings_about[telling.kind, subject].append(telling)
        for watches in self._watches.values():
            watches.sort(key=lambda found: found.since)
        self._alive.sort()

    def _take(self, record: Record) -> None:
        match record:
            case Act():
                self._act[record.n] = record
                if any(record.n in span for span in self._abandoned):
                    return
                self._acts[type(record)].append(record)
                if record.intent == "ordinary":
                    self._ordinary[type(record)].append(record)
                for subject in record.about:
                    self.origins.setdefault(subject, record)
                    self.features[subject] = self.features.get(subject, frozenset()) | frozenset(record.features)
            case ClockMoved():
                self._moves.append(record)
            case Load():
                self.loads.append(record)
                self._stalls += record.stalls
            case Watch():
                self._watches[record.party, record.channel].append(record)
            case Started():
                self.cast = {member.party: member for member in record.cast}

    def _place(self, exchange: Exchange) -> tuple[Instant, int, int]:
        """Where an exchange stands in the story.  What we brought about stands where we asked for it, since a webhook may arrive before
        the answer; what we only read, where it was answered.  At one and the same time causes come before what came of them."""
        act = self._act.get(exchange.act) if exchange.act is not None else None
        pushed, causes = exchange.sender == IUT, act is not None and bool(act.about)
        return exchange.wire if pushed or causes else exchange.wire + exchange.took, not causes, exchange.n

    def _exchange(self, exchange: Exchange) -> None:
        self.exchanges.append(exchange)
        self._exchange_at[exchange.n] = exchange
        if exchange.act is not None:
            self._answers[exchange.act].append(exchange)
        if isinstance(exchange.answer, Answer) and exchange.answerer == IUT:
            self._alive.append((exchange.trade + exchange.took, exchange.n))
        elif exchange.sender == IUT:
            self._alive.append((exchange.trade, exchange.n))
        operation = self.specification.operations.get(exchange.operation)
        if operation is not None:
            for telling in self._tell(exchange, operation):
                self._tellings[telling.kind].append(telling)
                self._by_exchange[exchange.n].append(telling)

    def _tell(self, exchange: Exchange, operation: Operation) -> Iterator[Telling]:
        yield from self._project(exchange, operation, exchange.request.body, operation.heard, exchange.sender, exchange.answerer)
        if isinstance(exchange.answer, Answer):
            places = operation.places_in_answer(exchange.answer.status)
            yield from self._project(exchange, operation, exchange.answer.body, places, exchange.answerer, exchange.sender)

    def _project(
        self, exchange: Exchange, operation: Operation, body: Body, places: Places, by: Party, to: Party
    ) -> Iterator[Telling]:
        if not places or not body.size:
            return
        after = exchange.took if by == exchange.answerer else 0
        at, wire = exchange.trade + after, exchange.wire + after
        channel: Channel = "push" if operation.webhook else "pull"
        for held in self._projection.held(body.raw, places):
            about, shape = self._about(exchange, by, held), held.shape
            yield Telling(
                str(shape.record), about, by, to, at, wire, channel, operation.id, held.pointer, held.value, shape, exchange.n
            )

    def _about(self, exchange: Exchange, by: Party, held: Held) -> frozenset[Subject]:
        """Whom the SUT means.  Our own names come first; an answer to an act is about what the act was about.

        A name that we gave out may be given again; one that the SUT gave stays what it was, whatever we put it beside.
        """
        act = self._act.get(exchange.act) if exchange.act is not None else None
        mine = frozenset(act.about) if act is not None and held.single else frozenset()
        if by != IUT and mine:
            self._aliases.update(dict.fromkeys((name for name in held.names if name not in self._theirs), mine))
            return mine
        called = (self._aliases[name] for name in held.names if name[0] and name in self._aliases)
        known = next(called, None) or self._meant(held) or mine
        if known:
            for name in held.names:
                if name[0] and name not in self._aliases:
                    self._aliases[name] = known
                    self._theirs.add(name)
        return known

    def _meant(self, held: Held) -> frozenset[Subject] | None:
        """Whom the values mean that exist once only.  One of several proves nothing: it may have got into somebody else's record."""
        values = [name for name in held.names if not name[0]]
        meant = Counter(self._aliases[name] for name in values if name in self._aliases).most_common(1)
        return meant[0][0] if meant and meant[0][1] >= min(2, len(values)) else None

    @property
    def acts(self) -> Iterable[Act]:
        """Every act, in the order of the journal."""
        return self._act.values()

    # -- what checks ask -------------------------------------------------------------------------------------------------

    def each(self, act: type[A]) -> Sequence[A]:
        """Every act of that type that was meant to be ordinary, in the order in which we did them."""
        return self._ordinary[act]  # type: ignore[return-value]  # keyed by its own type

    def every(self, act: type[A]) -> Sequence[A]:
        """Every act of that type, malformed and hostile ones included."""
        return self._acts[act]  # type: ignore[return-value]  # keyed by its own type

    def told(
        self, kind: str, *, about: Subject | None = None, by: Party | None = None, to: Party | None = None,
        channel: Channel | None = None, operation: str | None = None,
    ) -> Sequence[Telling]:
        """Tellings in the order of their arrival.  What is not given is not asked for; without `by`, the IUT's are meant."""
        asked = kind, about, by, to, channel, operation
        if asked not in self._told:
            found = self._tellings.get(kind, ()) if about is None else self._tellings_about.get((kind, about), ())
            self._told[asked] = [
                telling for telling in found
                if telling.by == (by or IUT) and (to is None or telling.to == to)
                and (channel is None or telling.channel == channel) and (operation is None or telling.operation == operation)
            ]
        return self._told[asked]

    def first(
        self, kind: str, *, about: Subject, to: Party, since: Instant, within: Instant,
        channel: Channel | None = None, where: Where | None = None,
    ) -> Seen | Absent:
        """The first such telling in the `within` µs after `since` (trade time), or its absence.

        What a party pulled after the time is late only if it had looked in vain between the end of the time and then; what was
        pushed, only if it cannot have been sent at a time over which the suite moved the target's clock.
        """
        until = since + within
        late = None
        for telling in self.told(kind, about=about, to=to, channel=channel):
            if telling.at < since or not fits(telling.value, where):
                continue
            if telling.at <= until or (telling.channel == "push" and self.sent_since(self.exchange(telling.exchange)) <= until):
                return telling.content
            late = late or telling
        if late is not None and late.channel == "pull" and not self.watched(to, "pull", since, until, kind, before=late.at):
            return late.content
        return self._absent(kind, about, to, since, until, channel, late)

    def _absent(
        self, kind: str, about: Subject, to: Party, since: Instant, until: Instant, channel: Channel | None, late: Telling | None
    ) -> Absent:
        channels: tuple[Channel, ...] = (channel,) if channel else ("push", "pull")
        alive = self.answered_after(until)
        if not any(self.watched(to, listened, since, until, kind) for listened in channels):
            return Absent(kind, about, to, since, until, decided=False, why="not_watched", late=late, channel=channel)
        if alive is None:
            return Absent(kind, about, to, since, until, decided=False, why="not_alive", late=late, channel=channel)
        if late is not None and self.stood_still(late.wire - (late.at - until), late.wire) >= late.at - until:
            return Absent(kind, about, to, since, until, decided=False, why="tester", late=late, channel=channel)
        return Absent(kind, about, to, since, until, decided=True, late=late, alive=alive, channel=channel)

    def watched(
        self, party: Party, channel: Channel, since: Instant, until: Instant, kind: str = "", *, before: Instant | None = None
    ) -> bool:
        """Whether the party listened there (to that kind of telling) without a gap; with `before`, whether it knew so before then."""
        reached = since
        for watch in self._watches.get((party, channel), ()):
            deaf = bool(kind and watch.kinds) and kind not in watch.kinds
            if watch.since <= reached and not deaf and (before is None or watch.until < before):
                reached = max(reached, watch.until)
        return reached >= until

    def answered_after(self, at: Instant) -> int | None:
        """The number of an exchange by which the target showed that it lived at that time or later."""
        place = bisect_left(self._alive, (at, -1))
        return self._alive[place][1] if place < len(self._alive) else None

    def sent_since(self, exchange: Exchange) -> Instant:
        """The earliest business time at which the target can have sent it: while its clock is moved, and for as long as it may then
        take to do what fell due, any time that was moved over."""
        place = bisect_right(self._moves, exchange.wire, key=lambda move: move.began) - 1
        if place >= 0 and exchange.wire <= self._moves[place].wire + CATCHING_UP:
            return exchange.trade - self._moves[place].by
        return exchange.trade

    def stood_still(self, since: Instant, until: Instant) -> Instant:
        """For how many µs of that stretch of wire time the suite itself did nothing, by its own account."""
        place = bisect_right(self._stalls, since, key=lambda stall: stall[1])
        found: Instant = 0
        while place < len(self._stalls) and self._stalls[place][0] < until:
            found += min(until, self._stalls[place][1]) - max(since, self._stalls[place][0])
            place += 1
        return found

    def turn(self, act: Act) -> int:
        """How often the run had been resumed when that was done."""
        return bisect_left(self._resumed, act.n)

    def answers(self, act: Act) -> Sequence[Exchange]:
        """What came of an act, repeated attempts included, in order."""
        return self._answers[act.n]

    def answer(self, act: Act) -> Exchange | None:
        """The last exchange of an act."""
        return self._answers[act.n][-1] if self._answers[act.n] else None

    def accepted(self, act: Act) -> bool:
        """Whether the target took the act on (2xx)."""
        last = self.answer(act)
        return last is not None and isinstance(last.answer, Answer) and last.answer.status < 300

    def perhaps(self, act: Act) -> bool:
        """Whether the target took the act on, or may have, since its answer got lost."""
        last = self.answer(act)
        return self.accepted(act) or (last is not None and (isinstance(last.answer, Failure) or self.doubtful(last)))

    def doubtful(self, exchange: Exchange) -> bool:
        """Whether a request was refused that may have been taken on before, when its answer got lost: its refusal says nothing.

        Who repeats a request under a key (RFC 9110, 9.2.2: or one that only reads) gets the first answer again.
        """
        refused = isinstance(exchange.answer, Answer) and 400 <= exchange.answer.status < 500
        if not refused or exchange.act is None or exchange.request.method == "GET" or keyed(exchange):
            return False
        before = (one.answer for one in self._answers[exchange.act] if one.n < exchange.n)
        return any(isinstance(answer, Failure) and answer.kind == LOST for answer in before)

    def exchange(self, n: int) -> Exchange:
        return self._exchange_at[n]

    def tellings_in(self, exchange: Exchange) -> Sequence[Telling]:
        """What was told in one exchange."""
        return self._by_exchange[exchange.n]

    def act_of(self, exchange: Exchange) -> Act | None:
        return self._act.get(exchange.act) if exchange.act is not None else None

    def blocks(self, act: type[A], measure: str) -> Sequence[Mapping[Party, A]]:
        """Acts that are to be compared: one per counterpart and block, in the order of the blocks."""
        found: dict[int, dict[Party, A]] = defaultdict(dict)
        for one in self._acts[act]:
            if one.block is not None and one.block.measure == measure:
                found[one.block.index][one.block.party or one.to or one.by] = one  # type: ignore[assignment]  # keyed by its own type
        return [found[index] for index in sorted(found)]

    def derived(self, make: Callable[[Evidence], D]) -> D:
        """What a pure function makes of the evidence, worked out once however many checks ask."""
        if make not in self._derived:
            self._derived[make] = make(self)
        return self._derived[make]  # type: ignore[no-any-return]  # keyed by what made it

    def of(self, make: Callable[[JSON], D], record: JSON) -> D:
        """What a pure function makes of a record (or of a body), worked out once for all tellings (or messages) that say the same.

        Records that are equal, to the type and the order of their members, are one object, so that `id` tells them apart.
        """
        return self._projection.of(make, record)

    def sent_to(self, party: Party) -> Iterator[tuple[Exchange, str, bytes]]:
        """Everything that the target sent to a party, raw: the exchange, where in it (body, header:name, target), the bytes."""
        for exchange in self.exchanges:
            if exchange.sender == IUT and exchange.answerer == party:
                yield exchange, "body", exchange.request.body.raw
                yield exchange, "target", exchange.request.target.encode()
                yield from ((exchange, f"header:{name}", value.encode()) for name, value in exchange.request.headers)
            elif exchange.sender == party and isinstance(exchange.answer, Answer):
                yield exchange, "body", exchange.answer.body.raw
                yield from ((exchange, f"header:{name}", value.encode()) for name, value in exchange.answer.headers)

    def parties(self, kind: str) -> Sequence[Member]:
        """The members of the cast of that kind, in the order of the plan."""
        return [member for member in self.cast.values() if member.kind == kind]

    def limited(self, needs: frozenset[Need]) -> Evidence:
        """The same evidence, which raises when somebody reads what they did not declare."""
        view = object.__new__(Limited)
        view.__dict__.update(self.__dict__)
        view.needs = needs
        return view


class Limited(Evidence):
    """Evidence as a check gets it: what it did not declare cannot be read."""

    needs: frozenset[Need]

    def _demand(self, need: Need) -> None:
        if need not in self.needs:
            raise SuiteError("undeclared_need", need=need if isinstance(need, str) else need.__name__)

    def each(self, act: type[A]) -> Sequence[A]:
        self._demand(act)
        return super().each(act)

    def every(self, act: type[A]) -> Sequence[A]:
        self._demand(act)
        return super().every(act)

    def told(
        self, kind: str, *, about: Subject | None = None, by: Party | None = None, to: Party | None = None,
        channel: Channel | None = None, operation: str | None = None,
    ) -> Sequence[Telling]:
        self._demand(kind)
        return super().told(kind, about=about, by=by, to=to, channel=channel, operation=operation)

    def blocks(self, act: type[A], measure: str) -> Sequence[Mapping[Party, A]]:
        self._demand(act)
        return super().blocks(act, measure)


def keyed(exchange: Exchange) -> bool:
    """Whether a request may be repeated without a second effect."""
    return any(name.lower() == "idempotency-key" for name, _ in exchange.request.headers)


def loss(evidence: Evidence) -> float:
    """What share of our requests got lost on the way, as far as that is what happens on a line: more is the target's doing."""
    asked = [exchange.answer for exchange in evidence.exchanges if exchange.answerer == IUT]
    share = sum(isinstance(answer, Failure) and answer.kind == LOST for answer in asked) / max(1, len(asked))
    return share if share <= MOST_LOST else 0.0


def abandoned(records: Sequence[Record]) -> list[range]:
    """The numbers of records of rounds that were under way when the run was cut off: these rounds are played again.

    What the target said in them stays what it said; of what we did in them nobody saw what became.
    """
    spans, complete = [], 0
    for record in records:
        if isinstance(record, RoundEnded):
            complete = record.n
        elif isinstance(record, Resumed):
            spans.append(range(complete + 1, record.n))
    return spans


def records_of(records: Iterable[Record], kind: type[R]) -> list[R]:
    """The records of one type, in their order."""
    return [record for record in records if isinstance(record, kind)]


def fits(value: JSON, where: Where | None) -> bool:
    """Whether a record is one of those asked for."""
    if callable(where):
        return where(value)
    return not where or (isinstance(value, dict) and all(value.get(name) == wanted for name, wanted in where.items()))
