"""Leaks: does something that was sent hold a value that its reader is not entitled to, in whatever form?

In: values by name (canaries: they exist nowhere else), and raw bytes.  Out: where which value stands, and how encoded.
All forms of all values are searched for at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Final, NamedTuple

from conformance.judgements.needles import Needles
from conformance.judgements.patterns import brief_patterns, hash_patterns, patterns
from conformance.judgements.unfoldings import unfolded
from conformance.judgements.wrappings import unwrapped

_HEAD: Final = 8
"""Bytes of a pattern that are searched for; the rest is compared.  Whole patterns take ten times as long to build."""
_BATCH: Final = 1 << 16
"""Bytes that are looked through together."""
_BETWEEN: Final = b"\n="
"""Stands between pieces that are looked through together; part of no value."""


class Leak(NamedTuple):
    """A value found: its name, the encoding (such as `plain`, `base64`, `gzip+plain`, `md5`), the offset in bytes."""

    canary: str
    encoding: str
    offset: int


_largest_first: Final = itemgetter(0, 1)
_in_order: Final = itemgetter(2, 0, 1)


class Pieces:
    """Messages to search in, each once: looked through together, since nearly all hold nothing, but for those that are `wrapped`."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.batches: Final[list[list[bytes]]] = [[]]
        self.wrapped: Final[set[bytes]] = set()
        size = 0
        for piece in dict.fromkeys(pieces):
            if size >= _BATCH:
                self.batches.append([])
                size = 0
            self.batches[-1].append(piece)
            size += len(piece)
            if next(unwrapped(piece), None) is not None:
                self.wrapped.add(piece)


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
            for forms in some or (patterns,):
                for encoding, needle in forms(value):
                    if needle not in meanings:
                        meanings[needle] = {canary: encoding}
                    elif canary not in meanings[needle]:
                        meanings[needle][canary] = encoding
        heads: dict[bytes, list[tuple[bytes, tuple[tuple[str, str], ...]]]] = {}
        for needle in sorted(meanings, key=len, reverse=True):
            heads.setdefault(needle[:_HEAD], []).append((needle, tuple(meanings[needle].items())))
        self._needles: Final = list(heads.values())
        self._heads: Final = Needles(list(heads))
        plain = {canary for meaning in meanings.values() for canary, encoding in meaning.items() if encoding == "plain"}
        self.unsearchable: Final = tuple(canary for canary in values if canary not in plain)

    def among(self, pieces: Pieces) -> dict[bytes, tuple[Leak, ...]]:
        """The pieces that hold something, with all of it."""
        seen = [
            piece for batch in pieces.batches
            for piece in (batch if self._any(_BETWEEN.join(batch)) else pieces.wrapped.intersection(batch))
        ]
        found = ((piece, self.find(piece)) for piece in seen)
        return {piece: leaks for piece, leaks in found if leaks}

    def _any(self, data: bytes) -> bool:
        return next(self._search(data), None) is not None

    def find(self, data: bytes) -> tuple[Leak, ...]:
        """Every value in the data, in order of place; of forms that lie inside one another only the largest."""
        leaks = list(self._search(data))
        for inside in unwrapped(data):
            leaks += (Leak(leak.canary, f"{inside.wrapping}+{leak.encoding}", inside.offset) for leak in self._search(inside.data))
        return tuple(sorted(dict.fromkeys(leaks), key=_in_order)) if leaks else ()

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
        return (*leaks, *sorted(more, key=_in_order))

    def _search(self, data: bytes) -> Iterator[Leak]:
        needles = self._needles
        matches = [
            (start, -len(needle), meaning)
            for head, start, _ in self._heads.places(data)
            for needle, meaning in needles[head]
            if data.startswith(needle, start)
        ]
        if len(matches) > 1:
            matches.sort(key=_largest_first)
        covered: dict[str, int] = {}
        for start, length, meaning in matches:
            for canary, encoding in meaning:
                if start - length > covered.get(canary, 0):
                    covered[canary] = start - length
                    yield Leak(canary, encoding, start)
