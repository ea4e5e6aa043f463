"""Secrets get names before anything is written.

In: secrets with their names, bytes on their way to the disk.  Out: the same bytes with `«name»` where a secret stood, plain,
percent-encoded or in base64.  What an HTTP Basic header hides is found too, since the whole credential pair is a secret.
"""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

SHORTEST = 8
"""Shorter values are not renamed: they would stand in ordinary text by chance."""


class Redaction:
    """Knows the secrets of one run.  Names are `token:1`, `secret:courier_a`, in the order in which they became known."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._pattern: re.Pattern[str] | None = None

    def keep(self, secret: str, name: str) -> None:
        """From now on `secret` is written as `«name»`; the first name stays."""
        if len(secret) < SHORTEST:
            return
        for form in {secret, quote(secret, safe=""), base64.b64encode(secret.encode()).decode()}:
            self._names.setdefault(form, f"«{name}»")
        self._pattern = None

    def text(self, value: str) -> str:
        """The text with every secret in it renamed."""
        if not self._names:
            return value
        if self._pattern is None:
            longest_first = sorted(self._names, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first)))
        return self._pattern.sub(lambda match: self._names[match[0]], value)

    def raw(self, value: bytes) -> bytes:
        """The bytes with every secret in them renamed; bytes that are not UTF-8 stay as they are around it."""
        text = value.decode("utf-8", "surrogateescape")
        named = self.text(text)
        return value if named is text or named == text else named.encode("utf-8", "surrogateescape")
