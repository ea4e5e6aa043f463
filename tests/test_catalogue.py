"""The catalogue loads and resolves numbers; what is wrong in a file is refused with its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.catalogue import (
    Catalogue,
    MalformedDocument,
    Rule,
    UnknownParameter,
    UnknownProfile,
    UnknownRequirement,
)
from conformance.resources import folder
from conformance.rules import microseconds, written

SECOND = 1_000_000

THEME = """\
theme: LN
title: {zh: 借阅, en: Lending}
requirements:
  - id: LN-L-01
    level: must
    force: 支持
    clause: [GO-1]
    title: {zh: 借书, en: Books are lent}
    rationale: {zh: 要读, en: To be read}
    remedy: {zh: 借出, en: Lend}
    method: observed
    capability: lending
    parameters:
      deadline:
        {unit: duration, default: PT60S, tightened_by: lend_seconds, tighter: lower, why: {zh: 快, en: Soon}}
      lead: {unit: duration, default: P10D, tightened_by: lead_seconds, tighter: higher, why: {zh: 早, en: Early}}
      ratio: {unit: number, default: 1.25, why: {zh: 比, en: Ratio}}
      copies: {unit: count, default: 3, tightened_by: copies_min, tighter: higher, why: {zh: 数, en: Count}}
      banned: {unit: words, default: [无, test], why: {zh: 词, en: Words}}
  - id: LN-C-01
    level: may
    force: 鼓励
    clause: ["图书馆法(2018) 3(2)"]
    title: {zh: 还书, en: Books come back}
    rationale: {zh: 别人要读, en: Others read too}
    remedy: {zh: 还, en: Return}
    method: attested
"""

PROFILE = """\
edition: "2026.1"
title: {zh: 馆, en: House}
purpose: {zh: 例, en: Example}
levels: catalogue
overrides:
  LN-L-01: {level: should, parameters: {deadline: PT30S, banned: [x]}}
when_absent: {lending: fail}
"""

NATIONAL = """\
edition: "2026.1"
title: {zh: 国, en: Country}
purpose: {zh: 例, en: Example}
levels: {by_force: {不得: must, 应当: must, 支持: should, 鼓励: should, 约定: may}}
when_absent: {lending: inconclusive}
"""


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A catalogue of another field."""
    for name in ("requirements", "profiles"):
        (tmp_path / name).mkdir()
        shutil.copy(folder("specs") / f"{name}.schema.json", tmp_path)
    (tmp_path / "requirements" / "LN.yaml").write_text(THEME, "utf-8")
    (tmp_path / "profiles" / "house.yaml").write_text(PROFILE, "utf-8")
    (tmp_path / "profiles" / "country.yaml").write_text(NATIONAL, "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


def lending(specs: Path, profile: str, limits: Mapping[str, float] | None = None) -> Rule:
    return Catalogue.load(specs).rules(profile, limits)["LN-L-01"]


def test_a_rule_gives_each_unit_as_what_it_is(specs: Path) -> None:
    rule = lending(specs, "country")
    assert rule.duration("deadline") == 60 * SECOND
    assert rule.number("ratio") == 1.25
    assert rule.count("copies") == 3
    assert rule.words("banned") == ("无", "test")


def test_a_profile_overrides_level_and_values(specs: Path) -> None:
    rule = lending(specs, "house")
    assert (rule.level, rule.duration("deadline"), rule.words("banned")) == ("should", 30 * SECOND, ("x",))
    assert Catalogue.load(specs).rules("house")["LN-C-01"].level == "may"


def test_the_level_follows_the_force_where_the_profile_says_so(specs: Path) -> None:
    assert {rule.level for rule in Catalogue.load(specs).rules("country").values()} == {"should"}


@pytest.mark.parametrize(
    ("limit", "declared", "name", "expected"),
    [
        ("lend_seconds", 20, "deadline", 20 * SECOND),
        ("lend_seconds", 0.25, "deadline", SECOND // 4),
        ("lend_seconds", 600, "deadline", 30 * SECOND),
        ("lead_seconds", 30 * 86400, "lead", 30 * 86400 * SECOND),
        ("lead_seconds", 60, "lead", 10 * 86400 * SECOND),
        ("another", 1, "deadline", 30 * SECOND),
    ],
)
def test_a_declared_limit_tightens_and_never_loosens(
    specs: Path, limit: str, declared: float, name: str, expected: int
) -> None:
    assert lending(specs, "house", {limit: declared}).duration(name) == expected


@pytest.mark.parametrize(("declared", "expected"), [(5, 5), (3.2, 4), (1, 3)])
def test_a_declared_count_tightens_and_never_loosens(specs: Path, declared: float, expected: int) -> None:
    assert lending(specs, "house", {"copies_min": declared}).count("copies") == expected


def test_a_rule_knows_what_was_read(specs: Path) -> None:
    rule = lending(specs, "house")
    rule.duration("deadline")
    assert rule.read == {"deadline"}
    assert rule.unread == {"lead", "ratio", "copies", "banned"}


def test_looking_at_all_values_is_not_reading(specs: Path) -> None:
    rule = lending(specs, "house")
    assert rule.values["ratio"] == 1.25
    assert not rule.read


@pytest.mark.parametrize(
    "ask",
    [
        lambda rule: rule.duration("deadlin"),
        lambda rule: rule.number("deadline"),
        lambda rule: rule.count("ratio"),
        lambda rule: rule.words("copies"),
    ],
)
def test_an_unknown_parameter_or_another_unit_is_an_error(specs: Path, ask: Callable[[Rule], object]) -> None:
    with pytest.raises(UnknownParameter):
        ask(lending(specs, "house"))


def test_roles_are_told_apart_by_the_letter_in_the_id(specs: Path) -> None:
    assert [entry.id for entry in Catalogue.load(specs).for_role("librarian")] == ["LN-L-01"]


def test_unknown_ids_and_profiles_are_the_users_to_mend(specs: Path) -> None:
    found = Catalogue.load(specs)
    with pytest.raises(UnknownRequirement):
        found["LN-L-99"]
    with pytest.raises(UnknownProfile) as raised:
        found.profile("hose")
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("requirements/LN.yaml", "LN-C-01", "LN-L-01", "LN-L-01"),
        ("requirements/LN.yaml", "LN-C-01", "MK-C-01", "MK-C-01"),
        ("requirements/LN.yaml", "theme: LN", "theme: LX", "LN-L-01"),
        ("requirements/LN.yaml", "    method: attested", "    method: attested\n    method: observed", "line"),
        ("requirements/LN.yaml", "    method: attested", "    method: guessed", "/requirements/1/method"),
        ("requirements/LN.yaml", "    method: attested", "    method: attested\n    extra: 1", "/requirements/1"),
        ("requirements/LN.yaml", "{zh: 还, en: Return}", "{zh: 还}", "/requirements/1/remedy"),
        ("requirements/LN.yaml", "PT60S", "60", "/requirements/0/parameters/deadline"),
        ("requirements/LN.yaml", "PT60S", "P1M", "/requirements/0/parameters/deadline"),
        ("requirements/LN.yaml", ", tighter: lower", "", "/requirements/0/parameters/deadline"),
        ("requirements/LN.yaml", "[GO-1]", "[GO-25]", "/requirements/0/clause/0"),
        ("requirements/LN.yaml", THEME, "[]", ""),
        ("requirements/LN.yaml", THEME, "a: [", "line"),
        ("profiles/house.yaml", "deadline: PT30S", "dedline: PT30S", "LN-L-01 dedline"),
        ("profiles/house.yaml", "deadline: PT30S", "deadline: soon", "LN-L-01 deadline"),
        ("profiles/house.yaml", "LN-L-01", "LN-L-02", "LN-L-02"),
        ("profiles/house.yaml", "{lending: fail}", "{}", "when_absent"),
        ("profiles/house.yaml", "fail}", "pass}", "/when_absent/lending"),
    ],
)
def test_a_file_that_says_something_wrong_is_refused_with_the_place(
    specs: Path, file: str, old: str, new: str, place: str
) -> None:
    path = specs / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(MalformedDocument) as raised:
        Catalogue.load(specs)
    assert Path(str(raised.value.params["path"])) == path
    assert place in str(raised.value.params["place"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("PT60S", 60 * SECOND), ("PT0.3S", 300_000), ("P1DT1H1M1.000001S", 90_061_000_001), ("P10D", 864_000 * SECOND)],
)
def test_durations_are_exact_microseconds(text: str, expected: int) -> None:
    assert microseconds(text) == expected


@pytest.mark.parametrize("text", ["", "P", "PT", "P1Y", "P1M", "60", "-PT1S", "PT1.1234567S", "PT1H "])
def test_what_has_no_fixed_length_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="duration"):
        microseconds(text)


def test_the_platform_has_at_least_seventy_requirements_in_eight_themes(catalogue: Catalogue) -> None:
    found = catalogue.for_role("platform")
    assert len(found) >= 70
    assert {entry.theme for entry in found} == {"FC", "NB", "MK", "NT", "RN", "SE", "MO", "GO"}


def test_no_two_requirements_make_the_same_claim(catalogue: Catalogue) -> None:
    for language in ("zh", "en"):
        titles = [entry.title[language] for entry in catalogue.requirements.values()]
        assert len(titles) == len(set(titles))


def test_national_keeps_the_force_of_the_text(catalogue: Catalogue) -> None:
    levels = {"不得": "must", "应当": "must", "支持": "should", "鼓励": "should", "约定": "may"}
    rules = catalogue.rules("national")
    assert all(rules[entry.id].level == levels[entry.force] for entry in catalogue.requirements.values())


def test_zhejiang_only_raises(catalogue: Catalogue) -> None:
    order = ("may", "should", "must")
    national, zhejiang = catalogue.rules("national"), catalogue.rules("zhejiang")
    assert all(order.index(zhejiang[name].level) >= order.index(rule.level) for name, rule in national.items())
    assert any(zhejiang[name].level != rule.level for name, rule in national.items())


def test_every_profile_says_what_each_capability_s_absence_means(catalogue: Catalogue) -> None:
    absences = [set(profile.when_absent) for profile in catalogue.profiles.values()]
    assert set(catalogue.profiles) == {"national", "zhejiang", "contract"}
    assert all(absence == absences[0] for absence in absences)


@given(st.integers(0, 10**15))
def test_a_duration_is_written_as_it_is_read(duration: int) -> None:
    assert microseconds(written(duration)) == duration
