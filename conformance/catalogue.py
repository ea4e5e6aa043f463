"""The catalogue: every requirement, and the profiles that turn requirements into rules.

In: `specs/requirements/*.yaml` and `specs/profiles/*.yaml`.  Out: frozen records, and for a profile and the limits that
an implementation declares one `Rule` a requirement.  What the requirements are about, this module doesn't know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from conformance.documents import MalformedDocument, read
from conformance.errors import HulianError
from conformance.profiles import Absence, Override, Profile, checked, profile_of
from conformance.requirements import Requirement, Text
from conformance.resources import folder
from conformance.rules import Level, Parameter, Rule, Unit, UnknownParameter, Value, frozen

__all__ = [
    "Absence", "Catalogue", "Level", "MalformedDocument", "Override", "Parameter", "Profile", "Requirement", "Rule",
    "Unit", "UnknownParameter", "UnknownProfile", "UnknownRequirement", "Value",
]  # fmt: skip


class UnknownRequirement(HulianError):
    """No requirement has this id."""


class UnknownProfile(HulianError):
    """No profile has this name."""


class Catalogue(msgspec.Struct, frozen=True):
    """All requirements by id, sorted; all profiles and titles of themes by name."""

    requirements: Mapping[str, Requirement]
    profiles: Mapping[str, Profile]
    themes: Mapping[str, Text]

    @classmethod
    def load(cls, specs: Path | None = None) -> Catalogue:
        """Reads the folder `specs` (the installed one by default); raises MalformedDocument."""
        specs = specs or folder("specs")
        themes = {path: read(path, specs / "requirements.schema.json") for path in _files(specs / "requirements")}
        requirements: dict[str, Requirement] = {}
        for path, theme in themes.items():
            for entry in theme["requirements"]:
                _own_id(path, theme["theme"], entry["id"], requirements)
                requirements[entry["id"]] = _requirement(path, theme["theme"], entry)
        profiles = {
            path.stem: profile_of(path, specs / "profiles.schema.json", requirements)
            for path in _files(specs / "profiles")
        }
        titles = {theme["theme"]: theme["title"] for theme in themes.values()}
        return cls(dict(sorted(requirements.items())), profiles, titles)

    def __getitem__(self, requirement: str) -> Requirement:
        try:
            return self.requirements[requirement]
        except KeyError:
            raise UnknownRequirement("unknown_requirement", id=requirement) from None

    def profile(self, name: str) -> Profile:
        try:
            return self.profiles[name]
        except KeyError:
            known = ", ".join(sorted(self.profiles))
            raise UnknownProfile("unknown_profile", name=name, known=known) from None

    def for_role(self, role: str) -> tuple[Requirement, ...]:
        """The requirements of a role, by id.  The id's second part is the first letter of the role's name."""
        return tuple(entry for entry in self.requirements.values() if entry.id.split("-")[1] == role[:1].upper())

    def rules(self, profile: Profile | str, limits: Mapping[str, float] | None = None) -> Mapping[str, Rule]:
        """One fresh rule a requirement.  Declared `limits` (by name; durations in seconds) tighten, never loosen."""
        chosen = self.profile(profile) if isinstance(profile, str) else profile
        return {name: chosen.rule(entry, limits or {}) for name, entry in self.requirements.items()}

    def frozen_rules(self, entries: Mapping[str, tuple[Level, Mapping[str, object]]]) -> dict[str, Rule]:
        """The rules that a plan froze: levels and values by id, as its journal has them."""
        return {
            name: Rule(
                name, level, {key: frozen(value) for key, value in values.items()},
                {key: parameter.unit for key, parameter in self[name].parameters.items()},
            )
            for name, (level, values) in entries.items()
        }


def _files(of: Path) -> Iterator[Path]:
    return iter(sorted(of.glob("*.yaml")))


def _own_id(path: Path, theme: str, name: str, taken: Mapping[str, Requirement]) -> None:
    if name in taken:
        raise MalformedDocument(path, name, "the id stands twice")
    if path.stem != theme or not name.startswith(f"{theme}-"):
        raise MalformedDocument(path, name, f"the file, the theme {theme} and the id's first part are not the same")


def _requirement(path: Path, theme: str, entry: Mapping[str, Any]) -> Requirement:
    requirement = msgspec.convert({**entry, "theme": theme}, Requirement)
    for name, parameter in requirement.parameters.items():
        checked(path, f"{requirement.id} {name}", parameter, None)
    return requirement
