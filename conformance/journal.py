"""The journal: all that observing and judging share.

In: records as they happen.  Out: JSON lines, each with the hash of all before it, flushed record by record, so that what was
written survives whatever ends the run; and the same records again when it is read.  The chain is over the bytes as written,
so no canonical form is needed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import msgspec
from msgspec.structs import force_setattr

from conformance.clock import Clock
from conformance.errors import HulianError
from conformance.records import Answer, Ended, Exchange, Failure, Instant, Record, Resumed, RoundEnded, Started, kinds
from conformance.untrusted import storable

R = TypeVar("R", bound=Record)
FORMAT = "hulian.journal/1"
ROOM = 512 * 1024 * 1024
"""Characters of bodies that a journal has room for: some twenty whole runs."""
BEGINNING = hashlib.sha256(FORMAT.encode()).hexdigest()


class Line(msgspec.Struct, frozen=True):
    """`chain` is SHA-256 over the chain before and the bytes of `record`, in hex."""

    chain: str
    record: msgspec.Raw


class Journal:
    """Where one run is written down.  Without a path it is kept in memory only."""

    def __init__(self, clock: Clock, path: Path | None = None) -> None:
        self.records: list[Record] = []
        self.chain = BEGINNING
        self._taken = 0
        self._clock = clock
        self._encoder = msgspec.json.Encoder()
        self._shared = Shared()
        self._file: BinaryIO | None = None
        if path is not None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._file = path.open("xb")
            except OSError as error:
                raise HulianError("unwritable", path=str(path), why=error.strerror or str(error)) from None

    @classmethod
    def resumed(cls, clock: Clock, path: Path, reading: Reading) -> Journal:
        """The journal that was read, to be gone on with; a last line that is not whole is cut off."""
        journal = cls(clock)
        journal.records, journal.chain = list(reading.records), reading.chain
        journal._taken = sum(map(room, reading.records))
        try:
            journal._file = path.open("r+b")
            journal._file.truncate(reading.whole)
            journal._file.seek(reading.whole)
        except OSError as error:
            raise HulianError("unwritable", path=str(path), why=error.strerror or str(error)) from None
        return journal

    def write(self, record: R) -> R:
        """Number, date and append the record; returns it as it stands in the journal.

        A record that carries its own times keeps them: an exchange is dated when it was sent, and written when it ended.
        """
        wire, trade = (record.wire, record.trade) if record.wire or record.trade else self._clock.both()
        whole = msgspec.structs.replace(record, n=len(self.records), wire=wire, trade=trade)
        if self._file is not None:
            whole, body = self._encoded(whole)
            self.chain = link(self.chain, body)
            self._file.write(b'{"chain":"' + self.chain.encode() + b'","record":' + body + b"}\n")
            self._file.flush()
        self.records.append(self._shared.of(whole))
        self._taken += room(whole)
        return whole

    @property
    def full(self) -> bool:
        """Whether there is no room for further bodies.  What is written all the same is kept."""
        return self._taken > ROOM

    def _encoded(self, whole: R) -> tuple[R, bytes]:
        """The record and its bytes.  What the target said may be no text that can be written: then it is written as it can be."""
        try:
            return whole, self._encoder.encode(whole)
        except (UnicodeEncodeError, RecursionError):
            plain = msgspec.convert(storable(msgspec.to_builtins(whole)), type(whole))
            return plain, self._encoder.encode(plain)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def link(chain: str, body: bytes) -> str:
    """The chain after one more record."""
    return hashlib.sha256(chain.encode() + body).hexdigest()


class Reading(msgspec.Struct, frozen=True):
    """What a journal on disk holds.  `cut` says that its last line is not whole; `chain` is its digest, `whole` its length in bytes
    without such a line."""

    records: tuple[Record, ...]
    chain: str
    cut: bool = False
    whole: int = 0

    @property
    def started(self) -> Started:
        return next(record for record in self.records if isinstance(record, Started))

    @property
    def ended(self) -> Ended | None:
        """How the run ended; None where it did not, or not again after it was resumed."""
        last = next((record for record in reversed(self.records) if isinstance(record, Ended | Resumed)), None)
        return last if isinstance(last, Ended) else None

    @property
    def lasted(self) -> Instant:
        """The wire time at which the last that it tells of was over."""
        return max(record.wire + (record.took if isinstance(record, Exchange) else 0) for record in self.records)

    @property
    def rounds(self) -> int:
        """How many rounds, from the first on, are complete."""
        return max((record.number for record in self.records if isinstance(record, RoundEnded)), default=0)


def read(path: Path) -> Reading:
    """The records of a journal.

    Raises `HulianError`: no_journal (cannot be read), journal_altered (the chain breaks), journal_unknown (a record type that
    no installed pack knows), journal_empty (no plan in it).  A cut last line is what a killed run leaves: it is dropped, and said.
    """
    chain, whole, cut = BEGINNING, 0, False
    decoder, records = msgspec.json.Decoder(Line), Records(path)
    try:
        with path.open("rb") as file:
            for number, text in enumerate(file, 1):
                if cut := not text.endswith(b"\n"):
                    break
                try:
                    line = decoder.decode(text)
                except (msgspec.DecodeError, ValueError):
                    raise HulianError("journal_altered", path=str(path), line=number) from None
                chain = link(chain, body := bytes(line.record))
                if line.chain != chain:
                    raise HulianError("journal_altered", path=str(path), line=number)
                records.take(body)
                whole += len(text)
    except OSError as error:
        raise HulianError("no_journal", path=str(path), why=error.strerror or str(error)) from None
    if not any(isinstance(record, Started) for record in records.taken):
        raise HulianError("journal_empty", path=str(path))
    return Reading(records=tuple(records.taken), chain=chain, cut=cut, whole=whole)


def decode(bodies: Iterable[bytes], path: Path) -> tuple[Record, ...]:
    """Records from their bytes, the acts of every installed pack included.  Raises `HulianError` journal_unknown."""
    records = Records(path)
    for body in bodies:
        records.take(body)
    return tuple(records.taken)


class Records:
    """Records as they are read."""

    def __init__(self, path: Path) -> None:
        self.taken: list[Record] = []
        self._path, self._decoder = path, decoder_of(kinds())
        self._shared = Shared()

    def take(self, body: bytes) -> None:
        """One more.  Raises `HulianError` journal_unknown."""
        try:
            record = self._decoder.decode(body)
        except msgspec.ValidationError as error:
            raise HulianError("journal_unknown", path=str(self._path), line=len(self.taken) + 1, why=str(error)) from None
        self.taken.append(self._shared.of(record))


def room(record: Record) -> int:
    """How much room the bodies of a record take."""
    if not isinstance(record, Exchange):
        return 0
    bodies = (record.request.body, *((record.answer.body,) if isinstance(record.answer, Answer) else ()))
    return sum(len(body.text or body.base64 or "") for body in bodies)


class Shared:
    """What many records hold alike, bodies and headers, is held once: that is half of the memory of a run."""

    def __init__(self) -> None:
        self._first: dict[object, Any] = {}

    def of(self, record: R) -> R:
        """The record, with what an earlier one holds too in place of its own."""
        if isinstance(record, Exchange):
            for message in (record.request, record.answer):
                if not isinstance(message, Failure):
                    if message.body.size:  # an empty one is known as the default, and not written, by its identity
                        force_setattr(message, "body", self._first.setdefault(message.body, message.body))
                    force_setattr(message, "headers", tuple([self._first.setdefault(pair, pair) for pair in message.headers]))
        return record


@cache
def decoder_of(known: tuple[type[Record], ...]) -> msgspec.json.Decoder[Record]:
    """A decoder of these record types."""
    union = known[0]
    for kind in known[1:]:
        union |= kind  # type: ignore[assignment]  # a union of struct types, which msgspec wants as one type
    return msgspec.json.Decoder(union)
