"""The kill matrix: a kill is the failure of the very requirement, and nothing that goes wrong is lost."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.proving.matrix import EXIT, Fault, matrix
from conformance.proving.units import Told, Unit
from tests.proving.making import HEALTHY, HERE, LATE, LOST, THERE, came, told, unit

VERDICTS = ("pass", "fail", "inconclusive", "error", "not-applicable")


@given(st.sampled_from(VERDICTS), st.sampled_from(VERDICTS))
def test_a_kill_counts_only_as_a_failure_of_the_requirement_that_the_fault_breaks(own: str, other: str) -> None:
    found = matrix([LATE], [unit(LATE)], [came(LATE, own, FC_P_01=other)])
    assert [row.killed for row in found.rows] == [own == "fail"]
    assert (found.result == "proven") == (own == "fail" and other != "error")


@pytest.mark.parametrize("verdicts", [{"NB-P-01": "inconclusive", "NB-P-02": "fail"}, {}])
def test_a_fault_whose_own_requirement_is_not_decided_survives(verdicts: dict[str, str]) -> None:
    found = matrix([LATE], [unit(LATE)], [told(unit(LATE), verdicts)])
    assert [row.verdict for row in found.survivors] == ["inconclusive"]
    assert (found.result, EXIT[found.result]) == ("not-proven", 1)


def test_a_fault_with_which_no_run_took_place_survives() -> None:
    found = matrix([LATE], [unit(LATE)], [Told(unit(LATE), refused="no discovery document")])
    assert len(found.survivors) == 1


@given(st.permutations([came(LATE, "fail"), came(LOST, "pass"), told(HEALTHY, {"FC-P-01": "pass"})]))
def test_the_order_in_which_units_end_changes_nothing(ended: list[Told]) -> None:
    units = [HEALTHY, unit(LATE), unit(LOST)]
    assert matrix([LATE, LOST], units, ended) == matrix([LATE, LOST], units, ended[::-1])


def test_a_healthy_system_that_is_blamed_or_not_judged_is_a_false_alarm() -> None:
    variant = Unit("variant", "slow")
    blamed, refused = told(variant, {"NB-P-01": "fail"}), Told(HEALTHY, refused="no discovery document")
    found = matrix([], [HEALTHY, variant], [blamed, refused])
    assert [(one.unit.kind, one.failed, one.refused) for one in found.alarms] == [
        ("healthy", (), "no discovery document"), ("variant", ("NB-P-01",), ""),
    ]  # fmt: skip
    assert found.result == "not-proven"


@pytest.mark.parametrize(("reason", "alarms"), [("precondition", 1), ("capability", 0), ("attestation", 0)])
def test_what_a_healthy_system_leaves_open_is_an_alarm_unless_it_need_not_show_it(reason: str, alarms: int) -> None:
    found = matrix([], [HEALTHY], [told(HEALTHY, {"FC-P-01": "inconclusive", "FC-P-02": "pass"}, reason=reason)])
    assert len(found.alarms) == alarms


def test_levels_below_must_may_stay_open() -> None:
    open_ = msgspec.structs.replace(told(HEALTHY, {"SE-P-19": "inconclusive"}), levels={"SE-P-19": "should"})
    assert matrix([], [HEALTHY], [open_]).result == "proven"


def test_what_the_healthy_mock_leaves_open_is_not_told_of_each_fault() -> None:
    usual = told(HEALTHY, {"SE-P-22": "inconclusive"}, reason="capability")
    found = matrix([LATE], [HEALTHY, unit(LATE)], [usual, came(LATE, "fail", SE_P_22="inconclusive", FC_P_01="inconclusive")])
    assert found.rows[0].undecided == ("FC-P-01",)


def test_what_broke_is_told_and_comes_before_survivors() -> None:
    died = Told(unit(LOST), broke="the process died")
    found = matrix([LATE, LOST], [unit(LATE), unit(LOST)], [came(LATE, "pass"), died])
    assert (found.broke, found.result, EXIT[found.result]) == ((died,), "broken", 4)


def test_a_check_that_did_not_reach_its_end_is_told_though_the_fault_was_found() -> None:
    found = matrix([LATE], [unit(LATE)], [came(LATE, "fail", FC_P_01="error")])
    assert (len(found.rows), len(found.broke), found.result) == (1, 1, "broken")


def test_what_was_not_run_is_missing() -> None:
    found = matrix([LATE, LOST], [unit(LATE), unit(LOST)], [came(LATE, "fail")])
    assert (found.missing, found.result, EXIT[found.result]) == ((unit(LOST),), "interrupted", 130)


def test_nothing_run_proves_nothing() -> None:
    assert matrix([], [], []).result == "not-proven"


def test_faults_of_one_question_and_one_row_count_once() -> None:
    twin = Fault("later", LATE.requirement, LATE.title, questions=LATE.questions)
    other = Fault("latest", LATE.requirement, LATE.title, questions=LATE.questions)
    units = [unit(one) for one in (LATE, twin, other, LOST)]
    ended = [came(LATE, "fail"), came(twin, "fail"), came(other, "fail", NB_P_02="fail"), came(LOST, "fail")]
    found = matrix([LATE, twin, other, LOST], units, ended)
    assert (len(found.rows), found.distinct(found.rows)) == (4, 3)


def test_blame_is_declared_the_same_or_stray() -> None:
    verdicts = {"FC-P-01": "fail", "FC-P-09": "fail", "NB-P-06": "fail", "SE-P-16": "fail", "MK-P-01": "pass"}
    places = {"FC-P-01": (HERE,), "FC-P-09": (THERE,), "NB-P-06": (HERE,), "SE-P-16": (HERE, THERE)}
    (row,) = matrix([LOST], [unit(LOST)], [told(unit(LOST), verdicts, places)]).rows
    assert row.blame == {"FC-P-09": "declared", "NB-P-06": "same", "SE-P-16": "stray"}
    assert row.stray == ("SE-P-16",)
