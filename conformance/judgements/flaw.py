"""A flaw: why one value does not do what it should, as data.

The text of each kind stands in `reports/words/judgements.yaml`; `params` fill its fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Flaw:
    """`kind` is a code of `reports/words/judgements.yaml`; `params` are the values that its text names."""

    kind: str
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)
