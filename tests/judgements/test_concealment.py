"""What looks masked, and what people write that only resembles it."""

from __future__ import annotations

import base64
import hashlib

import pytest

from conformance.judgements.concealment import is_ciphertext, is_masked

MASKED = (
    *(
        "138****5678",
        "138＊＊＊＊5678",
        "138XXXX5678",
        "138xxxxxx78",
        "张*",
        "张＊＊",
        "张〇",
        "张××",
        "张×",
        "张某",
        "张某某",
    ),
    *(
        "某三",
        "欧阳●●",
        "海淀区3号楼***",
        "海淀区3号楼……",
        "海淀区…",
        "***",
        "138####5678",
        "138____5678",
        "XXX",
        "王某先生",
    ),
    base64.b64encode(hashlib.sha256(b"x").digest()).decode(),
    base64.b64encode(b"zhang san 1234").decode(),
    hashlib.md5(b"x", usedforsecurity=False).hexdigest(),
    "~rTx3kP9+aBcDeFgHiJkL==~1~",
    "enc:9f8a7b",
)
CLEAR = (
    *(
        "张三",
        "李",
        "𠮷",
        "阿卜杜拉·买买提",
        "阿卜杜拉•买买提",
        "John Smith",
        "O'Brien",
        "13812345678",
        "010-62345678-8001",
    ),
    *(
        "17012345678-1234",
        "3#楼2单元501室",
        "二〇一室",
        "一〇〇一室",
        "XX有限公司财务部",
        "2×3米货架",
        "1+1大厦",
        "Xu Xiaoming",
    ),
    *("海淀区X路1号院", "", "SF1234567890123", "C-0007", "2026-11-24T10:00:00+08:00", "110101", "A&B座", "<B1层>"),
    *("550e8400-e29b-41d4-a716-446655440000", "https://example.test/path", "Maxx Foxx"),
)


@pytest.mark.parametrize("value", MASKED)
def test_masks_and_ciphertext_are_recognised(value: str) -> None:
    assert is_masked(value)


@pytest.mark.parametrize("value", CLEAR)
def test_what_people_write_is_clear(value: str) -> None:
    assert not is_masked(value)


def test_ciphertext_is_told_from_stars() -> None:
    assert is_ciphertext(hashlib.sha256(b"x").hexdigest())
    assert not is_ciphertext("138****5678")
