"""A rule: what one requirement demands in one run, its level and its numbers resolved.

In: parameters with their defaults, what a profile and the declared limits make of them.  Out: values by name, and the
record of which were read (a number that nobody reads is an error of the suite).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import ceil, floor
from typing import Final, Literal, TypeAlias

import msgspec

from conformance.errors import SuiteError

Level = Literal["must", "should", "may"]
Unit = Literal["duration", "number", "count", "words"]
Value: TypeAlias = int | float | tuple[str, ...]
"""A duration in microseconds, a number, a count, or words."""

_DURATION: Final = re.compile(r"P(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,6})?)S)?)?")


class UnknownParameter(SuiteError):
    """A check asked its rule for a number that the catalogue doesn't give, or in another unit."""

    def __init__(self, requirement: str, name: str, unit: str) -> None:
        super().__init__("unknown_parameter", requirement=requirement, name=name, unit=unit)


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number that the text leaves open: its unit, default, reason, and the declared limit that may tighten it."""

    unit: Unit
    default: int | float | str | tuple[str, ...]
    why: Mapping[str, str]
    tightened_by: str | None = None
    tighter: Literal["lower", "higher"] = "lower"

    def value(self, given: object = None, limits: Mapping[str, float] | None = None) -> Value:
        """What holds: `given` (by a profile) or the default, tightened by the declared limit.

        A limit for a duration is in seconds.  Raises ValueError for a value that isn't of the unit.
        """
        value = resolved(self.unit, self.default if given is None else given)
        limit = (limits or {}).get(self.tightened_by or "")
        if limit is None or isinstance(value, tuple):
            return value
        scaled = limit * 1_000_000 if self.unit == "duration" else limit
        stricter, whole = (min, floor) if self.tighter == "lower" else (max, ceil)
        return stricter(value, scaled if self.unit == "number" else whole(scaled))


class Rule:
    """What a check reads its level and numbers from.  `read` names those that it has read."""

    __slots__ = ("_requirement", "_units", "_values", "level", "read")

    def __init__(self, requirement: str, level: Level, values: Mapping[str, Value], units: Mapping[str, Unit]) -> None:
        self._requirement, self._values, self._units = requirement, dict(values), dict(units)
        self.level: Level = level
        self.read: set[str] = set()

    @property
    def values(self) -> Mapping[str, Value]:
        """All parameters as they hold, for reports; doesn't count as reading."""
        return dict(self._values)

    @property
    def unread(self) -> frozenset[str]:
        return frozenset(self._values) - self.read

    def duration(self, name: str) -> int:
        """Microseconds."""
        value = self._get(name, "duration")
        assert isinstance(value, int)
        return value

    def number(self, name: str) -> float:
        """A ratio, share or factor without dimension."""
        value = self._get(name, "number")
        assert not isinstance(value, tuple)
        return float(value)

    def count(self, name: str) -> int:
        value = self._get(name, "count")
        assert isinstance(value, int)
        return value

    def words(self, name: str) -> tuple[str, ...]:
        value = self._get(name, "words")
        assert isinstance(value, tuple)
        return value

    def _get(self, name: str, unit: Unit) -> Value:
        if self._units.get(name) != unit:
            raise UnknownParameter(self._requirement, name, unit)
        self.read.add(name)
        return self._values[name]


def microseconds(text: str) -> int:
    """The length of an ISO 8601 duration without years and months; raises ValueError for anything else."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no ISO 8601 duration of days, hours, minutes and seconds")
    days, hours, minutes, seconds = match.groups(default="0")
    whole, _, part = seconds.partition(".")
    total = ((int(days) * 24 + int(hours)) * 60 + int(minutes)) * 60 + int(whole)
    return total * 1_000_000 + int(part.ljust(6, "0"))


def written(duration: int) -> str:
    """Microseconds as an ISO 8601 duration; `microseconds` reads it."""
    whole, part = divmod(duration, 1_000_000)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    fraction = f".{part:06}".rstrip("0") if part else ""
    named = [(hours, "H", ""), (minutes, "M", ""), (seconds, "S", fraction)]
    time = "".join(f"{number}{more}{letter}" for number, letter, more in named if number or more)
    return "P" + (f"{days}D" if days else "") + (f"T{time}" if time else "" if days else "T0S")


def resolved(unit: Unit, value: object) -> Value:
    """The value as checks get it; raises ValueError where it isn't of the unit."""
    match unit, value:
        case "duration", str():
            return microseconds(value)
        case "words", list() | tuple() if value and all(isinstance(word, str) for word in value):
            return tuple(map(str, value))
        case "count", int() if not isinstance(value, bool):
            return value
        case "number", int() | float() if not isinstance(value, bool):
            return float(value)
    raise ValueError(f"{value!r} is no {unit}")


def frozen(value: object) -> Value:
    """A value as JSON kept it, as checks get it."""
    if isinstance(value, list | tuple):
        return tuple(map(str, value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise ValueError(f"{value!r} is no value of a parameter")
