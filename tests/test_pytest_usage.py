"""pytest as its users expect it: selection, exit codes, silence without a role."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.demo import line
from conformance.engine import Order
from conformance.express import EXPRESS, sandbox_cast, sandbox_secrets
from conformance.plan import Choice
from conformance.pytest_plugin import execute

CHECKS = [sys.executable, "-m", "pytest", "--pyargs", "conformance.checks", "-p", "no:cacheprovider", "-q"]


def pytest_run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*CHECKS, *options], cwd=folder, capture_output=True, text=True, check=False)


def test_what_pytest_selects_decides_what_is_observed(tmp_path: Path) -> None:
    done = pytest_run(tmp_path, "--hulian-role", "platform", "--hulian-out", "out", "-k", "real_name or placeholder", "-m", "RN")
    report = json.loads(next(tmp_path.rglob("report.json")).read_text("utf-8"))
    assert done.returncode == report["exit_code"], done.stdout + done.stderr
    assert report["scope"]["extent"] == "partial"
    assert {verdict["theme"] for verdict in report["verdicts"]} == {"RN"}
    assert 0 < len(report["verdicts"]) < 4


def test_without_a_role_nothing_is_observed(tmp_path: Path) -> None:
    done = pytest_run(tmp_path, "-k", "real_name")
    assert "skipped" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_nothing_selected_is_a_usage_error(tmp_path: Path) -> None:
    assert pytest_run(tmp_path, "--hulian-role", "platform", "-k", "no_such_check").returncode == 2


def test_a_run_that_the_suite_broke_is_no_wrong_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Both end with 4, ours and pytest's for wrong usage."""
    monkeypatch.setattr("conformance.controls.right", lambda heading, outcome: False)
    monkeypatch.setattr("conformance.controls._KNOWN", {})
    cast = sandbox_cast("platform", 1)
    order = Order(
        pack=EXPRESS, choice=Choice(role="platform", only=("RN-P-02",)), cast=cast, secrets=sandbox_secrets(cast), journal=tmp_path / "j"
    )
    run = execute(order, line(), None)
    assert (run.outcome, run.exit_code) == ("error", 4)
