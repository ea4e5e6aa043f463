"""The form of `report.json`, and the example that goes with it."""

import copy
import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conformance.reporting.allure import allure_description, allure_labels
from conformance.resources import folder

from .example import example

SCHEMA = json.loads((folder("reports") / "schema" / "report.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def objects(schema: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Every schema of an object with properties, with its place."""
    if isinstance(schema, list):
        return [found for place, each in enumerate(schema) for found in objects(each, f"{path}/{place}")]
    if not isinstance(schema, dict):
        return []
    own = [(path, schema)] if isinstance(schema.get("properties"), dict) and "type" in schema else []
    return own + [found for key, each in schema.items() for found in objects(each, f"{path}/{key}")]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(("path", "schema"), objects(SCHEMA))
def test_objects_are_closed_and_say_what_they_are(path: str, schema: dict[str, Any]) -> None:
    assert schema["additionalProperties"] is False
    assert schema["description"]
    assert set(schema["required"]) <= set(schema["properties"])


def test_the_sample_is_a_report(report: dict[str, Any]) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(report)] == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda report: report.pop("counts"),
        lambda report: report.update(outcome="fine"),
        lambda report: report.update(score=97),
        lambda report: report["verdicts"][0].update(verdict="skipped"),
        lambda report: report["verdicts"][2]["findings"][0].update(extra=1),
        lambda report: report["exchanges"].update(x={}),
        lambda report: report["exchanges"]["17"]["answer"].update(failure="timeout"),
        lambda report: report["verdicts"][0]["title"].pop("zh"),
        lambda report: report["run"].pop("seed"),
    ],
)
def test_what_is_no_report_is_refused(report: dict[str, Any], spoil: Any) -> None:
    spoiled = copy.deepcopy(report)
    spoil(spoiled)
    assert not VALIDATOR.is_valid(spoiled)


REMEDY = "run `python -m tests.reporting.example` and commit reports/example/"


def test_the_example_is_the_sample() -> None:
    assert (folder("reports") / "example" / "report.json").read_text("utf-8") == example()["report.json"], REMEDY


def test_the_page_of_the_example_has_the_form_of_todays_page() -> None:
    """Its form only: a word that somebody mends elsewhere must not fail here."""
    committed = (folder("reports") / "example" / "report.html").read_text("utf-8")
    assert re.findall(r"</?[a-z][\w-]*", committed) == re.findall(r"</?[a-z][\w-]*", example()["report.html"]), REMEDY


def test_allure_is_told_requirement_clause_and_severity(report: dict[str, Any]) -> None:
    labels = allure_labels(report["verdicts"][2])
    assert ("feature", "FC-P-03") in labels
    assert ("severity", "critical") in labels
    assert ("tag", "GO-1") in labels
    assert "U+00B7" in allure_description(report["verdicts"][2], "zh")
