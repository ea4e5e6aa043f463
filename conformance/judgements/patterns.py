"""Patterns: every form in which a value may leave a system without looking like itself, as bytes to search for.

In: a value.  Out: patterns with the name of their encoding, the plainest first: spellings, codings of these, plain hashes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from conformance.judgements import codings, spellings

BEGUN: Final = 16
"""Characters of a digest by which it is found where its beginning only was kept."""
HASHES: Final = {
    name: algorithm
    for name, algorithm in {
        "md5": "md5",
        "sha-1": "sha1",
        "sha-256": "sha256",
        "sha-512": "sha512",
        "sm3": "sm3",
    }.items()
    if algorithm in hashlib.algorithms_available
}
SPELT: Final = ("plain", "folded", "spaced", "reversed", "full-width")
LEAST_ALNUM: Final = 8
LEAST_BYTES: Final = 6
"""Shorter patterns would be found by chance."""
_BRIEF: Final = ("percent", "unicode-escape")  # the codings of rarer spellings


class Pattern(NamedTuple):
    """Bytes to look for, and the encoding that makes them: a spelling, a coding, both (`folded+base64`), or a hash."""

    encoding: str
    needle: bytes


def patterns(value: str) -> Iterator[Pattern]:
    """Every pattern for the value that is long enough; the same bytes may come under several names."""
    return (pattern for pattern in _patterns(value) if len(pattern.needle) >= least(pattern))


def least(pattern: Pattern) -> int:
    """How long it must be at least.  Ids and signatures are random letters and digits: in a run's, chance finds any six of them."""
    return LEAST_BYTES if pattern.encoding in SPELT or not pattern.needle.isalnum() else LEAST_ALNUM


def brief_patterns(value: str) -> Iterator[Pattern]:
    """The value itself; of a phone the digits alone, too."""
    found = (Pattern("plain", codings.utf8(text)) for text in spellings.bare(value))
    return (pattern for pattern in found if len(pattern.needle) >= LEAST_BYTES)


def hash_patterns(value: str) -> Iterator[Pattern]:
    """The plain hashes of the value."""
    return _hashes(value)


def _patterns(value: str) -> Iterator[Pattern]:
    bare, folded = spellings.bare(value), spellings.folded(value)
    for text in bare:
        yield Pattern("plain", codings.utf8(text))
    for text in folded:
        yield Pattern("folded", codings.utf8(text))
    for text in spellings.spaced(value):
        yield Pattern("spaced", codings.utf8(text))
        yield from (Pattern("spaced+percent", form) for form in codings.percent_plain(text))
    for spelling, spell in (("full-width", spellings.wide), ("reversed", spellings.reversed_)):
        for text in spell(value):
            yield Pattern(spelling, codings.utf8(text))
            yield from _coded(f"{spelling}+", text, _BRIEF)
    for text in bare:
        yield from _coded("", text, tuple(codings.CODINGS))
    for text in folded:
        yield from _coded("folded+", text, tuple(codings.CODINGS))
    for text in dict.fromkeys([*bare, *spellings.dialled(value), *folded]):
        yield from _hashes(text)


def _coded(prefix: str, text: str, names: tuple[str, ...]) -> Iterator[Pattern]:
    return (Pattern(prefix + name, needle) for name in names for needle in codings.CODINGS[name](text))


def _hashes(text: str) -> Iterator[Pattern]:
    for name, algorithm in HASHES.items():
        digest = hashlib.new(algorithm, codings.utf8(text), usedforsecurity=False).digest()
        written = digest.hex().encode()
        yield from (Pattern(name, form) for form in (written, written.upper(), written[:BEGUN], written.upper()[:BEGUN], digest))
        plain = base64.b64encode(digest).rstrip(b"=")
        yield from (Pattern(name, form) for form in (plain, plain.translate(codings.URL_SAFE)))
        yield from (Pattern(f"{name}+base64", form) for form in codings.base64_forms(written))
        if name == "md5":  # the shortened MD5 of many a Chinese system
            yield from (Pattern("md5-16", form) for form in (written[8:24], written[8:24].upper()))
