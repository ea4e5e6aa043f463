"""Finer faults against masks: names, numbers and doors of one form only, and views that tell more together."""

from __future__ import annotations

import re

from conformance.mock import masks
from conformance.mock.faults import fault
from conformance.mock.faults.reshaping import reshaped
from conformance.mock.questions import MaskOf, TrackingShown
from conformance.mock.triggers import Trigger, only_for

_DOTS = "·•・‧．."
_STAR = masks.STAR


def _mask(field: str, view: str = "tracking") -> Trigger:
    return only_for(lambda q: q.field == field and q.view == view)


def _tail(number: str, shown: int) -> str:
    """All but the last `shown` characters hidden."""
    return _STAR * (len(number) - shown) + number[-shown:]


@fault(
    "dots-count-as-hidden",
    breaks="MK-P-01",
    title=("带间隔号的姓名只遮间隔号", "Of names with a middle dot the dot is hidden"),
    question=MaskOf,
    when=_mask("name") & only_for(lambda q: any(dot in q.value for dot in _DOTS)),
)
def dots_count_as_hidden(honest, q):
    """One character is hidden: no Han character."""
    return "".join(_STAR if mark in _DOTS else mark for mark in q.value)


@fault(
    "single-astral-name-shown",
    breaks="MK-P-01",
    title=("单字生僻姓名不遮盖", "A name of one astral character is shown"),
    question=MaskOf,
    when=_mask("name"),
)
def single_astral_name_shown(honest, q):
    """Counted in UTF-16 units it has two, of which the mask shows the first character."""
    units = len(q.value.encode("utf-16-le")) // 2
    return q.value if len(q.value) == 1 and units == 2 else honest(q)


@fault(
    "sender-name-shown",
    breaks="MK-P-01",
    title=("公开查询不遮盖寄件人姓名", "Public tracking shows the sender's name"),
    question=TrackingShown,
)
def sender_name_shown(honest, q):
    """The recipient's is masked."""
    return reshaped(honest(q), "sender/name", lambda _: q.consignment["sender"]["name"])


@fault(
    "name-shown-once-delivered",
    breaks="MK-P-01",
    title=("签收后公开查询显示姓名", "Once delivered, public tracking shows the name"),
    question=TrackingShown,
    when=only_for(lambda q: q.shown["status"] == "delivered"),
)
def name_shown_once_delivered(honest, q):
    """Masked until then."""
    return reshaped(honest(q), "recipient/name", lambda _: q.consignment["recipient"]["name"])


@fault(
    "latin-names-shown",
    breaks="MK-P-01",
    title=("拉丁字母姓名不遮盖", "Names in Latin letters are shown"),
    question=MaskOf,
    when=_mask("name") & only_for(lambda q: not any(mark > "\u2e7f" for mark in q.value)),
)
def latin_names_shown(honest, q):
    """The mask looks for Han characters."""
    return q.value


@fault(
    "country-code-counted",
    breaks="MK-P-02",
    title=("国家码计入隐藏位数", "The country code counts as hidden digits"),
    question=MaskOf,
    when=_mask("phone") & only_for(lambda q: q.value.startswith("+86")),
)
def country_code_counted(honest, q):
    """Seven digits are hidden, five of them the person's."""
    return _tail(q.value, 6)


@fault(
    "landlines-hide-five",
    breaks="MK-P-02",
    title=("固话只隐藏五位", "Five digits of a landline are hidden"),
    question=MaskOf,
    when=_mask("phone") & only_for(lambda q: q.value.startswith("0") and "-" in q.value),
)
def landlines_hide_five(honest, q):
    """Mobile phones are masked well."""
    area, _, local = q.value.partition("-")
    return area + "-" + _STAR * 5 + local[5:]


@fault(
    "extension-shown",
    breaks="MK-P-02",
    title=("公开查询显示分机号", "Public tracking shows the extension"),
    question=TrackingShown,
)
def extension_shown(honest, q):
    """The number is masked."""
    shown = honest(q)
    for side in ("sender", "recipient"):
        digits = q.consignment[side]["phone"].get("extension")
        phone = shown[side]["phone"]
        shown = {**shown, side: {**shown[side], "phone": {**phone, "extension": digits} if digits else phone}}
    return shown


@fault(
    "entered-virtual-shown",
    breaks="MK-P-02",
    title=("录入的虚拟号不遮盖", "A virtual number that was entered is shown"),
    question=TrackingShown,
    when=only_for(lambda q: q.consignment["recipient"]["phone"]["kind"] == "virtual"),
)
def entered_virtual_shown(honest, q):
    """It rings all the same."""
    phone = q.consignment["recipient"]["phone"]
    return reshaped(honest(q), "recipient/phone", lambda _: {"number": phone["number"], "kind": "virtual"})


@fault(
    "doors-of-other-forms-shown",
    breaks="MK-P-03",
    title=("只识别“单元、室”形式的门牌", "Only doors written with 单元 or 室 are hidden"),
    question=MaskOf,
    when=_mask("detail"),
)
def doors_of_other_forms_shown(honest, q):
    """2-501, B座12A and 5楼东户 go through."""
    return re.sub(r"[0-9０-９]+\s*(单元|室).*", "***", q.value)


@fault(
    "floor-shown",
    breaks="MK-P-03",
    title=("室号已隐藏而层号可见", "Rooms are hidden, floors and units are shown"),
    question=MaskOf,
    when=_mask("detail") & only_for(lambda q: re.search(r"(单元|楼|层)\s*[0-9０-９]+\s*室?$", q.value) is not None),
)
def floor_shown(honest, q):
    """Two doors are left to try."""
    return re.sub(r"[0-9０-９]+\s*室?$", "***", q.value)


@fault(
    "door-in-district",
    breaks="MK-P-03",
    title=("门牌藏在区县字段", "The door stands in the district"),
    question=TrackingShown,
)
def door_in_district(honest, q):
    """The detail is left out, and its end comes along elsewhere."""
    door = q.consignment["recipient"]["address"]["detail"][-8:]
    return reshaped(honest(q), "recipient/address", lambda shown: {**shown, "district": f"{shown.get('district', '')}{door}"})


@fault(
    "mask-turns-with-state",
    breaks="MK-P-04",
    title=("派送后改遮电话另一端", "Out for delivery, the other end of the phone is masked"),
    question=TrackingShown,
)
def mask_turns_with_state(honest, q):
    """Who looks twice a day apart reads nearly all."""
    number = q.consignment["recipient"]["phone"]["number"]
    if len(number) < 10:
        return honest(q)
    under_way = q.shown["status"] in ("created", "picked_up", "in_transit")
    masked = number[:5] + _STAR * (len(number) - 5) if under_way else _tail(number, 5)
    return reshaped(honest(q), "recipient/phone/number", lambda _: masked)


@fault(
    "analytics-shows-the-head",
    breaks="MK-P-04",
    title=("分析数据与公开查询遮盖不同部分", "Analytics and public tracking mask different parts"),
    question=MaskOf,
    when=_mask("phone", "analytics") & only_for(lambda q: len(q.value) > 10),
)
def analytics_shows_the_head(honest, q):
    """Each hides six digits and more; together four are hidden."""
    return q.value[:5] + _STAR * (len(q.value) - 5)


@fault(
    "names-turn-with-parcel",
    breaks="MK-P-04",
    title=("各包裹页面遮盖姓名不同的字", "Each parcel's page hides another character of the name"),
    question=TrackingShown,
    when=only_for(lambda q: q.waybill_no[-1] in "13579" and len(q.consignment["recipient"]["name"]) == 2),
)
def names_turn_with_parcel(honest, q):
    """张* here, *三 there."""
    return reshaped(honest(q), "recipient/name", lambda _: _STAR + q.consignment["recipient"]["name"][1])


@fault(
    "analytics-hide-four-digits",
    breaks="MK-P-10",
    title=("分析数据电话只隐藏四位", "Analytics hide four digits of a phone"),
    question=MaskOf,
    when=_mask("phone", "analytics") & only_for(lambda q: len(q.value) == 11),
)
def analytics_hide_four_digits(honest, q):
    """The public page hides nine."""
    return q.value[:3] + _STAR * 4 + q.value[7:]


@fault(
    "analytics-show-short-names",
    breaks="MK-P-10",
    title=("分析数据显示单字姓名", "Analytics show names of one character"),
    question=MaskOf,
    when=_mask("name", "analytics"),
)
def analytics_show_short_names(honest, q):
    """The first character, and a star for each other one."""
    return q.value[0] + _STAR * (len(q.value) - 1)
