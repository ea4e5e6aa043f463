"""Wrappings: what a body holds in compressed form.

In: bytes.  Out: the bytes inside, as far as a bound, with the name of the wrapping and where it starts.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol

from conformance.judgements.needles import Needles

MOST_BYTES: Final = 4 << 20
"""So much is unwrapped at most, and only what starts this early: a body may be a bomb."""
MOST_TRIES: Final = 16
_GZIP: Final = b"\x1f\x8b\x08"
_ZLIB: Final = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_BASE64_STARTS: Final = (b"H4sI", b'"eJ', b'"eN', b"=eJ", b".eJ")
_STARTS: Final = Needles((_GZIP, *_BASE64_STARTS))
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
_ANY_HEADER, _RAW = 47, -15  # window bits of zlib: gzip or zlib by its header; deflate without one
_PIECE: Final = 1 << 12


class _Inflate(Protocol):
    @property
    def eof(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class Unwrapped(NamedTuple):
    """What was inside: the wrapping's name, where it starts in the body, and the bytes."""

    wrapping: str
    offset: int
    data: bytes


def unwrapped(data: bytes) -> Iterator[Unwrapped]:
    """What the body holds in gzip, zlib or deflate, plain or in base64; broken or cut streams as far as they go."""
    started = bool(_STARTS.places(data[:MOST_BYTES]))
    for offset in _places(data, _GZIP) if started else ():
        yield from _inflated("gzip", offset, data[offset : offset + MOST_BYTES], _ANY_HEADER)
    if data.startswith(_ZLIB):
        yield from _inflated("zlib", 0, data[:MOST_BYTES], _ANY_HEADER)
    elif len(data) <= MOST_BYTES and not data.startswith((_GZIP, b"{", b"[", b"<")):
        yield from _inflated("deflate", 0, data, _RAW)
    for start in _BASE64_STARTS if started else ():
        for offset in _places(data, start):
            yield from _decoded(data, offset)
    if _BASE64.match(data):
        yield from _decoded(data, 0)


def _places(data: bytes, needle: bytes) -> Iterator[int]:
    place = data.find(needle, 0, MOST_BYTES)
    for _ in range(MOST_TRIES):
        if place < 0:
            return
        yield place
        place = data.find(needle, place + 1, MOST_BYTES)


def _decoded(data: bytes, offset: int) -> Iterator[Unwrapped]:
    text = _BASE64.search(data, offset, offset + MOST_BYTES)
    if text is not None and text.start() <= offset + 1:
        whole = text[0][: len(text[0]) // 4 * 4].translate(bytes.maketrans(b"-_", b"+/"))
        inside = base64.b64decode(whole)
        if inside.startswith((_GZIP, *_ZLIB)):
            yield from _inflated("base64+gzip" if inside.startswith(_GZIP) else "base64+zlib", offset, inside, _ANY_HEADER)


def _inflated(wrapping: str, offset: int, data: bytes, window_bits: int) -> Iterator[Unwrapped]:
    inside = b"".join(_pieces(zlib.decompressobj(window_bits), data))
    if inside:
        yield Unwrapped(wrapping, offset, inside)


def _pieces(inflate: _Inflate, data: bytes) -> Iterator[bytes]:
    left = MOST_BYTES
    for place in range(0, len(data), _PIECE):
        try:
            piece = inflate.decompress(data[place : place + _PIECE], left)
        except zlib.error:
            return  # not compressed, or broken from here on
        left -= len(piece)
        yield piece
        if left <= 0 or inflate.eof:
            return
