"""Finer faults against isolation: others' records in one page, after a change, in the words of a 404."""

from __future__ import annotations

import re

from conformance.mock.faults import fault, further
from conformance.mock.parties import BY_CODE, COURIERS
from conformance.mock.questions import (
    AbsentLooksLike,
    DeliverTo,
    ErrorDetail,
    FeedPage,
    FieldsShown,
    HandOver,
    VisibleTo,
)
from conformance.mock.triggers import during, fraction, only_for, toward

_CODES = tuple(courier.code for courier in COURIERS)


@fault(
    "first-page-of-newcomer",
    breaks="MK-P-23",
    title=("新快递首次拉取得到所有人的单", "The new courier's first page holds everybody's consignments"),
    question=FeedPage,
    when=toward("courier_new") & during("listConsignments"),
)
def first_page_of_newcomer(honest, q, memory):
    """A feed is filled before it is filtered, once."""
    return [*honest(q), *memory.pop("others", {}).values()][:100] if "others" in memory else honest(q)


@further("first-page-of-newcomer", question=FieldsShown, when=only_for(lambda q: q.channel == "push" and q.to.name != "courier_new"))
def told_to_others(honest, q, memory):
    """What was pushed to the others meanwhile."""
    memory.setdefault("others", {})[q.consignment["consignment_id"]] = q.consignment
    return honest(q)


@fault(
    "every-seventh-page-mixed",
    breaks="MK-P-23",
    title=("每第七页混入他人承运的单", "Every seventh page holds another courier's consignment"),
    question=FeedPage,
    when=toward("courier") & during("listConsignments") & fraction(7),
)
def every_seventh_page_mixed(honest, q, memory):
    """A connection from the pool that remembers its last user."""
    others = [record for code, record in memory.items() if code != q.to.code]
    return [*honest(q), *others[-1:]]


@further("every-seventh-page-mixed", question=FieldsShown, when=toward("courier"))
def used_last(honest, q, memory):
    """What each was shown last."""
    memory[q.to.code] = honest(q)
    return honest(q)


@fault(
    "lists-mixed-while-writing",
    breaks="MK-P-24",
    title=("另一商家刚录入时列表混入其单", "A merchant's list holds what another entered just before"),
    question=FeedPage,
    when=toward("merchant") & during("listConsignments"),
)
def lists_mixed_while_writing(honest, q, memory):
    """Once each, right after it was entered."""
    merchant, record = memory.pop("last", (q.to.code, None))
    return [*honest(q), record] if merchant != q.to.code else honest(q)


@further("lists-mixed-while-writing", question=FieldsShown, when=only_for(lambda q: q.channel == "push"))
def entered_last(honest, q, memory):
    """And by whom."""
    memory["last"] = q.consignment["merchant_id"], q.consignment
    return honest(q)


@fault(
    "farewell-tells-new-address",
    breaks="MK-P-25",
    title=("告知原快递的取消带有更换后的内容", "The former courier's cancellation holds what was entered with the change"),
    question=HandOver,
)
def farewell_tells_new_address(honest, q, memory):
    """Where the recipient changed in the same request."""
    memory[q.before["courier_code"], q.before["consignment_id"]] = q.after["recipient"]
    return honest(q)


@further("farewell-tells-new-address", question=FieldsShown, when=toward("courier"))
def farewell_with_recipient(honest, q, memory):
    """By push and in the feed."""
    recipient = memory.get((q.to.code, q.consignment["consignment_id"]))
    return {**honest(q), "recipient": recipient} if recipient else honest(q)


@fault(
    "former-courier-pushed",
    breaks="MK-P-25",
    title=("更换后的更正仍推送给原快递", "Corrections after a change are pushed to the former courier too"),
    question=HandOver,
)
def former_courier_pushed(honest, q, memory):
    """It can't read the consignment any more; it needn't."""
    memory[q.before["consignment_id"]] = BY_CODE[q.before["courier_code"]]
    return honest(q)


@further("former-courier-pushed", question=DeliverTo, when=only_for(lambda q: q.type == "consignment.updated"))
def pushed_to_former(honest, q, memory):
    """Receivers were determined once."""
    former = memory.get(q.data["consignment_id"])
    return (*honest(q), former) if former else honest(q)


@fault(
    "former-courier-reads-events",
    breaks="MK-P-25",
    title=("原快递仍可读取事件流", "The former courier can still open the events"),
    question=HandOver,
)
def former_courier_reads_events(honest, q, memory):
    """Reading the consignment itself answers 404."""
    memory[q.before["consignment_id"], q.before["courier_code"]] = True
    return honest(q)


@further("former-courier-reads-events", question=VisibleTo, when=during("listConsignmentEvents"))
def events_visible_to_former(honest, q, memory):
    """One operation looks at the first courier."""
    return honest(q) or (q.subject, q.to.code) in memory


@fault(
    "ill-formed-numbers-told",
    breaks="MK-P-26",
    title=("格式不符的运单号答 422", "Ill-formed waybill numbers are told apart"),
    question=AbsentLooksLike,
    when=during("trackWaybill") & only_for(lambda q: re.fullmatch("[A-Za-z0-9]{8,35}", q.path["waybill_no"]) is None),
)
def ill_formed_numbers_told(honest, q):
    """So the well-formed ones are worth trying."""
    return "invalid"


@fault(
    "known-range-told",
    breaks="MK-P-26",
    title=("号段属于某快递时另有说明", "Numbers in a courier's range are told apart"),
    question=AbsentLooksLike,
    when=during("trackWaybill"),
)
def known_range_told(honest, q, memory):
    """The status is the same."""
    memory["known"] = q.path["waybill_no"].startswith(_CODES)
    return honest(q)


@further("known-range-told", question=ErrorDetail, when=during("trackWaybill"))
def said_of_range(honest, q, memory):
    """One sentence more."""
    return "not used yet" if memory.get("known") else honest(q)
