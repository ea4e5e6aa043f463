"""The grammars of units and rooms."""

from __future__ import annotations

import pytest

from conformance.judgements.doors import doors

ADDRESSES = {
    "海淀区X路1号院3号楼2单元501室": ["2", "501"],
    "阳光小区2-501": ["501"],
    "501房": ["501"],
    "B座12A": ["12A"],
    "5楼东户": ["东"],
    "3号楼-2-0501": ["2", "0501"],
    "3号楼2-501": ["2", "501"],
    "3-2-501": ["2", "501"],
    "1号楼1201": ["1201"],
    "5幢302": ["302"],
    "12层1203室": ["1203"],
    "二单元五零一室": ["二", "五零一"],
    "2号楼三单元一〇一室": ["三", "一〇一"],
    "12#301": ["301"],
    "3#楼2单元501": ["2", "501"],
    "Flat 12A, Tower 3": ["12A"],
    "5号楼201号": ["201"],
    "办公室302": ["302"],
    "３号楼２单元５０１室": ["２", "５０１"],
    "1栋2门301": ["2", "301"],
    "现代城B座1201": ["1201"],
    "弥敦道1号2楼A室": ["A"],
    "15F-02": ["02"],
    "房间号：1203": ["1203"],
}
HOUSES = (
    *(
        "X村12号",
        "人民路12-3号",
        "小区西门",
        "地下室",
        "人民路501号",
        "第二中学",
        "16号楼5层",
        "6号院3号楼",
        "信箱123号",
    ),
    *("1+1大厦", "三元里", "房山区长阳镇", "2026-11-24前送达", "12-3号楼", ""),
)


@pytest.mark.parametrize(("address", "numbers"), ADDRESSES.items())
def test_units_and_rooms_are_found(address: str, numbers: list[str]) -> None:
    assert [address[door.start : door.end] for door in doors(address)] == numbers


@pytest.mark.parametrize("address", HOUSES)
def test_houses_buildings_and_gates_are_no_doors(address: str) -> None:
    assert doors(address) == ()
