"""`make requirement ID=…` writes what a new requirement needs, and refuses what would spoil the catalogue."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def skeleton(tmp_path: Path):  # type: ignore[no-untyped-def]  # the function under test, in a copy of the project
    for folder in ("tools", "specs/requirements", "conformance/checks", "conformance/mock/faults"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path, runpy.run_path(str(tmp_path / "tools/requirement.py"))["main"]


def test_a_skeleton_stands_in_three_files(skeleton) -> None:  # type: ignore[no-untyped-def]
    folder, main = skeleton
    said = main("MO-P-98")
    assert "specs/requirements/MO.yaml" in said
    entries = yaml.safe_load((folder / "specs/requirements/MO.yaml").read_text("utf-8"))["requirements"]
    assert entries[-1]["id"] == "MO-P-98"
    for path in ("conformance/checks/test_mo.py", "conformance/mock/faults/mo.py"):
        compile((folder / path).read_text("utf-8"), path, "exec")
        assert "MO-P-98" in (folder / path).read_text("utf-8")


@pytest.mark.parametrize(("id", "why"), [("MO-P-03", "taken"), ("mo-3", "is no id"), ("ZZ-P-01", "no theme")])
def test_what_is_no_new_id_is_refused(skeleton, id: str, why: str) -> None:  # type: ignore[no-untyped-def]
    _, main = skeleton
    with pytest.raises(SystemExit, match=why):
        main(id)
