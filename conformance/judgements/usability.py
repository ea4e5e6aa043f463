"""Usability: can a courier work with the value? A phone that can be dialled, an address down to the door, no placeholder.

In: a value as it arrived.  Out: a flaw, or None.  Source: domain.md §3.5, §5.2, §5.3; numbers from abroad by libphonenumber.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

import phonenumbers

from conformance.judgements import phones
from conformance.judgements.concealment import is_ciphertext, is_masked
from conformance.judgements.flaw import Flaw

PLACEHOLDERS: Final = (
    *("无", "暂无", "没有", "未知", "不详", "未填写", "待定", "匿名", "测试", "***", "-", "--", ".", "/", "x", "xx", "xxx"),
    *("n/a", "na", "none", "null", "nil", "undefined", "unknown", "tbd", "test", "0"),
)
"""What the trade writes where it has nothing to write; the catalogue may say otherwise."""
_REPEATED: Final = re.compile(r"([^\w\s])\1+|([a-z])\2{2,}|0+")
_LEVELS: Final = ("province", "city")
_LOCATED: Final = re.compile(
    r"[\d零〇一二三四五六七八九十]|[号號村组組屯寨社队隊营堡店馆館楼樓厦廈苑院园園城场場校所站厂廠司座栋棟幢室户戶房铺亭港岛島箱学學]"
)
_KNOWN_FILLERS: Final = frozenset({"13800138000", "12345678901", "12345678910"})
"""Numbers that people type to get past a form: an operator's own hot line and the keys in a row."""
_ADJOINING: Final = {"HK": "852", "MO": "853", "TW": "886"}


def placeholder(value: str, words: Iterable[str] = PLACEHOLDERS) -> bool:
    """Whether the whole value, without regard to blanks, case and width, is one of the words, or one sign repeated."""
    return _says_nothing(value, words if isinstance(words, frozenset) else tuple(words))


def phone_usable(phone: str | Mapping[str, object] | None) -> Flaw | None:
    """Why the phone can't be dialled; None when it can.

    A text, or the interface's `{number, extension?}`.  Operator prefixes are not checked: numbers are ported, new ones open.
    """
    if isinstance(phone, Mapping):
        number, extension = str(phone.get("number") or ""), phone.get("extension")
        split = phones.Phone(phones.split(number).main, str(extension)) if extension else phones.split(number)
    else:
        number = phone or ""
        split = phones.split(number)
    flaw = _text_flaw("phone", number) or _several(number)
    return flaw or _number_flaw(split, number) or _extension_flaw(split)


def address_to_the_door(address: Mapping[str, object]) -> Flaw | None:
    """Why a courier wouldn't find the door: a level is missing, or the detail says nothing beyond the region."""
    for level in _LEVELS:
        if _text_flaw("address", str(address.get(level) or "")):
            return Flaw("address_level_missing", {"level": level})
    detail = str(address.get("detail") or "")
    flaw = _text_flaw("address", detail)
    if flaw:
        return flaw
    beyond = detail
    for level in ("province", "city", "district", "town"):
        beyond = beyond.replace(str(address.get(level) or "") or "\0", "", 1)
    if len(re.sub(r"[\W_]", "", beyond)) < 2 or not _LOCATED.search(beyond):
        return Flaw("address_without_door", {"detail": detail})
    return None


@lru_cache(maxsize=1 << 12)
def _says_nothing(value: str, words: frozenset[str] | tuple[str, ...]) -> bool:
    text = plain(value)
    return not text or text in _plain_words(words) or bool(_REPEATED.fullmatch(text))


@lru_cache(maxsize=8)
def _plain_words(words: frozenset[str] | tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(plain, words))


def plain(text: str) -> str:
    """A text without regard to blanks around it, to case and width."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _text_flaw(what: str, value: str) -> Flaw | None:
    if not value.strip():
        return Flaw(f"{what}_missing")
    if is_masked(value):
        return Flaw(f"{what}_encrypted" if is_ciphertext(value) else f"{what}_masked", {"shown": value})
    if placeholder(value):
        return Flaw(f"{what}_placeholder", {"shown": value})
    return None


def _several(number: str) -> Flaw | None:
    several = phones.several(number)
    return Flaw("phone_several", {"shown": number}) if len(several) > 1 else None


def _number_flaw(split: phones.Phone, number: str) -> Flaw | None:
    digits = split.digits
    if digits in _KNOWN_FILLERS or (len(digits) >= 7 and len(set(digits)) <= 1):
        return Flaw("phone_placeholder", {"shown": number})
    if re.search(r"[^\d\s()+\-–—.]", split.main):
        return Flaw("phone_not_dialable", {"shown": number})
    if split.main.lstrip().startswith(("+", "00")):
        return None if _abroad(split.main) else Flaw("phone_not_dialable", {"shown": number})
    known = (phones.MOBILE, phones.LANDLINE, phones.SERVICE, phones.INTERNET_OF_THINGS)
    if any(form.fullmatch(digits) for form in known) or _adjoining(digits):
        return None
    incomplete = bool(re.fullmatch(r"[2-9]\d{6,7}", digits))
    return Flaw("phone_area_code_missing" if incomplete else "phone_not_dialable", {"shown": number})


def _abroad(number: str) -> bool:
    written = "+" + phones.digits(number).removeprefix("00")
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(written))
    except phonenumbers.NumberParseException:
        return False


def _adjoining(digits: str) -> bool:
    """Whether it is a number of Hong Kong, Macao or Taiwan with its code but without a plus."""
    for region, code in _ADJOINING.items():
        if digits.startswith(code):
            return phonenumbers.is_valid_number_for_region(phonenumbers.parse("+" + digits), region)
    return False


def _extension_flaw(split: phones.Phone) -> Flaw | None:
    if split.extension is None or re.fullmatch(r"\d{1,8}", split.extension.strip()):
        return None
    return Flaw("phone_extension_incomplete", {"extension": split.extension})
