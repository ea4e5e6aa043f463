"""No target breaks the run: it ends by itself, soon, in little memory, with an exit code that is true and a journal to judge again."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conformance import observe
from conformance.binding import endurance
from tests.hostile import promises, sayings, senders, wire
from tests.hostile.kind import KINDS, Kind
from tests.hostile.running import Ending, command, run

PARTS = (wire, sayings, promises, senders)
"""Where the kinds are: importing makes them known."""
PATIENCE = 2.0
"""Seconds that an exchange may take here; 30 for everybody else."""
SECONDS, MEGABYTES = 60, 1024
EACH = [pytest.param(one, id=one.name, marks=[pytest.mark.slow] if one.heavy else []) for one in KINDS.values()]


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(observe, "PATIENCE", PATIENCE)
    monkeypatch.setenv("HULIAN_LANG", "en")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("kind", EACH)
def test_no_target_breaks_the_run(kind: Kind, tmp_path: Path) -> None:
    ending = run(kind, tmp_path / "run")
    assert ending.code in kind.codes, ending.out + ending.err
    assert "Traceback" not in ending.out + ending.err
    assert not hidden(ending.out + ending.err)
    assert ending.seconds < SECONDS
    assert ending.grown < MEGABYTES  # what earlier tests left in this process is not its doing
    if ending.code == 2:
        assert not ending.folder.exists()
        assert "hulian: " in ending.err
    else:
        left_in_order(ending)


def left_in_order(ending: Ending) -> None:
    """What the run left can be judged again, and be read by whoever reads it."""
    code, out, err = command("judge", str(ending.folder))
    assert code == ending.code, out + err
    assert not hidden((ending.folder / "report.html").read_text("utf-8"))
    assert not hidden((ending.folder / "report.json").read_text("utf-8"))
    ElementTree.parse(ending.folder / "junit.xml")
    for path in (ending.folder / "junit.xml", *(ending.folder / "allure-results").iterdir()):
        assert not hidden(path.read_text("utf-8")), path


def hidden(text: str) -> set[str]:
    """Characters that do something without being seen."""
    return {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char not in "\n\t"}


def test_waiting_in_vain_has_an_end() -> None:
    assert endurance.TRIES * PATIENCE < SECONDS
