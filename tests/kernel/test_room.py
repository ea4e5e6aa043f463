"""Room: a journal takes so much and no more, and what was not asked for that reason is not passed."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest

from conformance import journal as journals
from conformance.clock import Clock
from conformance.hindrances import hindrances
from conformance.journal import Journal, read
from conformance.parties import IUT, Party
from conformance.plan import planned
from conformance.proving.units import Unit, ran
from conformance.records import BODY_LIMIT, Answer, Body, Exchange, Failure, Request, Started, Unreached


def exchange(size: int) -> Exchange:
    said = Answer(200, (), Body.of(b"x" * size))
    return Exchange(sender=Party("ann"), answerer=IUT, operation="x", request=Request("POST", "/", (), Body.of(b"\xff")), answer=said)


def test_bodies_take_room_on_both_ways_and_after_a_resumption(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(journals, "ROOM", 100)  # four of them are a byte in base64

    async def main() -> None:
        journal = Journal(Clock(0), tmp_path / "journal.jsonl")
        journal.write(Started(plan={}))
        journal.write(exchange(92))
        journal.write(Exchange(sender=Party("ann"), answerer=IUT, operation="x", request=Request("GET", "/"), answer=Failure("lost")))
        assert not journal.full
        journal.write(exchange(1))
        assert journal.full
        journal.close()
        assert Journal.resumed(Clock(0), tmp_path / "journal.jsonl", read(tmp_path / "journal.jsonl")).full

    anyio.run(main)


def test_a_run_whose_journal_is_full_asks_nothing_more_and_passes_nothing_that_it_did_not_see(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journals, "ROOM", 100_000)
    run = ran(Unit("healthy", only=("SE-P-13", "SE-P-15")))
    assert {one.why for one in run.records if isinstance(one, Unreached)} == {"full"}
    assert set(run.verdicts.values()) == {"inconclusive"}
    started = next(one for one in run.records if isinstance(one, Started))
    assert {name: reason.code for name, reason in hindrances(run.records, planned(started)).items()} == dict.fromkeys(run.verdicts, "full")
    assert sum(map(journals.room, run.records)) < 100_000 + BODY_LIMIT, "no more than the last body beyond it"
