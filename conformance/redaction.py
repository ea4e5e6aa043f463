"""Secrets get names before anything is written.

In: secrets with their names, bytes on their way to the disk.  Out: the same bytes with `«name»` where a secret stood, plain,
percent-encoded or in base64.  What an HTTP Basic header hides is found too, since the whole credential pair is a secret.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from urllib.parse import quote

from ahocorasick_rs import BytesAhoCorasick

SHORTEST = 8
"""Shorter values are not renamed: they would stand in ordinary text by chance."""
REMEMBERED = 4096
"""Texts whose renaming is remembered: header fields say the same again and again."""


class Redaction:
    """Knows the secrets of one run.  Names are `token:courier_a:1`, `secret:courier_a`, in the order in which they became known."""

    def __init__(self) -> None:
        self._names: dict[bytes, bytes] = {}
        self._heads: dict[bytes, list[bytes]] = {}
        """Forms by how they begin, longest first.  Only beginnings are looked for in one go: a run keeps hundreds of tokens."""
        self._automaton: BytesAhoCorasick | None = None
        self._known: dict[str, str] = {}

    def keep(self, secret: str, name: str) -> None:
        """From now on `secret` is written as `«name»`; the first name stays."""
        if len(secret) < SHORTEST:
            return
        raw = secret.encode("utf-8", "surrogatepass")
        for form in {raw, quote(raw, safe="").encode(), base64.b64encode(raw)}:
            if form not in self._names:
                self._names[form] = f"«{name}»".encode()
                alike = self._heads.setdefault(form[:SHORTEST], [])
                alike.append(form)
                alike.sort(key=len, reverse=True)
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
            known = self._known[value] = self.raw(value.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")
        return known

    def fields(self, headers: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
        """Header fields as text, with every secret in them renamed."""
        return tuple([(name.decode("latin-1"), self.text(value.decode("latin-1"))) for name, value in headers])

    def raw(self, value: bytes) -> bytes:
        """The bytes with every secret in them renamed; the longest one where several begin at the same place."""
        if not self._heads or len(value) < SHORTEST:
            return value
        if self._automaton is None:
            self._automaton = BytesAhoCorasick(list(self._heads))
        parts, end = [], 0
        for _, start, stop in self._automaton.find_matches_as_indexes(value, overlapping=True):
            form = next((form for form in self._heads[value[start:stop]] if value.startswith(form, start)), None)
            if form is not None and start >= end:
                parts += [value[end:start], self._names[form]]
                end = start + len(form)
        return b"".join([*parts, value[end:]]) if parts else value
