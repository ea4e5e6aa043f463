"""Refusals: what the interface says of the answer to each sort of mistake.

In: evidence.  Out: each mistake with the statuses that fit it, and the place and code that a 422 has to name (rules 1.2 to 1.6, 3.2, 5.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from conformance.checks.answers import TOKEN
from conformance.checks.feeds import field_of
from conformance.checks.trials import TOO_LARGE, accepted, codes, mistakes, status_of
from conformance.evidence import Evidence
from conformance.judgements.schemas import Departure
from conformance.records import JSON, Exchange
from conformance.rules import Rule

SAID: Final = {
    "object_missing_required_property": "required", "object_unexpected_properties": "unknown_field", "not_allowed_here": "not_allowed_here",
    "not_in_list": "not_in_list", "unknown_reference": "unknown_reference",
}
"""The code by which rules name a mistake; of others several may be right."""
BEFORE: Final = {"body": "", "query": "?", "header": "="}
"""What stands before a place in a pointer (`schemas/problem.json`)."""


class Mistake(NamedTuple):
    """`place` is the pointer that a 422 has to lead to, None where it may lead anywhere; `code` likewise."""

    exchange: Exchange
    statuses: tuple[int, ...]
    place: str | None
    code: str | None


def judged(evidence: Evidence, rule: Rule) -> Iterator[Mistake]:
    """Each mistake that was refused and whose twin was accepted; errors of the token operation have another form."""
    for exchange, twin in mistakes(evidence):
        refused = 400 <= status_of(exchange) < 500
        if refused and accepted(twin) and exchange.operation != TOKEN and exchange.case is not None:
            said = dict(feature.split(":", 1) for feature in exchange.case.features)
            yield mistake(exchange, said["rule"], said["part"], said["place"], rule)


def mistake(exchange: Exchange, broken: str, part: str, place: str, rule: Rule) -> Mistake:
    """What fits it.  Of characters that JSON can write and rule 1.3 forbids, some readers say that they cannot read them."""
    if f"rule:{broken}" == TOO_LARGE:
        return Mistake(exchange, codes(rule.words("too_large")), None, None)
    if broken == "unreadable":
        kind = "forbidden" if place.strip("()") in rule.words("characters") else "unreadable"
        return Mistake(exchange, codes(rule.words(kind)), None, None)
    if part == "header":
        return Mistake(exchange, codes(rule.words("key")), None, None)
    return Mistake(exchange, codes(rule.words("statuses")), BEFORE[part] + ("" if place == "/" else place), SAID.get(broken))


def misnamed(mistake: Mistake, named_in: int) -> Departure | None:
    """What an answer that names places (a 422) does not say; one that names none at all is ill-formed, which is judged elsewhere."""
    errors = field_of(mistake.exchange, "errors")
    if mistake.place is None or status_of(mistake.exchange) != named_in or not isinstance(errors, list) or not errors:
        return None
    here = [one for one in errors if isinstance(one, dict) and leads_to(one.get("pointer"), mistake.place)]
    if not here:
        return Departure(kind="mistake_not_named", pointer="/errors", expected=mistake.place, seen=str(errors)[:200])
    if mistake.code is not None and all(one.get("code") != mistake.code for one in here):
        return Departure(kind="mistake_called_otherwise", pointer="/errors", expected=mistake.code, seen=str(here)[:200])
    return None


def leads_to(pointer: JSON, place: str) -> bool:
    """Whether it leads there, or to what stands below."""
    return isinstance(pointer, str) and (pointer == place or pointer.startswith(f"{place}/"))
