"""The API: from Python, from an event loop, twice, and without a word on the console."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import anyio
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

import conformance
from conformance.api import Embedded
from conformance.errors import HulianError

ONE = "NT-P-14"
FAULT = "notice-twice"


@pytest.fixture(scope="module")
def fine() -> Any:
    with conformance.mock.platform() as sut:
        return conformance.run(role="platform", target=sut, only=[ONE], seed=1)


@pytest.fixture(scope="module")
def faulty() -> Any:
    with conformance.mock.platform(faults=[FAULT]) as sut:
        return conformance.run(role="platform", target=sut, only=ONE, seed=1)


def test_a_run_says_what_came_of_it(fine: Any, faulty: Any) -> None:
    assert (fine.outcome, fine.exit_code, fine.verdicts) == ("conformant", 0, {ONE: "pass"})
    assert fine.findings == []
    assert (faulty.outcome, faulty.exit_code, faulty.verdicts) == ("non-conformant", 1, {ONE: "fail"})
    assert faulty.findings[0]["requirement"] == ONE


def test_the_journal_is_there_and_gives_the_same_verdicts(fine: Any) -> None:
    assert len(fine.journal) == len(list(fine.journal.path.open("rb")))
    again = conformance.judge(fine.journal.path)
    assert again.verdicts == fine.verdicts
    assert json.dumps({**again.report, "run": 0}) == json.dumps({**fine.report, "run": 0})


def test_the_suffix_chooses_the_form(faulty: Any, tmp_path: Path) -> None:
    assert faulty.write(tmp_path / "r.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert json.loads(faulty.write(tmp_path / "r.json").read_bytes())["outcome"] == "non-conformant"
    folder = faulty.write(tmp_path / "run")
    assert conformance.judge(folder).verdicts == faulty.verdicts
    with pytest.raises(HulianError, match=r"\.pdf"):
        faulty.write(tmp_path / "r.pdf")


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_it_works_inside_a_running_event_loop(backend: str) -> None:
    async def inside() -> tuple[Any, Any]:
        with conformance.mock.platform() as sut:
            return (
                conformance.run(role="platform", target=sut, only=[ONE]),
                await conformance.arun(role="platform", target=sut, only=[ONE]),
            )

    once, twice = anyio.run(inside, backend=backend)
    assert once.verdicts == twice.verdicts == {ONE: "pass"}


def test_an_application_is_a_target_and_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    async def hello(request: Request) -> JSONResponse:
        return JSONResponse({"role": "platform", "interface_version": "1.0", "capabilities": [], "organisation": "Somebody"})

    run = conformance.run(role="platform", target=Starlette(routes=[Route("/.well-known/hulian", hello)]), only=[ONE])
    assert run.report["iut"]["target"].startswith("http://127.0.0.1:")
    assert run.report["iut"]["organisation"] == "Somebody"
    assert run.verdicts[ONE] != "pass"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("discovery", "code"), [(["nothing"], "bad_discovery"), ({"role": "platform", "interface_version": "1.0"}, "no_token")]
)
def test_an_application_that_cannot_be_judged_is_one_error(
    discovery: object, code: str, capfd: pytest.CaptureFixture[str]
) -> None:
    async def hello(request: Request) -> JSONResponse:
        return JSONResponse(discovery)

    async def refused(request: Request) -> JSONResponse:
        return JSONResponse({"error": "invalid_client"}, 401)

    app = Starlette(routes=[Route("/.well-known/hulian", hello), Route("/oauth/token", refused, methods=["POST"])])
    with pytest.raises(HulianError) as caught:
        conformance.run(role="platform", target=app, only=[ONE])
    assert caught.value.code == code
    assert capfd.readouterr() == ("", "")


def test_a_served_mock_is_a_url() -> None:
    with conformance.mock.platform(faults=[FAULT], port=0) as url:
        assert isinstance(url, str)
        assert conformance.run(role="platform", target=url, only=[ONE]).verdicts == {ONE: "fail"}
    with pytest.raises(HulianError):
        conformance.run(role="platform", target=url, only=[ONE])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"target": 7}, "bad_target_type"),
        ({"target": "http://127.0.0.1:8080", "only": ["XX-*"]}, "unknown_only"),
        ({"target": "http://127.0.0.1:8080", "profile": "nope"}, "unknown_profile"),
        ({"target": "http://192.0.2.1"}, "not_loopback"),
        ({"target": Embedded([]), "role": "postman"}, "unknown_role"),
        ({"target": "http://127.0.0.1:8080", "config": "nope.toml"}, "no_config"),
    ],
)
def test_what_can_be_mended_is_raised(given: dict[str, Any], code: str) -> None:
    with pytest.raises(HulianError) as caught:
        conformance.run(**{"role": "platform", **given})
    assert caught.value.code == code


def test_an_unknown_fault_is_said_at_once() -> None:
    with pytest.raises(HulianError, match="notice-twice"), conformance.mock.platform(faults=["notice-twic"]):
        pass
