"""Commands as they are meant to be used."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import click
import pytest

from conformance.cli import COMMANDS
from conformance.cli import hulian as group
from conformance.words import entries
from tests.cli.conftest import Hulian

WORDS = {code for _, code, _ in entries()}


def commands() -> dict[str, click.Command]:
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in COMMANDS}
    return {name: command for name, command in found.items() if command is not None}


def test_every_command_and_option_has_words() -> None:
    assert list(commands()) == list(COMMANDS)
    for name, command in commands().items():
        assert f"cli.{name}" in WORDS
        for option in command.params:
            if isinstance(option, click.Option):
                assert f"option.{option.name}" in WORDS, f"{name} {option.opts}"


def test_no_option_has_words_that_nobody_shows() -> None:
    shown = {f"option.{option.name}" for command in (*commands().values(), group) for option in command.params}
    assert {word for word in WORDS if word.startswith("option.")} - shown == {"option.help"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_speaks_the_language(hulian: Hulian, lang: str) -> None:
    for arguments in ((), *((name,) for name in COMMANDS)):
        code, out, _ = hulian("--lang", lang, *arguments, "--help")
        assert code == 0
        assert ("用法：" if lang == "zh" else "Usage: ") in out
        assert all(len(line) < 100 for line in out.splitlines())


def test_help_and_version_need_nothing_heavy() -> None:
    code = "import sys; from conformance.cli import ended; ended(sys.argv[1:]); print(sorted(sys.modules))"
    for argument in ("--help", "--version"):
        done = subprocess.run([sys.executable, "-c", code, argument], capture_output=True, text=True, check=True)
        for heavy in ("httpx", "starlette", "pytest", "jinja2", "rich", "schemathesis", "jsonschema", "trio"):
            assert f"'{heavy}'" not in done.stdout


def test_help_is_there_at_once() -> None:
    def spent() -> float:
        """Processor time of children: what others do on this machine does not count."""
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    times = []
    for _ in range(3):
        start = spent()
        subprocess.run([sys.executable, "-m", "conformance.cli", "--help"], capture_output=True, check=True)
        times.append(spent() - start)
    assert min(times) < 0.3


def test_requirements_are_listed(hulian: Hulian) -> None:
    code, out, _ = hulian("requirements", "--format", "json")
    listed = json.loads(out)
    assert code == 0
    assert len(listed) >= 70
    assert {"id", "theme", "level", "clause", "method", "title", "checks"} <= listed[0].keys()
    code, out, _ = hulian("requirements", "--scope", "FC")
    assert "FC-P-01" in out
    assert "NB-P-01" not in out


def test_a_profile_sets_the_levels(hulian: Hulian) -> None:
    levels = [
        {one["id"]: one["level"] for one in json.loads(hulian("requirements", "--format", "json", "--profile", name)[1])}
        for name in ("contract", "national")
    ]
    assert levels[0] != levels[1]


def test_faults_are_listed(hulian: Hulian) -> None:
    code, out, _ = hulian("mock", "platform", "--list-faults", "--format", "json")
    assert code == 0
    assert {"id", "requirement", "title"} <= json.loads(out)[0].keys()
    assert "notice-twice" in hulian("mock", "platform", "--list-faults")[1]


def test_init_writes_once(hulian: Hulian) -> None:
    assert hulian("init")[0] == 0
    before = Path("hulian.toml").read_bytes()
    assert hulian("init")[0] == 2
    assert Path("hulian.toml").read_bytes() == before


def test_the_demo_needs_no_configuration(hulian: Hulian) -> None:
    Path("hulian.toml").write_text("nonsense", "utf-8")
    code, out, told = hulian("demo", "--only", "NT-P-14")
    assert code == 0, told
    run = next(Path("hulian-runs").iterdir())
    assert str(run / "report.html") in out
    assert (run / "report.html").is_file()
