"""Unfoldings: what a message says once common codings are undone, wherever in it they stand.

In: bytes.  Out: the same message decoded one way after the other, each with the name of the coding.  This is the cheap half of the
search for leaks: it does for a whole crowd what building every form of every value does for some.
"""

from __future__ import annotations

import base64
import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

_WIDE: Final = re.compile("[\uff01-\uff5e]")
_PARTED: Final = re.compile(r"(?<=\d)(?:[\s.\-_\u3000\uff0d]|, )+(?=\d)")
_ESCAPED: Final = re.compile(r"\\+u\{?([0-9A-Fa-f]{4,6})\}?|%u([0-9A-Fa-f]{4})")
_HEX: Final = re.compile(rb"(?:[0-9A-Fa-f]{2}){6,}")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_\-]{8,}")
_TO_STANDARD: Final = bytes.maketrans(b"-_", b"+/")


class Unfolded(NamedTuple):
    """`data` with one coding undone; `whole`: what was never coded stands in it, too."""

    coding: str
    data: bytes
    whole: bool


def unfolded(data: bytes) -> Iterator[Unfolded]:
    """The message with each coding undone that it may use."""
    text = data.decode("utf-8", "replace")
    yield Unfolded("reversed", text[::-1].encode("utf-8", "replace"), False)
    if _WIDE.search(text):
        yield Unfolded("full-width", unicodedata.normalize("NFKC", text).encode("utf-8", "replace"), True)
    parted = _PARTED.sub("", text)
    if parted != text:
        yield Unfolded("spaced", parted.encode("utf-8", "replace"), True)
    if "&#" in text:
        yield Unfolded("html", html.unescape(text).encode("utf-8", "replace"), True)
    if _ESCAPED.search(text):
        yield Unfolded("unicode-escape", _unescaped(text), True)
    if b"%" in data:
        yield Unfolded("percent", unquote_to_bytes(unquote_to_bytes(data)), True)
    yield Unfolded("hex", b"\n".join(_unhexed(token) for token in _HEX.findall(data)), False)
    yield Unfolded("base64", b"\n".join(_decoded(token) for token in _BASE64.findall(data)), False)


def _unescaped(text: str) -> bytes:
    """Escapes of UTF-16 units and of code points undone; pairs of surrogates become one character."""
    units = _ESCAPED.sub(lambda match: chr(min(int(match[1] or match[2], 16), 0x10FFFF)), text)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8", "replace")


def _unhexed(token: bytes) -> bytes:
    return bytes.fromhex(token.decode())


@lru_cache(maxsize=1 << 16)
def _decoded(token: bytes) -> bytes:
    """The token as base64 from each of four places on, since nobody knows where in it the text starts; words decode to nonsense."""
    standard = token.translate(_TO_STANDARD)
    pieces = (standard[start : start + (len(standard) - start) // 4 * 4] for start in range(4))
    tails = (standard[start + (len(standard) - start) // 4 * 4 :] for start in range(4))
    return b"\n".join(
        base64.b64decode(piece + (tail + b"A" * (4 - len(tail)) if len(tail) > 1 else b""))
        for piece, tail in zip(pieces, tails, strict=True)
    )
