"""Phones that can be dialled, addresses that lead to a door, and placeholders."""

from __future__ import annotations

import pytest

from conformance.judgements.usability import address_to_the_door, phone_usable, placeholder

USABLE: list[str | dict[str, object]] = [
    *("13812345678", "+8613812345678", "0086 138 1234 5678", "86-13812345678", "１３８１２３４５６７８", "138-1234-5678"),
    *("010-62345678", "010 62345678", "(010)62345678", "0566-5123456", "010-62345678-8001", "010-62345678转8001"),
    *("17012345678-1234", "17012345678_1234", "17012345678转1234", "17012345678#1234", "17012345678 ext 1234"),
    *("400-800-1234", "8008201234", "95311", "96110", "12305", "110"),
    *("+852 9123 4567", "85291234567", "+853 6612 3456", "+886 912 345 678", "+81 90 1234 5678", "0085291234567"),
    *("17401234567", "1064123456789"),
    {"number": "010-62345678", "extension": "8001", "kind": "landline"},
    {"number": "17012345678", "extension": "1234", "kind": "virtual"},
    {"number": "13812345678", "kind": "mobile"},
]
UNUSABLE: list[tuple[str | dict[str, object] | None, str]] = [
    (None, "phone_missing"),
    ("", "phone_missing"),
    ({}, "phone_missing"),
    ({"number": None}, "phone_missing"),
    ("138****5678", "phone_masked"),
    ("4QrcOUm6Wau+VuBX8g+IPmAa==", "phone_encrypted"),
    ("无", "phone_placeholder"),
    ("00000000000", "phone_placeholder"),
    ("11111111111", "phone_placeholder"),
    ("13800138000", "phone_placeholder"),
    ("1381234567", "phone_not_dialable"),
    ("138123456789", "phone_not_dialable"),
    ("12812345678", "phone_not_dialable"),
    ("call me", "phone_not_dialable"),
    ("13812345678/13987654321", "phone_several"),
    ("62345678", "phone_area_code_missing"),
    ("17012345678-12**", "phone_masked"),
    ("17012345678转", "phone_extension_incomplete"),
    ({"number": "17012345678", "extension": "abc"}, "phone_extension_incomplete"),
    ("+999 12", "phone_not_dialable"),
]
HANGZHOU = {"region_code": "330106", "province": "浙江省", "city": "杭州市", "district": "西湖区"}


@pytest.mark.parametrize("phone", USABLE, ids=str)
def test_phones_that_can_be_dialled(phone: str | dict[str, object]) -> None:
    assert phone_usable(phone) is None


@pytest.mark.parametrize(("phone", "kind"), UNUSABLE, ids=str)
def test_phones_that_cannot(phone: str | dict[str, object] | None, kind: str) -> None:
    flaw = phone_usable(phone)
    assert flaw is not None
    assert flaw.kind == kind


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (HANGZHOU | {"detail": "文三路388号3号楼2单元501室"}, None),
        (HANGZHOU | {"detail": "浙江省杭州市西湖区文三路388号"}, None),
        (HANGZHOU | {"detail": "龙坞村三组"}, None),
        (HANGZHOU | {"detail": "西湖小学"}, None),
        ({"province": "广东省", "city": "东莞市", "town": "虎门镇", "detail": "博涌村12号"}, None),
        (HANGZHOU | {"detail": ""}, "address_missing"),
        (HANGZHOU, "address_missing"),
        (HANGZHOU | {"detail": "无"}, "address_placeholder"),
        (HANGZHOU | {"detail": "文三路388号***"}, "address_masked"),
        (HANGZHOU | {"detail": "浙江省杭州市西湖区"}, "address_without_door"),
        (HANGZHOU | {"detail": "放在门口"}, "address_without_door"),
        ({"city": "杭州市", "detail": "文三路388号"}, "address_level_missing"),
        (HANGZHOU | {"city": "未知", "detail": "文三路388号"}, "address_level_missing"),
    ],
)
def test_addresses_lead_to_a_door(address: dict[str, object], kind: str | None) -> None:
    flaw = address_to_the_door(address)
    assert (flaw and flaw.kind) == kind


@pytest.mark.parametrize("value", ["无", " 未知 ", "N/A", "Ｎ/Ａ", "NULL", "***", "----", "......", "xxxx", "Test", "0000", " ", "？？"])
def test_placeholders(value: str) -> None:
    assert placeholder(value)


@pytest.mark.parametrize("value", ["张三", "无锡市", "李", "Oo", "测试路1号", "8888", "test lab", "森森", "A座", "1"])
def test_real_values_are_no_placeholders(value: str) -> None:
    assert not placeholder(value)


def test_the_words_are_the_catalogues() -> None:
    assert placeholder("佚名", ["佚名"])
    assert not placeholder("无", ["佚名"])
