"""The dialogue about an interruption: the table `specs/dialogues/notice.yaml`, and nothing beside it.

In: a notice's state, a step and who takes it.  Out: the state to which it leads, or None.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import yaml

from conformance.mock.questions.question import Document
from conformance.resources import folder

CLOCK = "clock"


@cache
def table() -> Mapping[tuple[str, str], tuple[str, str]]:
    """State and event → the next state and who takes the step."""
    loaded = yaml.load((folder("specs/dialogues") / "notice.yaml").read_bytes(), yaml.CSafeLoader)
    return {(rule["from"], rule["event"]): (rule["to"], rule["by"]) for rule in loaded["transitions"]}


def initial() -> str:
    """The state of a notice just given."""
    return "notified"


def next_state(notice: Document, event: str, by: str) -> str | None:
    """Where a step of this party leads; None where the table names no such triple."""
    rule = table().get((notice["state"], event))
    if rule is None:
        return None
    to, who = rule
    allowed = {
        "giver": by == notice["giver"],
        "receiver": by == notice["receiver"],
        "either": by in (notice["giver"], notice["receiver"]),
        "other": by in (notice["giver"], notice["receiver"]) and by != last_proposer(notice),
        "clock": by == CLOCK,
    }
    return to if allowed[who] else None


def last_proposer(notice: Document) -> str:
    """Who made the last proposal; the notice itself is the giver's first."""
    proposals = [step["by"] for step in notice["history"] if step["event"] in ("give", "propose")]
    return str(proposals[-1])
