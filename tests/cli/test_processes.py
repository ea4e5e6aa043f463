"""The command as a process: a mock that is served, Ctrl-C, and consoles that lack characters."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-m", "conformance.cli")


def environment(**more: str) -> dict[str, str]:
    return {**{name: value for name, value in os.environ.items() if not name.startswith("PYTHONIO")}, "HULIAN_LANG": "en", **more}


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    """The URL of a mock that is a process of its own."""
    process = subprocess.Popen(
        [*COMMAND, "mock", "platform", "--port", "0"], stdout=subprocess.PIPE, text=True, env=environment(PYTHONUNBUFFERED="1")
    )
    assert process.stdout is not None
    address = re.search(r"http://[\d.:]+", process.stdout.readline())
    assert address is not None
    yield address[0]
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0


def test_the_doctor_finds_a_healthy_target_healthy(mock: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "doctor", "--role", "platform", "--target", mock], capture_output=True, text=True, env=environment(), cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "courier_a" in done.stdout
    assert "well-known" in done.stderr


def test_a_plan_asks_for_nothing_but_the_discovery_document(mock: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "plan", "--role", "platform", "--target", mock, "--only", "NT-P-14", "--rate", "5"], capture_output=True, text=True,
        env=environment(), cwd=tmp_path, check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "requirements: 1 " in done.stdout
    assert "at 5 requests a second" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_leaves_a_journal_and_a_report(mock: str, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "run", "--role", "platform", "--target", mock, "--out", "run", "--only", "NT-P-14"], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env=environment(PYTHONUNBUFFERED="1"), cwd=tmp_path,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("round 1"):
            break
    process.send_signal(signal.SIGINT)
    out, told = process.communicate(timeout=30)
    assert process.returncode == 130, told
    assert "Traceback" not in out + told
    assert json.loads((tmp_path / "run/report.json").read_bytes())["exit_code"] == 130
    again = subprocess.run([*COMMAND, "judge", "run"], capture_output=True, text=True, env=environment(), cwd=tmp_path, check=False)
    assert again.returncode == 130, again.stderr


def test_a_gbk_console_breaks_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "demo", "--only", "NT-P-14", "--fault", "notice-twice"], capture_output=True, cwd=tmp_path, check=False,
        env={**environment(PYTHONIOENCODING="gbk"), "HULIAN_LANG": "zh"},
    )
    assert done.returncode == 1
    told = (done.stdout + done.stderr).decode("gbk")
    assert "符合" in told
    assert "Traceback" not in told


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    listing = f"{' '.join(COMMAND)} requirements --format json | head -1"
    done = subprocess.run(["bash", "-c", listing], capture_output=True, text=True, env=environment(), cwd=tmp_path, check=False)
    assert done.stdout == "[\n"
    assert done.stderr == ""
