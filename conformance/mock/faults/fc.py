"""Faults against field completeness: what was entered arrives late, cut, changed, mixed up, or not at all."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from conformance.mock import parcel_life
from conformance.mock.faults import fault, further
from conformance.mock.questions import (
    ConsignmentStored,
    CurrentEvent,
    DeliverTo,
    EventKnown,
    EventShown,
    EventStored,
    FeedHas,
    FeedPage,
    FeedReady,
    FieldsShown,
    RecordedAt,
    Retraction,
    TrackingShown,
    WebhookDelay,
)
from conformance.mock.trade_clock import posix, rfc3339
from conformance.mock.triggers import Trigger, during, fraction, only_for, toward

LATE = 180.0
"""Seconds: beyond every deadline that a platform may declare."""
_TO_COURIER = toward("courier")
_ENTRY = during("createConsignment")


def _of_type(*types: str) -> Trigger:
    return only_for(lambda q: q.type in types)


def _recipient(shown: dict[str, Any], **change: Any) -> dict[str, Any]:
    return {**shown, "recipient": {**shown["recipient"], **change}}


def _address(shown: dict[str, Any], **change: Any) -> dict[str, Any]:
    return _recipient(shown, address={**shown["recipient"]["address"], **change})


def _phone(shown: dict[str, Any], **change: Any) -> dict[str, Any]:
    phone = {**shown["recipient"]["phone"], **change}
    return _recipient(shown, phone={name: value for name, value in phone.items() if value is not None})


@fault(
    "quantity-missing", breaks="FC-P-01", title=("内件数量缺失", "The quantity of items is missing"), question=FieldsShown, when=_TO_COURIER
)
def quantity_missing(honest, q):
    """A required field is left out."""
    shown = honest(q)
    items = [{name: value for name, value in item.items() if name != "quantity"} for item in shown["items"]]
    return {**shown, "items": items}


@fault(
    "sender-emptied", breaks="FC-P-01", title=("寄件人字段为空", "The sender is handed on empty"), question=FieldsShown, when=_TO_COURIER
)
def sender_emptied(honest, q):
    """Present, and says nothing."""
    shown = honest(q)
    return {**shown, "sender": {**shown["sender"], "name": "", "phone": {**shown["sender"]["phone"], "number": ""}}}


@fault(
    "placeholders-handed-on",
    breaks="FC-P-02",
    title=("每第五单详细地址为“无”", "In every fifth consignment the address is 无"),
    question=FieldsShown,
    when=_TO_COURIER & fraction(5),
)
def placeholders_handed_on(honest, q):
    """It looks complete."""
    return _address(honest(q), detail="无")


@fault("middle-dots-lost", breaks="FC-P-03", title=("姓名间隔号丢失", "Middle dots are lost from names"), question=ConsignmentStored)
def middle_dots_lost(honest, q):
    """An input filter that knows Han characters only."""
    entered = honest(q)
    return _recipient(entered, name=re.sub("[·•・‧]", "", entered["recipient"]["name"]))


@fault(
    "rare-characters-lost", breaks="FC-P-03", title=("生僻字变成问号", "Rare characters become question marks"), question=ConsignmentStored
)
def rare_characters_lost(honest, q):
    """A database with three bytes a character."""
    entered = honest(q)
    name = "".join(mark if ord(mark) < 0x10000 else "?" for mark in entered["recipient"]["name"])
    return _recipient(entered, name=name)


@fault("text-normalised", breaks="FC-P-03", title=("文本被归一化", "Text is normalised"), question=ConsignmentStored)
def text_normalised(honest, q):
    """NFKC changes compatibility characters and full-width forms; white space is folded."""
    entered = honest(q)
    folded = {name: _folded(entered["recipient"]["address"][name]) for name in ("detail",)}
    changed = _address(_recipient(entered, name=_folded(entered["recipient"]["name"])), **folded)
    return {**changed, "remarks": _folded(entered["remarks"])} if "remarks" in entered else changed


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


@fault("markup-escaped", breaks="FC-P-03", title=("特殊字符被转义", "Special characters arrive escaped"), question=ConsignmentStored)
def markup_escaped(honest, q):
    """HTML in a machine interface."""
    entered = honest(q)
    detail = entered["recipient"]["address"]["detail"]
    for mark, escaped in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("#", "＃")):
        detail = detail.replace(mark, escaped)
    return _address(entered, detail=detail)


@fault("extension-lost", breaks="FC-P-04", title=("分机号丢失", "Extensions are lost"), question=FieldsShown, when=_TO_COURIER)
def extension_lost(honest, q):
    """The number rings at the switchboard, the sender's too."""
    shown = _phone(honest(q), extension=None)
    phone = {name: value for name, value in shown["sender"]["phone"].items() if name != "extension"}
    return {**shown, "sender": {**shown["sender"], "phone": phone}}


@fault(
    "area-code-lost", breaks="FC-P-04", title=("固话区号丢失", "Area codes of landlines are lost"), question=FieldsShown, when=_TO_COURIER
)
def area_code_lost(honest, q):
    """The number cannot be dialled from elsewhere."""
    shown = honest(q)
    phone = shown["recipient"]["phone"]
    return _phone(shown, number=phone["number"].split("-")[-1]) if phone["kind"] == "landline" else shown


@fault(
    "virtual-number-expires",
    breaks="FC-P-05",
    title=("虚拟号两小时后失效", "Virtual numbers expire after two hours"),
    question=FieldsShown,
    when=_TO_COURIER,
)
def virtual_number_expires(honest, q):
    """Long before the parcel is there."""
    shown = honest(q)
    until = rfc3339(posix(shown["created_at"]) + 7200)
    return _phone(shown, number="17000000000", extension="1234", kind="virtual", expires_at=until)


@fault("door-cut-off", breaks="FC-P-06", title=("地址没有门牌", "Addresses end before the door"), question=FieldsShown, when=_TO_COURIER)
def door_cut_off(honest, q):
    """Building, unit and room are protected from the courier too."""
    shown = honest(q)
    detail = re.split(r"[0-9０-９A-Za-z一二三四五六七八九十]+\s*(?:号楼|栋|幢|座|单元|室|户|房)", shown["recipient"]["address"]["detail"])[
        0
    ]
    return _address(shown, detail=detail.strip() or shown["recipient"]["address"]["city"])


@fault(
    "sender-and-recipient-swapped",
    breaks="FC-P-07",
    title=("每第四单收寄件人互换", "In every fourth consignment sender and recipient are exchanged"),
    question=ConsignmentStored,
    when=fraction(4),
)
def sender_and_recipient_swapped(honest, q):
    """The parcel comes back."""
    entered = honest(q)
    return {**entered, "sender": entered["recipient"], "recipient": entered["sender"]}


@fault(
    "phones-mixed-up",
    breaks="FC-P-07",
    title=("电话串单", "A phone of another consignment"),
    question=ConsignmentStored,
    when=_ENTRY,
    # The number that was entered does not arrive (FC-P-04, nor at who has consent: MK-P-14).  That of somebody else, perhaps a virtual one
    # without its expiry (FC-P-05), is pushed to couriers that don't carry it (MK-P-08) and stands in everybody's lists (MK-P-23, MK-P-24).
    also=("FC-P-04", "FC-P-05", "MK-P-08", "MK-P-14", "MK-P-23", "MK-P-24"),
)
def phones_mixed_up(honest, q, memory):
    """Every third recipient gets the phone of the one before."""
    entered = honest(q)
    before, memory["phone"] = memory.get("phone"), entered["recipient"]["phone"]
    memory["count"] = memory.get("count", 0) + 1
    return _recipient(entered, phone=before) if before and memory["count"] % 3 == 0 else entered


@fault("quantities-lost", breaks="FC-P-08", title=("数量一律为一", "Every quantity is one"), question=FieldsShown, when=_TO_COURIER)
def quantities_lost(honest, q):
    """One piece of everything."""
    shown = honest(q)
    return {**shown, "items": [{**item, "quantity": 1} for item in shown["items"]]}


@fault(
    "first-item-only",
    breaks="FC-P-08",
    title=("只传第一种内件", "Only the first item is handed on"),
    question=FieldsShown,
    when=_TO_COURIER,
)
def first_item_only(honest, q):
    """The rest of the contents is lost."""
    shown = honest(q)
    return {**shown, "items": shown["items"][:1]}


@fault(
    "last-parcel-lost",
    breaks="FC-P-09",
    title=("多包裹时少传一个", "The last of several parcels is lost"),
    question=FieldsShown,
    when=_TO_COURIER,
)
def last_parcel_lost(honest, q):
    """One consignment, one parcel."""
    shown = honest(q)
    return {**shown, "parcels": shown["parcels"][: max(1, len(shown["parcels"]) - 1)]}


@fault(
    "weights-rounded",
    breaks="FC-P-09",
    title=("重量取整到千克", "Weights are rounded to kilograms"),
    question=FieldsShown,
    when=_TO_COURIER,
)
def weights_rounded(honest, q):
    """Grams are lost."""
    shown = honest(q)
    return {**shown, "parcels": [{**parcel, "weight_grams": max(1000, round(parcel["weight_grams"], -3))} for parcel in shown["parcels"]]}


@fault(
    "money-rounded",
    breaks="FC-P-10",
    title=("代收货款取整到元", "Cash to collect is rounded to yuan"),
    question=FieldsShown,
    when=_TO_COURIER,
)
def money_rounded(honest, q):
    """Fen are lost."""
    shown = honest(q)
    added = {name: value // 100 * 100 for name, value in shown.get("value_added", {}).items()}
    return {**shown, "value_added": added} if added else shown


@fault(
    "payment-mode-lost",
    breaks="FC-P-10",
    title=("付款方式一律为寄付", "Every payment mode is prepaid"),
    question=FieldsShown,
    when=_TO_COURIER,
)
def payment_mode_lost(honest, q):
    """Who pays is forgotten."""
    return {**honest(q), "payment_mode": "prepaid"}


@fault(
    "order-number-changed", breaks="FC-P-11", title=("订单号被改写", "Order numbers are rewritten"), question=FieldsShown, when=_TO_COURIER
)
def order_number_changed(honest, q):
    """The courier sees a number that the merchant doesn't know."""
    shown = honest(q)
    return {**shown, "order_no": shown["order_no"][:-1] + "0"}


@fault("late-in-feed", breaks="FC-P-12", title=("拉取流晚三分钟", "The feed is three minutes behind"), question=FeedReady, when=_TO_COURIER)
def late_in_feed(honest, q):
    """For all couriers alike."""
    return honest(q) and (q.operation != "listConsignments" or q.age >= LATE)


@fault(
    "late-push",
    breaks="FC-P-13",
    title=("推送晚三分钟", "Pushes come three minutes late"),
    question=WebhookDelay,
    when=_of_type("consignment.created"),
)
def late_push(honest, q):
    """For all couriers alike."""
    return honest(q) + LATE


@fault(
    "no-push",
    breaks="FC-P-13",
    title=("新寄递单不推送", "New consignments are not pushed"),
    question=DeliverTo,
    when=_of_type("consignment.created"),
)
def no_push(honest, q):
    """Pull it, if you can."""
    return ()


@fault(
    "correction-not-shown",
    breaks="FC-P-14",
    title=("更正不传给快递企业", "Corrections do not reach the courier"),
    question=FieldsShown,
    when=_TO_COURIER,
)
def correction_not_shown(honest, q, memory):
    """The courier goes on seeing recipient and remarks as first entered."""
    shown = honest(q)
    first = memory.setdefault(shown["consignment_id"], {name: shown.get(name) for name in ("recipient", "remarks")})
    merged = {**shown, **first}
    return {name: value for name, value in merged.items() if value is not None}


@fault(
    "corrections-late",
    breaks="FC-P-14",
    title=("更正晚三分钟才到", "Corrections come three minutes late"),
    question=FeedReady,
    when=_TO_COURIER & only_for(lambda q: q.operation == "listConsignments" and q.entry["version"] > 1),
)
def corrections_late(honest, q):
    """In the feed, and, below, by push."""
    return honest(q) and q.age >= LATE


@further("corrections-late", question=WebhookDelay, when=_of_type("consignment.updated"))
def corrections_pushed_late(honest, q):
    """As late as the feed."""
    return honest(q) + LATE


@fault(
    "cancellation-not-told",
    breaks="FC-P-15",
    title=("取消不告知快递企业", "Cancellations do not reach the courier"),
    question=DeliverTo,
    when=_of_type("consignment.cancelled"),
)
def cancellation_not_told(honest, q):
    """Not pushed, and the record looks alive."""
    return ()


@further("cancellation-not-told", question=FieldsShown, when=_TO_COURIER)
def cancellation_not_shown(honest, q):
    """The courier comes for a parcel that isn't there."""
    shown = honest(q)
    if shown["status"] != "cancelled":
        return shown
    return {**shown, "status": "created", "parcels": [{**parcel, "status": "created"} for parcel in shown["parcels"]]}


@fault(
    "push-says-less",
    breaks="FC-P-16",
    title=("推送内容少于拉取", "A push says less than the feed"),
    question=FieldsShown,
    when=_TO_COURIER & only_for(lambda q: q.channel == "push"),
)
def push_says_less(honest, q):
    """Remarks, value added and items' weights are left to be pulled."""
    shown = {name: value for name, value in honest(q).items() if name not in ("remarks", "value_added")}
    return {**shown, "items": [{name: item[name] for name in ("name", "category", "quantity")} for item in shown["items"]]}


@fault(
    "burst-loses-one",
    breaks="FC-P-17",
    title=("连续录入时每第九单丢失", "In a burst every ninth consignment is lost"),
    question=DeliverTo,
    when=_of_type("consignment.created") & fraction(9),
)
def burst_loses_one(honest, q, memory):
    """A queue that overflows: neither pushed nor in the feed."""
    memory[q.data["consignment_id"]] = True
    return ()


@further("burst-loses-one", question=FeedHas, when=_TO_COURIER)
def burst_lost_in_feed(honest, q, memory):
    """The merchant can still read it."""
    return honest(q) and q.entry.get("consignment_id") not in memory


@fault("long-text-cut", breaks="FC-P-18", title=("过长文本被截断", "Long text is cut"), question=ConsignmentStored)
def long_text_cut(honest, q):
    """Twenty characters of a name, sixty of an address, none refused."""
    entered = honest(q)
    recipient = entered["recipient"]
    cut = _address(_recipient(entered, name=recipient["name"][:15]), detail=recipient["address"]["detail"][:60])
    return {**cut, "remarks": entered["remarks"][:60]} if "remarks" in entered else cut


@fault(
    "value-added-dropped",
    breaks="FC-P-18",
    title=("增值服务字段被默默丢弃", "Value added is dropped in silence"),
    question=ConsignmentStored,
)
def value_added_dropped(honest, q):
    """Accepted, and not kept."""
    return {name: value for name, value in honest(q).items() if name != "value_added"}


@fault("event-details-dropped", breaks="FC-P-19", title=("事件说明、原因不转给商家", "Details of events are dropped"), question=EventShown)
def event_details_dropped(honest, q):
    """Description, reason and facility."""
    shown = {name: value for name, value in honest(q).items() if name not in ("description", "exception_reason")}
    return {**shown, "location": {name: shown["location"][name] for name in ("region_code", "city")}}


@fault("unknown-codes-mapped", breaks="FC-P-20", title=("未知事件代码被改写", "Unknown event codes are rewritten"), question=EventStored)
def unknown_codes_mapped(honest, q):
    """What isn't known is in transit."""
    event = honest(q)
    known = parcel_life.state_after(event["code"]) or event["code"] == parcel_life.MERE_RETRACTION
    return event if known else {**event, "code": "IN_TRANSIT"}


@fault("times-in-utc", breaks="FC-P-21", title=("发生时间丢失原时区", "Times lose their offset"), question=EventStored)
def times_in_utc(honest, q):
    """The same instant, written otherwise, without fraction."""
    event = honest(q)
    moment = rfc3339(posix(event["occurred_at"]) - 8 * 3600)[:19] + "Z"
    return {**event, "occurred_at": moment}


@fault("record-time-missing", breaks="FC-P-22", title=("事件没有记录时间", "Events have no record time"), question=EventShown)
def record_time_missing(honest, q):
    """Nobody can tell what is new."""
    return {name: value for name, value in honest(q).items() if name != "recorded_at"}


@fault(
    "feed-by-occurrence",
    breaks="FC-P-22",
    title=("事件流按发生时间排序", "The feed is ordered by occurrence"),
    question=FeedPage,
    when=during("listConsignmentEvents"),
)
def feed_by_occurrence(honest, q):
    """Late events stand before what was read already."""
    return sorted(honest(q), key=lambda event: posix(event["occurred_at"]))


@fault("record-time-is-occurrence", breaks="FC-P-22", title=("记录时间抄发生时间", "The record time is a copy"), question=RecordedAt)
def record_time_is_occurrence(honest, q):
    """It says nothing of its own."""
    return posix(q.event["occurred_at"])


@fault("duplicates-shown", breaks="FC-P-23", title=("重复事件多次出现", "Repeated events are shown again"), question=EventKnown)
def duplicates_shown(honest, q):
    """Every report is an event."""
    return False


@fault("late-events-dropped", breaks="FC-P-24", title=("迟到事件被丢弃", "Late events are dropped"), question=EventStored)
def late_events_dropped(honest, q):
    """What is older than the newest is not kept."""
    late = q.latest is not None and posix(q.event["occurred_at"]) < posix(q.latest)
    return None if late else honest(q)


@fault("retraction-edits", breaks="FC-P-25", title=("撤销时改写原事件", "A retraction edits the event"), question=Retraction)
def retraction_edits(honest, q):
    """What was told is changed behind everybody's back."""
    return {**q.original, "code": "STALLED", "description": "已更正 corrected"}


@fault(
    "retractions-hidden",
    breaks="FC-P-25",
    title=("商家看不到撤销", "Merchants do not see retractions"),
    question=FeedHas,
    when=during("listConsignmentEvents"),
)
def retractions_hidden(honest, q):
    """The event stands, as if true; below, for pushes too."""
    return honest(q) and "retracts" not in q.entry


@further("retractions-hidden", question=DeliverTo, when=_of_type("waybill.event"))
def retractions_not_pushed(honest, q):
    """Nothing is told."""
    return () if "retracts" in q.data else honest(q)


@fault("sign-off-rewritten", breaks="FC-P-26", title=("签收方式一律写本人", "Every parcel was signed for in person"), question=EventShown)
def sign_off_rewritten(honest, q):
    """Lockers and proxies disappear."""
    shown = honest(q)
    return {**shown, "sign_off": {"manner": "self"}} if "sign_off" in shown else shown


@fault(
    "sign-off-moves",
    breaks="FC-P-26",
    title=("签收时间每次读取都不同", "The time of sign-off changes"),
    question=EventShown,
    when=only_for(lambda q: q.event["code"] == "DELIVERED") & fraction(2),
)
def sign_off_moves(honest, q):
    """An hour earlier at every second look."""
    shown = honest(q)
    return {**shown, "occurred_at": rfc3339(posix(shown["occurred_at"]) - 3600)}


@fault(
    "tracking-shows-first",
    breaks="FC-P-27",
    title=("公开查询停在首个状态", "Public tracking shows the first state"),
    question=TrackingShown,
)
def tracking_shows_first(honest, q):
    """The page isn't renewed."""
    shown = honest(q)
    events = shown["events"][:1]
    state = parcel_life.state_after(events[0]["code"]) if events else None
    return {**shown, "events": events, "status": state or "created"}


@fault(
    "state-by-arrival",
    breaks="FC-P-27",
    title=("状态取最后收到的事件", "The state is that of the last report"),
    question=CurrentEvent,
    also=("FC-P-30", "FC-P-32"),  # the record has the same state, and what may still be changed follows from it
)
def state_by_arrival(honest, q):
    """An old event that comes late sets the parcel back."""
    known = [event for event in q.events if parcel_life.state_after(event["code"])]
    return known[0] if len(known) > 1 else honest(q)


@fault("events-late-in-feed", breaks="FC-P-28", title=("事件流晚三分钟", "The merchant's feed is three minutes behind"), question=FeedReady)
def events_late_in_feed(honest, q):
    """For all couriers alike."""
    return honest(q) and (q.operation != "listConsignmentEvents" or q.age >= LATE)


@fault(
    "events-pushed-late",
    breaks="FC-P-29",
    title=("事件推送晚三分钟", "Events are pushed three minutes late"),
    question=WebhookDelay,
    when=_of_type("waybill.event"),
)
def events_pushed_late(honest, q):
    """For all couriers alike."""
    return honest(q) + LATE
