"""Finer faults against field completeness: only some values, only some channels, only after a change."""

from __future__ import annotations

import re

from conformance.mock.faults import fault, further
from conformance.mock.faults.reshaping import GONE, both, reshaped, without
from conformance.mock.questions import ChangeStored, ConsignmentStored, EntryDemands, FieldsShown, Refuses
from conformance.mock.trade_clock import posix, rfc3339
from conformance.mock.triggers import during, only_for, toward

TO_COURIER = toward("courier")
PUSHED = TO_COURIER & only_for(lambda q: q.channel == "push")
PULLED = TO_COURIER & only_for(lambda q: q.channel == "pull")
READ = TO_COURIER & only_for(lambda q: q.channel == "read")
CORRECTED = TO_COURIER & only_for(lambda q: q.consignment["version"] > 1 and q.consignment["status"] == "created")
"""Toward couriers, once the merchant changed what it had entered."""
_DAY = 86_400.0
_OLD_CODES = str.maketrans("\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb", "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864")
_SIMPLIFIED = str.maketrans(
    "陳張劉趙黃吳孫馬葉鄭龍鳳鵬飛偉強華國榮麗靜潔詠詩曉靈澤鴻賢樓號", "陈张刘赵黄吴孙马叶郑龙凤鹏飞伟强华国荣丽静洁咏诗晓灵泽鸿贤楼号"
)


@fault(
    "region-code-empty",
    breaks="FC-P-01",
    title=("港澳台地址的区划代码为空", "The region code of Hong Kong, Macao and Taiwan is empty"),
    question=FieldsShown,
    when=TO_COURIER,
)
def region_code_empty(honest, q):
    """The table of regions ends at the border of customs."""
    return both(honest(q), "address/region_code", lambda code: "" if code[:2] in ("81", "82", "71") else code)


@fault(
    "product-lost-after-correction",
    breaks="FC-P-01",
    title=("更正后服务产品缺失", "After a correction the service product is missing"),
    question=FieldsShown,
    when=CORRECTED,
)
def product_lost_after_correction(honest, q):
    """Complete at first; corrections have a serialiser of their own."""
    return without(honest(q), "service_product")


@fault(
    "payment-mode-null-in-push",
    breaks="FC-P-01",
    title=("月结单推送中付款方式为 null", "In pushes the payment mode is null for monthly accounts"),
    question=FieldsShown,
    when=PUSHED,
)
def payment_mode_null_in_push(honest, q):
    """One channel, one value."""
    return reshaped(honest(q), "payment_mode", lambda mode: None if mode == "monthly" else mode)


@fault(
    "medicine-starred",
    breaks="FC-P-02",
    title=("药品类内件名称被星号代替", "Medicine is handed on as ***"),
    question=FieldsShown,
    when=TO_COURIER,
)
def medicine_starred(honest, q):
    """Discretion on the label, applied to the interface."""
    return reshaped(honest(q), "items/*", lambda item: {**item, "name": "***"} if item["category"] in ("medicine", "cosmetics") else item)


@fault(
    "product-called-null",
    breaks="FC-P-02",
    title=("更正后服务产品写作 null 字样", "After a correction the service product reads “null”"),
    question=FieldsShown,
    when=CORRECTED,
)
def product_called_null(honest, q):
    """A missing value, written as text."""
    return {**honest(q), "service_product": "null"}


@fault(
    "middle-dots-refused",
    breaks="FC-P-03",
    title=("姓名含间隔号的寄递单被拒收", "Consignments are refused for a middle dot in a name"),
    question=EntryDemands,
)
def middle_dots_refused(honest, q):
    """The form takes Chinese characters and nothing else."""
    dotted = [role for role in ("sender", "recipient") if "\u00b7" in q.entered[role]["name"]]
    return (*honest(q), *((f"/{role}/name", "character") for role in dotted))


@fault(
    "names-cut-at-64-bytes",
    breaks="FC-P-03",
    title=("姓名按 64 字节截断", "Names are cut at 64 bytes"),
    question=FieldsShown,
    when=TO_COURIER,
)
def names_cut_at_64_bytes(honest, q):
    """Twenty-one Han characters fit."""
    return both(honest(q), "name", lambda name: name.encode()[:64].decode(errors="ignore"))


@fault(
    "moved-characters",
    breaks="FC-P-03",
    title=("GB 18030-2022 迁移的字变成私用区码位", "Characters that GB 18030-2022 moved arrive as private ones"),
    question=FieldsShown,
    when=TO_COURIER,
)
def moved_characters(honest, q):
    """On the way through a codec of 2005."""
    return both(honest(q), "name", lambda name: name.translate(_OLD_CODES))


@fault(
    "sender-simplified",
    breaks="FC-P-03",
    title=("寄件人繁体字转为简体", "The sender's traditional characters are simplified"),
    question=FieldsShown,
    when=TO_COURIER,
)
def sender_simplified(honest, q):
    """The recipient's are not."""
    return reshaped(honest(q), "sender/name", lambda name: name.translate(_SIMPLIFIED))


@fault(
    "remarks-trimmed",
    breaks="FC-P-03",
    title=("备注的首尾空白与换行被去除", "Remarks lose their white space at both ends and their line breaks"),
    question=FieldsShown,
    when=TO_COURIER,
)
def remarks_trimmed(honest, q):
    """Every visible character arrives."""
    return reshaped(honest(q), "remarks", lambda text: text.strip().replace("\r\n", " ").replace("\n", " "))


@fault(
    "quotes-doubled",
    breaks="FC-P-03",
    title=("地址中的单引号成双", "Apostrophes in addresses are doubled"),
    question=FieldsShown,
    when=TO_COURIER,
)
def quotes_doubled(honest, q):
    """SQL's escaping, never undone."""
    return both(honest(q), "address/detail", lambda detail: detail.replace("'", "''"))


@fault(
    "town-empty-district",
    breaks="FC-P-03",
    title=("不设区县的城市，镇名被当作区县", "Where a city has no counties its town arrives as district"),
    question=FieldsShown,
    when=TO_COURIER,
)
def town_empty_district(honest, q):
    """Dongguan and Zhongshan only."""

    def moved(address):
        return {**without(address, "town"), "district": address["town"]} if "town" in address and "district" not in address else address

    return both(honest(q), "address", moved)


@fault(
    "leading-zero-of-extension-lost",
    breaks="FC-P-04",
    title=("分机号首位零丢失", "Extensions lose their leading zeros"),
    question=FieldsShown,
    when=TO_COURIER,
)
def leading_zero_of_extension_lost(honest, q):
    """A number is kept as a number: 0123 becomes 123."""
    return both(honest(q), "phone/extension", lambda digits: digits.lstrip("0") or "0")


@fault(
    "landlines-cut-at-twelve",
    breaks="FC-P-04",
    title=("固话按 12 位截断", "Landlines are cut at twelve characters"),
    question=FieldsShown,
    when=TO_COURIER,
)
def landlines_cut_at_twelve(honest, q):
    """Wide enough for 010-62345678, not for 0755-26345678."""
    return both(honest(q), "phone", lambda phone: {**phone, "number": phone["number"][:12]} if phone["kind"] == "landline" else phone)


@fault(
    "plus-lost",
    breaks="FC-P-04",
    title=("境外号码的加号丢失", "Numbers from abroad lose their plus"),
    question=FieldsShown,
    when=TO_COURIER,
)
def plus_lost(honest, q):
    """Dialled from here, 85261234567 is nobody."""
    return both(
        honest(q), "phone", lambda phone: {**phone, "number": phone["number"].lstrip("+")} if phone["kind"] == "international" else phone
    )


@fault(
    "virtual-for-nine-days",
    breaks="FC-P-05",
    title=("代以的虚拟号只有效九日", "The virtual number put in place holds nine days"),
    question=FieldsShown,
    when=TO_COURIER & only_for(lambda q: q.consignment["recipient"]["phone"]["kind"] == "mobile"),
)
def virtual_for_nine_days(honest, q):
    """Complete, diallable, the same for all: a day too short."""
    until = rfc3339(posix(q.consignment["created_at"]) + 9 * _DAY)
    extension = f"{int(q.consignment['consignment_id'][-4:], 16) % 10_000:04d}"
    phone = {"number": "17012340000", "extension": extension, "kind": "virtual", "expires_at": until}
    return reshaped(honest(q), "recipient/phone", lambda _: phone)


@fault(
    "virtual-shorter-after-correction",
    breaks="FC-P-05",
    title=("更正后虚拟号次日失效", "After a correction a virtual number ends the next day"),
    question=FieldsShown,
    when=CORRECTED,
)
def virtual_shorter_after_correction(honest, q):
    """Bound anew, with the default of a day."""
    until = rfc3339(posix(q.consignment["created_at"]) + _DAY)
    return reshaped(honest(q), "recipient/phone", lambda phone: {**phone, "expires_at": until} if phone["kind"] == "virtual" else phone)


@fault(
    "dashed-door-cut",
    breaks="FC-P-06",
    title=("连字号形式的门牌被截去", "Doors written with hyphens are cut off"),
    question=FieldsShown,
    when=TO_COURIER,
)
def dashed_door_cut(honest, q):
    """2-501 goes; 2单元501室 stays."""
    return both(honest(q), "address/detail", lambda detail: re.sub(r"[0-9]+(-[0-9]+)+$", "", detail) or detail)


@fault(
    "door-starred-after-correction",
    breaks="FC-P-06",
    title=("更正后的地址室号被星号代替", "In corrected addresses the room is starred"),
    question=FieldsShown,
    when=CORRECTED,
)
def door_starred_after_correction(honest, q):
    """The first version was whole."""
    return reshaped(honest(q), "recipient/address/detail", lambda detail: re.sub(r"[0-9０-９]+(?=[室房户])", "***", detail))


@fault(
    "phones-exchanged-when-collect",
    breaks="FC-P-07",
    title=("到付单收寄件电话互换", "Where the recipient pays the phones are exchanged"),
    question=FieldsShown,
    when=TO_COURIER & only_for(lambda q: q.consignment["payment_mode"] == "collect"),
)
def phones_exchanged_when_collect(honest, q):
    """Names and addresses are right."""
    shown = honest(q)
    sender, recipient = shown["sender"], shown["recipient"]
    return {**shown, "sender": {**sender, "phone": recipient["phone"]}, "recipient": {**recipient, "phone": sender["phone"]}}


@fault(
    "sender-of-first-order",
    breaks="FC-P-07",
    title=("寄件人取商家首单", "The sender is that of the merchant's first consignment"),
    question=FieldsShown,
    when=TO_COURIER,
)
def sender_of_first_order(honest, q, memory):
    """A merchant sends from one place, somebody thought."""
    shown = honest(q)
    return {**shown, "sender": memory.setdefault(shown["merchant_id"], shown["sender"])}


@fault(
    "mixed-at-once",
    breaks="FC-P-07",
    title=("同时录入的两单共用收件电话", "Two consignments at once share the recipient's phone"),
    question=FieldsShown,
    when=TO_COURIER,
)
def mixed_at_once(honest, q, memory):
    """An object is shared between requests of the same hundredth of a second."""
    shown = honest(q)
    moment = shown["merchant_id"], shown["courier_code"], round(posix(shown["created_at"]), 2)
    phone = memory.setdefault(moment, shown["recipient"]["phone"])
    return shown if shown["version"] > 1 else reshaped(shown, "recipient/phone", lambda _: phone)


@fault(
    "sixth-item-lost",
    breaks="FC-P-08",
    title=("第六种起的内件丢失", "Items after the fifth are lost"),
    question=FieldsShown,
    when=TO_COURIER,
)
def sixth_item_lost(honest, q):
    """Few orders have so many."""
    return reshaped(honest(q), "items", lambda items: items[:5])


@fault(
    "fresh-becomes-food",
    breaks="FC-P-08",
    title=("生鲜与电池类别被归并", "Fresh goods and batteries are put into wider categories"),
    question=FieldsShown,
    when=TO_COURIER,
)
def fresh_becomes_food(honest, q):
    """A table that is too short, for what must be handled with care."""
    return reshaped(honest(q), "items/*/category", lambda category: {"fresh": "food", "battery": "electronics"}.get(category, category))


@fault(
    "parcels-beyond-ten-lost",
    breaks="FC-P-09",
    title=("第十一个起的包裹丢失", "Parcels after the tenth are lost"),
    question=FieldsShown,
    when=TO_COURIER,
)
def parcels_beyond_ten_lost(honest, q):
    """Ten a call, as elsewhere."""
    return reshaped(honest(q), "parcels", lambda parcels: parcels[:10])


@fault(
    "second-weighs-as-first",
    breaks="FC-P-09",
    title=("各包裹重量都抄第一个", "Every parcel weighs as much as the first"),
    question=FieldsShown,
    when=TO_COURIER,
)
def second_weighs_as_first(honest, q):
    """Numbers and count are right."""
    shown = honest(q)
    return reshaped(shown, "parcels/*/weight_grams", lambda _: shown["parcels"][0]["weight_grams"])


@fault(
    "fen-lost-in-floats",
    breaks="FC-P-10",
    title=("浮点换算丢一分", "A fen is lost in floating point"),
    question=FieldsShown,
    when=TO_COURIER,
)
def fen_lost_in_floats(honest, q):
    """1.15 times 100 is 114.99…: few amounts are hit."""
    return reshaped(honest(q), "value_added/cod_fen", lambda fen: int(fen / 100 * 100))


@fault(
    "no-service-is-nil",
    breaks="FC-P-10",
    title=("未订增值服务却写零元代收", "Without value added the courier reads cash of nil"),
    question=FieldsShown,
    when=TO_COURIER & only_for(lambda q: "value_added" not in q.consignment),
)
def no_service_is_nil(honest, q):
    """To collect nothing is another order than none."""
    return {**honest(q), "value_added": {"cod_fen": 0, "insured_fen": 0}}


@fault(
    "insured-up-to-a-limit",
    breaks="FC-P-10",
    title=("保价额封顶一万元", "The insured value ends at ten thousand yuan"),
    question=FieldsShown,
    when=TO_COURIER,
)
def insured_up_to_a_limit(honest, q):
    """Above, the courier is told less."""
    return reshaped(honest(q), "value_added/insured_fen", lambda fen: min(fen, 1_000_000))


@fault(
    "order-number-cut",
    breaks="FC-P-11",
    title=("订单号超过 20 位截断", "Order numbers are cut at twenty characters"),
    question=FieldsShown,
    when=TO_COURIER,
)
def order_number_cut(honest, q):
    """Short ones are whole."""
    return reshaped(honest(q), "order_no", lambda number: number[:20])


@fault(
    "order-number-upper-cased",
    breaks="FC-P-11",
    title=("订单号改为大写", "Order numbers arrive in capitals"),
    question=FieldsShown,
    when=TO_COURIER,
)
def order_number_upper_cased(honest, q):
    """Digits don't show it."""
    return reshaped(honest(q), "order_no", str.upper)


@fault(
    "item-values-dropped",
    breaks="FC-P-18",
    title=("内件价值收下后丢弃", "Items' values are accepted and not kept"),
    question=ConsignmentStored,
)
def item_values_dropped(honest, q):
    """An optional field that nobody reads, somebody thought."""
    return reshaped(honest(q), "items/*/value_fen", lambda _: GONE)


@fault(
    "postal-zero-lost",
    breaks="FC-P-18",
    title=("邮政编码首位零丢失", "Postal codes lose their leading zero"),
    question=ConsignmentStored,
)
def postal_zero_lost(honest, q):
    """Inner Mongolia and Shanxi only: kept as a number."""
    return both(honest(q), "address/postal_code", lambda code: code.lstrip("0"))


@fault(
    "long-remarks-cut",
    breaks="FC-P-18",
    title=("超长备注截断而不拒绝", "Remarks that are too long are cut, not refused"),
    question=Refuses,
    when=during("createConsignment") & only_for(lambda q: q.places == (("/remarks", "too_long"),)),
)
def long_remarks_cut(honest, q):
    """201 for 501 characters."""
    return False


@further("long-remarks-cut", question=ConsignmentStored)
def remarks_cut(honest, q):
    """The first five hundred are kept."""
    return reshaped(honest(q), "remarks", lambda text: text[:500])


@fault(
    "extension-survives-correction",
    breaks="FC-P-18",
    title=("更正电话后旧分机号残留", "A corrected phone keeps the former extension"),
    question=ChangeStored,
    when=only_for(lambda q: "recipient" in q.patch),
)
def extension_survives_correction(honest, q):
    """The recipient is merged deeply, though a change replaces it whole."""
    former = q.consignment["recipient"]["phone"]
    kept = {"extension": former["extension"]} if "extension" in former else {}
    return reshaped(honest(q), "recipient/phone", lambda phone: {**kept, **phone})
