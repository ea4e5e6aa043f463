"""Hindrances: why a requirement that nothing spoke against is not fulfilled all the same.

In: the records of a run and its plan.  Out: by requirement, the reason.  A target that fell silent, whose clock stuck, that said more
than there is room for, or that became another one on the way was not seen as far as the plan wanted to see it: what was found stays
found, but nothing passes on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from conformance.outcomes import Outcome, Reason
from conformance.parties import IUT
from conformance.plan import Plan
from conformance.records import Answer, Ended, Exchange, Record, Resumed, RoundEnded, Started, Unreached

HINDERING = ("silent", "stuck", "full")
"""Why a scenario ended early, where that lies with the target."""


def hindrances(records: Sequence[Record], plan: Plan) -> dict[str, Reason]:
    """The gravest reason by requirement; nothing for most runs."""
    changed = another(records)
    if changed is not None:
        return {entry.id: changed for entry in plan.entries}
    found: dict[str, Reason] = {}
    for scenario, reason in [*unfinished(records), *unanswered(records), *unplayed(records, plan)]:
        for requirement in plan.serves.get(scenario, ()):
            found.setdefault(requirement, reason)
    return found


def another(records: Sequence[Record]) -> Reason | None:
    """The software said at the end that it was not what it was at the start."""
    started = next(record for record in records if isinstance(record, Started))
    ended = next((record for record in reversed(records) if isinstance(record, Ended)), None)
    before = started.discovery.get("software_version") if isinstance(started.discovery, dict) else None
    after = ended.software_version if ended is not None else None
    return Reason("changed", {"start": before, "end": after}) if after is not None and after != before else None


def unfinished(records: Sequence[Record]) -> list[tuple[str, Reason]]:
    """Scenarios that the target kept from their end."""
    return [(one.scenario, Reason(one.why, {})) for one in records if isinstance(one, Unreached) and one.why in HINDERING]


def unanswered(records: Sequence[Record]) -> list[tuple[str, Reason]]:
    """Scenarios that asked something after the last answer that anybody got."""
    asked = [one for one in records if isinstance(one, Exchange) and one.answerer == IUT]
    last = max((one.n for one in asked if isinstance(one.answer, Answer)), default=-1)
    return [(name, Reason("silent", {})) for name in dict.fromkeys(one.scenario for one in asked if one.n > last)]


def unplayed(records: Sequence[Record], plan: Plan) -> list[tuple[str, Reason]]:
    """Scenarios of rounds that a run which did not come to its end did not complete."""
    last = next((record for record in reversed(records) if isinstance(record, Ended | Resumed)), None)
    if isinstance(last, Ended) and last.reason == "complete":
        return []
    complete = {record.number for record in records if isinstance(record, RoundEnded)}
    return [(name, Reason("interrupted", {})) for number, names in enumerate(plan.rounds, 1) if number not in complete for name in names]


def hindered(outcomes: Mapping[str, Outcome], reasons: Mapping[str, Reason]) -> dict[str, Outcome]:
    """The outcomes, of which no hindered one is a pass."""
    return {
        name: msgspec.structs.replace(one, verdict="inconclusive", reason=reasons[name])
        if one.verdict == "pass" and name in reasons else one
        for name, one in outcomes.items()
    }
