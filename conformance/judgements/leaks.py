"""Leaks: does something that was sent hold a value that its reader is not entitled to, in whatever form?

In: values by name (canaries: they exist nowhere else), and raw bytes.  Out: where which value stands, and how encoded.
All forms of all values are searched for at once (Aho-Corasick).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Final, NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation

from conformance.judgements.patterns import brief_patterns, hash_patterns, patterns
from conformance.judgements.unfoldings import unfolded
from conformance.judgements.wrappings import unwrapped

_HEAD: Final = 8
"""Bytes of a pattern that the automaton knows; the rest is compared.  Whole patterns take ten times as long to build."""


class Leak(NamedTuple):
    """A value found: its name, the encoding (such as `plain`, `base64`, `gzip+plain`, `md5`), the offset in bytes."""

    canary: str
    encoding: str
    offset: int


class Canaries:
    """Values compiled for searching; build once, search often.

    `unsearchable` names the values that are too short to be searched for: chance would find them.
    """

    def __init__(
        self, values: Mapping[str, str], brief: Collection[str] = frozenset(), hashed: Collection[str] = frozenset()
    ) -> None:
        """`brief` names the values of which the plain form will do, `hashed` those of which hashes will (both, where both say so):
        building every form for a large crowd takes too long."""
        meanings: dict[bytes, dict[str, str]] = {}  # needle → canary → encoding: the first, which is the plainest
        for canary, value in values.items():
            some = [forms for forms, names in ((brief_patterns, brief), (hash_patterns, hashed)) if canary in names]
            for encoding, needle in chain.from_iterable(forms(value) for forms in some or (patterns,)):
                meanings.setdefault(needle, {}).setdefault(canary, encoding)
        heads: dict[bytes, list[tuple[bytes, tuple[tuple[str, str], ...]]]] = {}
        for needle in sorted(meanings, key=len, reverse=True):
            heads.setdefault(needle[:_HEAD], []).append((needle, tuple(meanings[needle].items())))
        self._needles: Final = list(heads.values())
        self._automaton: Final = _automaton(list(heads))
        plain = {canary for meaning in meanings.values() for canary, encoding in meaning.items() if encoding == "plain"}
        self.unsearchable: Final = tuple(canary for canary in values if canary not in plain)

    def find(self, data: bytes) -> tuple[Leak, ...]:
        """Every value in the data, in order of place; of forms that lie inside one another only the largest."""
        leaks = set(self._search(data))
        for inside in unwrapped(data):
            leaks |= {Leak(leak.canary, f"{inside.wrapping}+{leak.encoding}", inside.offset) for leak in self._search(inside.data)}
        return tuple(sorted(leaks, key=lambda leak: (leak.offset, leak.canary, leak.encoding)))

    def find_unfolded(self, data: bytes) -> tuple[Leak, ...]:
        """As `find`; brief values are found in the common codings, too.  Ten times as slow: for small messages.

        Offsets of what was unfolded count in the unfolded data.
        """
        leaks = self.find(data)
        known = {leak.canary for leak in leaks if leak.encoding != "plain"}
        plain = {leak.canary for leak in leaks} - known
        more = {
            Leak(leak.canary, other.coding, leak.offset)
            for other in unfolded(data) for leak in self._search(other.data)
            if leak.encoding == "plain" and leak.canary not in known and not (other.whole and leak.canary in plain)
        }
        return (*leaks, *sorted(more, key=lambda leak: (leak.offset, leak.canary, leak.encoding)))

    def _search(self, data: bytes) -> Iterator[Leak]:
        if self._automaton is None:
            return
        covered: dict[str, int] = {}
        heads = self._automaton.find_matches_as_indexes(data, overlapping=True)
        matches = [
            (start, -len(needle), meaning)
            for head, start, _ in heads
            for needle, meaning in self._needles[head]
            if data.startswith(needle, start)
        ]
        for start, length, meaning in sorted(matches, key=lambda match: match[:2]):
            for canary, encoding in meaning:
                if start - length > covered.get(canary, 0):
                    covered[canary] = start - length
                    yield Leak(canary, encoding, start)


def _automaton(needles: list[bytes]) -> BytesAhoCorasick | None:
    """Contiguous: twice as fast as the library's own choice for so many needles, at the price of a slower build."""
    return BytesAhoCorasick(needles, implementation=Implementation.ContiguousNFA) if needles else None
