"""The journal keeps what was written, and shows when somebody changed it."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.clock import Clock
from conformance.errors import HulianError
from conformance.journal import Journal, read
from conformance.records import Answer, Body, Ended, Exchange, Request, Started
from tests.kernel.making import ANN, SECOND, made


def written(path: Path, *, ended: bool = True) -> Path:
    async def write() -> None:
        journal = Journal(Clock(1_700_000_000 * SECOND), path)
        journal.write(Started(plan={"role": "maker"}))
        journal.write(made("T-1"))
        answer = Answer(200, (), Body.of(b"\xff"))
        journal.write(Exchange(sender=ANN, answerer=ANN, operation="x", request=Request("GET", "/"), answer=answer))
        if ended:
            journal.write(Ended(reason="complete"))
        journal.close()

    anyio.run(write)
    return path


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    reading = read(written(tmp_path / "journal.jsonl"))
    assert [type(record).__name__ for record in reading.records] == ["Started", "ThingMade", "Exchange", "Ended"]
    exchange = reading.records[2]
    assert isinstance(exchange, Exchange)
    assert isinstance(exchange.answer, Answer)
    assert exchange.answer.body.raw == b"\xff"
    assert not reading.cut


def test_a_killed_run_leaves_all_but_its_last_line(tmp_path: Path) -> None:
    path = written(tmp_path / "journal.jsonl")
    raw = path.read_bytes()
    for cut in range(len(raw.rstrip(b"\n")) - 1, raw.rstrip(b"\n").rindex(b"\n") + 1, -7):
        path.write_bytes(raw[:cut])
        reading = read(path)
        assert len(reading.records) == 3
        assert reading.cut


@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_bit_can_be_changed_unseen(tmp_path_factory: pytest.TempPathFactory, where: float, bit: int) -> None:
    path = written(tmp_path_factory.mktemp("journal") / "journal.jsonl")
    raw = bytearray(path.read_bytes())
    raw[int(where * (len(raw) - 1))] ^= 1 << bit
    before = read_all(path)
    path.write_bytes(bytes(raw))
    after = readable(path)
    assert after == before[: len(after)]
    assert len(after) < len(before)


def readable(path: Path) -> tuple[object, ...]:
    """What can be read; nothing where the journal is refused."""
    try:
        return read_all(path)
    except HulianError:
        return ()


def read_all(path: Path) -> tuple[object, ...]:
    return read(path).records


def test_a_journal_is_never_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "journal.jsonl")
    with pytest.raises(HulianError) as raised:
        written(path)
    assert raised.value.code == "unwritable"


@pytest.mark.parametrize(("content", "code"), [(b"", "journal_empty"), (b"{}\n", "journal_altered"), (b"\xff\xfe\n", "journal_altered")])
def test_what_is_no_journal_is_said_so(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(content)
    with pytest.raises(HulianError) as raised:
        read(path)
    assert raised.value.code == code
