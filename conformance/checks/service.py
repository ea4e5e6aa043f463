"""Service: whether each courier's data is served, act by act over the whole run, and where it stopped while others' went on.

In: evidence.  Out: by courier, its acts in order and whether each was served.  Times that a notice covers say nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from conformance.checks.flows import arrived, courier_of
from conformance.checks.interruptions import FOR_EVER, in_effect
from conformance.evidence import Evidence, Telling
from conformance.judgements.dialogue import time_of
from conformance.parties import Party
from conformance.records import JSON, Act, Answer, Exchange, Instant
from conformance.untrusted import parsed
from conformance.vocabulary import NOTICE

REFUSED_SERVICE: Final = frozenset({403, 404, 429})
CATCHING_UP: Final = 7_200_000_000
"""µs after an interruption in which what piled up is delivered (rule 12.8)."""
INTERRUPTED: Final = "courier_interrupted"
SINCE: Final = ("given_at", "published_at", "starts_at")


class Flow(NamedTuple):
    """One act of a series toward a courier: whether it was served; None where that cannot be said, or a notice covers it."""

    act: Act
    served: bool | None


def series(evidence: Evidence, act: type[Act], within: Instant) -> dict[Party, list[Flow]]:
    """By courier, all that was entered for it or reported by it, in order."""
    covered = covers(evidence)
    found: dict[Party, list[Flow]] = defaultdict(list)
    for one in evidence.each(act):
        courier = courier_of(evidence, one)
        if courier is not None:
            noticed = any(since <= one.trade <= until for since, until in covered.get(evidence.cast[courier].code, ()))
            found[courier].append(Flow(one, None if noticed else served(evidence, one, within)))
    return found


def covers(evidence: Evidence) -> dict[str, list[tuple[Instant, Instant]]]:
    """By courier's code, the times from when a notice was given until the interruption ends: what stops early is no matter of ours."""
    shown: dict[str, list[Telling]] = defaultdict(list)
    for telling in evidence.told(NOTICE):
        if isinstance(telling.value, dict):
            shown[str(telling.value.get("notice_id"))].append(telling)
    found: dict[str, list[tuple[Instant, Instant]]] = defaultdict(list)
    for told in shown.values():
        since = min((at for one in told for name in SINCE if (at := time_of(one.value.get(name))) is not None), default=FOR_EVER)
        withdrawn = [one.at for one in told if one.value.get("state") == "withdrawn"]
        until = min(withdrawn) if withdrawn else time_of(told[-1].value.get("ends_at")) or FOR_EVER
        for name in ("giver", "receiver"):
            found[str(told[-1].value.get(name))].append((since, until))
    return found


def served(evidence: Evidence, act: Act, within: Instant) -> bool | None:
    """Whether the platform took it when it was asked first, and passed it on; None for what it refused for its content."""
    if any(refused_service(exchange) for exchange in evidence.answers(act)):
        return False
    return arrived(evidence, act, within) if evidence.accepted(act) else None


def refused_service(exchange: Exchange) -> bool:
    """Whether there was no answer, or one that says that there is no service, not that anything is wrong with the request."""
    if not isinstance(exchange.answer, Answer):
        return True
    status = exchange.answer.status
    interrupted = status == 422 and INTERRUPTED in _codes(parsed(exchange.answer.body.raw))
    return status >= 500 or status in REFUSED_SERVICE or interrupted


def _codes(problem: JSON) -> list[JSON]:
    errors = problem.get("errors") if isinstance(problem, dict) else None
    return [one.get("code") for one in errors if isinstance(one, dict)] if isinstance(errors, list) else []


def interruptions(found: dict[Party, list[Flow]], run: int, within: Instant) -> list[Act]:
    """Acts of which `run` or more in a row were not served while another courier's were."""
    stopped: list[Act] = []
    for courier, flows in found.items():
        others = [flow.act.trade for other, theirs in found.items() if other != courier for flow in theirs if flow.served]
        for row in _rows(flows):
            if len(row) >= run and any(row[0].trade <= at <= row[-1].trade + within for at in others):
                stopped += row
    return stopped


def beside_another(evidence: Evidence, act: type[Act], run: int, within: Instant) -> Iterator[tuple[Act, bool]]:
    """Acts toward a courier that is not interrupted while another one is, each with whether it is one of `run` or more in a row, of one
    merchant, that were not served.  What got no answer says nothing."""
    found: dict[tuple[Party, Party], list[Flow]] = defaultdict(list)
    for one in evidence.each(act):
        courier, answer = courier_of(evidence, one), evidence.answer(one)
        answered = answer is not None and isinstance(answer.answer, Answer)
        if courier is not None and one.to is not None and answered and only_others(evidence, courier, one.trade):
            merchant = one.by if courier == one.to else one.to
            found[courier, merchant].append(Flow(one, served(evidence, one, within)))
    for flows in found.values():
        stopped = [one for row in _rows(flows) if len(row) >= run for one in row]
        yield from ((flow.act, flow.act in stopped) for flow in flows if flow.served is not None)


def only_others(evidence: Evidence, courier: Party, at: Instant) -> bool:
    """Whether an interruption of another courier was in effect then, and none of its own, nor one from which it was catching up."""
    own, codes = evidence.cast[courier].code, {member.code for member in evidence.parties("courier")}
    now = in_effect(evidence, at) & codes
    return bool(now) and own not in now | in_effect(evidence, at - CATCHING_UP)


def _rows(flows: Sequence[Flow]) -> Iterator[list[Act]]:
    """Acts that went without service one after the other."""
    row: list[Act] = []
    for flow in flows:
        if flow.served is False:
            row.append(flow.act)
        elif flow.served:
            yield row
            row = []
    yield row


def judged(found: dict[Party, list[Flow]]) -> list[Act]:
    """All of which it can be said whether they were served."""
    return [flow.act for flows in found.values() for flow in flows if flow.served is not None]
