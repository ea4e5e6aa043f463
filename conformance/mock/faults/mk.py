"""Faults against masking and personal information: shown, leaked, given away, kept from those who need it."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from conformance.mock import masks
from conformance.mock.faults import fault, further
from conformance.mock.parties import COURIERS, MERCHANTS
from conformance.mock.questions import (
    AnalyticsRow,
    AnswerDelay,
    AnswerHeaders,
    ConsentJudged,
    DataDecision,
    DataGiven,
    DeliverTo,
    ErrorBody,
    ErrorDetail,
    FeedHas,
    FeedPage,
    HandOver,
    MaskOf,
    ShipmentRef,
    SmallestCell,
    TrackingShown,
    VisibleTo,
)
from conformance.mock.triggers import Trigger, during, only_for, toward

_TRACKING = only_for(lambda q: q.view == "tracking")
_ANALYTICS = only_for(lambda q: q.view == "analytics")


def _field(name: str) -> Trigger:
    return only_for(lambda q: q.field == name)


@fault(
    "names-shown",
    breaks="MK-P-01",
    title=("公开查询显示全名", "Public tracking shows whole names"),
    question=MaskOf,
    when=_TRACKING & _field("name"),
)
def names_shown(honest, q):
    """Anybody who holds the number reads them."""
    return q.value


@fault(
    "short-names-shown",
    breaks="MK-P-01",
    title=("公开查询显示单字姓名", "Public tracking shows names of one character"),
    question=MaskOf,
    when=_TRACKING & _field("name") & only_for(lambda q: len(q.value) == 1),
)
def short_names_shown(honest, q):
    """The mask keeps the first character, and there is no other."""
    return q.value


@fault(
    "four-digits-hidden",
    breaks="MK-P-02",
    title=("电话只隐藏四位", "Four digits of a phone are hidden"),
    question=MaskOf,
    when=_TRACKING & _field("phone"),
)
def four_digits_hidden(honest, q):
    """The common 138****5678, which the standard does not allow."""
    return q.value[:-8] + "****" + q.value[-4:] if len(q.value) >= 8 else honest(q)


@fault(
    "room-shown",
    breaks="MK-P-03",
    title=("公开查询显示门牌", "Public tracking shows the door"),
    question=MaskOf,
    when=_TRACKING & _field("detail"),
)
def room_shown(honest, q):
    """Unit and room."""
    return q.value


@fault(
    "masks-differ",
    breaks="MK-P-04",
    title=("两次查询遮盖不同部分", "Two looks mask different parts"),
    question=MaskOf,
    when=_TRACKING & _field("phone"),
)
def masks_differ(honest, q, memory):
    """Each hides enough; together they hide too little."""
    memory[q.value] = memory.get(q.value, 0) + 1
    digits = len(q.value)
    if digits < 10:
        return honest(q)
    head = q.value[:5] + masks.STAR * (digits - 5)
    return head if memory[q.value] % 2 else masks.STAR * (digits - 5) + q.value[-5:]


@fault(
    "phone-in-extra-field",
    breaks="MK-P-05",
    title=("公开查询附带编码的电话", "Public tracking carries an encoded phone"),
    question=TrackingShown,
)
def phone_in_extra_field(honest, q):
    """Base64 is no mask."""
    return {**honest(q), "trace": base64.b64encode(q.consignment["recipient"]["phone"]["number"].encode()).decode()}


@fault(
    "name-in-header",
    breaks="MK-P-06",
    title=("标头带收件人电话", "A header carries the recipient's phone"),
    question=AnswerHeaders,
    when=during("getConsignment", "createConsignment"),
)
def name_in_header(honest, q):
    """Headers end in logs."""
    body = q.body or {}
    phone = body.get("recipient", {}).get("phone", {}).get("number")
    return {**honest(q), "X-Recipient": phone} if phone else honest(q)


@fault(
    "names-in-link",
    breaks="MK-P-06",
    title=("翻页链接带收件人信息", "The link to the next page carries a recipient"),
    question=AnswerHeaders,
    when=during("listConsignments") & only_for(lambda q: bool(q.body and q.body.get("items"))),
)
def names_in_link(honest, q):
    """A cursor that isn't opaque enough."""
    last = q.body["items"][-1]["recipient"]["phone"]["number"]
    token = base64.urlsafe_b64encode(last.encode()).decode().rstrip("=")
    return {**honest(q), "Link": f'</consignments?after={token}>; rel="self"'}


@fault("errors-tell-names", breaks="MK-P-07", title=("错误应答透露他人姓名", "An error tells somebody else's name"), question=ErrorDetail)
def errors_tell_names(honest, q):
    """Helpful, and for everybody."""
    recipient = (q.subject or {}).get("recipient")
    return f"belongs to {recipient['name']}, {recipient['phone']['number']}" if recipient else honest(q)


@fault(
    "pushed-to-all-couriers",
    breaks="MK-P-08",
    title=("寄递数据推送给所有快递企业", "Consignments are pushed to every courier"),
    question=DeliverTo,
    when=only_for(lambda q: q.type == "consignment.created"),
)
def pushed_to_all_couriers(honest, q):
    """Whoever it is for will know."""
    return COURIERS


@fault(
    "events-to-all-merchants",
    breaks="MK-P-08",
    title=("事件推送给所有商家", "Events are pushed to every merchant"),
    question=DeliverTo,
    when=only_for(lambda q: q.type == "waybill.event"),
)
def events_to_all_merchants(honest, q):
    """Descriptions included."""
    return MERCHANTS


@fault("digest-of-phone", breaks="MK-P-09", title=("以哈希代替电话", "A digest stands for the phone"), question=TrackingShown)
def digest_of_phone(honest, q):
    """Eleven digits are tried in a second."""
    number = q.consignment["recipient"]["phone"]["number"]
    return {**honest(q), "recipient_key": hashlib.sha256(number.encode()).hexdigest()}


@fault("order-numbers-in-analytics", breaks="MK-P-10", title=("分析数据带订单号", "Analytics hold order numbers"), question=AnalyticsRow)
def order_numbers_in_analytics(honest, q):
    """A direct identifier."""
    return {**honest(q), "order_no": q.consignment["order_no"]}


@fault(
    "half-masked-analytics",
    breaks="MK-P-10",
    title=("分析数据只遮盖一部分", "Analytics are partly masked"),
    question=MaskOf,
    when=_ANALYTICS,
)
def half_masked_analytics(honest, q):
    """Four digits of the phone are hidden, fewer than on the public page."""
    return masks.name(q.value) if q.field == "name" else f"{q.value[:3]}****{q.value[7:]}"


@fault("small-cells", breaks="MK-P-11", title=("分析数据不压制小分组", "Small groups stand in analytics"), question=SmallestCell)
def small_cells(honest, q):
    """A group of one is a person."""
    return 1


@fault("lasting-pseudonyms", breaks="MK-P-12", title=("分析数据代号固定不变", "Pseudonyms last"), question=ShipmentRef)
def lasting_pseudonyms(honest, q):
    """The same shipment is recognised in every query."""
    return hashlib.sha256(b"salt" + q.consignment["consignment_id"].encode()).hexdigest()[:16]


@fault(
    "no-consent-needed",
    breaks="MK-P-13",
    title=("没有同意也给数据", "Data without consent"),
    question=DataDecision,
    when=only_for(lambda q: q.reason == "consent_missing" and "consent_id" not in q.request and q.caller.kind != "third_party"),
)
def no_consent_needed(honest, q):
    """Value added is for everybody's good."""
    return "consent_valid" if q.consignment else honest(q)


@fault(
    "valid-consent-refused",
    breaks="MK-P-14",
    title=("有效同意仍被拒绝", "A valid consent is refused"),
    question=DataDecision,
    when=only_for(lambda q: q.reason == "consent_valid"),
)
def valid_consent_refused(honest, q):
    """Privacy as a pretext."""
    return "consent_missing"


@fault(
    "granted-without-data",
    breaks="MK-P-14",
    title=("准许却不给数据", "Granted, and no data"),
    question=DataGiven,
    when=only_for(lambda q: q.decision == "granted" and q.request["purpose"] == "value_added"),
)
def granted_without_data(honest, q):
    """An empty answer."""
    return None


@fault("withdrawn-consent-serves", breaks="MK-P-15", title=("撤回的同意仍有效", "A withdrawn consent still serves"), question=ConsentJudged)
def withdrawn_consent_serves(honest, q):
    """Once is for ever."""
    reason = honest(q)
    return None if reason == "consent_withdrawn" and not q.expired else reason


@fault("expired-consent-serves", breaks="MK-P-16", title=("过期的同意仍有效", "An expired consent still serves"), question=ConsentJudged)
def expired_consent_serves(honest, q):
    """Nobody looks at the date."""
    reason = honest(q)
    return None if reason == "consent_expired" else reason


@fault(
    "courier-served-for-marketing",
    breaks="MK-P-17",
    title=("承运企业为营销也得到数据", "A performing courier gets data for marketing"),
    question=DataDecision,
    when=toward("courier") & only_for(lambda q: q.request["purpose"] not in ("delivery", "value_added")),
)
def courier_served_for_marketing(honest, q):
    """It has them anyway."""
    performs = q.consignment is not None and q.consignment["courier_code"] == q.caller.code
    return "performs_delivery" if performs else honest(q)


@fault(
    "third-party-served",
    breaks="MK-P-18",
    title=("第三方无须同意即得数据", "A third party gets data without consent"),
    question=DataDecision,
    when=toward("third_party") & only_for(lambda q: q.reason == "consent_missing" and "consent_id" not in q.request),
)
def third_party_served(honest, q):
    """A partner."""
    return "consent_valid" if q.consignment else honest(q)


@fault(
    "consent-serves-anybody",
    breaks="MK-P-19",
    title=("给一方的同意他方可用", "A consent for one serves another"),
    question=ConsentJudged,
    when=only_for(lambda q: bool(q.consent) and q.same_order and not q.same_recipient),
)
def consent_serves_anybody(honest, q):
    """The recipient isn't compared."""
    return None


@fault(
    "more-than-consented",
    breaks="MK-P-20",
    title=("给出同意范围外的字段", "More fields than consented to"),
    question=DataGiven,
    when=only_for(lambda q: q.decision == "granted" and q.request["purpose"] == "value_added"),
)
def more_than_consented(honest, q):
    """The phone comes along."""
    return {**(honest(q) or {}), "recipient_phone": q.whole["recipient"]["phone"], "recipient_name": q.whole["recipient"]["name"]}


@fault(
    "consent-scope-ignored",
    breaks="MK-P-20",
    title=("不看同意的字段范围", "The scope of a consent is ignored"),
    question=ConsentJudged,
)
def consent_scope_ignored(honest, q):
    """A consent to one field is a consent to all."""
    reason = honest(q)
    return None if reason == "consent_scope" else reason


@fault(
    "sent-abroad",
    breaks="MK-P-21",
    title=("没有出境依据也给数据", "Data go abroad without a ground"),
    question=DataDecision,
    when=only_for(lambda q: q.reason == "cross_border_basis_missing"),
)
def sent_abroad(honest, q):
    """The jurisdiction isn't looked at."""
    if q.consignment is None:
        return honest(q)
    return "performs_delivery" if q.request["purpose"] == "delivery" else "consent_valid"


@fault(
    "sent-abroad-without-consent",
    breaks="MK-P-28",
    title=("未单独同意出境也给数据", "Data go abroad without a separate consent"),
    question=DataDecision,
    when=only_for(lambda q: q.reason == "cross_border_consent_missing"),
)
def sent_abroad_without_consent(honest, q):
    """A ground is enough."""
    if q.consignment is None:
        return honest(q)
    return "performs_delivery" if q.request["purpose"] == "delivery" else "consent_valid"


@fault(
    "withdrawal-stops-delivery",
    breaks="MK-P-22",
    title=("撤回增值同意后寄递数据不再提供", "Withdrawing a consent stops the delivery"),
    question=AnswerDelay,
    when=during("withdrawConsent"),
)
def withdrawal_stops_delivery(honest, q, memory):
    """Who doesn't agree isn't served."""
    memory[q.found.document["order_no"]] = True
    return honest(q)


@further("withdrawal-stops-delivery", question=FeedHas, when=toward("courier"))
def withdrawn_not_in_feed(honest, q, memory):
    """The courier loses the consignment."""
    return honest(q) and q.entry.get("order_no") not in memory


@further("withdrawal-stops-delivery", question=DeliverTo)
def withdrawn_not_pushed(honest, q, memory):
    """And learns of no change."""
    return () if q.data.get("order_no") in memory else honest(q)


def _with_another(honest: Any, q: Any, memory: dict[Any, Any], whose: str) -> Any:
    items = list(honest(q))
    for item in items:
        memory[item[whose]] = item
    others = [item for code, item in memory.items() if code != q.to.code]
    return [*items, others[-1]] if others else items


@fault(
    "feed-of-others",
    breaks="MK-P-23",
    title=("拉取列表混入他人承运的数据", "The feed holds another courier's consignments"),
    question=FeedPage,
    when=toward("courier") & during("listConsignments"),
)
def feed_of_others(honest, q, memory):
    """The last that was read by somebody else."""
    return _with_another(honest, q, memory, "courier_code")


@fault(
    "list-of-others",
    breaks="MK-P-24",
    title=("商家列表混入他人数据", "A merchant's list holds another's consignments"),
    question=FeedPage,
    when=toward("merchant") & during("listConsignments"),
)
def list_of_others(honest, q, memory):
    """The last that was read by somebody else."""
    return _with_another(honest, q, memory, "merchant_id")


@fault("former-courier-reads-on", breaks="MK-P-25", title=("原快递仍可读取", "The former courier can read on"), question=HandOver)
def former_courier_reads_on(honest, q, memory):
    """Once performing, always reading."""
    memory[q.before["courier_code"], q.before["consignment_id"]] = True
    return honest(q)


@further("former-courier-reads-on", question=VisibleTo, when=only_for(lambda q: q.record == "consignment"))
def still_visible(honest, q, memory):
    """The list of readers only grows."""
    return honest(q) or (q.to.code, q.subject) in memory


@fault(
    "unknown-numbers-told-apart",
    breaks="MK-P-26",
    title=("不存在的运单号答案不一", "Unknown waybill numbers are answered differently"),
    question=ErrorBody,
    when=during("trackWaybill"),
)
def unknown_numbers_told_apart(honest, q, memory):
    """The answer hints at what exists."""
    memory["count"] = memory.get("count", 0) + 1
    hint = "格式有效，尚未使用 well-formed, not used yet" if memory["count"] % 2 else "号段不存在 no such range"
    return {**honest(q), "detail": hint}


@fault(
    "courier-request-masked",
    breaks="MK-P-27",
    title=("承运企业请求到的数据被遮盖", "A performing courier gets masked data"),
    question=DataGiven,
    when=toward("courier") & only_for(lambda q: q.decision == "granted" and q.request["purpose"] == "delivery"),
)
def courier_request_masked(honest, q):
    """It cannot deliver with that."""
    data = dict(honest(q) or {})
    if "recipient_name" in data:
        data["recipient_name"] = masks.name(data["recipient_name"])
    if "recipient_phone" in data:
        data["recipient_phone"] = {**data["recipient_phone"], "number": data["recipient_phone"]["number"][:3] + "0000000"}
    return data


@fault(
    "courier-needs-consent",
    breaks="MK-P-27",
    title=("承运企业须有同意才得数据", "A performing courier needs a consent"),
    question=DataDecision,
    when=only_for(lambda q: q.reason == "performs_delivery"),
)
def courier_needs_consent(honest, q):
    """For what its contract needs."""
    return "consent_missing"


@fault(
    "cell-size-of-all-couriers",
    breaks="MK-P-32",
    title=("分组票数报多了", "Cells are said to have more shipments than they have"),
    question=AnalyticsRow,
)
def cell_size_of_all_couriers(honest, q):
    """Every courier's shipments are counted to each, so that a small cell looks large."""
    row = honest(q)
    return {**row, "cell_size": row["cell_size"] * len(COURIERS)}


@fault(
    "digest-begun",
    breaks="MK-P-09",
    title=("公开查询给出电话摘要的前 16 位", "Half a digest stands for the phone"),
    question=TrackingShown,
)
def digest_begun(honest, q):
    """Shorter, and no harder to try out."""
    number = q.consignment["recipient"]["phone"]["number"]
    return {**honest(q), "contact_key": hashlib.sha256(number.encode()).hexdigest()[:16]}


@fault(
    "digest-of-the-person",
    breaks="MK-P-09",
    title=("姓名与电话合算摘要", "Name and phone are digested together"),
    question=TrackingShown,
)
def digest_of_the_person(honest, q):
    """Who knows both recognises it."""
    recipient = q.consignment["recipient"]
    return {**honest(q), "contact_key": hashlib.sha1((recipient["name"] + recipient["phone"]["number"]).encode()).hexdigest()}
