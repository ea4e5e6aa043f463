"""Finer faults against real name: one outcome, one form of an identity number, one kind of blank."""

from __future__ import annotations

import re
from typing import Any

from conformance.mock.faults import fault, further
from conformance.mock.faults.reshaping import GONE, reshaped, without
from conformance.mock.questions import ConsignmentStored, EntryDemands, ErrorBody, EventShown, EventStored, Refuses, TrackingShown
from conformance.mock.triggers import Trigger, during, only_for, toward

_ENTRY = during("createConsignment")
_TO_MERCHANT = toward("merchant")
_PUSHED = _TO_MERCHANT & only_for(lambda q: q.channel == "push")
_CHECK = {**{str(digit): digit for digit in range(10)}, "X": 10, "x": 10}


def _wrong(code: str) -> Trigger:
    """Where nothing else is wrong with the request."""
    return only_for(lambda q: bool(q.places) and all(why == code for _, why in q.places))


def _at(places: Any, pattern: str) -> bool:
    return all(re.fullmatch(pattern, pointer) for pointer, _ in places)


def _value(body: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        body = body[int(step)] if isinstance(body, list) else body.get(step) if isinstance(body, dict) else None
    return body


@fault(
    "check-time-is-event-time",
    breaks="RN-P-01",
    title=("核验时间改为事件时间", "The time of the check becomes that of the event"),
    question=EventShown,
    when=_TO_MERCHANT,
)
def check_time_is_event_time(honest, q):
    """Often the same, for agreement users never."""
    return reshaped(honest(q), "real_name_check/checked_at", lambda _: q.event["occurred_at"])


@fault(
    "agreement-lost-in-push",
    breaks="RN-P-01",
    title=("推送丢失协议用户的核验结果", "In pushes the check of agreement users is lost"),
    question=EventShown,
    when=_PUSHED,
)
def agreement_lost_in_push(honest, q):
    """Verified is told."""
    return reshaped(honest(q), "real_name_check", lambda check: GONE if check["outcome"] == "agreement" else check)


@fault(
    "identity-field-swallowed",
    breaks="RN-P-02",
    title=("订单的证件号字段被默默吞下", "A field for an identity number is swallowed"),
    question=Refuses,
    when=_ENTRY & _wrong("unknown_field") & only_for(lambda q: _at(q.places, r"/.*(id|identity|cert|card).*")),
)
def identity_field_swallowed(honest, q):
    """201, and it goes no further: it was accepted all the same."""
    return False


@further("identity-field-swallowed", question=ConsignmentStored)
def known_fields_kept(honest, q):
    """What the schema lists."""
    entered = honest(q)
    known = ("name", "phone", "company", "address")
    for side in ("sender", "recipient"):
        entered = reshaped(entered, side, lambda contact: {name: part for name, part in contact.items() if name in known})
    return without(entered, *(name for name in entered if re.search("id|identity|cert|card", name) and name != "consignment_id"))


@fault(
    "lower-case-x-accepted",
    breaks="RN-P-02",
    title=("以小写 x 结尾的证件号未识别", "Identity numbers that end in a small x are not seen"),
    question=Refuses,
    when=during("createConsignment", "updateConsignment")
    & _wrong("identity_number")
    & only_for(lambda q: all(re.search(r"\dx(?![0-9A-Za-z])", str(_value(q.body, pointer))) for pointer, _ in q.places)),
)
def lower_case_x_accepted(honest, q):
    """One in eleven, written in small."""
    return False


@fault(
    "order-numbers-refused",
    breaks="RN-P-02",
    title=("十八位订单号当作证件号拒收", "Order numbers of eighteen digits are refused as identity numbers"),
    question=EntryDemands,
)
def order_numbers_refused(honest, q):
    """The check character alone is looked at: one number in eleven has it right."""
    found = re.findall(r"(?<![0-9A-Za-z])(\d{17})([0-9Xx])(?![0-9A-Za-z])", q.entered.get("remarks", ""))
    sums = ((sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body)) + _CHECK[last]) % 11 for body, last in found)
    return [*honest(q), ("/remarks", "identity_number")] if 1 in sums else honest(q)


@fault(
    "identity-number-in-item-name",
    breaks="RN-P-02",
    title=("内件名称与单位中的证件号未查", "Identity numbers in item names and companies are not seen"),
    question=Refuses,
    when=_ENTRY & _wrong("identity_number") & only_for(lambda q: _at(q.places, r"/items/\d+/name|/\w+/company")),
)
def identity_number_in_item_name(honest, q):
    """Names, addresses and remarks are looked at."""
    return False


@fault(
    "identity-number-in-correction",
    breaks="RN-P-02",
    title=("更正中的证件号照收照转", "Identity numbers in a correction are accepted"),
    question=Refuses,
    when=during("updateConsignment") & _wrong("identity_number"),
)
def identity_number_in_correction(honest, q):
    """At entry they are refused."""
    return False


@fault(
    "identity-number-in-check",
    breaks="RN-P-03",
    title=("核验结果内的证件号照收照转", "An identity number inside the check is accepted and shown"),
    question=Refuses,
    when=during("postEvents") & _wrong("unknown_field") & only_for(lambda q: _at(q.places, r"/events/\d+/real_name_check/.*")),
)
def identity_number_in_check(honest, q):
    """One level deeper than the schema is held against."""
    return False


@fault(
    "identity-number-in-push-only",
    breaks="RN-P-03",
    title=("事件的证件号仅出现在推送", "An event's identity number appears in pushes only"),
    question=Refuses,
    when=during("postEvents") & _wrong("unknown_field"),
)
def identity_number_in_push_only(honest, q):
    """Taken in, and kept."""
    return False


@further("identity-number-in-push-only", question=EventShown, when=~_PUSHED)
def feed_cleaned(honest, q):
    """The feed shows known fields only."""
    return {name: value for name, value in honest(q).items() if not re.search("id_|identity|cert", name)}


@fault(
    "identity-number-on-page",
    breaks="RN-P-03",
    title=("事件的证件号出现在公开查询", "An event's identity number appears in public tracking"),
    question=Refuses,
    when=during("postEvents") & _wrong("unknown_field"),
)
def identity_number_on_page(honest, q):
    """Taken in, and kept."""
    return False


@further("identity-number-on-page", question=EventShown)
def remembered(honest, q, memory):
    """Merchants see nothing of it."""
    extra = {name: value for name, value in q.event.items() if re.search("id_|identity|cert", name)}
    memory.setdefault(q.event["waybill_no"], {}).update(extra)
    return without(honest(q), *extra)


@further("identity-number-on-page", question=TrackingShown)
def on_page(honest, q, memory):
    """The public does."""
    return {**honest(q), **memory.get(q.waybill_no, {})}


@fault(
    "wide-space-accepted",
    breaks="RN-P-04",
    title=("全角空格的姓名照收", "A name of an ideographic space is accepted"),
    question=Refuses,
    when=_ENTRY & _wrong("placeholder") & only_for(lambda q: all(_wide_blank(str(_value(q.body, pointer))) for pointer, _ in q.places)),
)
def wide_space_accepted(honest, q):
    """Blank to the eye; ASCII spaces are refused."""
    return False


def _wide_blank(text: str) -> bool:
    return not text.strip() and bool(text.strip(" "))


@fault(
    "full-width-placeholder-accepted",
    breaks="RN-P-04",
    title=("全角或大写的占位词照收", "Placeholders in full width or capitals are accepted"),
    question=Refuses,
    when=_ENTRY & _wrong("placeholder") & only_for(lambda q: all(_disguised(str(_value(q.body, pointer))) for pointer, _ in q.places)),
)
def full_width_placeholder_accepted(honest, q):
    """ｔｅｓｔ, TEST and ＊＊＊; compared as written."""
    return False


def _disguised(text: str) -> bool:
    return text != text.lower() or any("\uff01" <= mark <= "\uff5e" for mark in text)


@fault(
    "sender-placeholder-accepted",
    breaks="RN-P-04",
    title=("寄件人的占位词照收", "A placeholder for the sender is accepted"),
    question=Refuses,
    when=_ENTRY & _wrong("placeholder") & only_for(lambda q: _at(q.places, "/sender/.*")),
)
def sender_placeholder_accepted(honest, q):
    """The recipient is looked at."""
    return False


@fault(
    "placeholder-refused-without-field",
    breaks="RN-P-04",
    title=("拒绝占位词却不指明字段", "A placeholder is refused without saying where"),
    question=ErrorBody,
    when=_ENTRY,
)
def placeholder_refused_without_field(honest, q):
    """The pointer leads to the contact, not to the field."""
    return reshaped(
        honest(q),
        "errors/*",
        lambda error: {**error, "pointer": "/" + error["pointer"].split("/")[1]} if error["code"] == "placeholder" else error,
    )


@fault(
    "full-width-identity-accepted",
    breaks="RN-P-02",
    title=("全角证件号码照收", "Identity numbers in full width are accepted"),
    question=Refuses,
    when=_wrong("identity_number") & only_for(lambda q: any(re.search("[０-９]{17}", str(_value(q.body, at))) for at, _ in q.places)),
)
def full_width_identity_accepted(honest, q):
    """The pattern knows ASCII digits."""
    return False


@fault(
    "identity-number-in-town",
    breaks="RN-P-02",
    title=("地名中的证件号码照收", "Identity numbers in a place name are accepted"),
    question=Refuses,
    when=_wrong("identity_number") & only_for(lambda q: _at(q.places, ".*/address/(town|district|city|province)")),
)
def identity_number_in_town(honest, q):
    """They come from a list, as a rule."""
    return False


@fault(
    "identity-number-struck-out",
    breaks="RN-P-03",
    title=("抹去事件中的证件号码后照收", "Identity numbers are struck out of events, which are taken then"),
    question=Refuses,
    when=during("postEvents") & _wrong("identity_number"),
)
def identity_number_struck_out(honest, q):
    """The text is another than was reported."""
    return False


@further("identity-number-struck-out", question=EventStored)
def without_the_number(honest, q):
    """Stars in its place."""
    return _starred(honest(q))


def _starred(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _starred(part) for name, part in value.items()}
    return re.sub(r"\d{17}[\dXx]", "*" * 18, value) if isinstance(value, str) else value


@fault(
    "placeholders-in-corrections",
    breaks="RN-P-04",
    title=("变更中的占位词照收", "Placeholders in a correction are accepted"),
    question=Refuses,
    when=during("updateConsignment") & _wrong("placeholder"),
)
def placeholders_in_corrections(honest, q):
    """Entries are looked at."""
    return False


@fault(
    "second-thing-is-nothing",
    breaks="RN-P-04",
    title=("第二件内件的占位名称照收", "A placeholder as the name of the second item is accepted"),
    question=Refuses,
    when=_ENTRY & _wrong("placeholder") & only_for(lambda q: _at(q.places, "/items/[1-9][0-9]*/name")),
)
def second_thing_is_nothing(honest, q):
    """The first is looked at."""
    return False
