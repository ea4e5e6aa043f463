"""Finer faults against signed messages: a signature that mostly verifies, an id that mostly differs, a schedule nearly kept."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec
from msgspec.structs import replace

from conformance.mock.faults import fault, further
from conformance.mock.questions import (
    AnswerBytes,
    AnswerStatus,
    AttemptBody,
    AttemptTaken,
    MessageId,
    RetrySchedule,
    Signature,
    SignedAt,
    StillTold,
    TypeWanted,
)
from conformance.mock.triggers import during, only_for, toward

_EIGHT_HOURS = 28_800


@fault(
    "signature-in-url-alphabet",
    breaks="SE-P-06",
    title=("签名用了 URL 字母表", "Signatures are written in the URL alphabet"),
    question=Signature,
)
def signature_in_url_alphabet(honest, q):
    """Wrong where + or / occurs, which is three times in four."""
    return honest(q).replace("+", "-").replace("/", "_")


@fault(
    "signed-with-first-secret",
    breaks="SE-P-06",
    title=("后来的订阅仍用首个密钥签名", "A later subscription is signed with the first one's secret"),
    question=Signature,
)
def signed_with_first_secret(honest, q, memory):
    """One secret a client."""
    return honest(replace(q, secret=memory.setdefault(q.to.code, q.secret)))


@fault(
    "signed-in-ascii",
    breaks="SE-P-06",
    title=("先转义再签名，发出的却未转义", "What is signed is escaped, what is sent is not"),
    question=Signature,
    when=only_for(lambda q: max(q.raw.decode()) > "\uffff"),
)
def signed_in_ascii(honest, q):
    """Only bodies with astral characters; each other body is the same in both serialisers."""
    return honest(replace(q, raw=re.sub("[\U00010000-\U0010ffff]", lambda mark: f"\\U{ord(mark.group()):08x}", q.raw.decode()).encode()))


@fault(
    "events-signed-without-id",
    breaks="SE-P-06",
    title=("事件推送的签名不含编号", "Messages of events are signed without their id"),
    question=Signature,
    when=only_for(lambda q: q.type == "waybill.event"),
)
def events_signed_without_id(honest, q):
    """Consignments are signed well."""
    return honest(replace(q, id=""))


@fault(
    "signed-in-local-hours",
    breaks="SE-P-07",
    title=("时间戳差八小时", "Timestamps are eight hours ahead"),
    question=SignedAt,
)
def signed_in_local_hours(honest, q):
    """Local time, taken for UTC; it verifies."""
    return honest(q) + _EIGHT_HOURS


@fault(
    "second-retry-not-renewed",
    breaks="SE-P-07",
    title=("第三次起的重试沿用旧时间戳", "From the second retry on the time is not renewed"),
    question=SignedAt,
    when=only_for(lambda q: q.attempt > 2),
)
def second_retry_not_renewed(honest, q):
    """The first retry is fresh."""
    return int(q.first)


@fault(
    "pairs-share-an-id",
    breaks="SE-P-08",
    title=("每两条消息共用一个编号", "Every two messages share an id"),
    question=MessageId,
)
def pairs_share_an_id(honest, q, memory):
    """Retries keep it."""
    ids = memory.setdefault(q.to.code, [])
    ids.extend([q.id] if q.id not in ids else [])
    return ids[ids.index(q.id) // 2 * 2]


@fault(
    "third-attempt-renamed",
    breaks="SE-P-08",
    title=("第三次投递起换编号", "From the third attempt on the id is another"),
    question=MessageId,
    when=only_for(lambda q: q.attempt > 2),
)
def third_attempt_renamed(honest, q):
    """Put back into the queue as a new message."""
    return honest(q) + "r"


@fault(
    "refusals-are-final",
    breaks="SE-P-09",
    title=("4xx 应答后不再重试", "After a 4xx nothing is sent again"),
    question=AttemptTaken,
)
def refusals_are_final(honest, q):
    """503 is retried."""
    return honest(q) or (q.status is not None and 400 <= q.status < 500)


@fault(
    "silence-is-consent",
    breaks="SE-P-09",
    title=("超时视为已送达", "A time-out counts as delivered"),
    question=AttemptTaken,
)
def silence_is_consent(honest, q):
    """Any answer but 2xx is retried."""
    return honest(q) or q.status is None


@fault(
    "redirects-are-success",
    breaks="SE-P-09",
    title=("重定向视为已送达", "A redirect counts as delivered"),
    question=AttemptTaken,
)
def redirects_are_success(honest, q):
    """Below 400 is fine."""
    return honest(q) or (q.status is not None and 300 <= q.status < 400)


@fault(
    "last-retry-missing",
    breaks="SE-P-09",
    title=("缺最后一次重试", "The last retry is missing"),
    question=RetrySchedule,
)
def last_retry_missing(honest, q):
    """Who is back after two hours has lost it."""
    return honest(q)[:-1]


@fault(
    "events-retried-once",
    breaks="SE-P-09",
    title=("事件推送只重试一次", "Events are retried once"),
    question=RetrySchedule,
    when=only_for(lambda q: q.type == "waybill.event"),
)
def events_retried_once(honest, q):
    """Consignments keep the schedule."""
    return honest(q)[:1]


@fault(
    "changes-not-retried",
    breaks="SE-P-09",
    title=("变更与取消推送失败不重试", "Changes and cancellations are not sent again"),
    question=RetrySchedule,
    when=only_for(lambda q: q.type in ("consignment.updated", "consignment.cancelled")),
)
def changes_not_retried(honest, q):
    """What is new keeps the schedule."""
    return ()


@fault(
    "retried-after-unsubscribing",
    breaks="SE-P-25",
    title=("退订后仍重试", "Retries go on after unsubscribing"),
    question=StillTold,
    when=only_for(lambda q: q.attempt > 1 and q.ended == "owner"),
)
def retried_after_unsubscribing(honest, q):
    """What is in the queue is sent; nothing new is."""
    return True


@fault(
    "told-after-unsubscribing",
    breaks="SE-P-25",
    title=("某企业退订后仍推送", "One courier is told after unsubscribing"),
    question=StillTold,
    when=toward("courier_b") & only_for(lambda q: q.ended == "owner" and q.attempt == 1),
)
def told_after_unsubscribing(honest, q):
    """One node's list of subscriptions is never renewed."""
    return True


@fault(
    "types-not-asked-for",
    breaks="SE-P-25",
    title=("推送未订阅的类型", "Types that were not asked for are sent"),
    question=TypeWanted,
    when=only_for(lambda q: q.type.startswith("consignment.") and any(one.startswith("consignment.") for one in q.types)),
)
def types_not_asked_for(honest, q):
    """Who asked for one sort of message about consignments gets all of them."""
    return True


@fault(
    "told-after-gone",
    breaks="SE-P-25",
    title=("410 当作一般失败", "A 410 is a failure like any other"),
    question=StillTold,
    when=only_for(lambda q: q.ended == "gone"),
)
def told_after_gone(honest, q):
    """Retried, and told of what is new."""
    return True


@fault(
    "unsubscribing-again-is-fine",
    breaks="SE-P-25",
    title=("再次退订也算成功", "Unsubscribing again succeeds"),
    question=AnswerStatus,
    when=during("deleteSubscription") & only_for(lambda q: q.status == 404),
    # What is nobody's and what is somebody else's look alike to it, and it says 2xx to both.
    also=("SE-P-05",),
)
def unsubscribing_again_is_fine(honest, q):
    """Gone is gone."""
    return 204


@further("unsubscribing-again-is-fine", question=AnswerBytes, when=during("deleteSubscription"))
def nothing_to_say_about_it(honest, q):
    """A 204 has no body."""
    return b"" if q.status == 204 else honest(q)


@fault(
    "rewritten-in-retries",
    breaks="SE-P-08",
    title=("重试时消息重新生成，时间戳不同", "A retry is written anew, with another time in it"),
    question=AttemptBody,
    when=only_for(lambda q: q.attempt > 1),
)
def rewritten_in_retries(honest, q):
    """Its id stays, its signature is good."""
    message = msgspec.json.decode(honest(q))
    return msgspec.json.encode({**message, "timestamp": datetime.fromtimestamp(q.now, UTC).isoformat()})
