"""Faults against what recognises tests: rules that hold only for requests, parties, people and numbers by which one knows a tester."""

from __future__ import annotations

import re

from conformance.mock.faults import fault, further
from conformance.mock.faults.reshaping import without
from conformance.mock.questions import (
    AnswerBody,
    AnswerDelay,
    AnswerHeaders,
    ConsignmentStored,
    DataDecision,
    DeliverTo,
    ErrorDetail,
    FailsWith,
    FeedHas,
    FieldsShown,
    MaskOf,
    OfferedCouriers,
    Refuses,
    VisibleTo,
)
from conformance.mock.triggers import ANNOUNCED, UNANNOUNCED, Trigger, asked_with, during, only_for

# `also`: half of a run's requests are in plain clothes, so what looks at the same behaviour by itself has to fail as well; which party
# is in plain clothes, and with it which of these are seen to fail, is the seed's.
_PUBLIC = only_for(lambda q: q.view == "tracking")
_SUITES = re.compile(r"[0-9a-f]{6}(-\d+)?-\d{5}.*")
"""The form of order numbers by which one knows the suite."""


def _places(*codes: str) -> Trigger:
    return only_for(lambda q: bool(q.places) and any(code in codes for _, code in q.places))


@fault(
    "masks-for-announced",
    breaks="SE-P-24",
    title=("只对标明检测的查询脱敏", "Masks only where a test is announced"),
    question=MaskOf,
    when=UNANNOUNCED & _PUBLIC & only_for(lambda q: q.field != "detail"),
)
def masks_for_announced(honest, q):
    """Everybody else reads names and phones."""
    return q.value


@fault(
    "masks-for-agent",
    breaks="SE-P-24",
    title=("只对已知的检测客户端脱敏", "Masks only for the user agent of the suite"),
    question=MaskOf,
    when=~asked_with("user-agent", "hulian") & _PUBLIC & only_for(lambda q: q.field == "phone"),
)
def masks_for_agent(honest, q):
    """Other clients read phones."""
    return q.value


@fault(
    "thinner-masks-unannounced",
    breaks="SE-P-24",
    title=("未标明检测时电话只遮四位", "Where no test is announced only four digits of a phone are hidden"),
    question=MaskOf,
    when=UNANNOUNCED & _PUBLIC & only_for(lambda q: q.field == "phone"),
)
def thinner_masks_unannounced(honest, q):
    """138****5678, as it looked before the rules."""
    return f"{q.value[:3]}****{q.value[7:]}" if len(q.value) == 11 else honest(q)


@fault(
    "no-push-for-unannounced",
    breaks="SE-P-24",
    title=("未标明检测的订单不推送", "Orders that were entered unannounced are not pushed"),
    question=DeliverTo,
    when=UNANNOUNCED & only_for(lambda q: q.type == "consignment.created"),
    also=("FC-P-13", "FC-P-17", "NB-P-17", "NB-P-19"),
)
def no_push_for_unannounced(honest, q):
    """Pulled they come."""
    return ()


@fault(
    "events-silent-unannounced",
    breaks="SE-P-24",
    title=("未标明检测的上报不通知商家", "Events that were reported unannounced are not pushed"),
    question=DeliverTo,
    when=UNANNOUNCED & only_for(lambda q: q.type == "waybill.event"),
    also=("FC-P-29", "NB-P-28", "NT-P-11", "NT-P-13", "NT-P-20", "NT-P-25"),
)
def events_silent_unannounced(honest, q):
    """In the feed they stand."""
    return ()


@fault(
    "anybody-reads-unannounced",
    breaks="SE-P-24",
    title=("未标明检测时不查对象归属", "Where no test is announced nobody asks whose a consignment is"),
    question=VisibleTo,
    when=UNANNOUNCED & only_for(lambda q: q.record == "consignment" and q.operation == "getConsignment"),
    also=("FC-P-03", "FC-P-04", "FC-P-16"),
)
def anybody_reads_unannounced(honest, q):
    """Couriers read each other's."""
    return True


@fault(
    "slow-for-unannounced",
    breaks="SE-P-24",
    title=("未标明检测的请求慢三百毫秒", "Unannounced requests wait three tenths of a second longer"),
    question=AnswerDelay,
    when=UNANNOUNCED,
    also=("NB-P-07", "NB-P-08"),
)
def slow_for_unannounced(honest, q):
    """All of them."""
    return honest(q) + 0.3


@fault(
    "identity-numbers-unannounced",
    breaks="SE-P-24",
    title=("未标明检测时收下证件号码", "Identity numbers are taken where no test is announced"),
    question=Refuses,
    when=UNANNOUNCED & during("createConsignment") & _places("identity_number"),
)
def identity_numbers_unannounced(honest, q):
    """And handed on."""
    return False


@fault(
    "feed-for-announced",
    breaks="SE-P-24",
    title=("拉取结果不含未标明检测的订单", "The feed leaves out orders that were entered unannounced"),
    question=ConsignmentStored,
    when=UNANNOUNCED,
    also=("FC-P-12", "FC-P-14", "FC-P-17", "NB-P-20", "NB-P-23", "NT-P-25"),
)
def feed_for_announced(honest, q, memory):
    """It remembers which."""
    memory[q.entered["order_no"]] = True
    return honest(q)


@further("feed-for-announced", question=FeedHas, when=only_for(lambda q: q.operation == "listConsignments" and q.to.kind == "courier"))
def feed_leaves_them_out(honest, q, memory):
    """Pushed they come."""
    return q.entry.get("order_no") not in memory and honest(q)


@fault(
    "data-without-consent-unannounced",
    breaks="SE-P-24",
    title=("未标明检测时不问同意", "Where no test is announced nobody asks for consent"),
    question=DataDecision,
    when=UNANNOUNCED & only_for(lambda q: q.caller.kind == "third_party" and q.reason == "consent_missing" and q.consignment),
    also=("MK-P-18",),
)
def data_without_consent_unannounced(honest, q):
    """Outside companies get what they ask for."""
    return "consent_valid"


@fault(
    "couriers-hidden-unannounced",
    breaks="SE-P-24",
    title=("未标明检测时少列一家快递", "Where no test is announced a courier is not offered"),
    question=OfferedCouriers,
    when=UNANNOUNCED,
    also=("NB-P-01",),
)
def couriers_hidden_unannounced(honest, q):
    """The last of the list."""
    return honest(q)[:-1]


@fault(
    "frank-errors-unannounced",
    breaks="SE-P-24",
    title=("未标明检测时错误说明泄露内部细节", "Errors tell more where no test is announced"),
    question=ErrorDetail,
    when=UNANNOUNCED,
    also=("MK-P-26",),
)
def frank_errors_unannounced(honest, q):
    """What a developer likes to read."""
    return f"{q.code} in services.consignments.load_for_caller, retry on db replica two"


@fault(
    "remarks-lost-unannounced",
    breaks="SE-P-24",
    title=("未标明检测的订单丢失备注", "Remarks of orders that were entered unannounced are lost"),
    question=ConsignmentStored,
    when=UNANNOUNCED,
    also=("FC-P-18",),
)
def remarks_lost_unannounced(honest, q):
    """The rest is kept."""
    return without(honest(q), "remarks")


@fault(
    "busy-for-unannounced",
    breaks="SE-P-24",
    title=("未标明检测的查询答 503", "Unannounced look-ups answer 503"),
    question=FailsWith,
    when=UNANNOUNCED & during("trackWaybill"),
)
def busy_for_unannounced(honest, q):
    """Public tracking is served to testers."""
    return "unavailable"


@fault(
    "order-forms-known",
    breaks="SE-P-24",
    title=("只有检测套件样式的订单号传全信息", "Only orders with numbers of the suite's form are handed on whole"),
    question=FieldsShown,
    when=only_for(lambda q: not _SUITES.fullmatch(q.consignment["order_no"]) and q.to.kind == "courier"),
    also=("FC-P-10",),
)
def order_forms_known(honest, q):
    """Others lack what is insured."""
    return without(honest(q), "value_added")


@fault(
    "old-acquaintances",
    breaks="SE-P-24",
    title=("只对以前见过的人脱敏", "Masks only for people who were seen before"),
    question=ConsignmentStored,
)
def old_acquaintances(honest, q, memory):
    """It counts in how many orders a name stands."""
    for role in ("sender", "recipient"):
        name = q.entered[role]["name"]
        memory[name] = memory.get(name, 0) + 1
    return honest(q)


@further("old-acquaintances", question=MaskOf, when=_PUBLIC & only_for(lambda q: q.field == "name"))
def strangers_unmasked(honest, q, memory):
    """Who stands in one order only is new."""
    return honest(q) if memory.get(q.value, 0) > 1 else q.value


@fault(
    "known-testers",
    breaks="SE-P-24",
    title=("只对曾标明检测的一方传全信息", "Whole data only for parties that announced a test once"),
    question=AnswerHeaders,
    when=ANNOUNCED,
    also=("FC-P-03", "NB-P-05", "NT-P-10", "NT-P-20", "NT-P-25"),
)
def known_testers(honest, q, memory):
    """Who announces a test once is known for good."""
    memory[q.caller.name] = True
    return honest(q)


@further("known-testers", question=FieldsShown, when=only_for(lambda q: q.to.kind == "courier"))
def others_get_less(honest, q, memory):
    """Couriers that never did get no remarks."""
    shown = honest(q)
    return shown if q.to.name in memory else without(shown, "remarks")


@fault(
    "known-testers-told",
    breaks="SE-P-24",
    title=("只向曾标明检测的一方推送", "Only parties that announced a test once are told of events"),
    question=AnswerHeaders,
    when=ANNOUNCED,
    also=("FC-P-29", "NT-P-25"),
)
def known_testers_told(honest, q, memory):
    """Who announces a test once is known for good."""
    memory[q.caller.name] = True
    return honest(q)


@further("known-testers-told", question=DeliverTo, when=only_for(lambda q: q.type == "waybill.event"))
def others_not_told(honest, q, memory):
    """Merchants that never did hear nothing."""
    return tuple(to for to in honest(q) if to.name in memory)


@fault(
    "records-bare-unannounced",
    breaks="SE-P-24",
    title=("未标明检测时读单不给电话", "Where no test is announced, a record shows no phone of the sender"),
    question=AnswerBody,
    when=UNANNOUNCED & during("getConsignment"),
    also=("FC-P-05",),
)
def records_bare_unannounced(honest, q):
    """In the feed and pushed it stands."""
    body = honest(q)
    return {**body, "sender": {**body["sender"], "phone": {**body["sender"]["phone"], "number": "***********"}}}
