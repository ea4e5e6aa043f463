"""Bad input: one clear line that says what is wrong, more that say how to mend it, exit code 2, and nothing half-written."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from conformance.cli import ended
from tests.cli.conftest import Hulian, Serve

GOOD = {"role": "platform", "interface_version": "1.0", "capabilities": []}


def run(hulian: Hulian, target: str, *more: object) -> str:
    """Runs against the target, which must be refused; gives what was said."""
    code, out, told = hulian("run", "--role", "platform", "--target", target, *more)
    assert code == 2, told
    assert out == ""
    assert not Path("hulian-runs").exists()
    return told


def lines(told: str) -> list[str]:
    """The lines of the error, without notes."""
    shown = told.splitlines()
    start = next(index for index, line in enumerate(shown) if line.startswith("hulian: "))
    assert all(line.startswith("        ") for line in shown[start + 1 :])
    assert len(shown) > start + 1, "a second line says how to mend it"
    return shown[start:]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rnu"], "the nearest is 'run'"),
        (["run", "--traget", "x"], "the nearest is '--target'"),
        (["run", "--seed", "x"], "--seed"),
        (["run", "--rate", "0"], "--rate"),
        (["run"], "--target"),
        (["run", "--role", "platform"], "--target"),
        (["run", "--role", "postman", "--target", "http://127.0.0.1:9"], "'postman'"),
        (["run", "--role", "platform", "--target", "http://127.0.0.1:9", "--config", "nope.toml"], "nope.toml"),
        (["run", "--role", "platform", "--target", "http://127.0.0.1:9", "--callback-bind", "9000"], "9000"),
        (["run", "--role", "platform", "--target", "http://127.0.0.1:9", "--only", "FC-P-99"], "FC-P-99"),
        (["run", "--role", "platform", "--target", "http://127.0.0.1:9", "--scope", "FX"], "FX"),
        (["run", "--role", "platform", "--target", "http://no-such-host.invalid"], "no-such-host.invalid"),
        (["run", "--role", "platform", "--target", "http://192.0.2.1"], "phones"),
        (["demo", "--fault", "no-pus"], "the nearest is 'no-push'"),
        (["mock"], "platform"),
        (["mock", "postman"], "postman"),
        (["mock", "platform", "--fault", "no-pus"], "the nearest is 'no-push'"),
        (["explain", "FC-P-99"], "FC-P-99"),
        (["report", "nowhere"], "nowhere"),
        (["diff", "nowhere", "nowhere"], "nowhere"),
        (["replay", "nowhere", "x"], "nowhere"),
        (["judge", "nowhere"], "nowhere"),
        (["requirements", "--profile", "nope"], "nope"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_what_cannot_be_used_is_said(hulian: Hulian, arguments: list[str], words: str) -> None:
    code, out, told = hulian(*arguments)
    assert code == 2
    assert out == ""
    assert words in " ".join(lines(told))
    assert list(Path().iterdir()) == []


def test_a_refused_connection_is_said(hulian: Hulian) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert "Connection refused" in lines(run(hulian, f"http://127.0.0.1:{port}"))[0]


def test_tls_with_a_server_that_has_none_is_said(hulian: Hulian, serve: Serve) -> None:
    target = serve(200, GOOD).replace("http:", "https:")
    assert lines(run(hulian, target))[0].startswith(f"hulian: TLS with {target} failed")


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (404, {}, "no discovery document"),
        (500, {}, "status 500"),
        (200, b"<html>", "is no discovery document"),
        (200, [], "is no discovery document"),
        (200, {**GOOD, "role": "courier"}, "says that its role is 'courier', not 'platform'"),
        (200, {**GOOD, "interface_version": "2.0"}, "version '2.0'"),
    ],
)
def test_a_discovery_document_that_is_none_or_another_is_said(
    hulian: Hulian, serve: Serve, status: int, body: Any, words: str
) -> None:
    assert words in lines(run(hulian, serve(status, body)))[0]


def test_everything_wrong_in_the_configuration_is_said_at_once(hulian: Hulian) -> None:
    Path("hulian.toml").write_text('rolle = "platform"\n[parties.courier_a]\nsecret = 1\n', "utf-8")
    code, _, told = hulian("run", "--target", "http://127.0.0.1:9")
    assert code == 2
    assert "hulian.toml:1: unknown key 'rolle'; the nearest is 'role'" in told
    assert "hulian.toml:3: unknown key 'secret'; the nearest is 'client_secret'" in told
    assert not Path("hulian-runs").exists()


def test_a_secret_that_is_not_set_is_said(hulian: Hulian) -> None:
    assert hulian("init")[0] == 0
    code, _, told = hulian("run")
    assert code == 2
    assert "the environment variable HULIAN_COURIER_A is not set" in told


def test_a_port_in_use_is_said(hulian: Hulian, serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, told = hulian("mock", "platform", "--port", port)
        assert code == 2
        assert f"port {port} on 127.0.0.1 is in use" in lines(told)[0]
        told = run(hulian, serve(200, GOOD), "--callback-bind", f"127.0.0.1:{port}")
        assert f"port {port} on 127.0.0.1 is in use" in lines(told)[0]


def test_an_output_folder_that_cannot_be_written_is_said(hulian: Hulian) -> None:
    Path("file").touch()
    assert "cannot write file/run" in lines(run(hulian, "http://127.0.0.1:9", "--out", "file/run"))[0]
    Path("mine").mkdir()
    Path("mine/report.json").write_text("kept", "utf-8")
    assert "holds a run already" in lines(run(hulian, "http://127.0.0.1:9", "--out", "mine"))[0]
    assert Path("mine/report.json").read_text("utf-8") == "kept"
    assert [path.name for path in Path("mine").iterdir()] == ["report.json"]


def test_a_run_that_could_not_take_place_leaves_a_folder_as_it_was(hulian: Hulian, serve: Serve) -> None:
    Path("out").mkdir()
    Path("out/notes.txt").write_text("kept", "utf-8")
    run(hulian, serve(404, {}), "--out", "out")
    assert [path.name for path in Path("out").iterdir()] == ["notes.txt"]


def test_pytest_selecting_nothing_is_said(hulian: Hulian, serve: Serve) -> None:
    assert "no check is selected" in lines(run(hulian, serve(200, GOOD), "--", "-k", "no_such_check"))[0]


def test_a_bug_of_ours_is_no_traceback_and_exit_code_4(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*args: object, **given: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("conformance.commands.requirements.described", broken)
    assert ended(["requirements"]) == 4
    told = capsys.readouterr().err
    assert "the suite itself broke" in told
    assert "Traceback" not in told
    monkeypatch.setenv("HULIAN_DEBUG", "1")
    assert ended(["requirements"]) == 4
    assert "Traceback" in capsys.readouterr().err


def test_errors_speak_chinese_too(hulian: Hulian, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HULIAN_LANG", "zh")
    _, _, told = hulian("run")
    assert told.startswith("hulian: 没有说明被测系统的地址")
    assert "没有命令" in hulian("--lang", "zh", "rnu")[2]
