"""Mutations: the smallest changes that make a valid request break the interface's schema.

In: `fixtures/cases/contract-<role>.json`, which `enumeration` writes.  Out: mutations by operation, and a body with one applied.
"""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Literal

import msgspec

from conformance.records import JSON
from conformance.resources import folder

Location = Literal["body", "query", "header", "path", "media"]


class Mutation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One way to break one operation's schema.

    `rule` is what it breaks (incorrect_type, object_missing_required_property, …); `pointer` the place in the body or the
    parameter's name; `absent` takes away what stands there, else `value` is put there (for `media`: the media type).
    """

    operation: str
    rule: str
    location: Location
    pointer: str = ""
    value: JSON = None
    absent: bool = False

    @property
    def name(self) -> str:
        return f"{self.operation} {self.rule} {self.location}:{self.pointer or '/'}"


@cache
def mutations(role: str) -> dict[str, tuple[Mutation, ...]]:
    """All mutations, by operation."""
    path = folder("fixtures") / "cases" / f"contract-{role}.json"
    found: dict[str, list[Mutation]] = {}
    for one in msgspec.json.decode(path.read_bytes(), type=list[Mutation]):
        found.setdefault(one.operation, []).append(one)
    return {operation: tuple(several) for operation, several in found.items()}


def mutated(body: JSON, mutation: Mutation) -> JSON:
    """The body with the mutation applied.  Raises LookupError where the place does not exist in it."""
    if not mutation.pointer:
        return copy.deepcopy(mutation.value)
    changed = copy.deepcopy(body)
    *way, last = [step.replace("~1", "/").replace("~0", "~") for step in mutation.pointer[1:].split("/")]
    place = changed
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if mutation.absent:
        del place[int(last) if isinstance(place, list) else last]
    elif isinstance(place, list):
        place[int(last)] = mutation.value
    else:
        place[last] = mutation.value
    return changed


def written(found: list[Mutation]) -> str:
    """The file's text: one mutation a line, sorted, so that a difference can be read."""
    rows = sorted(json.dumps(msgspec.to_builtins(one), ensure_ascii=True, sort_keys=True) for one in found)
    return "[\n" + ",\n".join(rows) + "\n]\n"
