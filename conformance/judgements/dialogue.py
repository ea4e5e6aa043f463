"""Dialogue: does a notice, as it is shown, stand where the table says, and does its history tell all of it?

In: records of notices as JSON (untrusted, of any shape), and the table.  Out: standings and flaws.  Source: GO-17 to GO-20;
`specs/dialogues/notice.yaml`; rules 12.1 and 12.9 of the interface.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from conformance.clock import instant, moment
from conformance.dialogues import OPENS, Dialogue, Role
from conformance.judgements.flaw import Flaw
from conformance.records import JSON
from conformance.untrusted import named

CLOCK: Final = "clock"
UNHEARD: Final = "notified"
"""The state of a notice that nobody has answered."""
ANSWERS: Final = frozenset({"accept", "reject", "propose"})
"""What answers a proposal (rule 12.3)."""
OURS: Final = {"withdraw": "withdrawn", "report": "reported", "propose": "negotiating"}
"""What a platform that received notice has no reason to do by itself without writing it down."""


@dataclass(frozen=True)
class Step:
    """One entry of a history: `at` in µs, None where it is no time."""

    event: str
    by: str
    at: int | None
    message: str = ""
    proposal: str = ""


@dataclass(frozen=True)
class Standing:
    """Where a dialogue stands: its state, and who made the last proposal."""

    state: str
    proposer: Role


@dataclass(frozen=True)
class Misstep(Flaw):
    """A flaw of a notice: `seen` is where the notice stands, which is what a reader wants of the whole record."""

    seen: JSON = None
    expected: JSON = None


def misstep(record: JSON, kind: str, params: Mapping[str, str | int] | None = None, expected: JSON = None) -> Misstep:
    """A flaw of that notice: its state, its version and its last step come first."""
    return Misstep(kind, params or {}, stands(record), expected)


def stands(record: JSON) -> JSON:
    """Where the notice stands, in short: what it says of its state, and the last entry of its history."""
    if not isinstance(record, dict):
        return record
    history = record.get("history")
    last = history[-1] if isinstance(history, list) and history else None
    return {name: record.get(name) for name in ("state", "version", "notice_id")} | {"last_step": last}


def time_of(text: JSON) -> int | None:
    """Microseconds since 1970; None for what is no RFC 3339 time with offset."""
    return _instant(text) if isinstance(text, str) else None


@lru_cache(maxsize=4096)
def _instant(text: str) -> int | None:
    """The same few times stand in every showing of a notice."""
    try:
        return instant(text)
    except ValueError:
        return None


def steps(record: JSON) -> tuple[Step, ...]:
    """The history of a notice, as far as it can be read."""
    history = record.get("history") if isinstance(record, dict) else None
    found = [entry for entry in history if isinstance(entry, dict)] if isinstance(history, list) else []
    return tuple(
        Step(str(one.get("event")), str(one.get("by")), time_of(one.get("at")), str(one.get("message", "")), str(one.get("proposal", "")))
        for one in found
    )


def standing(record: JSON, code: str, role: Role) -> Standing:
    """Where the notice stands, seen by its party `code`, which is its `role`."""
    state = str(record.get("state")) if isinstance(record, dict) else ""
    return Standing(state, _proposer(steps(record), code, role))


def _proposer(history: Sequence[Step], code: str, role: Role) -> Role:
    last = next((step.by for step in reversed(history) if step.event == "propose"), None)
    other: Role = "receiver" if role == "giver" else "giver"
    return OPENS if last is None else role if last == code else other


def standings(table: Dialogue, before: JSON, after: JSON, code: str, role: Role) -> tuple[Standing, ...]:
    """Where the notice may have stood between two looks at it: as before, and after each step that others took meanwhile."""
    found = [standing(before, code, role)]
    known, now = steps(before), steps(after)
    for number in range(len(known), len(now)):
        if now[number].by == code:
            break
        state = table.result(now[number].event)
        if state is not None:
            found.append(Standing(state, _proposer(now[: number + 1], code, role)))
    return tuple(dict.fromkeys(found))


def led(table: Dialogue, where: Sequence[Standing], event: str, role: Role) -> tuple[str | None, ...]:
    """Where the step leads from each of the standings; None where the table does not have it."""
    return tuple(dict.fromkeys(table.leads(one.state, event, role, one.proposer) for one in where))


def states_after(table: Dialogue, record: JSON, message: str) -> tuple[str, ...]:
    """The states to which others led the notice after the step with that message."""
    history = steps(record)
    place = next((number for number, step in enumerate(history) if step.message == message), len(history))
    return tuple(state for step in history[place + 1:] if (state := table.result(step.event)) is not None)


def history_flaws(table: Dialogue, record: JSON) -> Iterator[Flaw]:
    """What is wrong with the history of a notice: its beginning, its order, its parties, its end, its length."""
    history = steps(record)
    giver, receiver, version = (named(record.get(name)) for name in ("giver", "receiver", "version"))
    if not history or (history[0].event, history[0].by) != ("give", giver):
        yield misstep(record, "history_beginning", {"event": history[0].event if history else "—"})
    times = [step.at for step in history]
    if any(at is None for at in times) or times != sorted(at for at in times if at is not None):
        yield misstep(record, "history_order")
    for step in history:
        timed = step.event in {one.event for one in table.transitions if one.by == CLOCK}
        if step.by not in ({CLOCK} if timed else {giver, receiver}):
            yield misstep(record, "history_party", {"event": step.event, "by": step.by})
    reached = [table.initial, *(state for step in history if (state := table.result(step.event)) is not None)]
    if record.get("state") not in reached:  # one that it had before is a matter of the state, not of the history
        yield misstep(record, "history_state", {"told": str(record.get("state")), "state": reached[-1]})
    if version != len(history):
        yield misstep(record, "history_length", {"version": str(version), "steps": len(history)})
    yield from _publication_flaws(record, history)


def _publication_flaws(record: JSON, history: Sequence[Step]) -> Iterator[Flaw]:
    published = [step for step in history if step.event == "publish"]
    if len(published) != (1 if record.get("published_at") else 0):
        yield misstep(record, "history_publication", {"times": len(published)})


def rewritten(earlier: JSON, later: JSON) -> Flaw | None:
    """Whether the later history is not the earlier one with steps added at its end."""
    before, after = steps(earlier), steps(later)
    if after[: len(before)] == before:
        return None
    lost = next(step for number, step in enumerate(before) if after[number: number + 1] != (step,))
    return misstep(later, "history_rewritten", {"event": lost.event, "by": lost.by})


def tells(record: JSON, step: Step, skew: int) -> Flaw | None:
    """Whether the history has the step: by whom, with what was said, at its time give or take `skew` (µs)."""
    same = [one for one in steps(record) if (one.event, one.by) == (step.event, step.by)]
    found = next((one for one in same if one.message == step.message), None)
    if found is None:
        return misstep(record, "step_message_lost" if same else "step_missing", {"event": step.event, "by": step.by})
    assert step.at is not None
    if found.proposal != step.proposal:
        return misstep(record, "step_proposal_lost", {"event": step.event, "by": step.by}, expected=step.proposal)
    return misstep(record, "step_time", {"event": step.event}) if found.at is None or abs(found.at - step.at) > skew else None


def holding(step: Step) -> Callable[[JSON], bool]:
    """Whether a notice has the step in its history."""
    return lambda record: step in steps(record)


def reported(record: JSON, by: str) -> Flaw | None:
    """Whether the history has the report, which is that party's."""
    return None if any(one.event == "report" for one in steps(record)) else misstep(record, "step_missing", {"event": "report", "by": by})


def whole(record: JSON) -> bool:
    """Whether it is the notice itself, with its history, and not what is published of it."""
    history = record.get("history") if isinstance(record, dict) else None
    return isinstance(history, list) and any(isinstance(entry, dict) for entry in history)


def not_mixed_up(record: JSON, code: str, taken: Mapping[str, int]) -> Iterator[Flaw]:
    """What a notice shows that its party `code` did elsewhere only; `taken` counts what it did here, by event."""
    own = Counter(step.event for step in steps(record) if step.by == code and step.event != "give")
    for event, times in own.items():
        if times > taken.get(event, 0):
            yield misstep(record, "foreign_step", {"event": event, "by": code})
    events = {step.event for step in steps(record)}
    for event, state in OURS.items():
        if isinstance(record, dict) and record.get("state") == state and event not in events and not taken.get(event):
            yield misstep(record, "foreign_state", {"state": state})


def acknowledged(record: JSON, code: str, due: int) -> Flaw | None:
    """Whether somebody other than `code` acknowledged by `due` (µs).  What the history forgets is a matter of the history."""
    wanted: JSON = {"event": "acknowledge", "until": moment(due)}
    step = next((one for one in steps(record) if one.event == "acknowledge" and one.by != code), None)
    if step is None:
        return misstep(record, "unacknowledged", expected=wanted) if record.get("state") == UNHEARD else None
    return misstep(record, "acknowledged_late", expected=wanted) if step.at is None or step.at > due else None


def replied(record: JSON, message: str, code: str, due: int) -> Flaw | None:
    """Whether the other side replied by `due` (µs) to the proposal of `code` with that message."""
    since = next((step.at for step in steps(record) if step.message == message and step.at is not None), due)
    answers = [step.at for step in steps(record) if step.by != code and step.event in ANSWERS and step.message != message]
    if any(at is not None and since <= at <= due for at in answers):
        return None
    return misstep(record, "proposal_unanswered", expected={"event": " / ".join(sorted(ANSWERS)), "until": moment(due)})


def no_later_than(text: JSON, due: int) -> Flaw | None:
    """Whether the time told is after `due` (µs), or is none."""
    at = time_of(text)
    return Flaw("told_late") if at is None or at > due else None


def is_time(text: JSON) -> Flaw | None:
    """Whether it is an RFC 3339 time with offset."""
    return None if time_of(text) is not None else Flaw("no_time")


def points_to(errors: JSON, pointer: str) -> Flaw | None:
    """Whether the errors of a problem lead to that place."""
    found = [one.get("pointer") for one in errors if isinstance(one, dict)] if isinstance(errors, list) else []
    return None if pointer in found else Flaw("pointer_elsewhere", {"pointer": pointer})
