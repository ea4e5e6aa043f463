"""Likeness: are two answers the same but for the id that was asked for?

In: two answers, each with its id.  Out: whether nobody could tell from them which of the two exists.
"""

from __future__ import annotations

from typing import Final

from conformance.records import JSON, Answer
from conformance.untrusted import MISSING, parsed

ID: Final = "«id»"


def alike(one: Answer, other: Answer, ids: tuple[str, str]) -> bool:
    """Status, media type and content; members may stand in another order, the id that was asked for may be repeated."""
    return bool(shown(one, ids[0]) == shown(other, ids[1]))


def shown(answer: Answer, id: str) -> JSON:
    """What an answer shows, with the id replaced."""
    text = (answer.body.text or "").replace(id, ID)
    value = parsed(text.encode())
    return answer.status, answer.header("content-type"), text if value is MISSING else value
