"""Unreadable: bodies that are no JSON of the interface, or hold text that it does not allow (rules 1.3 and 1.6).

In: a valid body and the name of one of its texts.  Out: bytes, each with a word for what is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from conformance.records import JSON

MARK: Final = "«here»"
"""Stands for the text while the body is written."""
LIMIT: Final = 1 << 20
"""Bytes of the largest body; who is sent more may hang up before having read all of it (rule 1.6)."""
DEEPER: Final = 100
"""Levels; 64 are the most that the interface allows."""


def unreadable(body: Mapping[str, JSON], field: str) -> Iterator[tuple[str, bytes]]:
    """`field` is a top-level text of the body that may be replaced."""
    valid = json.dumps(body, ensure_ascii=False)
    first = next(iter(body))
    yield "empty", b""
    yield "cut", valid[: len(valid) // 2].encode()
    yield "two_documents", f"{valid} {valid}".encode()
    yield "trailing_comma", f"{valid[:-1]},}}".encode()
    yield "member_twice", f"{valid[:-1]}, {json.dumps(first)}: {json.dumps(body[first])}}}".encode()
    yield "gb18030", valid.encode("gb18030")
    yield "utf_16", valid.encode("utf-16")
    template = json.dumps({**body, field: MARK}, ensure_ascii=False)
    for word, raw in values():
        yield word, template.replace(f'"{MARK}"', raw).encode("utf-8", "surrogatepass")


def samples() -> Iterator[tuple[str, bytes]]:
    """What no operation can read, whatever it asks for: half a document, and one beyond the size that is allowed."""
    yield "cut", b'{"half": '
    yield "too_large", b'{"long": "' + b"x" * LIMIT + b'"}'


def values() -> Iterator[tuple[str, str]]:
    """What stands in place of the text, as it is written in the document."""
    yield "nan", "NaN"
    yield "infinity", "-Infinity"
    yield "deep", "[" * DEEPER + "]" * DEEPER
    yield "nul_escaped", '"请放\\u0000门卫"'
    yield "control_escaped", '"请放\\u001b门卫"'
    yield "control_raw", '"请放\x07门卫"'
    yield "lone_surrogate", '"请放\\ud83d门卫"'
    yield "surrogate_bytes", '"请放\ud83d门卫"'
