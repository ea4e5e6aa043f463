"""Likeness: are two answers the same but for the id that was asked for?

In: two answers, each with its id.  Out: whether nobody could tell from them which of the two exists.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from conformance.records import JSON, Answer
from conformance.untrusted import MISSING, parsed

ID: Final = "«id»"
COUNTING: Final = ("date", "age", "content-length", "ratelimit", "x-ratelimit", "retry-after", "connection", "keep-alive")
"""Beginnings of the names of headers that change from one answer to the next."""


def alike(one: Answer, other: Answer, ids: tuple[str, str]) -> bool:
    """Status, media type and content; members may stand in another order, the id that was asked for may be repeated."""
    return bool(shown(one, ids[0]) == shown(other, ids[1]))


def shown(answer: Answer, id: str) -> JSON:
    """What an answer shows, with the id replaced."""
    text = (answer.body.text or "").replace(id, ID)
    value = parsed(text.encode())
    return answer.status, answer.header("content-type"), text if value is MISSING else value


def telling_headers(ones: Sequence[Answer], others: Sequence[Answer]) -> tuple[str, ...]:
    """Header lines that all of one sort have and none of the other sort, or the other way round; what counts and dates is no sign."""
    mine, theirs = [lines(answer) for answer in ones], [lines(answer) for answer in others]
    of_mine = mine[0].intersection(*mine[1:]).difference(*theirs)
    of_theirs = theirs[0].intersection(*theirs[1:]).difference(*mine)
    return tuple(sorted(of_mine | of_theirs))


def lines(answer: Answer) -> set[str]:
    """The header lines of an answer, and the bare names, since values may be random."""
    named = [(name.lower(), value) for name, value in answer.headers if not name.lower().startswith(COUNTING)]
    return {line for name, value in named for line in (name, f"{name}: {value}")}
