"""The kill matrix: a kill is the failure of the very requirement, and nothing that goes wrong is lost."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.cli import ended
from conformance.errors import HulianError
from conformance.proving import mocks
from conformance.proving.matrix import Fault, document, matrix
from conformance.proving.page import written
from conformance.proving.running import run
from conformance.proving.units import Told, Unit, told

SCHEMA = json.loads((Path(__file__).parents[2] / "reports/schema/prove.schema.json").read_text("utf-8"))
LATE = Fault("late", "NB-P-01", {"zh": "迟", "en": "late"}, ("Delay",))
LOST = Fault("lost", "FC-P-01", {"zh": "丢", "en": "lost"}, ("Kept",))
VERDICTS = ("pass", "fail", "inconclusive", "error", "not-applicable")
ABOUT = {"version": "0", "profile": "contract", "seeds": 1, "quick": False, "complete": True}


def came(fault: Fault, verdict: str, *, seed: int = 1, kin: tuple[str, ...] = (), broke: str = "", **others: str) -> Told:
    verdicts = {fault.requirement: verdict, **{name.replace("_", "-"): word for name, word in others.items()}}
    return Told(Unit("fault", fault.id, fault.requirement, seed), verdicts, dict.fromkeys(verdicts, "must"), {}, kin, 1.0, broke)


@pytest.mark.parametrize(("verdict", "killed"), [("fail", True), *((word, False) for word in VERDICTS if word != "fail")])
def test_a_kill_counts_only_as_a_failure_of_the_requirement_that_the_fault_breaks(verdict: str, killed: bool) -> None:
    found = matrix([LATE], [came(LATE, verdict, FC_P_01="fail")])
    assert (not found.survivors, found.proven) == (killed, killed)


@given(st.lists(st.sampled_from(VERDICTS), min_size=1, max_size=4))
def test_a_fault_is_found_only_when_every_seed_finds_it(verdicts: list[str]) -> None:
    several = [came(LATE, verdict, seed=seed) for seed, verdict in enumerate(verdicts)]
    assert matrix([LATE], several).proven == (set(verdicts) == {"fail"})
    assert matrix([LATE], several[::-1]) == matrix([LATE], several)


def test_blame_that_had_to_be_is_told_from_stray_blame() -> None:
    (row,) = matrix([LATE], [came(LATE, "fail", kin=("NB-P-02",), NB_P_02="fail", FC_P_01="fail")]).rows
    assert (row.kin, row.stray) == (("NB-P-02",), ("FC-P-01",))


def test_a_healthy_system_that_is_blamed_is_a_false_alarm_and_so_is_one_that_breaks() -> None:
    blamed = Told(Unit("variant", "slow", seed=3), {"NB-P-01": "fail"}, {"NB-P-01": "must"})
    broken = Told(Unit("healthy"), broke="the process died")
    fine = Told(Unit("healthy", seed=2), {"NB-P-01": "pass", "FC-P-01": "inconclusive"}, {"NB-P-01": "must", "FC-P-01": "must"})
    found = matrix([], [blamed, broken, fine])
    assert [(one.variant, one.seed, one.failed, one.broke) for one in found.alarms] == [
        ("", 1, (), "the process died"), ("slow", 3, ("NB-P-01",), ""),
    ]
    assert (found.proven, found.undecided) == (False, {"healthy 2": ("FC-P-01",)})


def test_nothing_run_proves_nothing() -> None:
    assert not matrix([], []).proven


def test_faults_of_one_question_and_one_row_count_once() -> None:
    twin = Fault("later", LATE.requirement, LATE.title, LATE.questions)
    assert matrix([LATE, twin, LOST], [came(LATE, "fail"), came(twin, "fail"), came(LOST, "fail")]).distinct == 2


def test_the_document_keeps_its_schema_and_the_page_shows_it() -> None:
    found = matrix([LATE, LOST], [came(LATE, "inconclusive", broke="<b>"), came(LOST, "fail", kin=("FC-P-02",), FC_P_02="fail")])
    shown = document(found, **ABOUT)
    jsonschema.validate(shown, SCHEMA)
    page = written(shown, "en")
    assert page.index("Survivors") < page.index('id="FC"')
    assert "<b>&lt;" not in page
    assert "&lt;b&gt;" in page


def die(unit: Unit) -> Told:
    if unit.name == "dies":
        os._exit(9)
    return Told(unit, {"X": "pass"})


def test_a_process_that_dies_takes_no_other_unit_with_it() -> None:
    units = [Unit("fault", name) for name in ("a", "dies", "b", "c", "d")]
    found = {one.unit.name: one.broke for one in run(units, 2, die)}
    assert found == {"a": "", "b": "", "c": "", "d": "", "dies": "the process died"}


def test_what_breaks_in_a_run_is_told_and_so_is_what_takes_too_long() -> None:
    assert "no fault" in told(Unit("fault", "no such", "FC-P-01")).broke
    assert "longer" in told(Unit("healthy", limit=0.2)).broke


@pytest.mark.parametrize(("only", "ids", "code"), [(["FC-P-77"], [], "unknown_only"), ([], ["parser-speak"], "unknown_fault")])
def test_what_names_nothing_is_refused(only: list[str], ids: list[str], code: str) -> None:
    with pytest.raises(HulianError) as caught:
        mocks.faults(only, ids)
    assert caught.value.code == code


def test_the_command_writes_a_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(["prove", "--fault", "consent-across-borders", "--quick", "--jobs", "1", "--out", str(tmp_path), "--lang", "en"]) == 0
    shown = json.loads((tmp_path / "prove.json").read_text("utf-8"))
    jsonschema.validate(shown, SCHEMA)
    assert (shown["proven"], shown["counts"]["killed"]) == (True, 1)
    assert "1 killed" in capsys.readouterr().out
