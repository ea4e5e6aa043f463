"""The README's lines do what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"


def test_the_lines_of_python_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    block = re.search(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert block is not None
    monkeypatch.chdir(tmp_path)
    exec(compile(block[1], "README.md", "exec"), {})
    assert capsys.readouterr().out == "conformant\n"
    assert (tmp_path / "report.html").read_text("utf-8").lower().startswith("<!doctype html>")


def test_it_is_short() -> None:
    assert len(README.read_text("utf-8").splitlines()) <= 150
