"""Outlines: two answers about different people are alike when they show the same of both."""

from __future__ import annotations

import pytest

from conformance.judgements.outlines import form, outline, unlike
from conformance.records import JSON

OWN = frozenset({"欧阳娜", "13812345678", "文昌巷33号峤渟埕家园1号楼9-706", "SO4567928198", "杭州市"})
OTHER = frozenset({"买小提", "13987654321", "中山路5号2栋1单元101室", "486f3a-00007", "成都市"})


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("欧阳娜", "="), ("欧**", "·**"), ("**娜", "**·"), ("*", "*"), ("欧阳*", "··*"),
        ("138****5678", "···****····"), ("*********78", "*********··"),
        ("文昌巷33号＊", "·*"),
        ("2026-03-01T10:00:00+08:00", "#"), ("C-4fa3b2", "#"), (7, "#"), (7.5, "#"), (True, "true"),
        (None, "none"), ("refused", "refused"), ("no such order SO99", "no such order #"), ("", ""),
    ],
)
def test_the_form_of_a_value_says_how_much_it_shows(value: JSON, seen: str) -> None:
    assert form(value, OWN) == seen


ONE = {"id": "C-17", "recipient": {"name": "欧阳娜", "city": "杭州市"}, "parcels": [{"weight": 700}], "next_cursor": None}
ALIKE = {"recipient": {"city": "成都市", "name": "买小提"}, "id": "C-99", "parcels": [{"weight": 12}], "next_cursor": "b7"}


def differences(other: JSON) -> list[tuple[str, str, str]]:
    found = unlike("kind", dict(outline(ONE, OWN)), dict(outline(other, OTHER)))
    return [(one.pointer, one.expected, one.seen) for one in found]


def test_ids_times_numbers_names_and_cursors_make_no_difference() -> None:
    assert differences(ALIKE) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"recipient": {"city": "成都市"}}, [("/recipient/name", "=", "–")]),
        ({"recipient": {"city": "成都市", "name": "买**"}}, [("/recipient/name", "=", "·**")]),
        ({"recipient": None}, [("/recipient", "{}", "none")]),
        ({"parcels": []}, [("/parcels", "[1]", "[0]")]),
        ({"trace": "x"}, [("/trace", "–", "x")]),
    ],
)
def test_what_is_lost_added_or_hidden_is_told_once(change: dict[str, JSON], found: list[tuple[str, str, str]]) -> None:
    assert differences({**ALIKE, **change}) == found
