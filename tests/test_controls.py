"""Positive controls: every check tells what is right from what is wrong, or the run is no run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from conformance.catalogue import Catalogue
from conformance.check import Check
from conformance.controls import controls_of, fed, read, right, written
from conformance.evidence import Evidence
from conformance.express import EXPRESS, sandbox_cast, sandbox_controls, sandbox_secrets
from conformance.judging import run_check
from conformance.proving.controls import control, observe, rule
from conformance.proving.cutting import rejected
from conformance.proving.looking import Subject
from conformance.records import Started
from conformance.result import Bench, Run, checks_of, judged
from conformance.specification import specification
from tests.another_field.test_library import LIBRARY
from tests.another_field.test_library import judged as library
from tests.conftest import embedded

CHECKS = checks_of(EXPRESS, "platform")
LEVELS = {one.id: one.level for one in Catalogue.load().for_role("platform")}
FILES = sorted(sandbox_controls().glob("*.jsonl"))
RN = next(check for check in CHECKS if check.requirement == "RN-P-01")


@pytest.fixture(scope="module")
def reported() -> Run:
    return embedded(only=[RN.requirement])


def altered(function: Callable[[Any, Any], None]) -> Check:
    return msgspec.structs.replace(RN, function=function)


def test_every_check_of_a_must_requirement_has_both_controls() -> None:
    lacking = [check.name for check in CHECKS if LEVELS[check.requirement] == "must" and len(controls_of(EXPRESS, check)) < 2]
    assert lacking == [], "run `make controls`"


def test_every_check_tells_its_controls_apart() -> None:
    result = fed(EXPRESS, CHECKS, "platform")
    assert result.mistakes == (), "a check changed its mind: mend it, or, where that was meant, `make controls`"
    assert [check.requirement for check in result.missing if LEVELS[check.requirement] == "must"] == []


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_file_says_what_it_is(path: Path) -> None:
    checks = {check.name for check in CHECKS if check.requirement == path.stem}
    controls = list(read(path))
    assert {one.heading.requirement for one in controls} == {path.stem}
    assert {one.heading.check for one in controls} <= checks
    assert all(isinstance(one.records[0], Started) for one in controls)
    assert written(controls) == path.read_bytes()


def test_the_controls_are_small_and_hold_no_secret() -> None:
    texts = [path.read_text("utf-8") for path in FILES]
    assert sum(map(len, texts)) < 3_500_000
    secrets = {secret for _, secret in sandbox_secrets(sandbox_cast("platform", 1)).values()}
    assert [secret for secret in secrets if any(secret in text for text in texts)] == []


def accepts_everything(evidence: Evidence, expect: Any) -> None:
    expect(evidence.exchanges[0]).holds(True, "status")


def rejects_everything(evidence: Evidence, expect: Any) -> None:
    expect(evidence.exchanges[0]).holds(False, "status")


def breaks(evidence: Evidence, expect: Any) -> None:
    raise RuntimeError("broken")


def looks_at_nothing(evidence: Evidence, expect: Any) -> None: ...


@pytest.mark.parametrize(
    ("function", "wrong"),
    [
        (accepts_everything, {"reject": "pass"}),
        (rejects_everything, {"accept": "fail", "reject": "fail"}),
        (breaks, {"accept": "error", "reject": "error"}),
        (looks_at_nothing, {"accept": "inconclusive", "reject": "inconclusive"}),
    ],
)
def test_a_check_that_does_not_tell_them_apart_makes_the_run_an_error(
    reported: Run, function: Callable[[Any, Any], None], wrong: dict[str, str]
) -> None:
    run = judged(EXPRESS, reported.records, [altered(function)], closing={})
    assert (run.outcome, run.exit_code) == ("error", 4)
    assert run.verdicts == {RN.requirement: "error"}
    assert {one["control"]: one["verdict"] for one in run.report["controls"]["failed"]} == wrong
    assert run.report["verdicts"][0]["reason"]["params"]["check"] == RN.name
    assert run.findings == []


def test_it_is_an_error_even_beside_a_failure() -> None:
    run = embedded(["check-time-is-event-time"], only=["RN-P-0[12]"])
    assert run.outcome == "non-conformant"
    others = [check for check in CHECKS if check.requirement == "RN-P-02"]
    assert judged(EXPRESS, run.records, [altered(accepts_everything), *others], closing={}).outcome == "error"


def test_a_test_of_pytest_says_the_same(reported: Run) -> None:
    accepting = altered(accepts_everything)
    bench = Bench(EXPRESS, reported.records, [accepting])
    outcome = run_check(accepting, bench.evidence, bench.rules[RN.requirement])
    assert outcome.verdict != "error"
    assert bench.trusted(accepting, outcome).verdict == "error"


def test_the_healthy_run_counts_its_controls(reported: Run) -> None:
    assert reported.report["controls"] == {"checked": 1, "missing": [], "failed": []}


def test_a_pack_without_controls_runs_and_says_so() -> None:
    run = library()
    assert LIBRARY.controls is None
    assert run.outcome == "conformant"
    assert [one["requirement"] for one in run.report["controls"]["missing"]] == ["LB-L-01", "LB-L-02"]


def test_a_control_that_nobody_can_read_any_more_is_an_error(tmp_path: Path) -> None:
    source = (sandbox_controls() / f"{RN.requirement}.jsonl").read_text("utf-8")
    (tmp_path / f"{RN.requirement}.jsonl").write_text(source.replace('"EventsReported"', '"NobodyKnows"'), "utf-8")
    pack = msgspec.structs.replace(EXPRESS, controls=lambda: tmp_path)
    assert [one.verdict for one in fed(pack, [RN], "platform").mistakes] == ["error", "error"]


def test_controls_are_cut_from_a_run_with_a_fault_and_come_out_the_same_again() -> None:
    first, second = (observe(("agreement-lost-in-push",), only=(RN.requirement,)) for _ in range(2))
    assert first[1:] == second[1:]
    subject = Subject(RN, rule(RN, first), specification("platform"))
    found = rejected(subject, Evidence(first, subject.specification))
    assert found is not None
    made = control(subject, "reject", found[0], "agreement-lost-in-push")
    assert len(made.records) < 10 < len(first)
    seen = subject.sees(made.records)
    assert seen is not None
    assert right(made.heading, seen.outcome)
