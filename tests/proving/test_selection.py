"""What is run is what was asked for; what names nothing is refused."""

from __future__ import annotations

import pytest

from conformance.errors import HulianError
from conformance.mock.faults import every
from conformance.proving.selection import Asked, again, chosen
from conformance.proving.units import Told


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked(only=("FC-P-77",)), "unknown_only"),
        (Asked(ids=("parser-speak",)), "unknown_fault"),
        (Asked(only=("GO-P-01",)), "nothing_to_prove"),
        (Asked(only=("FC-*",), ids=("notice-twice",)), "nothing_to_prove"),
        (Asked(profile="contrast"), "unknown_profile"),
    ],
)
def test_what_names_nothing_is_refused(asked: Asked, code: str) -> None:
    with pytest.raises(HulianError) as caught:
        chosen(asked)
    assert caught.value.code == code


def test_everything_is_the_healthy_mock_every_variant_and_every_fault() -> None:
    found = chosen(Asked(seeds=3))
    assert [unit.seed for unit in found.units if unit.kind == "healthy"] == [1, 2, 3]
    assert {unit.name for unit in found.units if unit.kind == "fault"} == {one.id for one in every()}
    assert len([unit for unit in found.units if unit.kind == "variant"]) >= 15
    assert found.left_out > 1000


def test_faults_over_tcp_are_run_with_what_their_requirement_needs() -> None:
    (unit,) = (unit for unit in chosen(Asked(ids=("connections-lost-*",))).units if unit.kind == "fault")
    assert (unit.wire, unit.only) == (True, (unit.breaks,))


def test_quick_looks_at_the_broken_requirement_only() -> None:
    units = chosen(Asked(only=("NT-*",), quick=True)).units
    assert {unit.only for unit in units if unit.kind == "fault"} == {(unit.breaks,) for unit in units if unit.kind == "fault"}
    assert "FC-P-01" not in units[0].only


def test_variants_are_chosen_by_the_same_option() -> None:
    assert [unit.name for unit in chosen(Asked(ids=("small-*",), variants=True)).units] == ["", "small-pages"]


def test_structural_faults_are_run_on_demand() -> None:
    assert len(chosen(Asked(structural=True, only=("NT-P-26",))).faults) > len(chosen(Asked(only=("NT-P-26",))).faults)
    (fault,) = chosen(Asked(ids=("drop:getNotice:200:/notice_id",))).faults
    assert fault.requirement == "SE-P-16"


def test_what_a_fault_necessarily_breaks_exists_and_is_not_what_it_breaks() -> None:
    known = {one.breaks for one in every()}
    assert [one.id for one in every() if one.breaks in one.also or not set(one.also) <= known] == []


def test_what_survives_with_its_own_requirement_only_is_run_again_with_everything() -> None:
    asked = Asked(only=("NT-*",), quick=True)
    first, second, third, *_ = (unit for unit in chosen(asked).units if unit.kind == "fault")
    ended = [Told(first, {first.breaks: "pass"}), Told(second, {second.breaks: "fail"}), Told(third, broke="died")]
    (unit,) = again(ended, asked)
    assert (unit.name, unit.only) == (first.name, ("NT-*",))


def test_structural_faults_are_looked_at_with_their_own_requirement_only() -> None:
    units = chosen(Asked(structural=True, only=("NT-P-26",))).units
    assert {unit.alone for unit in units if ":" in unit.name} == {True}
    assert chosen(Asked(ids=("notice-twice",))).units[-1].only == ()
