"""Masks of the public view: at least one character of a name, six digits of a phone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.mock import masks


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("张三", "张*"),
        ("李", "*"),
        ("𠮷", "*"),
        ("欧阳娜娜", "欧***"),
        ("阿卜杜拉·买买提", "阿***·***"),
        ("John Smith", "J*** *****"),
        ("·李", "**"),
        ("A", "*"),
    ],
)
def test_names(value: str, masked: str) -> None:
    assert masks.name(value) == masked


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("13812345678", "*********78"),
        ("+86 13812345678", "+** *********78"),
        ("010-62345678", "***-******78"),
        ("95311", "*****"),
        ("6234567", "*******"),
        ("400-800-1234", "***-***-**34"),
    ],
)
def test_phones(value: str, masked: str) -> None:
    assert masks.phone(value) == masked


@given(st.text(min_size=1, max_size=60))
def test_some_letter_of_every_name_is_hidden(value: str) -> None:
    masked = masks.name(value)
    assert len(masked) == len(value)
    assert masks.STAR in masked


@given(st.from_regex(r"\A[+]?[0-9][0-9 -]{2,22}\Z"))
def test_at_least_six_digits_are_hidden_or_all(value: str) -> None:
    digits = sum(mark.isdigit() for mark in value)
    shown = sum(mark.isdigit() for mark in masks.phone(value))
    assert shown == 0 or digits - shown >= 6
