"""The table of GB/T 41833-2022 as reported (domain.md §3.2) and what the trade writes besides."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.judgements.doors import doors
from conformance.judgements.masks import Rule, address_flaw, is_masked, joined, joined_flaw, name_flaw, phone_flaw

HOME = "海淀区X路1号院3号楼2单元501室"

NAMES = [
    ("张三", "张*", None),
    ("张三", "*三", None),
    ("张三", "某三", None),
    ("张三", "张某", None),
    ("张三", "张先生", None),
    ("张三", "张三先生", "name_shown"),
    ("张三", "收件人：张三", "name_shown"),
    ("张三", "张 三", "name_shown"),
    ("张三", "", None),
    ("张三", None, None),
    ("欧阳娜娜", "欧阳**", None),
    ("欧阳娜娜", "欧***", None),
    ("欧阳娜娜", "*阳娜娜", None),
    ("欧阳娜娜", "欧阳娜娜", "name_shown"),
    ("李", "李", "name_shown"),
    ("李", "*", None),
    ("李", "李*", "name_shown"),
    ("𠮷", "𠮷", "name_shown"),
    ("𠮷", "*", None),
    ("𠮷田", "𠮷*", None),
    ("阿卜杜拉·买买提", "阿***·***", None),
    ("阿卜杜拉·买买提", "阿卜杜拉·***", None),
    ("阿卜杜拉·买买提", "阿卜杜拉买买提", "name_shown"),
    ("阿卜杜拉·买买提", "阿卜杜拉•买买提", "name_shown"),
    ("John Smith", "J*** S****", None),
    ("John Smith", "JOHN SMITH", "name_shown"),
    ("王 Lily", "王 L***", None),
    ("王 Lily", "* Lily", None),
    ("王 Lily", "王 Lily", "name_shown"),
    ("佐藤さくら", "佐****", None),
    ("张三🌸", "张三*", "name_shown"),
    ("张三[1234]", "张*[1234]", None),
    ("\U000323ac明", "\U000323ac*", None),
]
PHONES = [
    ("13812345678", "138****5678", "phone_digits_shown"),
    ("13812345678", "138******78", None),
    ("13812345678", "1******5678", None),
    ("13812345678", "*******5678", None),
    ("13812345678", "尾号5678", None),
    ("13812345678", "138", None),
    ("13812345678", "138-****-5678", "phone_digits_shown"),
    ("13812345678", "138XXXX5678", "phone_digits_shown"),
    ("13812345678", "+86 138 1234 5678", "phone_digits_shown"),
    ("13812345678", "１３８１２３４５６７８", "phone_digits_shown"),
    ("+8613812345678", "13812345678", "phone_digits_shown"),
    ("13812345678", "+86 138******78", None),
    ("13812345678", "17012345678-1234", None),
    ("13812345678", "17012345678转1234", None),
    ("13812345678", "17012345678-12**", "virtual_extension_cut"),
    ("13812345678", "17098761234", None),
    ("13812345678", "13812345679", "phone_digits_shown"),
    ("13812345678", "13812345678-1234", "phone_digits_shown"),
    ("13812345678", "", None),
    ("13812345678", None, None),
    ("010-62345678", "010-****5678", "phone_digits_shown"),
    ("010-62345678", "010-******78", None),
    ("010-62345678", "62345678", "phone_digits_shown"),
    ("021-55551234", "021-****1234", "phone_digits_shown"),
    ("0566-5123456", "0566-******6", None),
    ("0566-5123456", "0566*****56", "phone_digits_shown"),
    ("010-62345678-8001", "010-******78-8001", None),
    ("010-62345678转8001", "010-62345678转****", "phone_digits_shown"),
    ("010-62345678转8001", "010-******78", None),
    ("17012345678-1234", "17012345678-1234", None),
    ("110", "110", None),
    ("95311", "95311", None),
    ("400-800-1234", "400-800-1234", "phone_digits_shown"),
    ("+852 9123 4567", "+852 ******67", None),
    ("13812345678/13987654321", "138******78/139******21", None),
    ("13812345678/13987654321", "138******78/13987654321", "phone_digits_shown"),
]
ADDRESSES = [
    (HOME, "…3号楼***", None),
    (HOME, "海淀区X路1号院3号楼***", None),
    (HOME, "海淀区X路1号院3号楼", None),
    (HOME, "…2单元***", "unit_shown"),
    (HOME, "海淀区X路1号院3号楼2单元***", "unit_shown"),
    (HOME, "海淀区X路1号院3号楼*单元501室", "room_shown"),
    (HOME, "海淀区X路1号院3号楼*单元5**室", "room_shown"),
    (HOME, "海淀区X路1号院3号楼*单元***室", None),
    (HOME, "海淀区X路1号院 3号楼 2 单元 501 室", "unit_shown"),
    (HOME, "501室 2单元 3号楼", "unit_shown"),
    (HOME, "********", None),
    (HOME, "", None),
    (HOME, None, None),
    (HOME, "北京市海淀区X路1号院3号楼***", None),
    ("X村12号", "X村12号", None),
    ("阳光小区2-501", "阳光小区2-***", None),
    ("阳光小区2-501", "阳光小区2-501", "room_shown"),
    ("现代城B座12A", "现代城B座***", None),
    ("现代城B座12A", "现代城b座12a", "room_shown"),
    ("３号楼２单元５０１室", "3号楼2单元***", "unit_shown"),
    ("2号楼三单元五零一室", "2号楼*单元五零一室", "room_shown"),
    ("5楼东户", "5楼*户", None),
    ("5楼东户", "5楼东户", "room_shown"),
    ("3号楼-2-0501", "3号楼***", None),
    ("501号院2号楼501室", "501号院2号楼***", None),
    ("5011号院3号楼0501", "***0501", "room_shown"),
]


@pytest.mark.parametrize(("original", "shown", "kind"), NAMES)
def test_a_name_hides_a_character(original: str, shown: str | None, kind: str | None) -> None:
    flaw = name_flaw(original, shown)
    assert (flaw and flaw.kind) == kind


@pytest.mark.parametrize(("original", "shown", "kind"), PHONES)
def test_a_phone_hides_six_digits_or_is_another_number(original: str, shown: str | None, kind: str | None) -> None:
    flaw = phone_flaw(original, shown)
    assert (flaw and flaw.kind) == kind


@pytest.mark.parametrize(("original", "shown", "kind"), ADDRESSES)
def test_an_address_hides_unit_and_room(original: str, shown: str | None, kind: str | None) -> None:
    flaw = address_flaw(original, shown)
    assert (flaw and flaw.kind) == kind


@pytest.mark.parametrize(
    ("original", "views", "together"),
    [
        ("13812345678", ["138******78", "*******5678"], "138****5678"),
        ("13812345678", ["+86 138******78", "尾号5678"], "138****5678"),
        ("13812345678", ["138***", "***78"], "138******78"),
        ("010-62345678", ["010-******78", "********5678"], "010-****5678"),
        ("13812345678", ["17012345678-1234"], None),
        ("张三丰", ["张**", "**丰"], "张*丰"),
        ("阿卜杜拉·买买提", ["阿***·***", "***·买买提"], "阿***·买买提"),
        ("𠮷田明", ["𠮷**", "*田*"], "𠮷田*"),
        (HOME, ["***501室", "海淀区***"], "海淀区***********501室"),
        ("张三", [None, "", "**"], None),
    ],
)
def test_views_together(original: str, views: list[str | None], together: str | None) -> None:
    assert joined(original, views) == together


@pytest.mark.parametrize(
    ("rule", "original", "views", "flawed"),
    [
        (phone_flaw, "13812345678", ["138******78", "*******5678"], True),
        (phone_flaw, "13812345678", ["138******78", "138******78"], False),
        (phone_flaw, "13812345678", ["138******78", "17012345678-1234"], False),
        (phone_flaw, "13812345678", ["138****5678", "*******5678"], False),  # one view alone is a finding of its own
        (name_flaw, "张三", ["张*", "*三"], True),
        (address_flaw, HOME, ["海淀区X路1号院3号楼***", "海淀区****"], False),
    ],
)
def test_views_may_not_undo_each_other(rule: Rule, original: str, views: list[str], flawed: bool) -> None:
    flaw = joined_flaw(rule, original, views)
    assert (flaw is not None and flaw.kind == "joined_views_show") == flawed


han = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("𠮷𠅤𫜹𰒸")
names = st.text(han, min_size=1, max_size=8) | st.sampled_from(["John Smith", "阿卜杜拉·买买提", "王 Lily", "O'Brien"])
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
landlines = st.from_regex(r"0(10|2[0-9]|[3-9][0-9]{2})-?[2-8][0-9]{6,7}(转[0-9]{1,4})?", fullmatch=True)
number = st.integers(1, 30).map(str)
rooms = st.one_of(
    st.builds("{}单元{}0{}室".format, number, number, st.integers(1, 9)),
    st.builds("{}-{}01".format, number, number),
    st.builds("{}01房".format, number),
    st.builds("B座{}2A".format, number),
    st.sampled_from(["5楼东户", "三单元五零一室"]),
)
addresses = st.builds("{}路{}号{}号楼{}".format, st.sampled_from("甲乙丙"), number, number, rooms)
VALUES: list[tuple[Rule, st.SearchStrategy[str]]] = [
    (name_flaw, names),
    (phone_flaw, mobiles | landlines),
    (address_flaw, addresses),
]


@pytest.mark.parametrize(("rule", "values"), VALUES, ids=["name", "phone", "address"])
def test_a_value_shown_unmasked_is_always_flawed(rule: Rule, values: st.SearchStrategy[str]) -> None:
    @given(values, st.sampled_from(["", " ", "收："]))
    def holds(value: str, before: str) -> None:
        assert rule(value, before + value) is not None

    holds()


@pytest.mark.parametrize(("rule", "values"), VALUES, ids=["name", "phone", "address"])
def test_a_value_hidden_whole_is_never_flawed(rule: Rule, values: st.SearchStrategy[str]) -> None:
    @given(values, st.integers(0, 12))
    def holds(value: str, stars: int) -> None:
        assert rule(value, "*" * stars) is None

    holds()


@pytest.mark.parametrize(("rule", "values"), VALUES, ids=["name", "phone", "address"])
@pytest.mark.parametrize("collapse", [False, True], ids=["star for star", "one star a run"])
def test_hiding_more_never_makes_it_worse(rule: Rule, values: st.SearchStrategy[str], collapse: bool) -> None:
    def masked(value: str, hidden: set[int]) -> str:
        kept = ["*" if place in hidden else character for place, character in enumerate(value)]
        return "".join(c for i, c in enumerate(kept) if not (collapse and c == "*" and i and kept[i - 1] == "*"))

    @given(values, st.data())
    def holds(value: str, data: st.DataObject) -> None:
        places = st.sets(st.integers(0, len(value) - 1))
        hidden = set(range(data.draw(st.integers(0, len(value))), len(value))) | data.draw(places)
        more = hidden | data.draw(places)
        assert rule(value, masked(value, hidden)) is not None or rule(value, masked(value, more)) is None

    holds()


@pytest.mark.parametrize("view", ["1-" * 9000, "一" * 20_000, "9" * 20_000, "*" * 20_000, "~" * 20_000 + "!", "1转" * 9000])
def test_hostile_views_take_no_time(view: str) -> None:
    start = time.perf_counter()
    for rule, original in ((name_flaw, "阿卜杜拉·买买提"), (phone_flaw, "13812345678"), (address_flaw, HOME)):
        rule(original, view)
        joined(original, [view, view])
    is_masked(view)
    doors(view)
    assert time.perf_counter() - start < 3
