"""Retries: was a message that was refused sent again when it had been agreed?

In: the attempts at one message, the agreed intervals, until when we looked.  Out: for each interval what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import msgspec

from conformance.records import Instant

Came = Literal["in_time", "retry_early", "retry_late", "retry_missing", "unseen"]


class Attempt(msgspec.Struct, frozen=True):
    """`began` and `ended` in trade time; `since` is the earliest that it can have begun; `exchange` is its number."""

    since: Instant
    began: Instant
    ended: Instant
    refused: bool
    exchange: int


class Retry(msgspec.Struct, frozen=True):
    """What came after a refused attempt: it was due from `earliest` to `latest`, `seen` is when it did come; `number` is the place
    of the interval in the schedule.  `skipped`: it did not come then, but all is as if that one attempt had got lost on the way."""

    came: Came
    number: int
    failed: Attempt
    earliest: Instant
    latest: Instant
    seen: Instant | None
    skipped: bool = False


def retries(
    attempts: Sequence[Attempt], schedule: Sequence[Instant], *, jitter: float, slack: Instant, looked_until: Callable[[Instant], bool]
) -> Iterator[Retry]:
    """One for each refused attempt that has an interval, in order; nothing is expected after an attempt that was accepted.

    An interval counts from the failed attempt, may be longer by the share `jitter`, never shorter; `slack` (µs) is what timers and
    the network take.  `looked_until` says whether we looked, and the sender lived, at a time or later.
    """
    number = 0
    for place, failed in enumerate(attempts):
        if not failed.refused or number >= len(schedule):
            return
        earliest, latest = window(failed.since, failed.ended, schedule[number], jitter, slack)
        following = attempts[place + 1] if place + 1 < len(attempts) else None
        seen = following.began if following is not None else None
        told = came(following, earliest, latest, looked_until)
        skipped = False
        if told == "retry_late" and following is not None and number + 1 < len(schedule):
            later, last = window(earliest, latest, schedule[number + 1], jitter, slack)
            skipped = later <= following.began and following.since <= last
        yield Retry(told, number, failed, earliest, latest, seen, skipped or (told == "retry_missing" and number + 1 == len(schedule)))
        number += 1 + skipped


def window(since: Instant, ended: Instant, interval: Instant, jitter: float, slack: Instant) -> tuple[Instant, Instant]:
    """From when to when the attempt is due that follows one that began no earlier than `since` and was over by `ended`."""
    return since + interval - min(slack, interval // 5), ended + round(interval * (1 + jitter)) + slack


def came(following: Attempt | None, earliest: Instant, latest: Instant, looked_until: Callable[[Instant], bool]) -> Came:
    if following is None:
        return "retry_missing" if looked_until(latest) else "unseen"
    if following.began < earliest:
        return "retry_early"
    return "in_time" if following.since <= latest else "retry_late"
