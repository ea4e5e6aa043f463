"""Hostility in what is said: bodies that are no JSON, or JSON that nobody wants to read.

In: a talk.  Out: answers that are whole as HTTP.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

from tests.hostile.kind import UNREACHABLE, kind
from tests.hostile.talk import Talk

DEPTH: Final = 200_000
NASTY: Final = "\x1b[31m\x1b]0;owned\x07\u202e\u2066\x00\x9b2J\u200b\ufffe\ud800<script>alert(1)</script>]]>"
"""What a terminal, a browser and an XML reader should not get as it is."""
KEPT: Final = frozenset({
    "role", "interface_version", "capabilities", "access_token", "token_type", "now", "next_due", "next_cursor", "resume_cursor",
})  # fmt: skip
"""Fields without which a run does not get anywhere."""
MOST: Final = frozenset({0, 1, 3})
"""Exit codes where the hostility may lie within what the interface allows."""


def each_text(value: Any, bent: Callable[[str, str], str], name: str = "") -> Any:
    """The value with each text bent; `bent` gets the field's name and the text."""
    if isinstance(value, dict):
        return {key: each_text(one, bent, key) for key, one in value.items()}
    if isinstance(value, list):
        return [each_text(one, bent, name) for one in value]
    return bent(name, value) if isinstance(value, str) else value


# -- no JSON ------------------------------------------------------------------------------------------------------------------


@kind()
async def no_json(talk: Talk) -> None:
    """Text that begins like JSON."""
    await talk.says(b'{"items": [1, 2,, }')


@kind(heavy=True)
async def a_page(talk: Talk) -> None:
    """HTML with a status of success, as proxies and walls give it."""
    await talk.says(b"<!DOCTYPE html><html><script>alert(1)</script><title>Please log in</title></html>")


@kind(first=MOST | UNREACHABLE, later=MOST, heavy=True)
async def not_a_number(talk: Talk) -> None:
    """NaN and Infinity where numbers stand."""
    raw = (await talk.honest()).body
    await talk.says(re.sub(rb":\s*\d+", b": NaN", raw) or b'{"a": -Infinity}')


@kind()
async def two_hundred_thousand_deep(talk: Talk) -> None:
    """Arrays in arrays in arrays."""
    await talk.says(b"[" * DEPTH + b"]" * DEPTH)


@kind()
async def objects_two_hundred_thousand_deep(talk: Talk) -> None:
    """Objects in objects, which never close."""
    await talk.says(b'{"items":' * DEPTH)


@kind()
async def utf_16(talk: Talk) -> None:
    """The right answer in UTF-16."""
    await talk.says((await talk.honest()).body.decode().encode("utf-16"))


@kind(heavy=True)
async def gbk(talk: Talk) -> None:
    """The right answer in GBK."""
    document = each_text((await talk.honest()).json, lambda name, text: text if name in KEPT else f"{text}京东")
    await talk.says(json.dumps(document, ensure_ascii=False).encode("gbk", "replace"))


@kind()
async def a_byte_order_mark(talk: Talk) -> None:
    """The right answer behind a mark that JSON has not."""
    answer = await talk.honest()
    await talk.answers(answer.saying(b"\xef\xbb\xbf" + answer.body) if answer.body else answer)


# -- JSON, but -----------------------------------------------------------------------------------------------------------------


@kind(first=frozenset({1, 3}), heavy=True)
async def lone_surrogates(talk: Talk) -> None:
    """Half characters in every text."""
    await talk.answers(spoken(await talk.honest(), lambda name, text: text if name in KEPT else f"{text}\ud800"))


@kind(first=frozenset({1, 3}))
async def escapes_everywhere(talk: Talk) -> None:
    """Terminal escapes, bidirectional controls and markup in every text."""
    await talk.answers(spoken(await talk.honest(), lambda name, text: text if name in KEPT else f"{text}{NASTY}"))


@kind()
async def escapes_instead(talk: Talk) -> None:
    """Terminal escapes instead of every text."""
    await talk.answers(spoken(await talk.honest(), lambda name, text: NASTY))


@kind(first=MOST, later=MOST, heavy=True)
async def names_with_escapes(talk: Talk) -> None:
    """Fields that nobody knows, whose names are escapes."""
    answer = await talk.honest()
    document = answer.json
    await talk.answers(answer.saying({**document, NASTY: NASTY}) if isinstance(document, dict) else answer)


@kind(heavy=True)
async def problems_with_escapes(talk: Talk) -> None:
    """Nothing but problems, whose titles are escapes."""
    problem = {"type": NASTY, "title": NASTY, "status": 409, "detail": NASTY, "code": NASTY, "errors": [{"pointer": NASTY, "code": NASTY}]}
    await talk.says(json.dumps(problem).encode(), status=409)


@kind(first=MOST, later=MOST, heavy=True)
async def everything_twice(talk: Talk) -> None:
    """Every key twice, with two values."""
    answer = await talk.honest()
    await talk.answers(answer.saying(re.sub(rb'("[a-z_]+":)', rb'\1null,\1', answer.body)) if answer.body else answer)


@kind(first=frozenset({1, 2, 3}))
async def numbers_everywhere(talk: Talk) -> None:
    """A number of 400 digits as the value of every field but those that let the run begin."""
    answer = await talk.honest()
    document = answer.json
    huge = {key: value if key in ("role", "interface_version", "capabilities") else 10**400 for key, value in (document or {}).items()}
    await talk.answers(answer.saying(huge) if document else answer)


@kind(heavy=True)
async def lists_everywhere(talk: Talk) -> None:
    """A list where an object belongs."""
    answer = await talk.honest()
    await talk.answers(answer.saying([answer.json]) if answer.body else answer)


@kind(first=MOST | UNREACHABLE)
async def null(talk: Talk) -> None:
    """The JSON value null, with success."""
    await talk.says(b"null")


def spoken(answer: Any, bent: Callable[[str, str], str]) -> Any:
    """The answer with each text bent."""
    return answer.saying(each_text(answer.json, bent)) if answer.body else answer
