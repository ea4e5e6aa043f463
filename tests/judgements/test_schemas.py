"""Answers are held against the interface's document: status, media type, content, formats included."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conformance.catalogue import Catalogue
from conformance.judgements.fillers import Fillers
from conformance.judgements.problems import Form, internals, problem_flaws
from conformance.judgements.schemas import departures, validator_of
from conformance.parties import IUT, Party
from conformance.records import Answer, Body, Exchange, Request
from conformance.specification import specification

PLATFORM = specification("platform")
FORM = Form(("application/problem+json",), ("type", "title", "status", "code", "party_at_fault", "retryable"), Fillers(("无", "n/a")))
PROBLEM: dict[str, Any] = {
    "type": "https://hulian.example/problems/not_found", "title": "未找到", "status": 404, "code": "not_found", "party_at_fault": "caller",
    "retryable": False,
}


DEMANDED = (("Cache-Control", "no-store"), ("RateLimit", '"default";r=9;t=60'), ("RateLimit-Policy", '"default";q=10;w=60'))


def answer(body: object, status: int = 200, kind: str = "application/json; charset=utf-8") -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, (("Content-Type", kind), *DEMANDED), Body.of(raw))


def kinds(operation: str, said: Answer) -> list[tuple[str, str]]:
    return [(one.kind, one.pointer) for one in departures(PLATFORM.operations[operation], said)]


def test_every_documented_schema_compiles() -> None:
    for operation in PLATFORM.operations.values():
        for shape in (operation.request, *operation.answers.values()):
            assert shape is None or validator_of(shape) is not None


def test_a_token_as_documented_has_no_flaw() -> None:
    token = {"access_token": "t", "token_type": "Bearer", "expires_in": 60, "scope": "x", "more": 1}
    assert kinds("issueToken", answer(token)) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (answer({}, 418), [("status_undocumented", "")]),
        (answer(b"<html>"), [("not_json", "")]),
        (answer({"access_token": "t", "token_type": "Bearer", "expires_in": "60", "scope": "x"}), [("schema_broken", "/expires_in")]),
        (answer({"access_token": "t", "token_type": "Bearer", "expires_in": 60}), [("schema_broken", "")]),
    ],
)
def test_what_departs_is_said_with_its_place(said: Answer, expected: list[tuple[str, str]]) -> None:
    assert kinds("issueToken", said) == expected


def test_another_media_type_is_said() -> None:
    token = {"access_token": "t", "token_type": "Bearer", "expires_in": 60, "scope": "x"}
    assert kinds("issueToken", answer(token, kind="text/html")) == [("media_type_undocumented", "")]


@pytest.mark.parametrize(
    ("headers", "expected"), [(DEMANDED[1:], ["header_missing"]), ((("Cache-Control", "public"), *DEMANDED[1:]), ["header_broken"])]
)
def test_a_header_that_is_demanded_is_there_and_as_documented(headers: tuple[tuple[str, str], ...], expected: list[str]) -> None:
    token = {"access_token": "t", "token_type": "Bearer", "expires_in": 60, "scope": "x"}
    said = Answer(200, (("Content-Type", "application/json"), *headers), Body.of(json.dumps(token).encode()))
    assert [kind for kind, _ in kinds("issueToken", said)] == expected


def test_content_where_there_should_be_none_is_said() -> None:
    assert kinds("withdrawConsent", answer({}, 204)) == [("body_unexpected", "")]


def test_text_that_is_no_unicode_is_a_flaw_and_no_crash() -> None:
    raw = b'{"access_token": "\\ud800", "token_type": "Bearer", "expires_in": 60, "scope": "x"}'
    assert [kind for kind, _ in kinds("issueToken", answer(raw))] in (["not_unicode"], ["not_json"], [])


def problem_kinds(document: object, status: int = 404, kind: str = "application/problem+json") -> list[str]:
    found = problem_flaws(PLATFORM.shapes["problem"], answer(document, status, kind), FORM)
    return [one.kind for one in found]


def test_a_problem_as_documented_has_no_flaw() -> None:
    assert problem_kinds(PROBLEM) == []


@pytest.mark.parametrize(
    ("change", "status", "expected"),
    [
        ({"status": 400}, 404, ["problem_contradicts"]),
        ({"code": "insufficient_scope"}, 404, ["problem_contradicts"]),
        ({"code": "unheard_of"}, 404, ["schema_broken"]),
        ({"retryable": "no"}, 404, ["schema_broken"]),
        ({"retryable": True}, 404, ["problem_contradicts"]),
    ],
)
def test_a_problem_that_contradicts_is_said(change: dict[str, Any], status: int, expected: list[str]) -> None:
    assert problem_kinds({**PROBLEM, **change}, status) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"errors": [{"pointer": "/items/0", "code": "required"}]}, []),
        ({"errors": [{"pointer": "", "code": "type"}]}, []),
        ({}, ["problem_incomplete"]),
        ({"errors": []}, ["problem_incomplete"]),
        ({"errors": [{"pointer": "items[0]", "code": "required"}]}, ["schema_broken"]),
    ],
)
def test_a_422_says_what_is_wrong_and_where(change: dict[str, Any], expected: list[str]) -> None:
    assert problem_kinds({**PROBLEM, "status": 422, "code": "invalid", **change}, 422) == expected


def test_a_title_that_says_nothing_is_a_placeholder() -> None:
    assert problem_kinds({**PROBLEM, "title": "N/A"}) == ["placeholder"]


def test_a_problem_without_a_member_and_one_in_plain_json_are_said() -> None:
    assert problem_kinds({name: value for name, value in PROBLEM.items() if name != "code"}) == ["problem_incomplete"]
    assert problem_kinds(PROBLEM, kind="application/json") == ["media_type_undocumented"]


RULE = Catalogue.load().rules("contract")["SE-P-14"]


def shows(detail: str, asked: str = "", headers: tuple[tuple[str, str], ...] = ()) -> bool:
    said = Answer(500, headers, Body.of(json.dumps({"detail": detail}).encode()))
    exchange = Exchange(
        sender=Party("merchant_1"), answerer=IUT, operation="x", request=Request("POST", "/x", (), Body.of(asked.encode())), answer=said
    )
    return internals(exchange, said, RULE.words("traces"), RULE.words("patterns")) is not None


@pytest.mark.parametrize(
    "detail",
    [
        "in /usr/lib/app.py", "SQLSTATE 42P01", "cannot read /srv/hub/releases/7/handlers/absent.rb", "/data/www/api/handler.php",
        "D:\\sites\\api",
        "handlers/waybill.go:118", "at Consignments.find (consignments.js:40:11)", "DataIntegrityViolationException",
        "SELECT id FROM waybills", "INSERT INTO waybills", 'relation "waybills" does not exist', "connect 10.3.0.17:5432 refused",
        "<Waybill object at 0x7fd1c0ffee10>",
    ],
)
def test_the_inside_is_found_in_bodies_and_headers(detail: str) -> None:
    assert shows(detail)
    assert shows("x", headers=(("x-error", detail),))


@pytest.mark.parametrize(
    "detail",
    [
        "/recipient/phone/number is missing", "use /consignments/{consignment_id}/events", "see section 3.10.2 of version 1.0",
        "exception_reason is not in the list", "select a courier from the list", "/items/0/name", "report.json is no media type",
    ],
)
def test_plain_words_and_pointers_are_no_inside(detail: str) -> None:
    assert not shows(detail)


def test_addresses_of_the_web_and_echoes_are_no_inside() -> None:
    assert not shows("see https://docs.example/usr/manual")
    assert not shows("unknown: SQLSTATE", asked="SQLSTATE")
