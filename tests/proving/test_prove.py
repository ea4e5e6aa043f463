"""The command, its document, its page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conformance.cli import ended
from conformance.proving.console import summary
from conformance.proving.document import document
from conformance.proving.matrix import matrix
from conformance.proving.page import render
from conformance.proving.progress import following
from conformance.proving.selection import Asked
from conformance.proving.units import Told, Unit
from conformance.resources import folder
from tests.proving.making import HEALTHY, HERE, LATE, LOST, came, told, unit

VALIDATOR = Draft202012Validator(json.loads((folder("reports") / "schema" / "prove.schema.json").read_text("utf-8")))
VARIANT = Unit("variant", "slow")


@pytest.fixture
def shown() -> dict[str, Any]:
    """A proof with one of everything."""
    died, never = Unit("fault", "died", "FC-P-02"), Unit("fault", "never", "FC-P-03")
    ended = [
        told(HEALTHY, {"FC-P-01": "pass"}), told(VARIANT, {"FC-P-01": "fail"}), came(LATE, "inconclusive"),
        told(unit(LOST), {"FC-P-01": "fail", "SE-P-16": "fail"}, {"FC-P-01": (HERE,)}), Told(died, broke="<b>broke</b>"),
    ]  # fmt: skip
    found = matrix([LATE, LOST], [HEALTHY, VARIANT, unit(LATE), unit(LOST), died, never], ended)
    return document(found, Asked(seeds=2), left_out=7, seconds=1.0, jobs=2)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(VALIDATOR.schema)


def test_the_document_keeps_its_schema(shown: dict[str, Any]) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(shown)] == []
    assert not VALIDATOR.is_valid({**shown, "score": 97})
    assert (shown["result"], shown["exit_code"]) == ("interrupted", 130)


def test_the_page_shows_survivors_first_then_alarms_then_the_matrix(shown: dict[str, Any]) -> None:
    page = render(shown, "en")
    places = [page.index(f'id="{name}"') for name in ("survivors", "alarms", "broke", "missing", "matrix", "stray")]
    assert places == sorted(places)
    assert "<b>broke" not in page
    assert "&lt;b&gt;broke" in page
    assert all(f">{letter}<" in page for letter in "KSXN")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_console_names_everything_that_stands_against_a_proof(shown: dict[str, Any], lang: str) -> None:
    out = StringIO()
    summary(shown, lang, out, page="prove.html")
    for word in ("late", "slow", "<b>broke</b>", "never", "SE-P-16", "130"):
        assert word in out.getvalue()


def test_ctrl_c_leaves_what_is_known() -> None:
    closed = []

    def results() -> Iterator[Told]:
        try:
            yield came(LATE, "fail")
            raise KeyboardInterrupt
        finally:
            closed.append(True)

    found = following([unit(LATE), unit(LOST)], results(), "en", StringIO())
    assert (len(found), closed) == (1, [True])


def test_a_proof_of_two_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--fault", "consent-across-borders", "--fault", "notice-twice", "--quick", "--jobs", "1", "--out", tmp_path, "--lang", "en")
    assert ended(["prove", *map(str, asked)]) == 0
    shown = json.loads((tmp_path / "prove.json").read_text("utf-8"))
    assert [error.message for error in VALIDATOR.iter_errors(shown)] == []
    assert (shown["result"], shown["counts"]["killed"], shown["counts"]["healthy"]) == ("proven", 2, 1)
    out = capsys.readouterr().out
    assert "Proven" in out
    assert "Only a selection" in out
    assert "notice-twice" in (tmp_path / "prove.html").read_text("utf-8")


@pytest.mark.parametrize(("option", "value"), [("--only", "FC-P-77"), ("--fault", "parser-speak"), ("--profile", "contrast")])
def test_an_unknown_name_is_refused_before_anything_is_run(tmp_path: Path, option: str, value: str) -> None:
    assert ended(["prove", option, value, "--out", str(tmp_path / "out")]) == 2
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_run(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert ended(["prove", "--fault", "notice-twice", "--out", str(tmp_path / "file")]) == 2
