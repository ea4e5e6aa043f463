"""A run that was kept: judged again, shown again, compared, explained, replayed."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.cli import ended
from conformance.run_directory import CONFIG, DIGEST, JOURNAL, PAGE, REPORT
from tests.cli.conftest import Hulian

FAULTY = ("--only", "NT-P-14", "--fault", "notice-twice")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs of the demo: `fine` and `faulty`."""
    folder = tmp_path_factory.mktemp("runs")
    assert ended(["demo", "--only", "NT-P-14", "--out", str(folder / "fine")]) == 0
    assert ended(["demo", *FAULTY, "--out", str(folder / "faulty")]) == 1
    return folder


@pytest.fixture
def journal(runs: Path, tmp_path: Path) -> Path:
    """A copy of a journal, to be spoilt."""
    return Path(shutil.copy(runs / "fine" / JOURNAL, tmp_path / JOURNAL))


def test_a_run_leaves_everything_in_its_directory(runs: Path) -> None:
    names = {path.name for path in (runs / "fine").iterdir()}
    assert {JOURNAL, REPORT, PAGE, CONFIG, DIGEST, "junit.xml", "allure-results"} <= names
    digest = hashlib.sha256((runs / "fine" / CONFIG).read_bytes()).hexdigest()
    assert (runs / "fine" / DIGEST).read_text("utf-8") == f"{digest}  {CONFIG}\n"


@pytest.mark.parametrize("name", ["fine", "faulty"])
def test_judging_again_gives_the_same_bytes_but_for_what_names_the_run(runs: Path, tmp_path: Path, hulian: Hulian, name: str) -> None:
    code = hulian("judge", runs / name, "--out", tmp_path / "again")[0]
    before, after = (json.loads((folder / REPORT).read_bytes()) for folder in (runs / name, tmp_path / "again"))
    assert code == before["exit_code"]
    assert before.pop("run") != {}
    assert after.pop("run")["journal_digest"]
    assert json.dumps(before) == json.dumps(after)


def test_judging_needs_neither_scenarios_nor_actors_nor_the_mock(runs: Path) -> None:
    code = """
import sys
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("conformance.scenarios", "conformance.actors", "conformance.mock", "conformance.binding")):
            raise ImportError(name)
sys.meta_path.insert(0, Gone())
from conformance.cli import main
main(sys.argv[1:])
"""
    done = subprocess.run([sys.executable, "-c", code, "judge", str(runs / "faulty")], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "NT-P-14" in done.stdout


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda raw: raw[:-7], "cut off"),
        (lambda raw: raw[: len(raw) // 2], "cut off"),
        (lambda raw: b"\n".join(raw.split(b"\n")[:9]) + b"\n", "cut off: after line 9"),
        (lambda raw: raw.replace(b"SBXA", b"SBXB", 1), "does not follow from those before it"),
        (lambda raw: b"\n".join(raw.split(b"\n")[1:]), "line 1"),
        (lambda raw: b"hello\n", "line 1"),
        (lambda raw: b"", "holds no plan"),
    ],
)
def test_a_truncated_or_altered_journal_is_refused(journal: Path, hulian: Hulian, spoil: object, words: str) -> None:
    assert callable(spoil)
    journal.write_bytes(spoil(journal.read_bytes()))
    code, out, told = hulian("judge", journal, "--out", "again")
    assert code == 2
    assert out == ""
    assert words in told.splitlines()[0]
    assert not Path("again").exists()


def test_what_a_killed_run_left_is_judged_when_asked_for(journal: Path, hulian: Hulian) -> None:
    journal.write_bytes(journal.read_bytes()[:-7])
    code, out, told = hulian("judge", "--partial", journal)
    assert code == 130
    assert "NT" in out
    assert "no end; rounds that are whole: 1 of 1" in told
    assert "last line was not whole" in told


def test_what_a_killed_run_did_not_play_cannot_pass(journal: Path, hulian: Hulian) -> None:
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[: next(n for n, line in enumerate(lines) if b'"RoundEnded"' in line)]))
    code, out, told = hulian("judge", "--partial", journal)
    assert code == 130
    assert "interrupted" in out
    assert "rounds that are whole: 0 of" in told


def test_a_run_that_ended_is_not_gone_on_with(runs: Path, hulian: Hulian) -> None:
    assert hulian("run", "--resume", runs / "fine")[0] == 2
    code, _, told = hulian("run", "--resume", runs / "fine", "--seed", "3")
    assert code == 2
    assert "--seed" in told


def test_two_runs_are_compared(runs: Path, hulian: Hulian) -> None:
    assert hulian("diff", runs / "fine", runs / "fine")[:2] == (0, "verdicts that differ: 0 of 1\n")
    code, out, _ = hulian("diff", runs / "fine", runs / "faulty", "--format", "json")
    assert code == 1
    assert json.loads(out) == [{"requirement": "NT-P-14", "before": "pass", "after": "fail"}]


def test_a_report_is_made_again_from_its_data(runs: Path, tmp_path: Path, hulian: Hulian) -> None:
    page = tmp_path / "page.html"
    assert hulian("report", runs / "faulty", "--out", page)[0] == 0
    assert page.read_bytes() == (runs / "faulty" / PAGE).read_bytes()
    assert hulian("report", runs / "faulty", "--format", "json")[1].encode() == (runs / "faulty" / REPORT).read_bytes()


def finding_in(run: Path) -> str:
    report = json.loads((run / REPORT).read_bytes())
    return str(report["verdicts"][0]["findings"][0]["id"])


def test_a_finding_and_a_fault_are_explained_with_their_requirement(runs: Path, hulian: Hulian) -> None:
    for arguments in ((finding_in(runs / "faulty"), "--run", runs / "faulty"), ("notice-twice",), ("nt-p-14",)):
        code, out, _ = hulian("explain", *arguments)
        assert code == 0
        assert "NT-P-14" in out
        assert "notice-twice" in out


def test_a_finding_is_observed_again(runs: Path, tmp_path: Path, hulian: Hulian) -> None:
    finding = finding_in(runs / "faulty")
    code, out, _ = hulian("replay", runs / "faulty", finding, "--out", tmp_path / "again")
    assert code == 1
    assert f"the finding {finding} came back" in out
    code, out, _ = hulian("replay", runs / "faulty", finding, "--print")
    assert code == 0
    assert "hulian demo --fault notice-twice --only NT-P-14" in out
    assert hulian("replay", runs / "faulty", "0000000000")[0] == 2
