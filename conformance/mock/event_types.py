"""Types of messages, and which roles may subscribe to them: `specs/codes/event_types.yaml`.

In: the code list.  Out: roles by type.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import yaml

from conformance.resources import folder


@cache
def roles() -> Mapping[str, frozenset[str]]:
    """Who may subscribe to each type."""
    listed = yaml.load((folder("specs/codes") / "event_types.yaml").read_bytes(), yaml.CSafeLoader)
    return {entry["code"]: frozenset(entry["roles"]) for entry in listed["codes"]}
