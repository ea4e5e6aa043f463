"""Planning: from the catalogue, the target's declaration and what was asked for to a plan.

In: the catalogue, a profile, the discovery document, the checks and scenarios there are, and what was selected.  Out: what applies
(no answer of the target can switch a check off afterwards), the numbers, the cast, the scenarios in rounds, the seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatch

from conformance.catalogue import Catalogue, Requirement
from conformance.check import Check
from conformance.guise import Guises
from conformance.parties import Member
from conformance.plan import Choice, Entry, Plan
from conformance.records import JSON
from conformance.rules import Rule
from conformance.scenario import Scenario, rounds
from conformance.untrusted import numbers

DEADLINE = "deadline"
"""The parameter whose values scenarios wait for, longest last."""


def applicable(catalogue: Catalogue, choice: Choice) -> list[Requirement]:
    """The requirements in scope."""
    found = [one for one in catalogue.for_role(choice.role) if not choice.scope or one.theme in choice.scope]
    return [one for one in found if not choice.only or any(fnmatch(one.id, pattern) for pattern in choice.only)]


def plan(
    catalogue: Catalogue, choice: Choice, *, discovery: Mapping[str, JSON], checks: Iterable[Check], scenarios: Sequence[Scenario],
    cast: tuple[Member, ...], nonce: str, heartbeat: str, narrowed: bool = False,
) -> Plan:
    """Freezes what will be done."""
    profile = catalogue.profile(choice.profile)
    declared = set(words(discovery.get("capabilities")))
    rules = catalogue.rules(profile, limits(discovery))
    wanted = applicable(catalogue, choice)
    entries = tuple(
        Entry(
            id=one.id, level=rules[one.id].level, parameters=dict(rules[one.id].values),
            absent=None if one.capability is None or one.capability in declared else profile.when_absent[one.capability],
        )
        for one in wanted
    )
    live = {entry.id for entry in entries if entry.absent is None}
    needed = [(check.requirement, check.needs) for check in checks if check.requirement in live]
    serving = {one.name: tuple(sorted({name for name, needs in needed if one.serves(needs)})) for one in scenarios}
    chosen = [one for one in scenarios if one.requires <= declared and serving[one.name]]
    return Plan(
        role=choice.role, profile=profile.name, edition=profile.edition, themes=tuple(sorted({one.theme for one in wanted})),
        extent="partial" if choice.only or narrowed else "complete", seed=choice.seed, nonce=nonce, announced=choice.announced,
        entries=entries, rounds=rounds(chosen),
        plain=tuple(sorted(Guises.drawn(cast, seed=choice.seed, nonce=nonce, announced=choice.announced).plain)),
        serves={one.name: serving[one.name] for one in chosen}, marks=marks(rules, live), heartbeat=heartbeat, cast=cast,
    )


def marks(rules: Mapping[str, Rule], live: Iterable[str]) -> tuple[int, ...]:
    """The deadlines of the requirements that are looked at, in µs; a minute where there is none."""
    values = {rules[name].values.get(DEADLINE) for name in live}
    return tuple(sorted(value for value in values if isinstance(value, int))) or (60_000_000,)


def limits(discovery: Mapping[str, JSON]) -> dict[str, float]:
    """The limits that the target declares; what is no number is ignored, since it can tighten nothing."""
    return numbers(discovery.get("limits"))


def words(value: JSON) -> tuple[str, ...]:
    return tuple(word for word in value if isinstance(word, str)) if isinstance(value, list) else ()
