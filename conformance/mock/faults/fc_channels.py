"""Finer faults against field completeness: by one channel, now and then, after a while, at the edge of a page."""

from __future__ import annotations

from conformance.mock.faults import fault, further
from conformance.mock.faults.fc_fields import PULLED, PUSHED, READ, TO_COURIER
from conformance.mock.faults.reshaping import both, reshaped
from conformance.mock.questions import DeliverTo, FeedHas, FeedPage, FeedReady, FieldsShown, Kept, PageSize, WebhookDelay
from conformance.mock.trade_clock import posix
from conformance.mock.triggers import Trigger, after, during, fraction, only_for

_IN_FEED = TO_COURIER & during("listConsignments")
_JUST_LATE = 65.0
_JOB_EVERY = 300.0
_QUEUE = 12


def of_type(*types: str) -> Trigger:
    """Webhooks of these types."""
    return only_for(lambda q: q.type in types)


@fault(
    "feed-by-the-job",
    breaks="FC-P-12",
    title=("每五分钟才放入拉取流", "The feed is filled every five minutes"),
    question=FeedReady,
    when=_IN_FEED,
)
def feed_by_the_job(honest, q):
    """Who enters just before the job sees nothing of it."""
    recorded = posix(q.entry["updated_at"])
    return honest(q) and (recorded + q.age) // _JOB_EVERY > recorded // _JOB_EVERY


@fault(
    "several-parcels-late-in-feed",
    breaks="FC-P-12",
    title=("多包裹的寄递单晚进拉取流", "Consignments of several parcels come late into the feed"),
    question=FeedReady,
    when=_IN_FEED & only_for(lambda q: len(q.entry["parcels"]) > 1 and q.entry["version"] == 1),
)
def several_parcels_late_in_feed(honest, q):
    """Just beyond the deadline."""
    return honest(q) and q.age >= _JUST_LATE


@fault(
    "every-tenth-push-late",
    breaks="FC-P-13",
    title=("每第十个推送略超时限", "Every tenth push is just too late"),
    question=WebhookDelay,
    when=of_type("consignment.created") & fraction(10),
)
def every_tenth_push_late(honest, q):
    """Five seconds."""
    return honest(q) + _JUST_LATE


@fault(
    "pushes-late-after-forty",
    breaks="FC-P-13",
    title=("四十单之后推送超时限", "After forty consignments pushes are late"),
    question=WebhookDelay,
    when=of_type("consignment.created") & after(40),
)
def pushes_late_after_forty(honest, q):
    """A worker leaks."""
    return honest(q) + 2 * _JUST_LATE


@fault(
    "second-correction-lost",
    breaks="FC-P-14",
    title=("第二次更正不再传递", "The second correction goes no further"),
    question=FieldsShown,
    when=TO_COURIER & only_for(lambda q: q.consignment["status"] == "created"),
)
def second_correction_lost(honest, q, memory):
    """The first is told; the version grows all the same."""
    shown = honest(q)
    if shown["version"] <= 2:
        memory[shown["consignment_id"]] = shown["recipient"]
    return {**shown, "recipient": memory.get(shown["consignment_id"], shown["recipient"])}


@fault(
    "removed-remarks-stay",
    breaks="FC-P-14",
    title=("删除的备注仍传给快递企业", "Removed remarks stay with the courier"),
    question=FieldsShown,
    when=TO_COURIER,
)
def removed_remarks_stay(honest, q, memory):
    """Nothing overwrites something only if it is something."""
    shown = honest(q)
    kept = memory.setdefault(shown["consignment_id"], {})
    kept.update({"remarks": shown["remarks"]} if "remarks" in shown else {})
    return {**kept, **shown}


@fault(
    "cancelled-leaves-feed",
    breaks="FC-P-15",
    title=("已取消的单从拉取流消失", "What is cancelled disappears from the feed"),
    question=FeedHas,
    when=_IN_FEED,
)
def cancelled_leaves_feed(honest, q):
    """Who reads the cursor on never hears of it."""
    return honest(q) and q.entry["status"] != "cancelled"


@fault(
    "cancelled-after-correction-alive",
    breaks="FC-P-15",
    title=("更正过的单取消后仍为有效", "What was corrected before cannot be seen to be cancelled"),
    question=FieldsShown,
    when=TO_COURIER & only_for(lambda q: q.consignment["status"] == "cancelled" and q.consignment["version"] > 2),
)
def cancelled_after_correction_alive(honest, q):
    """By every channel."""
    return reshaped({**honest(q), "status": "created"}, "parcels/*/status", lambda _: "created")


@fault(
    "push-rounds-record-time",
    breaks="FC-P-16",
    title=("推送的记录时间取整到秒", "In pushes the record time is whole seconds"),
    question=FieldsShown,
    when=PUSHED,
)
def push_rounds_record_time(honest, q):
    """The same version, another time."""
    return reshaped(honest(q), "updated_at", lambda moment: moment[:19] + moment[-6:])


@fault(
    "single-read-turns-parcels",
    breaks="FC-P-16",
    title=("单读时包裹次序颠倒", "A single read turns the parcels round"),
    question=FieldsShown,
    when=READ,
)
def single_read_turns_parcels(honest, q):
    """With one parcel nobody sees it."""
    return reshaped(honest(q), "parcels", lambda parcels: parcels[::-1])


@fault(
    "feed-lacks-company",
    breaks="FC-P-16",
    title=("拉取流缺少单位名称", "The feed lacks companies"),
    question=FieldsShown,
    when=PULLED,
)
def feed_lacks_company(honest, q):
    """Pushes and single reads have them."""
    return both(honest(q), "", lambda contact: {name: part for name, part in contact.items() if name != "company"})


@fault(
    "queue-overflows",
    breaks="FC-P-17",
    title=("一秒内超过十二单即丢失", "More than twelve a second are lost"),
    question=Kept,
)
def queue_overflows(honest, q, memory):
    """Each was answered 201."""
    second = q.consignment["created_at"][:19]
    memory[second] = memory.get(second, 0) + 1
    return honest(q) and memory[second] <= _QUEUE


@fault(
    "same-second-at-page-end",
    breaks="FC-P-17",
    title=("页末与前一条同秒者丢失", "At a page's end an entry of the same second is lost"),
    question=FeedPage,
    when=_IN_FEED,
)
def same_second_at_page_end(honest, q, memory):
    """The next page starts after that second."""
    items = list(honest(q))
    full = 1 < len(items) == memory.get(q.to.name)
    return items[:-1] if full and items[-1]["updated_at"][:19] == items[-2]["updated_at"][:19] else items


@further("same-second-at-page-end", question=PageSize, when=_IN_FEED)
def size_of_page(honest, q, memory):
    """How many make a page full."""
    memory[q.caller.name] = honest(q)
    return memory[q.caller.name]


@fault(
    "corrections-by-feed-only",
    breaks="FC-P-14",
    title=("只改电话的更正不推送", "A correction of the phone alone is not pushed"),
    also=("NT-P-25",),  # what was corrected during an interruption is not pushed after it either
    question=DeliverTo,
    when=of_type("consignment.updated"),
)
def corrections_by_feed_only(honest, q, memory):
    """What counts as a change is compared by name and address."""
    seen = memory.get(q.data["consignment_id"])
    now = q.data["recipient"]["name"], q.data["recipient"]["address"]
    memory[q.data["consignment_id"]] = now
    return () if seen == now else honest(q)


@further("corrections-by-feed-only", question=Kept)
def entered_before(honest, q, memory):
    """What it is compared with."""
    memory[q.consignment["consignment_id"]] = q.consignment["recipient"]["name"], q.consignment["recipient"]["address"]
    return honest(q)
