"""What is installed holds the data, and what is committed holds no address."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

from conformance.resources import folder

ROOT = Path(__file__).resolve().parent.parent
DATA = ("specs", "fixtures", "reports")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip would build it."""
    place = tmp_path_factory.mktemp("wheel")
    return Path(next(iter(WheelBuilder(str(ROOT)).build(directory=str(place), versions=["standard"]))))


@pytest.mark.parametrize("name", DATA)
def test_the_wheel_holds_every_data_file(wheel: Path, name: str) -> None:
    kept = {member.removeprefix("conformance/_data/") for member in ZipFile(wheel).namelist()}
    tracked = subprocess.run(["git", "ls-files", name], cwd=ROOT, capture_output=True, text=True, check=True)
    beside = {line for line in tracked.stdout.splitlines() if (ROOT / line).is_file()}
    assert beside - kept == set()
    assert any(member.startswith(f"{name}/") for member in kept)


def test_an_unpacked_wheel_finds_its_own_data(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path)
    code = "from conformance.resources import folder; print(folder('fixtures/people'))"
    run = subprocess.run([sys.executable, "-S", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(run.stdout.strip()) == tmp_path / "conformance/_data/fixtures/people"


def test_a_checkout_finds_the_data_beside_the_package() -> None:
    assert folder("specs") == ROOT / "specs"


def test_missing_data_is_the_fault_of_the_installation() -> None:
    with pytest.raises(FileNotFoundError, match="install it again"):
        folder("nowhere")


def test_every_dependency_is_pinned_and_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = {*project["project"]["dependencies"], *project["dependency-groups"]["dev"]}
    locked = set(re.findall(r"^([\w.-]+==[\w.]+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    assert wanted - locked == set(), "run `make lock`"


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.lock", "Makefile", ".ci/run"])
def test_no_address_of_a_registry_is_committed(name: str) -> None:
    assert re.findall(r"https?://|file://|--(?:extra-)?index-url|--find-links", (ROOT / name).read_text("utf-8")) == []


@pytest.mark.parametrize("name", ["mock"])
def test_the_api_is_not_hidden_by_a_submodule_of_the_same_name(name: str) -> None:
    code = (
        f"import conformance.{name}, conformance.api, conformance, sys;"
        f"sys.exit(conformance.{name} is not conformance.api.{name})"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_importing_the_package_is_cheap() -> None:
    code = "import sys, conformance; sys.exit(not {'pytest', 'httpx', 'schemathesis', 'yaml'}.isdisjoint(sys.modules))"
    subprocess.run([sys.executable, "-S", "-c", code], check=True, cwd=ROOT)
