"""Kinds of difference between what was entered and what arrived."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.judgements.fidelity import Difference, differences

ENTERED = {
    "order_no": "T-1",
    "recipient": {
        "name": "阿卜杜拉·买买提",
        "phone": {"number": "010-62345678", "extension": "8001"},
        "address": {"city": "杭州市", "detail": "文三路388号3#楼2单元501室"},
    },
    "items": [{"name": "书", "quantity": 2, "weight_grams": 500}, {"name": "笔", "quantity": 1}],
}

KINDS = [
    ("张三", "", "lost"),
    ("张三", "  ", "lost"),
    ("张三", None, "lost"),
    ("张三", "无", "placeholder"),
    ("张三", "---", "placeholder"),
    ("13812345678", "00000000000", "placeholder"),
    ("张三", "张*", "masked"),
    ("13812345678", "138****5678", "masked"),
    ("13812345678", "4QrcOUm6Wau+VuBX8g+IPmAa==", "masked"),
    (" 张三 ", "张三", "trimmed"),
    ("John  Smith", "John Smith", "trimmed"),
    ("John Smith", "JohnSmith", "trimmed"),
    ("不\uf967", "不不", "normalised"),
    ("３号楼", "3号楼", "normalised"),
    ("Zoe\u0301", "Zo\u00e9", "normalised"),
    ("McDonald", "MCDONALD", "case"),
    ("阿卜杜拉·买买提", "阿卜杜拉买买提", "dot_lost"),
    ("阿卜杜拉·买买提", "阿卜杜拉•买买提", "dot_replaced"),
    ("阿卜杜拉·买买提", "阿卜杜拉 买买提", "dot_replaced"),
    ("阿卜杜拉·买买提", "阿卜杜拉?买买提", "dot_replaced"),
    ("张三🌸", "张三", "emoji_lost"),
    ("张三🌸", "张三?", "emoji_lost"),
    ("张三👨‍👩‍👧", "张三", "emoji_lost"),
    ("𠮷田", "田", "characters_lost"),
    ("𠮷田", "?田", "characters_lost"),
    ("𠮷田", "??田", "characters_lost"),
    ("张䶮", "张\ufffd", "characters_lost"),
    ("张䶮路3号", "张□路3号", "characters_lost"),
    ("文三路388号3单元", "文三路388号", "cut"),
    ("文三路388号3单元", "文三路388…", "cut"),
    ("阿卜杜热合曼", "阿卜杜\ufffd", "cut"),
    ("陈大文", "陳大文", "script_converted"),
    ("龍門", "龙门", "script_converted"),
    ("13812345678", "13812345687", "transposed"),
    ("13812345678", "13812345679", "different"),
    ("13812345678", "+86 138-1234-5678", "reformatted"),
    ("A&B座", "A&amp;B座", "escaped"),
    ("O'Brien", "O\\'Brien", "escaped"),
    ("A&B座", "A%26B座", "escaped"),
    ("3#楼", "3楼", "symbols_lost"),
    ('"老王"超市', "老王超市", "symbols_lost"),
    ("1+1大厦", "1 1大厦", "symbols_lost"),
    ("张\u200b三", "张三", "invisible_lost"),
    ("2026-11-24T10:00:00+08:00", "2026-11-24T10:00:00", "offset_lost"),
    ("2026-11-24T10:00:00+08:00", "2026-11-24 10:00:00", "offset_lost"),
    ("2026-11-24T10:00:00+08:00", "2026-11-24T10:00:00Z", "offset_lost"),
    ("2026-11-24T10:00:00+08:00", "2026-11-24T10:00:01+08:00", "different"),
    (500, "500", "retyped"),
    ("500", 500, "retyped"),
    (500, 501, "different"),
    (True, "true", "retyped"),
    (True, False, "different"),
    ({"number": "1"}, "13812345678", "retyped"),
    ("张三", ["张三"], "retyped"),
    ("张三", "李四", "different"),
    ("3号", "号3", "different"),
]
SAME = [
    ("张三", "张三"),
    (500, 500.0),
    (None, None),
    (None, "something"),
    ("", None),
    ("2026-11-24T10:00:00+08:00", "2026-11-24T02:00:00Z"),
    ("2026-11-24T10:00:00+08:00", "2026-11-24T10:00:00.000+08:00"),
    ([1, 2], [2, 1]),
    ({"a": 1}, {"a": 1, "id": "X"}),
]


@pytest.mark.parametrize(("entered", "arrived", "kind"), KINDS)
def test_kinds(entered: object, arrived: object, kind: str) -> None:
    assert [difference.kind for difference in differences({"it": entered}, {"it": arrived})] == [kind]


@pytest.mark.parametrize(("entered", "arrived"), SAME)
def test_no_difference(entered: object, arrived: object) -> None:
    assert differences({"it": entered}, {"it": arrived}) == ()


def test_every_difference_has_its_place() -> None:
    arrived = copy.deepcopy(ENTERED) | {"waybill_no": "X1"}
    arrived["recipient"] = {
        "name": "杭州市",
        "phone": {"number": "010-62345678"},
        "address": {"city": "杭州市", "detail": "文三路388号3楼2单元501室"},
    }
    arrived["items"] = [{"name": "笔", "quantity": 1, "unit": "支"}, {"name": "书", "quantity": "2", "weight_grams": 500}]
    assert differences(ENTERED, arrived) == (
        Difference("/recipient/name", "exchanged", "阿卜杜拉·买买提", "杭州市", "/recipient/address/city"),
        Difference("/recipient/phone/extension", "lost", "8001", None),
        Difference("/recipient/address/detail", "symbols_lost", "文三路388号3#楼2单元501室", "文三路388号3楼2单元501室"),
        Difference("/items/0/quantity", "retyped", 2, "2"),
    )


def test_missing_and_added_items_of_lists() -> None:
    assert [(d.pointer, d.kind) for d in differences([1, 2, 3], [3, 1])] == [("/1", "lost")]
    assert [(d.pointer, d.kind) for d in differences([1], [1, 1])] == [("/1", "added")]


def test_pointers_are_escaped_and_the_whole_may_be_gone() -> None:
    assert [d.pointer for d in differences({"a/b": {"c~d": "x1"}}, {"a/b": {}})] == ["/a~1b"]
    assert [d.pointer for d in differences({"a/b": {"c~d": "x1"}}, {"a/b": {"c~d": "y2"}})] == ["/a~1b/c~0d"]
    assert differences(ENTERED, None) == (Difference("", "lost", ENTERED, None),)


def test_the_catalogue_may_say_what_a_placeholder_is() -> None:
    (difference,) = differences({"it": "张三"}, {"it": "佚名"}, placeholders=["佚名"])
    assert (difference.kind, difference.word) == ("placeholder", "difference_placeholder")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(values, values)
def test_it_never_raises_and_equals_never_differ(entered: object, arrived: object) -> None:
    differences(entered, arrived)
    assert differences(entered, copy.deepcopy(entered)) == ()


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=80), st.text(max_size=200))
def test_texts_that_differ_are_never_the_same(entered: str, arrived: str) -> None:
    assert bool(differences([entered], [arrived])) == (entered != arrived)


def test_hostile_texts_take_no_time() -> None:
    for arrived in ("?" * 20_000 + "x", "·" * 20_000, "\\" * 20_000, "a" * 30_000 + "!", "%" * 20_000, "&amp;" * 5_000):
        assert differences({"it": "阿" * 400}, {"it": arrived})
