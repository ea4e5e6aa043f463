"""Projection: which records the bodies of a run hold.

In: bodies, and the places at which the specification has records.  Out: these records, with what they are called.  Equal bodies are read
once, and equal records are one object, so that what is worked out of one need not be worked out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

import msgspec

from conformance.records import JSON
from conformance.specification import ANY, Names, Places, Shape, at_place
from conformance.untrusted import parsed

D = TypeVar("D")


class Held(NamedTuple):
    """A record that a body holds: where it stands, whether it is the only one of its kind there, and by what it is known."""

    pointer: str
    value: JSON
    shape: Shape
    single: bool
    names: Names


class Projection:
    """Reads bodies; nothing that they say raises."""

    def __init__(self) -> None:
        self._held: dict[tuple[bytes, Places], tuple[Held, ...]] = {}
        self._records: dict[bytes, JSON] = {}
        self._known: dict[tuple[Callable[..., object], int | bytes], tuple[JSON, object]] = {}

    def held(self, raw: bytes, places: Places) -> tuple[Held, ...]:
        """The records that stand at these places of a body."""
        key = raw, places
        if key not in self._held:
            self._held[key] = tuple(self._read(raw, places))
        return self._held[key]

    def of(self, make: Callable[[JSON], D], value: JSON) -> D:
        """What a pure function makes of a record, or of bytes, worked out once for all that are equal."""
        key = make, value if isinstance(value, bytes) else id(value)
        if key not in self._known:
            self._known[key] = value, make(value)  # the value as well: no other can get its id
        return self._known[key][1]  # type: ignore[return-value]  # keyed by what made it

    def _read(self, raw: bytes, places: Places) -> Iterator[Held]:
        try:
            document, strict = msgspec.json.decode(raw), True
        except (ValueError, RecursionError):
            document, strict = parsed(raw), False
        for path, shape in places:
            for pointer, value in at_place(document, path):
                record = self._once(value) if strict else value
                yield Held(pointer, record, shape, ANY not in path, self.of(shape.called, record))

    def _once(self, value: JSON) -> JSON:
        """The first record that is equal to this one.  Only of what msgspec has read does it write equal things alike, and others not."""
        return self._records.setdefault(msgspec.json.encode(value), value)
