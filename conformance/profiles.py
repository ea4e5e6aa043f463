"""A profile: the levels of requirements, the numbers that the text leaves open, what a capability's absence means.

In: a file of `specs/profiles/` and the requirements that it speaks of.  Out: a frozen record, or a refusal that names
the place: an override of something that isn't there would change nothing, in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from conformance.documents import MalformedDocument, read
from conformance.requirements import Requirement, Text
from conformance.rules import Level, Parameter, Rule

Absence = Literal["fail", "not-applicable", "inconclusive"]


class Override(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    level: Level | None = None
    parameters: Mapping[str, Any] = msgspec.field(default_factory=dict)


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Levels, the numbers that the text leaves open, and what a capability's absence means."""

    name: str
    edition: str
    title: Text
    purpose: Text
    levels: Literal["catalogue"] | Mapping[Literal["by_force"], Mapping[str, Level]]
    overrides: Mapping[str, Override] = msgspec.field(default_factory=dict)
    when_absent: Mapping[str, Absence]

    def level(self, requirement: Requirement) -> Level:
        override = self.overrides.get(requirement.id)
        if override and override.level:
            return override.level
        return requirement.level if self.levels == "catalogue" else self.levels["by_force"][requirement.force]

    def rule(self, requirement: Requirement, limits: Mapping[str, float]) -> Rule:
        """The requirement's level and numbers in this profile, tightened by the declared limits."""
        given = self.overrides.get(requirement.id, Override()).parameters
        values = {name: entry.value(given.get(name), limits) for name, entry in requirement.parameters.items()}
        units = {name: entry.unit for name, entry in requirement.parameters.items()}
        return Rule(requirement.id, self.level(requirement), values, units)


def profile_of(path: Path, schema: Path, requirements: Mapping[str, Requirement]) -> Profile:
    """The profile in the file at `path`, which names it; raises MalformedDocument."""
    entry = read(path, schema)
    profile = msgspec.convert({**entry, "name": path.stem}, Profile)
    for name, override in profile.overrides.items():
        if name not in requirements:
            raise MalformedDocument(path, name, "no requirement has this id")
        for key, given in override.parameters.items():
            if key not in requirements[name].parameters:
                raise MalformedDocument(path, f"{name} {key}", "the requirement has no such parameter")
            checked(path, f"{name} {key}", requirements[name].parameters[key], given)
    for requirement in requirements.values():
        if requirement.capability and requirement.capability not in profile.when_absent:
            raise MalformedDocument(path, "when_absent", f"{requirement.capability} ({requirement.id}) is missing")
    return profile


def checked(path: Path, place: str, parameter: Parameter, given: object) -> None:
    """Raises MalformedDocument where the value given, or the default, isn't of the parameter's unit."""
    try:
        parameter.value(given)
    except ValueError as error:
        raise MalformedDocument(path, place, str(error)) from None
