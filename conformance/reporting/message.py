"""A recorded message for reading: its body as text, laid out and cut; the evidence itself stays in the journal.

In: an exchange's body as the report has it (text, an object, or null).  Out: what the page shows of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

LONGEST: Final = 6000
"""Characters of one body that the page shows."""
_DEEPEST: Final = 20
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\],:]|[^"{}\[\],:]+', re.DOTALL)


@dataclass(frozen=True)
class Body:
    """`text` as shown; `size` on the wire in bytes; `base64` when it is no text; `cut` when there is more."""

    text: str
    size: int
    base64: bool
    cut: bool


def body(given: str | Mapping[str, Any] | None) -> Body:
    """What a reader is shown of a body."""
    if not isinstance(given, Mapping):
        given = {"text": given}
    binary = given.get("base64")
    whole = str(binary or given.get("text") or "")
    size = int(given.get("size") or len(whole.encode("utf-8", "surrogatepass")))
    shown = whole[:LONGEST] if binary else laid_out(whole[:LONGEST])
    return Body(shown, size, bool(binary), len(whole) > LONGEST or bool(given.get("digest")))


def laid_out(text: str) -> str:
    """JSON on one line broken into lines without touching a token: doubled keys and odd numbers stay.  Anything else as it is."""
    if text[:1] not in ("{", "[") or "\n" in text.strip():
        return text
    out: list[str] = []
    depth = 0
    for token in _TOKEN.findall(text):
        opens, closes = token in ("{", "["), token in ("}", "]")
        depth += opens - closes
        fresh = "\n" + "  " * min(max(depth, 0), _DEEPEST)
        if closes:
            out[-1:] = [out[-1].rstrip()] if out[-1][:1] in ("{", "[") else [out[-1], fresh]
        out.append(token + fresh if opens or token == "," else token if token[:1] == '"' else token.strip(" "))
        if token.endswith(":"):
            out.append(" ")
    return "".join(out)
