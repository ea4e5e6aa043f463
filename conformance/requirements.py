"""A requirement: one claim about an implementation, with the clause that it rests on.

In: one entry of a theme file, validated.  Out: a frozen record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from conformance.rules import Level, Parameter

Text: TypeAlias = Mapping[str, str]
"""A text for people, by language: zh, en."""


class Requirement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One claim about an implementation, with the clause that it rests on.  Texts are `{zh, en}`."""

    id: str
    theme: str
    level: Level
    force: str
    clause: tuple[str, ...]
    title: Text
    rationale: Text
    remedy: Text
    method: Literal["observed", "stimulated", "attested"]
    capability: str | None = None
    parameters: Mapping[str, Parameter] = msgspec.field(default_factory=dict)
