"""`expect`: how a check says what should be so.  It never raises for what the target did; it counts what it looked at.

In: what the evidence shows (a `Seen`, a `Telling`, an `Absent`, an `Exchange`).  Out: looks and reasons, for `outcomes.conclude`.
Zero looks is inconclusive by construction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, Protocol, TypeAlias, runtime_checkable

import msgspec

from conformance.clock import moment
from conformance.evidence import LOST, Absent, Evidence, Seen, Telling
from conformance.guise import worn
from conformance.outcomes import Look, Nature, Place, Reason
from conformance.parties import IUT, Party, Subject
from conformance.records import JSON, Act, Answer, Exchange, Failure
from conformance.untrusted import MISSING

Shown: TypeAlias = Seen | Telling | Absent | Exchange | Act | None


@runtime_checkable
class Flaw(Protocol):
    """What a judgement says is wrong: a kind with a text in `reports/words/`, and its parameters."""

    @property
    def kind(self) -> str: ...
    @property
    def params(self) -> object: ...


Located: TypeAlias = tuple[Place, tuple[str, ...], tuple[int, ...], Act | None, Exchange | None]
FINE: Final = Look()


Judgement: TypeAlias = Callable[[JSON], Flaw | Iterable[Flaw] | None]


class Expect:
    """Collects the looks of one check over one evidence."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._looks: list[Look | Shown] = []  # what was looked at and is as it should be stands for itself
        self._flawless = True
        self.reasons: list[Reason] = []
        self.comparisons: list[dict[str, JSON]] = []

    def __call__(self, shown: Shown) -> Expectation:
        return Expectation(self, shown)

    def compares(
        self, row: Mapping[str, JSON], kind: str = "", *, params: Mapping[str, JSON] | None = None, expected: JSON = None,
        seen: JSON = None, exchanges: Sequence[int] = (), operation: str = "",
    ) -> None:
        """Looks at a comparison of two parties and keeps it for the report; `kind` names what is wrong with it.

        `row` is as `report.json` shows it: measure, better, worse, decision, ratios and the rest.
        """
        self.comparisons.append(dict(row))
        worse, cast = Party(str(row["worse"])), self.evidence.cast
        self._flawless = self._flawless and not kind
        self._looks.append(Look(
            kind=kind, params=dict(params or {}), place=Place(operation, by=IUT, to=worse),
            who=(IUT, cast[worse].kind if worse in cast else worse), expected=plain(expected), seen=plain(seen),
            exchanges=tuple(exchanges),
        ))

    def undecided(self, code: str, **params: JSON) -> None:
        """Something could not be seen; the requirement cannot pass."""
        self.reasons.append(Reason(code, params))

    @property
    def count(self) -> int:
        """How many things were looked at so far."""
        return len(self._looks)

    def origin(self, absent: Absent) -> int | None:
        """The exchange of what we did last about it before it was waited for: the reason why it should have been told."""
        done = self.evidence.derived(acts_about).get(absent.about, ()) if absent.about else ()
        before = [self.evidence.answers(act)[-1:] for act in done if act.trade <= absent.since]
        asked = [one for last in before for one in last if one.request.method != "GET"]
        return asked[-1].n if asked else None

    def fine(self, shown: Shown) -> None:
        """What was looked at is as it should be."""
        self._looks.append(shown)

    def wrong(self, look: Look, act: Act | None = None, exchange: Exchange | None = None) -> None:
        """What was looked at is not as it should be."""
        self._flawless = False
        self._looks.append(msgspec.structs.replace(look, features=self._features(look, act, exchange)))

    def finished(self) -> Sequence[Look]:
        """All looks.  Those that were fine get their place and features only where one went wrong, to be compared with it."""
        if self._flawless:
            return [look if isinstance(look, Look) else FINE for look in self._looks]
        return self.placed()

    def placed(self) -> Sequence[Look]:
        """All looks, those that were fine with their place and features as well."""
        return [look if isinstance(look, Look) else self._told(look) for look in self._looks]

    def _told(self, shown: Shown) -> Look:
        """A look that was fine, with all that can be said of it."""
        place, subjects, exchanges, act, exchange = located(self.evidence, shown)
        look = Look(place=place, subjects=subjects, exchanges=exchanges)
        return msgspec.structs.replace(look, features=self._features(look, act, exchange))

    def _features(self, look: Look, act: Act | None, exchange: Exchange | None) -> frozenset[str]:
        """What sort of case this is: how the subject was entered, over which operation, to whom, in which guise we asked, or had begun."""
        own = set(act.features) if act is not None else set()
        if exchange is not None and exchange.case is not None:
            own |= set(exchange.case.features)
        for subject in look.subjects:
            own |= self.evidence.features.get(Subject(subject), frozenset())
            own |= self._guise("begun", self.evidence.origins.get(Subject(subject)))
        own |= self._guise("guise", act) if exchange is None else {f"guise:{worn(exchange.request.headers)}"}
        place = look.place
        code = self.evidence.cast[Party(place.to)].code if Party(place.to) in self.evidence.cast else place.to
        return frozenset(own | {f"operation:{place.operation}", f"to:{code}"} - {"operation:", "to:"})

    def _guise(self, word: str, act: Act | None) -> set[str]:
        """In which guise we did it, from what was sent."""
        return {f"{word}:{worn(asked.request.headers)}" for asked in self.evidence.answers(act)[:1]} if act is not None else set()


class Expectation:
    """What should be so of one thing.  An `Absent` is judged by `arrives` alone; after it the other words say nothing."""

    __slots__ = ("_expect", "_shown")

    def __init__(self, expect: Expect, shown: Shown) -> None:
        self._expect = expect
        self._shown = shown

    def arrives(self) -> None:
        """It was told, and in time."""
        shown = self._shown
        if isinstance(shown, Absent):
            self._absent(shown)
        elif isinstance(shown, Seen) and not shown.there:
            self._look("missing", expected="…", seen=None)
        elif shown is not None:
            self._look()

    def _absent(self, absent: Absent) -> None:
        if absent.late is None and not absent.decided:
            self._expect.undecided("environment", why=absent.why, kind=absent.kind)
            return
        late, origin = absent.late, self._expect.origin(absent)
        params: dict[str, JSON] = {"record": absent.kind, "deadline": moment(absent.until), "way": absent.channel or ""}
        cited = (*((origin,) if origin else ()), late.exchange if late is not None else absent.alive or 0)
        self._wrong(
            "late" if late is not None else "absent", "missing", params,
            Place(by=IUT, to=absent.to, operation=late.operation if late else ""),
            (str(absent.about),) if absent.about else (), cited, moment(absent.until), moment(late.at) if late else None,
            began=origin,
        )

    def equals(self, expected: JSON) -> None:
        """Exactly that value, character by character."""
        if not isinstance(self._shown, Absent):
            seen = self._value()
            kind = "" if seen == expected and type(seen) is type(expected) else "missing" if seen is MISSING else "differs"
            self._look(kind, expected=expected, seen=seen)

    def is_one_of(self, allowed: Collection[JSON]) -> None:
        if not isinstance(self._shown, Absent):
            seen = self._value()
            self._look("" if seen in allowed else "not_among", expected=sorted(map(str, allowed)), seen=seen)

    def is_there(self) -> None:
        """Neither missing nor null."""
        if not isinstance(self._shown, Absent):
            seen = self._value()
            self._look("missing" if seen is MISSING or seen is None else "", expected="…", seen=seen)

    def is_not_there(self) -> None:
        if not isinstance(self._shown, Absent):
            seen = self._value()
            self._look("" if seen is MISSING or seen is None else "unexpected", seen=seen)

    def satisfies(self, judgement: Judgement, *, expected: JSON = None) -> None:
        """A judgement finds no flaw in the value; a missing value is a flaw by itself."""
        if isinstance(self._shown, Absent):
            return
        seen = self._value()
        if seen is MISSING:
            self._look("missing", expected=expected)
            return
        found = judgement(seen)
        flaws = [] if found is None else list(found) if isinstance(found, Iterable) else [found]
        for flaw in flaws:
            below = str(getattr(flaw, "pointer", ""))
            self._look(
                flaw.kind, params=dict_of(flaw.params), below=below,
                expected=getattr(flaw, "expected", expected), seen=getattr(flaw, "seen", seen),
            )
        if not flaws:
            self._expect.fine(self._shown)

    def holds(
        self, condition: bool, kind: str, *, expected: JSON = None, seen: JSON = None, nature: Nature = "said", single: bool = False,
        **params: JSON,
    ) -> None:
        """The condition is true of it; `kind` names what is wrong otherwise.  `single`: one message that got lost would explain it."""
        if isinstance(self._shown, Absent):
            return
        if condition:
            self._expect.fine(self._shown)
        else:
            self._look(kind, nature=nature, expected=expected, seen=seen, params=params, single=single)

    def is_accepted(self) -> None:
        """Answered with 2xx."""
        self.is_answered_with(range(200, 300))

    def is_answered_with(self, statuses: Collection[int]) -> None:
        """Answered with one of these statuses.  No answer, 5xx and 429 count only when they repeat."""
        shown = self._shown
        if not isinstance(shown, Exchange):
            return
        wanted = "2xx" if statuses == range(200, 300) else " / ".join(map(str, statuses))
        if isinstance(shown.answer, Failure):
            self._look("unanswered", nature="missing", expected=wanted, seen=shown.answer.kind, single=shown.answer.kind == LOST)
        elif shown.answer.status in statuses:
            self._look()
        elif not self._expect.evidence.doubtful(shown):
            unsteady = shown.answer.status >= 500 or shown.answer.status == 429
            self._look("status", nature="missing" if unsteady else "said", expected=wanted, seen=shown.answer.status)

    def _value(self) -> JSON:
        shown = self._shown
        if isinstance(shown, Seen | Telling):
            return shown.value
        return shown.answer.status if isinstance(shown, Exchange) and isinstance(shown.answer, Answer) else None

    def _look(
        self, kind: str = "", *, nature: Nature = "said", params: dict[str, JSON] | None = None, below: str = "",
        expected: JSON = None, seen: JSON = None, single: bool = False,
    ) -> None:
        if not kind:
            self._expect.fine(self._shown)
            return
        place, subjects, exchanges, act, exchange = located(self._expect.evidence, self._shown, below)
        began = exchanges[-1] if nature == "missing" and isinstance(self._shown, Act) and exchanges else None
        self._wrong(kind, nature, params, place, subjects, exchanges, expected, seen, act, exchange, single=single, began=began)

    def _wrong(
        self, kind: str, nature: Nature, params: dict[str, JSON] | None, place: Place, subjects: tuple[str, ...],
        exchanges: tuple[int, ...], expected: JSON, seen: JSON, act: Act | None = None, exchange: Exchange | None = None, *,
        single: bool = False, began: int | None = None,
    ) -> None:
        cast = self._expect.evidence.cast
        by, to = (cast[Party(name)].kind if Party(name) in cast else name for name in (place.by, place.to))
        look = Look(
            kind=kind, nature=nature, params=params or {}, place=place, who=(by, to), expected=plain(expected),
            seen=plain(seen), subjects=subjects, exchanges=exchanges, single=single, began=began,
        )
        self._expect.wrong(look, act, exchange)


def located(evidence: Evidence, shown: Shown, below: str = "") -> Located:
    """Where something stands, whom it is about, what shows it, and the act that it came of."""
    match shown:
        case Seen() | Telling():
            telling = shown.telling if isinstance(shown, Seen) else shown
            place = Place(telling.operation, shown.pointer + below, telling.channel, telling.by, telling.to)
            exchange = evidence.exchange(telling.exchange)
            return place, tuple(sorted(map(str, telling.about))), (telling.exchange,), evidence.act_of(exchange), None
        case Exchange() as exchange:
            act = evidence.act_of(exchange)
            by, to = (exchange.sender, exchange.answerer) if exchange.sender == IUT else (exchange.answerer, exchange.sender)
            place = Place(exchange.operation, below, "", by, to)
            return place, tuple(map(str, act.about)) if act else (), (exchange.n,), act, exchange
        case Act() as act:
            cited = tuple(exchange.n for exchange in evidence.answers(act))
            place = Place(evidence.answers(act)[-1].operation if cited else "", below, "", act.by, act.to or "")
            return place, tuple(map(str, act.about)), cited, act, None
        case _:
            return Place(pointer=below), (), (), None, None


def acts_about(evidence: Evidence) -> dict[Subject, list[Act]]:
    """What was done about each subject, in order."""
    found: dict[Subject, list[Act]] = {}
    for act in evidence.acts:
        for subject in act.about:
            found.setdefault(subject, []).append(act)
    return found


def dict_of(params: object) -> dict[str, JSON]:
    return dict(params) if isinstance(params, dict) else dict(params or ())  # type: ignore[call-overload]  # pairs or a mapping


def plain(value: JSON) -> JSON:
    """The value as JSON has it: what is missing is null."""
    return None if value is MISSING else value
