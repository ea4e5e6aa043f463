"""Judging needs nothing of the observing side, and gives the same again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from conformance.express import EXPRESS
from conformance.records import Act, Exchange
from conformance.result import Run, judged

PROGRAM = """
import json, sys
from importlib.abc import MetaPathFinder

class Away(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("conformance.scenarios", "conformance.actors", "conformance.mock")):
            raise ImportError(f"{name} was taken away")

sys.meta_path.insert(0, Away())
from pathlib import Path
from importlib import import_module
from conformance.express import EXPRESS
import_module(EXPRESS.vocabulary)
from conformance.journal import read
from conformance.result import judged
reading = read(Path(sys.argv[1]))
report = judged(EXPRESS, reading.records, closing={}).report
del report["run"]
json.dump(report, sys.stdout, ensure_ascii=True)
"""


def test_a_journal_is_judged_where_scenarios_actors_and_mock_are_taken_away(healthy: Run, journal: Path) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(journal)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    before = {key: value for key, value in healthy.report.items() if key != "run"}
    assert json.loads(done.stdout) == json.loads(json.dumps(before))


@pytest.mark.parametrize("place", [0, -1], ids=["first", "last"])
def test_acts_whose_answers_are_missing_break_no_check(healthy: Run, place: int) -> None:
    """As where a run is killed between what it does and the answer, of every sort of act."""
    acts: dict[type[Act], list[int]] = defaultdict(list)
    for record in healthy.records:
        if isinstance(record, Act):
            acts[type(record)].append(record.n)
    cut = {numbers[place] for numbers in acts.values()}
    left = [record for record in healthy.records if not (isinstance(record, Exchange) and record.act in cut)]
    run = judged(EXPRESS, left, closing={})
    assert [one["reason"] for one in run.report["verdicts"] if one["verdict"] == "error"] == []
