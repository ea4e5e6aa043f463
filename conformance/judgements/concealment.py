"""Concealment: does a value look masked or encrypted?  A courier that performs a delivery needs it in the clear.

In: a value as it arrived.  Out: yes or no, by its looks alone; characters that people do write in names and addresses
(3#楼, 二〇一室, XX公司, 阿卜杜拉•买买提) don't count.
"""

from __future__ import annotations

import re
from typing import Final

_MASKS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"[*＊∗✱✲⁎●█■]",
        r"[□○#＃_]{2,}|[×✕✖]{2,}|[?？]{3,}",
        r"[\u2e80-\u9fff][×✕✖○□•]+$|^[×✕✖○□•]+",
        r"\d[xX]{2,}\d|\d[xX]{3,}$|^[xX]{3,}(?=\d)|[xX]{4,}|^[xX]+$",
        r"(?<![\d零〇一二三四五六七八九十百千两])〇+(?![\d零一二三四五六七八九十百千两])",
        r"某某|^.{1,2}某$|^某.?$|某(?:先生|女士|小姐)",
        r"(?:…|\.{3,})$",
    )
)
_CIPHERTEXT: Final = re.compile(
    r"(?:[0-9a-f]{32,}|[0-9A-F]{32,}|(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=\D*\d)[A-Za-z0-9+/_\-]{20,}={0,2}|"
    r"[~$#{][A-Za-z0-9+/=_:~$#}\-]{16,}|(?:enc|cipher|sm4|aes)[\w\-]*[:({].+)",
    re.ASCII,
)
_WEAK_CIPHERTEXT: Final = re.compile(r"[A-Za-z0-9+/]{12,}={1,2}")


def is_masked(value: str) -> bool:
    """Whether part of the value is hidden by stars or the like, or the whole looks like ciphertext."""
    text = value.strip()
    return any(mask.search(text) for mask in _MASKS) or is_ciphertext(text)


def is_ciphertext(value: str) -> bool:
    """Whether the value looks like ciphertext: hex or base64 without a word in it, or marked as such."""
    text = value.strip()
    return bool(_CIPHERTEXT.fullmatch(text) or _WEAK_CIPHERTEXT.fullmatch(text))
