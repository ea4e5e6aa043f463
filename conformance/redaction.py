"""Secrets get names before anything is written.

In: secrets with their names, bytes on their way to the disk.  Out: the same bytes with `«name»` where a secret stood, plain,
percent-encoded or in base64.  What an HTTP Basic header hides is found too, since the whole credential pair is a secret.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from urllib.parse import quote

from ahocorasick_rs import BytesAhoCorasick, MatchKind

SHORTEST = 8
"""Shorter values are not renamed: they would stand in ordinary text by chance."""
REMEMBERED = 4096
"""Texts whose renaming is remembered: header fields say the same again and again."""


class Redaction:
    """Knows the secrets of one run.  Names are `token:1`, `secret:courier_a`, in the order in which they became known."""

    def __init__(self) -> None:
        self._names: dict[bytes, bytes] = {}
        self._automaton: BytesAhoCorasick | None = None
        self._known: dict[str, str] = {}

    def keep(self, secret: str, name: str) -> None:
        """From now on `secret` is written as `«name»`; the first name stays."""
        if len(secret) < SHORTEST:
            return
        for form in {secret.encode(), quote(secret, safe="").encode(), base64.b64encode(secret.encode())}:
            self._names.setdefault(form, f"«{name}»".encode())
        self._automaton = None
        self._known.clear()

    def text(self, value: str) -> str:
        """The text with every secret in it renamed."""
        if len(value) < SHORTEST:
            return value
        known = self._known.get(value)
        if known is None:
            if len(self._known) > REMEMBERED:
                self._known.clear()
            known = self._known[value] = self.raw(value.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")
        return known

    def fields(self, headers: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
        """Header fields as text, with every secret in them renamed."""
        return tuple([(name.decode("latin-1"), self.text(value.decode("latin-1"))) for name, value in headers])

    def raw(self, value: bytes) -> bytes:
        """The bytes with every secret in them renamed; the longest one where several begin at the same place."""
        if not self._names or len(value) < SHORTEST:
            return value
        if self._automaton is None:
            self._automaton = BytesAhoCorasick(list(self._names), matchkind=MatchKind.LeftmostLongest)
        found = self._automaton.find_matches_as_indexes(value)
        if not found:
            return value
        names, parts, end = list(self._names.values()), [], 0
        for index, start, stop in found:
            parts += [value[end:start], names[index]]
            end = stop
        return b"".join([*parts, value[end:]])
