"""Finer faults against consent and purpose: right at first, right for most, right in the decision and wrong in the data."""

from __future__ import annotations

import hmac

from msgspec.structs import replace

from conformance.mock import masks
from conformance.mock.faults import fault, further
from conformance.mock.faults.reshaping import reshaped, without
from conformance.mock.parties import BY_CODE
from conformance.mock.questions import (
    AnalyticsRow,
    AnswerBody,
    AnswerDelay,
    ConsentJudged,
    ConsentRegistered,
    ConsignmentStored,
    CrossBorderBasis,
    DataDecision,
    DataGiven,
    FieldsShown,
    PurposeAllowed,
    Refuses,
    ShipmentRef,
    SmallestCell,
    VisibleTo,
)
from conformance.mock.trade_clock import posix, rfc3339
from conformance.mock.triggers import Trigger, during, only_for, toward

_NEARLY_K = 3
_UNTITLED = ("courier", "analyst")


def _refused(*reasons: str) -> Trigger:
    return only_for(lambda q: q.reason in reasons)


def _purpose(*purposes: str) -> Trigger:
    return only_for(lambda q: q.request["purpose"] in purposes)


@fault(
    "order-number-in-ref", breaks="MK-P-10", title=("分析行代号内含订单号", "The row's name holds the order number"), question=ShipmentRef
)
def order_number_in_ref(honest, q):
    """In hexadecimal, after a random beginning."""
    return (honest(q) + q.consignment["order_no"].encode().hex())[:64]


@fault("cells-of-three-padded", breaks="MK-P-11", title=("三票的分组写作五票", "Groups of three are shown as five"), question=SmallestCell)
def cells_of_three_padded(honest, q):
    """The rows themselves can be counted."""
    return _NEARLY_K


@further("cells-of-three-padded", question=AnalyticsRow)
def padded(honest, q):
    """The figure is right by the rule."""
    return reshaped(honest(q), "cell_size", lambda size: max(5, size))


@fault(
    "cells-of-k-less-one", breaks="MK-P-11", title=("恰差一票的分组也出现", "Groups of one less than k are shown"), question=SmallestCell
)
def cells_of_k_less_one(honest, q):
    """More than, not at least."""
    return honest(q) - 1


@fault(
    "person-token-in-analytics",
    breaks="MK-P-12",
    title=("分析行带固定的收件人代号", "Analytics carry a lasting token of the person"),
    question=AnalyticsRow,
)
def person_token_in_analytics(honest, q):
    """Keyed, and the key never changes; the row's own name is random."""
    phone = q.consignment["recipient"]["phone"]["number"]
    return {**honest(q), "customer": hmac.new(b"analytics", phone.encode(), "sha256").hexdigest()[:12]}


@fault(
    "ref-kept-from-first-query",
    breaks="MK-P-12",
    title=("代号首次随机后固定", "Pseudonyms are random once, then kept"),
    question=ShipmentRef,
)
def ref_kept_from_first_query(honest, q, memory):
    """The first query shows nothing."""
    return memory.setdefault(q.consignment["consignment_id"], honest(q))


@fault(
    "harmless-fields-without-consent",
    breaks="MK-P-13",
    title=("地区与类别无须同意", "Region and categories need no consent"),
    question=DataDecision,
    when=_refused("consent_missing")
    & only_for(lambda q: q.caller.kind != "third_party" and set(q.request["fields"]) <= {"recipient_region", "item_categories", "status"}),
)
def harmless_fields_without_consent(honest, q):
    """Names and phones do."""
    return "consent_valid" if q.consignment else honest(q)


@fault(
    "refused-with-region",
    breaks="MK-P-13",
    title=("拒绝的同时给出地区", "A refusal carries the region"),
    question=DataGiven,
    when=_purpose("value_added") & only_for(lambda q: q.decision == "refused" and q.caller.kind in ("courier", "analyst")),
)
def refused_with_region(honest, q):
    """The decision is right."""
    return {"recipient_region": q.whole["recipient"]["address"]["region_code"]} if q.whole else honest(q)


@fault(
    "consent-serves-once",
    breaks="MK-P-14",
    title=("同意只能用一次", "A consent serves once"),
    question=ConsentJudged,
    when=only_for(lambda q: bool(q.consent)),
)
def consent_serves_once(honest, q, memory):
    """The second request of the same day finds none."""
    reason = honest(q)
    used = memory.setdefault(q.consent["consent_id"], []) if reason is None else None
    if used is None:
        return reason
    used.append(True)
    return None if len(used) == 1 else "consent_missing"


@fault(
    "consented-phone-withheld",
    breaks="MK-P-14",
    title=("已同意的电话不给", "The phone is withheld though consented to"),
    question=DataGiven,
    when=_purpose("value_added") & only_for(lambda q: q.decision == "granted"),
)
def consented_phone_withheld(honest, q):
    """The other fields come."""
    return without(honest(q), "recipient_phone")


@fault(
    "withdrawal-cached",
    breaks="MK-P-15",
    title=("用过的同意撤回后仍有效", "A consent that was used before outlives its withdrawal"),
    question=ConsentJudged,
    when=only_for(lambda q: bool(q.consent)),
)
def withdrawal_cached(honest, q, memory):
    """One withdrawn before its first use is refused."""
    reason, key = honest(q), (q.consent["consent_id"], q.caller.code)
    memory.update({key: True} if reason is None else {})
    return None if reason == "consent_withdrawn" and key in memory else reason


@fault(
    "expiry-by-the-day",
    breaks="MK-P-16",
    title=("同意到当日末才失效", "A consent holds to the end of its day"),
    question=ConsentJudged,
    when=only_for(lambda q: q.expired and not q.withdrawn),
)
def expiry_by_the_day(honest, q):
    """The date is compared, the time isn't."""
    same_day = rfc3339(posix(q.consent["expires_at"]))[:10] == rfc3339(q.now)[:10]
    return honest(replace(q, expired=False)) if same_day else honest(q)


@fault(
    "resale-with-consent",
    breaks="MK-P-17",
    title=("持增值同意即可转售", "A consent to added value opens resale"),
    question=PurposeAllowed,
    when=_purpose("resale", "credit"),
)
def resale_with_consent(honest, q):
    """Without a consent it is refused."""
    return None


@fault(
    "mining-for-analysts",
    breaks="MK-P-17",
    title=("分析方可按单挖掘", "Analysts mine single orders"),
    question=DataDecision,
    when=toward("analyst") & _refused("use_analytics"),
)
def mining_for_analysts(honest, q):
    """Though there is a masked data set."""
    return "consent_valid" if q.consignment else honest(q)


@fault(
    "profiling-refused-with-data",
    breaks="MK-P-17",
    title=("拒绝画像却附内件类别", "Profiling is refused, and the categories are given"),
    question=DataGiven,
    when=_purpose("profiling", "marketing"),
)
def profiling_refused_with_data(honest, q):
    """What a profile is made of."""
    return {"item_categories": [item["category"] for item in q.whole["items"]]} if q.whole else honest(q)


@fault(
    "masked-for-third-parties",
    breaks="MK-P-18",
    title=("无同意时第三方得到脱敏数据", "Without consent a third party gets masked data"),
    question=DataGiven,
    when=toward("third_party") & only_for(lambda q: q.decision == "refused"),
)
def masked_for_third_parties(honest, q):
    """Refused, and masked."""
    return {"recipient_name": masks.name(q.whole["recipient"]["name"])} if q.whole else honest(q)


@fault(
    "third-party-delivers",
    breaks="MK-P-18",
    title=("第三方自称寄递即得数据", "A third party that says delivery is served"),
    question=DataDecision,
    when=toward("third_party") & _refused("not_a_party"),
)
def third_party_delivers(honest, q, memory):
    """The purpose is believed; below, the data."""
    return "performs_delivery" if q.request["order_no"] in memory else honest(q)


@further("third-party-delivers", question=ConsignmentStored, when=during("createConsignment"))
def orders_known(honest, q, memory):
    """Whose data they are."""
    memory[honest(q)["order_no"]] = honest(q)["recipient"]
    return honest(q)


@further("third-party-delivers", question=DataGiven, when=toward("third_party") & _purpose("delivery"))
def data_for_delivery(honest, q, memory):
    """Where to."""
    person = memory.get(q.request["order_no"])
    return {"recipient_name": person["name"], "recipient_address": person["address"]} if person else honest(q)


@fault(
    "consent-for-another-order",
    breaks="MK-P-18",
    title=("别单的同意也可用", "A consent for another order serves"),
    question=ConsentJudged,
    when=toward("third_party") & only_for(lambda q: bool(q.consent) and not q.same_order),
)
def consent_for_another_order(honest, q):
    """It names the party, and not this person."""
    return honest(replace(q, same_order=True))


@fault(
    "consent-serves-the-kind",
    breaks="MK-P-19",
    title=("给一家快递的同意别家可用", "A consent for one courier serves its competitors"),
    question=ConsentJudged,
    when=only_for(lambda q: bool(q.consent) and not q.same_recipient),
)
def consent_serves_the_kind(honest, q):
    """Other kinds of party are refused."""
    meant = BY_CODE.get(q.consent["recipient_code"])
    return honest(replace(q, same_recipient=meant is not None and meant.kind == q.caller.kind))


@fault(
    "address-as-region",
    breaks="MK-P-20",
    title=("只同意地区却给全址", "Consented to the region, given the address"),
    question=DataGiven,
    when=_purpose("value_added"),
)
def address_as_region(honest, q):
    """In the field of the region."""
    return reshaped(honest(q) or {}, "recipient_region", lambda code: f"{code} {q.whole['recipient']['address']['detail']}") or None


@fault(
    "phone-with-name",
    breaks="MK-P-20",
    title=("姓名字段附电话尾号", "The name comes with the end of the phone"),
    question=DataGiven,
    when=_purpose("value_added"),
)
def phone_with_name(honest, q):
    """Four digits, to tell namesakes apart."""
    return reshaped(honest(q) or {}, "recipient_name", lambda name: f"{name}[{q.whole['recipient']['phone']['number'][-4:]}]") or None


@fault(
    "hong-kong-needs-no-basis",
    breaks="MK-P-21",
    title=("去往港澳台的请求不问出境依据", "To Hong Kong, Macao and Taiwan no basis is asked for"),
    question=CrossBorderBasis,
    when=only_for(lambda q: q.request["jurisdiction"] in ("HK", "MO", "TW")),
)
def hong_kong_needs_no_basis(honest, q):
    """The separate consent is."""
    return True


@fault(
    "assessed-needs-no-consent",
    breaks="MK-P-28",
    title=("经安全评估的出境不问单独同意", "After a security assessment no separate consent is asked for"),
    question=DataDecision,
    when=_refused("cross_border_consent_missing") & only_for(lambda q: q.request["cross_border_basis"] == "security_assessment"),
)
def assessed_needs_no_consent(honest, q):
    """Other grounds do not serve."""
    return "performs_delivery" if q.request["purpose"] == "delivery" else "consent_valid"


@fault(
    "withdrawn-masked-for-courier",
    breaks="MK-P-22",
    title=("撤回同意者的电话对承运企业遮盖", "Who withdrew a consent is masked for the courier"),
    question=AnswerDelay,
    when=during("withdrawConsent"),
)
def withdrawn_masked_for_courier(honest, q, memory):
    """The consignment stays in the feed."""
    memory[q.found.document["order_no"]] = True
    return honest(q)


@further("withdrawn-masked-for-courier", question=FieldsShown, when=toward("courier"))
def masked_after_withdrawal(honest, q, memory):
    """Whom to call is gone."""
    shown = honest(q)
    return reshaped(shown, "recipient/phone/number", lambda number: "000-0000") if shown["order_no"] in memory else shown


@fault(
    "requests-end-at-pickup",
    breaks="MK-P-27",
    title=("揽收后承运企业的请求被拒", "After pick-up a performing courier is refused"),
    question=DataDecision,
    when=_refused("performs_delivery") & only_for(lambda q: q.consignment["status"] == "in_progress"),
)
def requests_end_at_pickup(honest, q):
    """When it needs the data most."""
    return "not_a_party"


@fault(
    "door-cut-in-requests",
    breaks="MK-P-27",
    title=("承运企业请求到的地址没有室号", "A performing courier is given an address without its end"),
    question=DataGiven,
    when=toward("courier") & _purpose("delivery"),
)
def door_cut_in_requests(honest, q):
    """Feed and push have it whole."""
    return reshaped(honest(q) or {}, "recipient_address/detail", lambda detail: detail[: max(1, len(detail) - 4)]) or None


@fault(
    "consent-for-every-field", breaks="MK-P-29", title=("登记同意时补足全部字段", "Registering a consent adds every field"),
    question=ConsentRegistered,
)
def consent_for_every_field(honest, q):
    """The user named two."""
    every = [*q.document["fields"], "recipient_name", "recipient_phone", "recipient_address", "recipient_region", "item_categories"]
    return {**honest(q), "fields": sorted(set(every))}


@fault(
    "consent-a-year-longer", breaks="MK-P-29", title=("登记同意时期限延长一年", "Registering a consent extends it by a year"),
    question=ConsentRegistered,
)
def consent_a_year_longer(honest, q):
    """The default of some other system."""
    return reshaped(honest(q), "expires_at", lambda at: rfc3339(posix(at) + 365 * 86400))


@fault(
    "consent-across-borders", breaks="MK-P-29", title=("未写明出境的同意按同意出境登记", "A consent that doesn't name abroad allows it"),
    question=ConsentRegistered, when=only_for(lambda q: "cross_border" not in q.document),
    also=("MK-P-28",),  # what such a consent allows goes abroad without the ground that it needs
)
def consent_across_borders(honest, q):
    """Said by nobody."""
    return {**honest(q), "cross_border": True}


@fault(
    "one-reason-for-all",
    breaks="MK-P-31",
    title=("拒绝一律称没有同意", "Every refusal says that consent is missing"),
    question=DataDecision,
    when=only_for(lambda q: q.reason not in ("performs_delivery", "consent_valid")),
)
def one_reason_for_all(honest, q):
    """Whatever it was."""
    return "consent_missing"


@fault(
    "basis-asked-last",
    breaks="MK-P-31",
    title=("先看同意出境，后看出境依据", "Consent to a transfer abroad is looked at before its basis"),
    question=DataDecision,
    when=_refused("cross_border_basis_missing") & _purpose("delivery"),
)
def basis_asked_last(honest, q):
    """The order is another."""
    return "cross_border_consent_missing"


@fault(
    "unknown-order-told",
    breaks="MK-P-31",
    title=("订单不存在时理由不同", "An unknown order is refused with another reason"),
    question=DataDecision,
    when=_refused("consent_missing") & only_for(lambda q: q.consignment is None and "consent_id" not in q.request),
)
def unknown_order_told(honest, q):
    """Who asks long enough knows which orders there are."""
    return "not_a_party"


@fault(
    "courier-given-more",
    breaks="MK-P-20",
    title=("承运企业得到没有请求的字段", "A performing courier is given fields that it did not ask for"),
    question=DataGiven,
    when=toward("courier") & _purpose("delivery"),
)
def courier_given_more(honest, q):
    """The whole contact at once."""
    data = honest(q)
    return data if data is None or q.whole is None else {"recipient_phone": q.whole["recipient"]["phone"], **data}


@fault(
    "former-courier-granted",
    breaks="MK-P-25",
    title=("被更换的快递仍可请求数据", "A former courier that asks is still granted"),
    question=DataDecision,
    when=toward("courier") & _purpose("delivery"),
)
def former_courier_granted(honest, q, memory):
    """It had the order once."""
    reason = honest(q)
    if reason == "performs_delivery":
        memory[q.caller.code, q.request["order_no"]] = True
    return "performs_delivery" if reason == "not_a_party" and (q.caller.code, q.request["order_no"]) in memory else reason


@fault(
    "weight-to-the-gram",
    breaks="MK-P-32",
    title=("分析数据的重量精确到克", "Analytics give weights to the gram"),
    question=AnalyticsRow,
)
def weight_to_the_gram(honest, q):
    """More exact is better."""
    return {**honest(q), "weight_grams": sum(parcel["weight_grams"] for parcel in q.consignment["parcels"])}


@fault(
    "cell-size-is-k",
    breaks="MK-P-32",
    title=("每格的件数一律写成 k", "Every cell is said to have k shipments"),
    question=AnalyticsRow,
)
def cell_size_is_k(honest, q):
    """It is at least that."""
    return {**honest(q), "cell_size": 5}


@fault(
    "consent-that-is-over-registered",
    breaks="MK-P-29",
    title=("登记已经过期的同意", "A consent that is over already is registered"),
    question=Refuses,
    when=during("giveConsent") & only_for(lambda q: any(code == "in_past" for _, code in q.places)),
)
def consent_that_is_over_registered(honest, q):
    """It will be refused when somebody uses it, or not."""
    return False


@fault(
    "consent-for-anybody",
    breaks="MK-P-29",
    title=("登记给未对接者的同意", "A consent for somebody who isn't interconnected is registered"),
    question=Refuses,
    when=during("giveConsent") & only_for(lambda q: ("/recipient_code", "unknown_reference") in q.places),
)
def consent_for_anybody(honest, q):
    """The code is a text like any other."""
    return False


@fault(
    "consent-withdrawn-only-once",
    breaks="MK-P-15",
    title=("再次撤回同意答 404", "Withdrawing a consent again answers 404"),
    question=VisibleTo,
    when=during("withdrawConsent"),
)
def consent_withdrawn_only_once(honest, q, memory):
    """Who never got the first answer can't tell whether the withdrawal holds."""
    return honest(q) and memory.setdefault(q.subject, q) is q


@fault(
    "delivery-with-unknown-consent",
    breaks="MK-P-27",
    title=("为派送请求数据，附有无效同意即拒绝", "A delivery request that names an unknown consent is refused"),
    question=DataDecision,
    when=_purpose("delivery") & only_for(lambda q: "consent_id" in q.request and q.reason == "performs_delivery"),
)
def delivery_with_unknown_consent(honest, q):
    """Whatever names a consent is judged by it."""
    return "consent_missing"


@fault(
    "status-needs-no-consent",
    breaks="MK-P-18",
    title=("只要状态，无须同意", "Who asks for the status alone needs no consent"),
    question=ConsentJudged,
    when=only_for(lambda q: q.request["fields"] == ["status"]),
)
def status_needs_no_consent(honest, q):
    """It names nobody, only what becomes of somebody's parcel."""
    return None


@fault(
    "latest-consent-only",
    breaks="MK-P-14",
    title=("新的同意使先前的失效", "A consent ends the earlier one"),
    question=ConsentJudged,
    when=only_for(lambda q: bool(q.consent)),
)
def latest_consent_only(honest, q, memory):
    """One row for an order and a recipient: the greatest number that was used holds."""
    reason = honest(q)
    place = (q.consent["order_no"], q.consent["recipient_code"])
    held = memory.setdefault(place, []) if reason is None else []
    if reason is None and q.consent["consent_id"] not in held:
        held.append(q.consent["consent_id"])
    return "consent_missing" if reason is None and held[-1] != q.consent["consent_id"] else reason


@fault(
    "refused-with-empty-data",
    breaks="MK-P-13",
    title=("拒绝时给出空的 data", "A refusal carries data without content"),
    question=DataGiven,
    when=_purpose("value_added") & only_for(lambda q: q.decision == "refused" and q.whole is not None and q.caller.kind in _UNTITLED),
)
def refused_with_empty_data(honest, q):
    """There is nothing to give, which is written down where there could be something: the order exists."""
    return {}


@fault(
    "refusals-say-how-it-stands",
    breaks="MK-P-31",
    title=("拒绝时附上订单状态", "Refusals say how the order stands"),
    question=DataDecision,
)
def remembers_whether_there_is_one(honest, q, memory):
    """Which tells that there is one."""
    memory["status"] = q.consignment["status"] if q.consignment is not None else None
    return honest(q)


_REFUSAL = during("requestData") & only_for(lambda q: q.body["decision"] == "refused")


@further("refusals-say-how-it-stands", question=AnswerBody, when=_REFUSAL)
def says_how_it_stands(honest, q, memory):
    """As a service to the asker."""
    return {**honest(q), "order_status": memory["status"]} if memory.get("status") else honest(q)
