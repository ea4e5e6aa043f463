"""Lawful variants: platforms that differ from ours and conform all the same.  A suite that fails one of them is wrong.

In: the questions.  Out: entries of the fault registry that break nothing; rule 15.1 of the specification says what nobody may rely on.
"""

from __future__ import annotations

import base64
import re
from typing import Any

from conformance.mock.faults import REGISTRY, fault, further
from conformance.mock.questions import (
    Acknowledged,
    AnswerBody,
    AnswerDelay,
    AnswerHeaders,
    CapabilityServed,
    DiscoveryShown,
    ErrorDetail,
    FieldsShown,
    MaskOf,
    NoticePublished,
    PageSize,
    ProposalAnswered,
    RateLimit,
    RetrySchedule,
    SentTwice,
    TokenLifetime,
    WebhookDelay,
)
from conformance.mock.trade_clock import posix, rfc3339
from conformance.mock.triggers import fraction, only_for

# mypy: disable-error-code="no-untyped-def"


def listing() -> list[dict[str, Any]]:
    """Every variant: id and titles."""
    found = sorted((known for known in REGISTRY.values() if not known.breaks), key=lambda known: known.id)
    return [{"id": known.id, "title": {"zh": known.title[0], "en": known.title[1]}} for known in found]


@fault("slow-for-all", breaks="", title=("一律慢，但同等", "Slow, and alike for all"), question=AnswerDelay)
def slow_for_all(honest, q):
    """Three tenths of a second for everybody."""
    return honest(q) + 0.3


@fault("late-for-all", breaks="", title=("推送一律晚五秒", "Pushes come five seconds later, alike"), question=WebhookDelay)
def late_for_all(honest, q):
    """Within the deadline."""
    return honest(q) + 5.0


@fault("disordered", breaks="", title=("推送次序打乱", "Messages overtake each other"), question=WebhookDelay, when=fraction(2))
def disordered(honest, q):
    """Every second message waits; versions tell the order."""
    return honest(q) + 8.0


@fault("at-least-once", breaks="", title=("推送可能重复", "Messages come twice at times"), question=SentTwice, when=fraction(3))
def at_least_once(honest, q):
    """Every third message is sent again with the same id."""
    return 2


@fault("unhurried-retries", breaks="", title=("重试间隔各延长四成", "Retries come two fifths later"), question=RetrySchedule)
def unhurried_retries(honest, q):
    """Each pause may be up to half longer."""
    return tuple(pause * 1.4 for pause in honest(q))


@fault("small-pages", breaks="", title=("每页较小", "Smaller pages"), question=PageSize)
def small_pages(honest, q):
    """Ten items a page, for everybody."""
    return min(10, honest(q))


@further("small-pages", question=DiscoveryShown)
def small_pages_declared(honest, q):
    """As declared."""
    document = honest(q)
    return {**document, "limits": {**document["limits"], "page_size_max": 10}}


@fault("short-tokens", breaks="", title=("令牌有效期五分钟", "Tokens last five minutes"), question=TokenLifetime)
def short_tokens(honest, q):
    """For everybody, as declared."""
    return 300.0


@further("short-tokens", question=DiscoveryShown)
def short_tokens_declared(honest, q):
    """As declared."""
    document = honest(q)
    return {**document, "limits": {**document["limits"], "token_lifetime_seconds": 300}}


@fault("lower-rate", breaks="", title=("限流额较低", "A lower rate limit"), question=RateLimit)
def lower_rate(honest, q):
    """Six hundred a minute, for everybody."""
    return 600


@further("lower-rate", question=DiscoveryShown)
def lower_rate_declared(honest, q):
    """As declared."""
    document = honest(q)
    return {**document, "limits": {**document["limits"], "rate_per_minute": 600}}


def _without(document: dict[str, Any], capability: str) -> dict[str, Any]:
    return {**document, "capabilities": [name for name in document["capabilities"] if name != capability]}


@fault("pull-only", breaks="", title=("只拉取", "Pull only"), question=DiscoveryShown)
def pull_only(honest, q):
    """No push declared, none served."""
    return _without(honest(q), "push")


@further("pull-only", question=CapabilityServed, when=only_for(lambda q: q.capability == "push"))
def no_push(honest, q):
    """501."""
    return False


@fault("push-only", breaks="", title=("只推送", "Push only"), question=DiscoveryShown)
def push_only(honest, q):
    """No pull declared, none served to couriers."""
    return _without(honest(q), "pull")


@further("push-only", question=CapabilityServed, when=only_for(lambda q: q.capability == "pull"))
def no_pull(honest, q):
    """501."""
    return False


@fault("no-analytics", breaks="", title=("不提供分析数据", "No analytics"), question=DiscoveryShown)
def no_analytics(honest, q):
    """Who does no data mining has no data set."""
    return _without(honest(q), "analytics")


@further("no-analytics", question=CapabilityServed, when=only_for(lambda q: q.capability == "analytics"))
def analytics_not_served(honest, q):
    """501."""
    return False


@fault("unknown-members", breaks="", title=("应答带有未列的成员", "Answers have further members"), question=FieldsShown)
def unknown_members(honest, q):
    """At the top level, which readers ignore."""
    return {**honest(q), "x_platform_note": "internal"}


@fault("other-member-order", breaks="", title=("成员次序不同", "Members in another order"), question=AnswerBody)
def other_member_order(honest, q):
    """Backwards."""
    return dict(reversed(honest(q).items()))


@fault("other-error-texts", breaks="", title=("错误说明不同", "Other explanations in errors"), question=ErrorDetail)
def other_error_texts(honest, q):
    """A sentence for people."""
    return "请求未获接受，请按接口规范检查。 The request was not accepted; see the specification."


@fault("more-headers", breaks="", title=("应答带有其他标头", "Answers have further headers"), question=AnswerHeaders)
def more_headers(honest, q):
    """As gateways add them."""
    return {**honest(q), "X-Frame-Options": "DENY", "Vary": "Accept-Encoding", "Cache-Control": "no-store"}


@fault("other-masks", breaks="", title=("另一种合规的遮盖", "Other lawful masks"), question=MaskOf)
def other_masks(honest, q):
    """Full-width stars; of a name the last character, of a phone nothing; of an address what stands before the building."""
    if q.view != "tracking":
        return honest(q)
    if q.field == "name":
        return "＊" * (len(q.value) - 1) + q.value[-1] if len(q.value) > 1 else "＊"
    if q.field == "phone":
        return "＊" * 11
    return _street(q.value)


def _street(detail: str) -> str:
    """The part of an address before its first digit, then a star: no unit, room or floor can stand there."""
    street = re.split(r"[0-9０-９A-Za-z一二三四五六七八九十甲乙丙丁东西南北]", detail)[0].strip()
    return street + "＊" if len(street) > 1 else ""


@fault("virtual-numbers", breaks="", title=("以虚拟号代替电话", "Virtual numbers stand for phones"), question=FieldsShown)
def virtual_numbers(honest, q):
    """For couriers and merchants alike, valid for thirty days after entry."""
    shown = honest(q)
    return {**shown, "sender": _virtual(shown["sender"], shown), "recipient": _virtual(shown["recipient"], shown)}


def _virtual(contact: dict[str, Any], shown: dict[str, Any]) -> dict[str, Any]:
    extension = f"{sum(base64.b64encode(contact['phone']['number'].encode())) % 10_000:04d}"
    until = rfc3339(posix(shown["created_at"]) + 30 * 86_400)
    return {**contact, "phone": {"number": "17000000000", "extension": extension, "kind": "virtual", "expires_at": until}}


@fault(
    "considered-acknowledgement",
    breaks="",
    title=("半小时后确认通知", "Notices are acknowledged after half an hour"),
    question=Acknowledged,
)
def considered_acknowledgement(honest, q):
    """Within the declared hour."""
    return 1800.0


@further("considered-acknowledgement", question=ProposalAnswered)
def considered_answer(honest, q):
    """Proposals too."""
    return 1800.0


@further("considered-acknowledgement", question=NoticePublished)
def considered_publication(honest, q):
    """And publication."""
    return 1800.0
