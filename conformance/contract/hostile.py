"""Hostile: requests made to break their reader: too deep, too large, too many, in the wrong encoding, or clever.

In: a valid body and the name of one of its texts.  Out: bodies, headers, queries and paths, each with a word for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from conformance.contract.unreadable import LIMIT, MARK, unreadable
from conformance.records import JSON

DEEP: Final = 50_000
MANY: Final = 20_000
DIGITS: Final = 5_000
"""More than many readers turn into a number."""


class Crafted(msgspec.Struct, frozen=True, kw_only=True):
    """One request; what is not given is as usual."""

    how: str
    raw: bytes | None = None
    headers: Mapping[str, str] = {}
    query: Mapping[str, str] | None = None


def bodies(body: Mapping[str, JSON], field: str) -> Iterator[Crafted]:
    """Bodies to be read."""
    template = json.dumps({**body, field: MARK}, ensure_ascii=False)
    for how, value in texts():
        yield Crafted(how=how, raw=template.replace(f'"{MARK}"', value).encode())
    for how, raw in unreadable(body, field):
        yield Crafted(how=how, raw=raw)
    valid = template.replace(f'"{MARK}"', '"x"').encode()
    for how, raw in (
        ("null", b"null"), ("list", b"[]"), ("number", b"1"), ("never_closed", b"[" * DEEP), ("byte_order_mark", b"\xef\xbb\xbf" + valid),
        ("noise", bytes(range(256)) * 16), ("many_members", json.dumps({f"m{n}": n for n in range(MANY)}).encode()),
        ("too_large", template.replace(MARK, "很" * LIMIT).encode()),
    ):
        yield Crafted(how=how, raw=raw)
    yield Crafted(how="not_gzip", raw=valid, headers={"content-encoding": "gzip"})
    for how, kind in (("charset_unknown", "application/json; charset=nonsense"), ("charset_utf_16", "application/json; charset=utf-16")):
        yield Crafted(how=how, raw=valid, headers={"content-type": kind})
    yield Crafted(how="media_type_noise", raw=valid, headers={"content-type": ";;=,"})


def texts() -> Iterator[tuple[str, str]]:
    """What stands in place of a text, as it is written in the document."""
    yield "deep_lists", "[" * DEEP + "]" * DEEP
    yield "deep_objects", '{"a":' * DEEP + "1" + "}" * DEEP
    yield "long_text", json.dumps("长" * (LIMIT // 4), ensure_ascii=False)
    yield "long_number", "9" * DIGITS
    yield "large_exponent", "1e999999"
    yield "sql", json.dumps("'; DROP TABLE consignments; --")
    yield "template", json.dumps("{{7*7}}${7*7}#{7*7}%s%n")
    yield "markup", json.dumps("<script>alert(1)</script><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///dev/null'>]>")
    yield "directions", json.dumps("\u202e\u2066\u200d\ufeff" * 20)
    yield "stacked_marks", json.dumps("e" + "\u0301" * 400)


def questions() -> Iterator[Crafted]:
    """Queries and headers of a request that only reads."""
    cursors = ("\x00", "../../..", "' OR '1'='1", "%s%n", "z" * 1024, "eyJhIjoxfQ==", "\U0001f600", "-1", "{}")
    for number, cursor in enumerate(cursors):
        yield Crafted(how=f"cursor_{number}", query={"cursor": cursor})
    for number, limit in enumerate(("9" * DIGITS, "NaN", "1e3", "٣", "-1", "0x10", "1_0", " 5")):
        yield Crafted(how=f"limit_{number}", query={"limit": limit})
    yield Crafted(how="traceparent", headers={"traceparent": "00-zz-zz-zz"})
    yield Crafted(how="long_header", headers={"x-noise": "n" * 4000})
    yield Crafted(how="range", headers={"range": "bytes=5-2"})
    yield Crafted(how="accept", headers={"accept": "*/*;q=nan, ;;"})


PATHS: Final = (
    "%00", "%2e%2e%2f%2e%2e%2f", "%ff%fe", "%F0%9F%98%80", "a" * 1500, "%0d%0aX-Injected:%201", "'%20OR%20'1'='1", "%7B%7B7*7%7D%7D",
    "%25%32%65%25%32%65", "null", "-1", "9" * 400, "%E2%80%AE",
)
"""Ids in paths, percent-encoded."""
