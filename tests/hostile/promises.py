"""Hostility in what is promised and declared: tokens, cursors, times, limits, clocks, versions.

In: a talk.  Out: answers that look right.
"""

from __future__ import annotations

import json
from typing import Any, Final

from tests.hostile.kind import JUDGED, UNREACHABLE, kind
from tests.hostile.sayings import MOST
from tests.hostile.talk import Honest, Talk

DISCOVERY: Final = "/.well-known/hulian"
READ: Final = ("NB-P-20",)
"""Requirements for which couriers read their feeds."""


async def where(talk: Talk, path: str, bent: Any) -> None:
    """An honest answer, bent where the path begins so and the answer is a success."""
    answer = await talk.honest()
    if talk.path.startswith(path) and answer.status < 300 and answer.body:
        answer = bent(answer)
    await talk.answers(answer)


def with_(answer: Honest, **fields: Any) -> Honest:
    return answer.saying({**answer.json, **fields})


# -- tokens -------------------------------------------------------------------------------------------------------------------


@kind(first=None, after=0, heavy=True)
async def a_token_of_a_megabyte(talk: Talk) -> None:
    """A token of 1 MB."""
    await where(talk, "/oauth/token", lambda answer: with_(answer, access_token="t" * 1024 * 1024))


@kind(first=None, after=0)
async def a_token_with_line_ends(talk: Talk) -> None:
    """A token that would add a header to our requests."""
    await where(talk, "/oauth/token", lambda answer: with_(answer, access_token="tokentoken\r\nx-injected: yes\r\n\r\n"))


@kind(first=None, after=0)
async def a_token_beyond_ascii(talk: Talk) -> None:
    """A token of Chinese characters and half of one."""
    await where(talk, "/oauth/token", lambda answer: with_(answer, access_token="令牌令牌令牌令牌\ud800"))


@kind(first=None, after=0, heavy=True)
async def a_token_that_is_a_number(talk: Talk) -> None:
    """A number as token, and a life that is none."""
    await where(talk, "/oauth/token", lambda answer: with_(answer, access_token=1234567890123, expires_in=float("nan")))


@kind(first=None, later=MOST, after=0, heavy=True)
async def a_token_for_ever(talk: Talk) -> None:
    """A token that lives 1e308 seconds."""
    await where(talk, "/oauth/token", lambda answer: with_(answer, expires_in=1e308))


@kind(first=None, later=MOST, after=0, heavy=True)
async def a_token_of_yesterday(talk: Talk) -> None:
    """A token that ended before it was given."""
    await where(talk, "/oauth/token", lambda answer: with_(answer, expires_in=-86400))


# -- pages and patience ---------------------------------------------------------------------------------------------------------


@kind(first=None, after=0, only=READ, later=MOST, heavy=True)
async def cursors_without_end(talk: Talk) -> None:
    """Another page after every page."""
    answer = await talk.honest()
    document = answer.json
    if isinstance(document, dict) and "next_cursor" in document:
        answer = with_(answer, next_cursor=f"more-{talk.number}")
    await talk.answers(answer)


@kind(first=None, heavy=True)
async def come_back_next_year(talk: Talk) -> None:
    """429, and a Retry-After of a year."""
    await talk.says(b"{}", (b"retry-after", b"31536000"), status=429)


@kind(first=None)
async def come_back_yesterday(talk: Talk) -> None:
    """A Retry-After that is negative, a date, or a digit of another script."""
    say = (b"-1", b"Mon, 01 Jan 2001 00:00:00 GMT", "²".encode("latin-1"), b"1e308", b"")[talk.number % 5]
    await talk.says(b"{}", (b"retry-after", say), status=503)


# -- declarations -----------------------------------------------------------------------------------------------------------------


def limits_of(*values: Any) -> Any:
    """Discovery whose limits are these, in turn."""
    def bent(answer: Honest) -> Honest:
        names = answer.json["limits"]
        return with_(answer, limits={name: values[at % len(values)] for at, name in enumerate(names)})

    return bent


@kind(first=None, later=MOST, after=0, heavy=True)
async def limits_of_nothing(talk: Talk) -> None:
    """Limits of zero and less."""
    await where(talk, DISCOVERY, limits_of(0, -1, -1e308))


@kind(first=None, later=MOST, after=0)
async def limits_without_limit(talk: Talk) -> None:
    """Limits of 1e308, an integer of 400 digits, infinity and NaN."""
    await where(talk, DISCOVERY, limits_of(1e308, 10**400, float("inf"), float("nan")))


@kind(first=None, later=MOST, after=0, heavy=True)
async def limits_in_words(talk: Talk) -> None:
    """Limits that are no numbers."""
    await where(talk, DISCOVERY, limits_of("soon", None, [], {"a": 1}, True))


@kind(first=None, later=UNREACHABLE, after=0)
async def a_hundred_thousand_capabilities(talk: Talk) -> None:
    """A hundred thousand capabilities: more than anybody reads of one answer."""
    def bent(answer: Honest) -> Honest:
        return with_(answer, capabilities=[*answer.json["capabilities"], *(f"capability-{at}" for at in range(100_000))])

    await where(talk, DISCOVERY, bent)


@kind(later=MOST, first=None, after=0)
async def declarations_that_are_none(talk: Talk) -> None:
    """A discovery document whose parts have other types."""
    await where(talk, DISCOVERY, lambda answer: with_(
        answer, organisation=["?"], software_version={"a": 1}, capabilities={"push": True}, counterparts="none", limits=[1], contacts=7,
    ))


# -- clocks ---------------------------------------------------------------------------------------------------------------------


def clock(**fields: Any) -> Any:
    return lambda answer: with_(answer, **fields)


@kind(first=None, later=MOST, after=0)
async def a_clock_that_goes_backwards(talk: Talk) -> None:
    """Each time the business clock shows an hour less."""
    now = f"2026-01-{28 - talk.number % 28:02}T{23 - talk.number % 24:02}:00:00+08:00"
    await where(talk, "/sandbox/clock", clock(now=now, next_due=now))


@kind(first=None, later=MOST, after=0)
async def a_clock_of_another_millennium(talk: Talk) -> None:
    """The business clock shows the year 3026, then the year 1, then 9999."""
    now = ("3026-06-01T00:00:00+08:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999-12:00")[talk.number % 3]
    await where(talk, "/sandbox/clock", clock(now=now, next_due=now))


@kind(first=None, later=MOST, after=0, heavy=True)
async def the_end_of_time(talk: Talk) -> None:
    """The business clock stands at the last moment that there is."""
    await where(talk, "/sandbox/clock", clock(now="9999-12-31T23:59:59.999999Z", next_due="9999-12-31T23:59:59.999999Z"))


@kind(first=None, later=MOST, after=0, heavy=True)
async def a_clock_that_is_none(talk: Talk) -> None:
    """The business clock gives numbers and lists."""
    await where(talk, "/sandbox/clock", clock(now=12345, next_due=["now"]))


@kind(first=None, later=MOST, after=0)
async def always_due_now(talk: Talk) -> None:
    """Something is always due this very moment."""
    def bent(answer: Honest) -> Honest:
        return with_(answer, next_due=answer.json["now"])

    await where(talk, "/sandbox/clock", bent)


# -- coming and going --------------------------------------------------------------------------------------------------------------


@kind(first=None)
async def gone(talk: Talk) -> None:
    """The server has died: connections end at once."""
    talk.closes()


@kind(first=None, later=frozenset({3}), after=0)
async def another_version(talk: Talk) -> None:
    """The software version changes while the run goes on."""
    await where(talk, DISCOVERY, lambda answer: with_(answer, software_version=f"build {talk.number}"))


@kind(later=JUDGED | UNREACHABLE, heavy=True)
async def success_for_everything(talk: Talk) -> None:
    """200 and an empty object."""
    await talk.says(json.dumps({}).encode())
