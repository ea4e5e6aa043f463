"""Allowed: how many requests, tokens, receivers each courier was allowed.

In: evidence.  Out: numbers by courier, for `judgements.limits`, and what each request was one of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from conformance.checks.feeds import field_of, ok
from conformance.checks.offers import honoured
from conformance.evidence import Evidence
from conformance.expect import Expect
from conformance.judgements.limits import LimitComparison
from conformance.parties import IUT, Party
from conformance.records import JSON, Act, Answer, Exchange, Instant
from conformance.vocabulary import DISCOVERY, BurstSent, ConsignmentEntered, PageAsked, TokenTaken

MINUTE: Final = 60_000_000
POLICY: Final = re.compile(r";\s*([qw])\s*=\s*(\d+)")


def accepted_in_bursts(evidence: Evidence) -> dict[str, list[int]]:
    """How many requests of each burst were not turned away, by courier."""
    found: dict[str, list[int]] = defaultdict(list)
    for burst in evidence.each(BurstSent):
        answers = [one.answer for one in evidence.answers(burst)]
        found[burst.by].append(sum(isinstance(answer, Answer) and answer.status < 400 for answer in answers))
    return found


def policies(evidence: Evidence) -> dict[Party, dict[int, Exchange]]:
    """The requests a minute that answers stated, by courier, each with an answer that stated it."""
    couriers = {member.party for member in evidence.parties("courier")}
    found: dict[Party, dict[int, Exchange]] = {courier: {} for courier in couriers}
    for one in evidence.exchanges:
        if one.sender in couriers and isinstance(one.answer, Answer):
            stated = dict(POLICY.findall(one.answer.header("ratelimit-policy") or ""))
            if stated.get("q") and int(stated.get("w", 60)) > 0:
                found[one.sender].setdefault(round(int(stated["q"]) * 60 / int(stated.get("w", 60))), one)
    return found


def within_the_rate(evidence: Evidence, rate: float) -> Iterator[Exchange]:
    """Every request of a courier that, with those of the minute before, was within that rate."""
    couriers = {member.party for member in evidence.parties("courier")}
    times: dict[Party, list[int]] = defaultdict(list)
    for one in evidence.exchanges:
        if one.sender in couriers and one.answerer == IUT:
            sent = times[one.sender]
            sent.append(one.wire)
            if len(sent) - bisect_left(sent, one.wire - MINUTE) <= rate:
                yield one


def throttled(one: Exchange, statuses: tuple[str, ...]) -> bool:
    """Whether it was turned away for its number."""
    return isinstance(one.answer, Answer) and str(one.answer.status) in statuses


def weigh(evidence: Evidence, expect: Expect, one: LimitComparison, shown: Act | Exchange) -> None:
    """One look at a comparison of limits; `shown` shows the worse one."""
    codes = {member.party: member.code for member in evidence.parties("courier")}
    said: dict[str, JSON] = {"measure": one.measure, "worse": codes[Party(one.worse)], "better": codes[Party(one.better)]}
    if one.decision == "inconclusive":
        expect.undecided("statistics", **said, seen=list(one.of_worse), allowed=list(one.of_better))
        return
    expect(shown).holds(
        one.decision == "pass", "lower_limit", nature="said", expected=list(one.of_better), seen=list(one.of_worse), **said
    )


def stated(evidence: Evidence) -> int:
    """The most requests a minute that answers to every one but one courier state alike: what all should be given."""
    return max((min(rates) for rates in policies(evidence).values() if rates), default=0)


def declared(evidence: Evidence) -> float:
    """The rate that the platform declares, in requests a minute; 0 where it declares none."""
    for telling in evidence.told(DISCOVERY):
        limits = telling.value.get("limits") if isinstance(telling.value, dict) else None
        rate = limits.get("rate_per_minute") if isinstance(limits, dict) else None
        if isinstance(rate, int | float) and not isinstance(rate, bool):
            return float(rate)
    return 0.0


def lives(evidence: Evidence) -> list[tuple[Exchange, Instant]]:
    """The stated life of each token that a courier was given, in µs; 0 where none is stated."""
    found: list[tuple[Exchange, Instant]] = []
    for act in evidence.each(TokenTaken):
        answer = evidence.answer(act)
        if answer is not None and ok(answer):
            life = field_of(answer, "expires_in")
            found.append((answer, round(life * 1e6) if isinstance(life, int | float) else 0))
    return found


def pages(evidence: Evidence) -> list[tuple[PageAsked, dict[str, int | None]]]:
    """The page that each courier got, by how it was asked for, with an act that did so; None where it had less to read than others got."""
    by_limit: dict[tuple[int | None, int], list[PageAsked]] = defaultdict(list)
    for act in evidence.each(PageAsked):
        by_limit[act.data["limit"], act.data.get("page", 0)].append(act)
    found: list[tuple[PageAsked, dict[str, int | None]]] = []
    for (_, page), acts in by_limit.items():
        got = [(act, page_of(evidence, act)) for act in acts]
        largest = max((size for _, size in got if size is not None), default=0)
        found.append((acts[0], {act.by: size if backlog(evidence, act) >= (page + 1) * largest else None for act, size in got}))
    return found


def backlog(evidence: Evidence, act: PageAsked) -> int:
    """How many consignments had been entered for the courier before it asked."""
    performed = honoured(evidence)
    return sum(entry.to == act.by and entry.n < act.n and entry.about[0] in performed for entry in evidence.each(ConsignmentEntered))


def page_of(evidence: Evidence, act: PageAsked) -> int | None:
    """How many consignments stood on the page; None where there was no page."""
    answer = evidence.answer(act)
    items = field_of(answer, "items") if answer is not None and ok(answer) else None
    return len(items) if isinstance(items, list) else None


def seconds(life: Instant) -> int:
    """As tokens state it."""
    return life // 1_000_000
