"""Finer faults against leaks: personal data where nobody looks, written so that nobody sees them."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import quote

from conformance.mock.faults import fault, further
from conformance.mock.faults.fc_channels import of_type
from conformance.mock.parties import BY_CODE, COURIERS
from conformance.mock.questions import (
    AnswerBody,
    AnswerHeaders,
    ConsignmentStored,
    CursorRead,
    CursorText,
    DataDecision,
    DeliverTo,
    ErrorBody,
    ErrorDetail,
    FieldsShown,
    PublicNotice,
    StatusListed,
    TrackingShown,
    WebhookHeaders,
)
from conformance.mock.triggers import after, during, fraction, only_for

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ENTRY = during("createConsignment")


def _last(honest, q, memory):
    """Remember the person entered last."""
    memory["person"] = honest(q)["recipient"]
    return honest(q)


@fault(
    "link-to-share",
    breaks="MK-P-05",
    title=("公开查询附带含姓名的分享链接", "Public tracking carries a link with the name in it"),
    question=TrackingShown,
    when=after(3),
)
def link_to_share(honest, q):
    """URL-encoded, in an extra field, from the fourth look on."""
    return {**honest(q), "share": f"https://platform.example/t?w={q.waybill_no}&to={quote(q.consignment['recipient']['name'])}"}


@fault(
    "phone-reversed",
    breaks="MK-P-05",
    title=("公开查询附带倒写的电话", "Public tracking carries the phone backwards"),
    question=TrackingShown,
)
def phone_reversed(honest, q):
    """The sender's, as a reference number."""
    return {**honest(q), "reference": q.consignment["sender"]["phone"]["number"][::-1]}


@fault(
    "status-tells-last-phone",
    breaks="MK-P-05",
    title=("互联状态附带最近收件电话", "The exchange status tells the last recipient's phone"),
    question=StatusListed,
)
def status_tells_last_phone(honest, q, memory):
    """For debugging, in full-width digits, to everybody."""
    person = memory.get("person")
    note = {"last_payload": person["phone"]["number"].translate(_FULL_WIDTH)} if person else {}
    return [{**line, **note} for line in honest(q)]


further("status-tells-last-phone", question=ConsignmentStored, when=_ENTRY)(_last)


@fault(
    "public-notice-counts-people",
    breaks="MK-P-05",
    title=("公示附带受影响收件人", "A public notice carries an affected recipient"),
    question=PublicNotice,
)
def public_notice_counts_people(honest, q, memory):
    """Name and address in hexadecimal."""
    shown, person = honest(q), memory.get("person")
    return {**shown, "affected": (person["name"] + person["address"]["detail"]).encode().hex()} if shown and person else shown


further("public-notice-counts-people", question=ConsignmentStored, when=_ENTRY)(_last)


@fault(
    "name-in-cursor",
    breaks="MK-P-06",
    title=("游标内含姓名", "Cursors hold a name"),
    question=CursorText,
    when=during("listConsignments"),
)
def name_in_cursor(honest, q, memory):
    """The last entry that was read, in base64, and a position."""
    name = memory.get("person", {}).get("name", "")
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=") + "." + honest(q)


@further("name-in-cursor", question=CursorRead, when=during("listConsignments"))
def position_in_cursor(honest, q):
    """It works."""
    return honest(q).rpartition(".")[2]


@further("name-in-cursor", question=FieldsShown, when=only_for(lambda q: q.channel == "pull"))
def read_before_cursor(honest, q, memory):
    """Whom the cursor names."""
    memory["person"] = q.consignment["recipient"]
    return honest(q)


@fault(
    "phone-in-location",
    breaks="MK-P-06",
    title=("Location 标头的网址带电话", "The URL in Location carries the phone"),
    question=AnswerHeaders,
    when=during("createConsignment") & only_for(lambda q: q.status == 201),
)
def phone_in_location(honest, q):
    """URLs end in logs, whoever receives them."""
    headers = honest(q)
    return {**headers, "Location": f"{headers['Location']}?phone={quote(q.body['recipient']['phone']['number'])}"}


@fault(
    "webhook-header-tells-address",
    breaks="MK-P-06",
    title=("推送标头带收件地址", "A webhook's header carries the address"),
    question=WebhookHeaders,
    when=only_for(lambda q: q.type.startswith("consignment.")),
)
def webhook_header_tells_address(honest, q, memory):
    """URL-encoded, to the courier that has it in the body anyway."""
    person = memory.get("person")
    return {**honest(q), "x-routing-key": quote(person["address"]["detail"])} if person else honest(q)


further("webhook-header-tells-address", question=ConsignmentStored, when=_ENTRY)(_last)


@fault(
    "conflict-tells-name",
    breaks="MK-P-07",
    title=("运单号冲突的错误透露收件人", "A conflict of waybill numbers tells a recipient"),
    question=ErrorDetail,
    when=only_for(lambda q: q.code == "waybill_conflict"),
)
def conflict_tells_name(honest, q, memory):
    """So that the courier knows whose parcel it is: another courier's."""
    others = [person for courier, person in memory.items() if courier != q.caller.code]
    return f"in use for {others[-1]['name']}" if others else honest(q)


@further("conflict-tells-name", question=ConsignmentStored, when=_ENTRY)
def person_of_courier(honest, q, memory):
    """Whom each courier served last."""
    memory[honest(q)["courier_code"]] = honest(q)["recipient"]
    return honest(q)


@fault(
    "absent-tells-in-base64",
    breaks="MK-P-07",
    title=("404 的类型标识编码了他人电话", "The type of a 404 encodes somebody's phone"),
    question=ErrorDetail,
)
def absent_tells_in_base64(honest, q, memory):
    """Only where the thing exists and is somebody else's."""
    memory["subject"] = q.subject
    return honest(q)


@further("absent-tells-in-base64", question=ErrorBody)
def type_tells(honest, q, memory):
    """Behind the fragment sign."""
    recipient = (memory.pop("subject", None) or {}).get("recipient")
    problem = honest(q)
    if recipient is None:
        return problem
    code = base64.b64encode(recipient["phone"]["number"].encode()).decode()
    return {**problem, "type": f"{problem['type']}#{code}"}


@fault(
    "cancellations-to-all-couriers",
    breaks="MK-P-08",
    title=("取消推送给所有快递企业", "Cancellations are pushed to every courier"),
    question=DeliverTo,
    when=of_type("consignment.cancelled"),
)
def cancellations_to_all_couriers(honest, q):
    """It no longer matters, somebody thought."""
    return COURIERS


@fault(
    "every-tenth-to-the-newcomer",
    breaks="MK-P-08",
    title=("每第十单也推送给新快递", "Every tenth consignment is pushed to the new courier too"),
    question=DeliverTo,
    when=of_type("consignment.created") & fraction(10),
)
def every_tenth_to_the_newcomer(honest, q):
    """A sample, to try it out."""
    return tuple({*honest(q), BY_CODE["SBXN"]})


@fault(
    "corrections-to-all-couriers",
    breaks="MK-P-08",
    title=("更正广播给所有快递企业", "Corrections are broadcast to every courier"),
    question=DeliverTo,
    when=of_type("consignment.updated"),
)
def corrections_to_all_couriers(honest, q):
    """Created and cancelled go where they should."""
    return COURIERS


@fault(
    "digest-in-etag",
    breaks="MK-P-09",
    title=("ETag 是姓名的 MD5", "The ETag is the MD5 of a name"),
    question=TrackingShown,
)
def digest_in_etag(honest, q, memory):
    """The body is masked well."""
    memory["name"] = q.consignment["recipient"]["name"]
    return honest(q)


@further("digest-in-etag", question=AnswerHeaders, when=during("trackWaybill") & only_for(lambda q: q.status == 200))
def etag_of_name(honest, q, memory):
    """Names are few."""
    return {**honest(q), "ETag": f'"{hashlib.md5(memory["name"].encode(), usedforsecurity=False).hexdigest()}"'}


@fault(
    "digest-in-refusal",
    breaks="MK-P-09",
    title=("拒绝第三方时给出电话摘要", "A refusal gives a digest of the phone"),
    question=DataDecision,
)
def digest_in_refusal(honest, q, memory):
    """To link what comes later."""
    memory["phone"] = q.consignment["recipient"]["phone"]["number"] if q.consignment else ""
    return honest(q)


@further("digest-in-refusal", question=AnswerBody, when=during("requestData") & only_for(lambda q: q.body["decision"] == "refused"))
def digest_of_subject(honest, q, memory):
    """SHA-1 in base64, without a key."""
    digest = base64.b64encode(hashlib.sha1(memory["phone"].encode(), usedforsecurity=False).digest()).decode()
    return {**honest(q), "subject": digest} if memory["phone"] else honest(q)


@fault(
    "digest-of-address-on-page",
    breaks="MK-P-09",
    title=("公开查询给出地址摘要", "Public tracking gives a digest of the address"),
    question=TrackingShown,
    when=only_for(lambda q: q.shown["status"] in ("delivered", "at_pickup_point")),
)
def digest_of_address_on_page(honest, q):
    """Capital hexadecimal, once the parcel is there."""
    return {**honest(q), "drop_off": hashlib.sha256(q.consignment["recipient"]["address"]["detail"].encode()).hexdigest().upper()}


@fault("contact-published", breaks="MK-P-30", title=("公示带联系人", "The contact of a notice is published"), question=PublicNotice)
def contact_published(honest, q):
    """So that people know whom to ask."""
    shown = honest(q)
    return {**shown, "contact": q.notice["contact"]} if shown is not None and "contact" in q.notice else shown


@fault(
    "talks-published",
    breaks="MK-P-30",
    title=("公示带协商往来", "The talks about a notice are published"),
    question=PublicNotice,
    when=only_for(lambda q: any(step.get("message") for step in q.notice.get("history", ()))),
)
def talks_published(honest, q):
    """The whole record is served."""
    shown = honest(q)
    return {**shown, "history": q.notice["history"]} if shown is not None else None
