"""Finer faults against field completeness: events that are lost, changed, repeated or late only now and then."""

from __future__ import annotations

from functools import cache

import yaml

from conformance.mock import parcel_life
from conformance.mock.faults import fault, further
from conformance.mock.faults.fc_channels import of_type
from conformance.mock.faults.reshaping import GONE, reshaped, without
from conformance.mock.questions import (
    DeliverTo,
    EventKnown,
    EventShown,
    EventStored,
    FeedHas,
    FeedReady,
    RecordedAt,
    Retraction,
    TrackingShown,
    WaybillConflicts,
    WebhookDelay,
)
from conformance.mock.trade_clock import posix
from conformance.mock.triggers import after, between, during, only_for, toward
from conformance.resources import folder

_TO_MERCHANT = toward("merchant")
_PUSHED = _TO_MERCHANT & only_for(lambda q: q.channel == "push")
_PULLED = _TO_MERCHANT & only_for(lambda q: q.channel == "pull")
_IN_FEED = _TO_MERCHANT & during("listConsignmentEvents")
_EVENT = of_type("waybill.event")
_DAY = 86_400.0
_LATE = 75.0


@cache
def _known_reasons() -> frozenset[str]:
    listed = yaml.load((folder("specs/codes") / "exception_reasons.yaml").read_bytes(), yaml.CSafeLoader)
    return frozenset(reason["code"] for reason in listed["codes"])


@fault(
    "facility-lost-in-push",
    breaks="FC-P-19",
    title=("推送的事件缺少场所", "Pushed events lack the facility"),
    question=EventShown,
    when=_PUSHED,
)
def facility_lost_in_push(honest, q):
    """The feed has it."""
    return reshaped(honest(q), "location", lambda place: without(place, "facility"))


@fault(
    "related-waybill-lost",
    breaks="FC-P-19",
    title=("转寄后的新运单号不转给商家", "The waybill number of a forwarded parcel is lost"),
    question=EventShown,
    when=_TO_MERCHANT,
)
def related_waybill_lost(honest, q):
    """A field that few events have."""
    return without(honest(q), "related_waybill_no")


@fault(
    "unknown-reasons-lost",
    breaks="FC-P-19",
    title=("未知异常原因丢失", "Exception reasons that the platform doesn't know are lost"),
    question=EventShown,
    when=_TO_MERCHANT,
)
def unknown_reasons_lost(honest, q):
    """An open list read as a closed one."""
    return reshaped(honest(q), "exception_reason", lambda reason: reason if reason in _known_reasons() else GONE)


@fault(
    "events-of-second-parcel-lost",
    breaks="FC-P-19",
    title=("后续包裹的事件商家看不到", "Merchants see the events of one parcel only"),
    question=DeliverTo,
    when=_EVENT,
)
def events_of_second_parcel_lost(honest, q, memory):
    """The parcel that is reported first."""
    first = memory.setdefault(q.data["consignment_id"], q.data["parcel_no"])
    return honest(q) if first == q.data["parcel_no"] else ()


@further("events-of-second-parcel-lost", question=FeedHas, when=_IN_FEED)
def second_parcel_not_in_feed(honest, q, memory):
    """And by pull."""
    return honest(q) and memory.get(q.entry["consignment_id"]) == q.entry["parcel_no"]


@fault(
    "codes-aliased-in-push",
    breaks="FC-P-20",
    title=("推送时到发件代码被归并", "In pushes arrival and departure become transit"),
    question=EventShown,
    when=_PUSHED,
)
def codes_aliased_in_push(honest, q):
    """Known codes, by one channel."""
    return reshaped(honest(q), "code", lambda code: "IN_TRANSIT" if code in ("ARRIVED_HUB", "DEPARTED_HUB", "FORWARDED") else code)


@fault("codes-cut", breaks="FC-P-20", title=("事件代码按 18 位截断", "Event codes are cut at eighteen characters"), question=EventStored)
def codes_cut(honest, q):
    """Every code of the list fits."""
    return reshaped(honest(q), "code", lambda code: code[:18])


@fault(
    "fraction-lost-in-feed",
    breaks="FC-P-21",
    title=("事件流中发生时间丢失小数秒", "In the feed times of occurrence lose their fraction"),
    question=EventShown,
    when=_PULLED,
)
def fraction_lost_in_feed(honest, q):
    """Whole seconds don't show it."""
    return reshaped(honest(q), "occurred_at", lambda moment: moment[:19] + moment[19:].lstrip(".0123456789"))


@fault(
    "offset-stamped-over",
    breaks="FC-P-21",
    title=("其他时区一律改写为 +08:00", "Other offsets are overwritten with +08:00"),
    question=EventStored,
)
def offset_stamped_over(honest, q):
    """The digits stay, the instant moves; at home nobody notices."""
    return reshaped(honest(q), "occurred_at", lambda moment: moment[:-6] + "+08:00" if moment[-6] in "+-" else moment)


@fault(
    "clock-ahead-corrected",
    breaks="FC-P-21",
    title=("略晚于平台时钟的时间被改成当前", "A time a little ahead becomes the platform's"),
    question=EventShown,
    when=only_for(lambda q: posix(q.event["occurred_at"]) > posix(q.event["recorded_at"])),
)
def clock_ahead_corrected(honest, q):
    """Within the five minutes that are allowed."""
    return {**honest(q), "occurred_at": q.event["recorded_at"]}


@fault(
    "record-time-falls-in-batch",
    breaks="FC-P-22",
    title=("同批事件的记录时间倒着走", "Within a batch record times go backwards"),
    question=RecordedAt,
)
def record_time_falls_in_batch(honest, q, memory):
    """One event at a time is fine."""
    memory["place"] = memory.get("place", 0) + 1 if memory.get("now") == q.now else 0
    memory["now"] = q.now
    return honest(q) - 0.001 * memory["place"]


@fault(
    "sign-offs-repeat",
    breaks="FC-P-23",
    title=("重复上报的签收再次出现", "A sign-off reported again is shown again"),
    question=EventKnown,
    when=only_for(lambda q: q.event["code"] == "DELIVERED"),
)
def sign_offs_repeat(honest, q):
    """One kind of event has a table of its own."""
    return False


@fault(
    "repeats-forgotten-after-an-hour",
    breaks="FC-P-23",
    title=("一小时后去重失效", "After an hour a repeated event is a new one"),
    question=EventKnown,
    when=between(3600),
)
def repeats_forgotten_after_an_hour(honest, q):
    """Ids are kept in a cache."""
    return False


@fault(
    "same-moment-dropped",
    breaks="FC-P-24",
    title=("同一时刻的第二个事件被丢弃", "A second event of the same moment is dropped"),
    question=EventStored,
)
def same_moment_dropped(honest, q):
    """The key is the time."""
    return None if q.latest == q.event["occurred_at"] else honest(q)


@fault(
    "deaf-after-delivery",
    breaks="FC-P-24",
    title=("签收后到的旧事件被丢弃", "What is reported after the delivery is dropped"),
    question=DeliverTo,
    when=_EVENT & only_for(lambda q: "retracts" not in q.data),
)
def deaf_after_delivery(honest, q, memory):
    """Answered as accepted."""
    parcel = q.data["consignment_id"], q.data["parcel_no"]
    if parcel in memory:
        memory[q.data["event_id"]] = True
        return ()
    memory.update({parcel: True} if q.data["code"] == "DELIVERED" else {})
    return honest(q)


@further("deaf-after-delivery", question=FeedHas, when=_IN_FEED)
def not_in_feed_after_delivery(honest, q, memory):
    """And by pull."""
    return honest(q) and q.entry["event_id"] not in memory


@fault(
    "older-than-a-day-dropped",
    breaks="FC-P-24",
    title=("迟到一天以上的事件被丢弃", "Events a day behind are dropped"),
    question=EventStored,
)
def older_than_a_day_dropped(honest, q):
    """A late scan of this morning is kept."""
    behind = posix(q.latest) - posix(q.event["occurred_at"]) if q.latest else 0.0
    return None if behind > _DAY else honest(q)


@fault("retracted-removed", breaks="FC-P-25", title=("被撤销的事件从流中消失", "What is retracted leaves the feed"), question=Retraction)
def retracted_removed(honest, q, memory):
    """The retraction names an event that nobody can find."""
    memory[q.original["event_id"]] = True
    return honest(q)


@further("retracted-removed", question=FeedHas, when=_IN_FEED)
def retracted_not_in_feed(honest, q, memory):
    """As if it had never been."""
    return honest(q) and q.entry["event_id"] not in memory


@fault(
    "correction-without-reference",
    breaks="FC-P-25",
    title=("更正事件不带所撤销的事件号", "A correcting event doesn't say what it retracts"),
    question=EventShown,
    when=_TO_MERCHANT & only_for(lambda q: q.event["code"] != parcel_life.MERE_RETRACTION),
)
def correction_without_reference(honest, q):
    """Mere retractions do."""
    return without(honest(q), "retracts")


@fault(
    "consent-reference-lost",
    breaks="FC-P-26",
    title=("代收同意的凭据丢失", "The reference of the consent to a proxy is lost"),
    question=EventShown,
    when=_TO_MERCHANT,
)
def consent_reference_lost(honest, q):
    """The manner is right."""
    return reshaped(honest(q), "sign_off", lambda sign_off: without(sign_off, "consent_ref"))


@fault(
    "sign-off-settles",
    breaks="FC-P-26",
    title=("读过三次后签收方式变为本人", "From the third reading on a sign-off is in person"),
    question=EventShown,
    when=_PULLED & only_for(lambda q: "sign_off" in q.event),
)
def sign_off_settles(honest, q, memory):
    """True when it is told, tidied up later."""
    key = q.event["courier_code"], q.event["event_id"]
    memory[key] = memory.get(key, 0) + 1
    return honest(q) if memory[key] <= 2 else {**honest(q), "sign_off": {"manner": "self"}}


@fault(
    "tracking-remembers",
    breaks="FC-P-27",
    title=("公开查询缓存首次结果", "Public tracking keeps what it showed first"),
    question=TrackingShown,
)
def tracking_remembers(honest, q, memory):
    """A cache without end, for the numbers that somebody looked up."""
    return memory.setdefault(q.waybill_no, honest(q))


@fault(
    "state-of-first-parcel",
    breaks="FC-P-27",
    title=("各包裹都显示第一个的状态", "Every parcel shows the state of the first"),
    question=TrackingShown,
)
def state_of_first_parcel(honest, q):
    """One row a consignment."""
    return {**honest(q), "status": q.consignment["parcels"][0]["status"]}


@fault(
    "retracted-still-public",
    breaks="FC-P-27",
    title=("公开查询仍列出已撤销的事件", "Public tracking goes on listing what was retracted"),
    question=TrackingShown,
)
def retracted_still_public(honest, q, memory):
    """The page only ever grows; the status is right."""
    shown = honest(q)
    known = memory.setdefault(q.waybill_no, [])
    known += [event for event in shown["events"] if event not in known]
    return {**shown, "events": sorted(known, key=lambda event: posix(event["occurred_at"]))}


@fault(
    "public-page-newest-first",
    breaks="FC-P-27",
    title=("公开查询按发生时间倒序", "Public tracking lists the newest event first"),
    question=TrackingShown,
)
def public_page_newest_first(honest, q):
    """As many pages do."""
    shown = honest(q)
    return {**shown, "events": shown["events"][::-1]}


@fault(
    "public-page-abridged",
    breaks="FC-P-27",
    title=("公开查询只列首末事件", "Public tracking lists the first event and the last"),
    question=TrackingShown,
)
def public_page_abridged(honest, q):
    """What lies between is left out."""
    shown = honest(q)
    return {**shown, "events": [*shown["events"][:1], *shown["events"][1:][-1:]]}


@fault(
    "public-page-at-home",
    breaks="FC-P-27",
    title=("公开查询中各事件都在始发地", "On the public page everything happens where it began"),
    question=TrackingShown,
)
def public_page_at_home(honest, q):
    """The place is taken from the sender."""
    home = q.consignment["sender"]["address"]
    place = {"region_code": home["region_code"], "city": home["city"]}
    return reshaped(honest(q), "events/*/location", lambda _: place)


@fault(
    "bad-news-late-in-feed",
    breaks="FC-P-28",
    title=("异常事件晚进事件流", "Exceptions come late into the feed"),
    question=FeedReady,
    when=_IN_FEED & only_for(lambda q: "exception_reason" in q.entry),
)
def bad_news_late_in_feed(honest, q):
    """Somebody looks at them first."""
    return honest(q) and q.age >= _LATE


@fault(
    "numbers-never-free",
    breaks="FC-P-19",
    title=("用过的运单号不能再用", "A waybill number is never used again"),
    question=WaybillConflicts,
)
def numbers_never_free(honest, q):
    """In the trade they come again; also the late events of the parcel that had it go on."""
    return honest(q) or (q.used and q.present is None)


@fault(
    "late-under-a-new-parcel",
    breaks="FC-P-24",
    title=("运单号再用后，前一包裹的迟到事件被拒", "Once a number is used again, late events of the former parcel are refused"),
    question=WaybillConflicts,
)
def late_under_a_new_parcel(honest, q):
    """The number means somebody else now."""
    return honest(q) or q.taken


@fault(
    "bad-news-pushed-late",
    breaks="FC-P-29",
    title=("异常事件推送超时限", "Exceptions are pushed late"),
    question=WebhookDelay,
    when=_EVENT & only_for(lambda q: "exception_reason" in q.data),
)
def bad_news_pushed_late(honest, q):
    """Good news is prompt."""
    return honest(q) + _LATE


@fault(
    "events-late-after-thirty",
    breaks="FC-P-29",
    title=("三十个事件之后推送超时限", "After thirty events pushes are late"),
    question=WebhookDelay,
    when=_EVENT & after(30),
)
def events_late_after_thirty(honest, q):
    """Correct at first."""
    return honest(q) + _LATE
