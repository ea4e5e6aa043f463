"""Faults against rules: what the interface forbids is taken all the same (FC-P-30, FC-P-31), records stand wrong (FC-P-32),
and what few do goes wrong: events twice in a batch, a product changed alone, couriers that read their events."""

from __future__ import annotations

from conformance.mock.faults import fault
from conformance.mock.faults.reshaping import reshaped
from conformance.mock.questions import (
    AnswerBody,
    CancelledAgain,
    ChangeStored,
    CursorNext,
    EventListed,
    FieldsShown,
    RuleHolds,
    StateTold,
    WaybillConflicts,
)
from conformance.mock.triggers import Trigger, during, only_for


def _of(*codes: str) -> Trigger:
    """Where a refusal would say one of these."""
    return only_for(lambda q: q.code in codes)


@fault(
    "any-product-taken",
    breaks="FC-P-30",
    title=("未列出的服务产品照收", "Products that nobody offers are taken"),
    question=RuleHolds,
    when=_of("unknown_service_product"),
)
def any_product_taken(honest, q):
    """It is a text like any other."""
    return False


@fault(
    "parcels-numbered-alike",
    breaks="FC-P-30",
    title=("重复的包裹序号照收", "Two parcels of one number are taken"),
    question=RuleHolds,
    when=_of("duplicate"),
)
def parcels_numbered_alike(honest, q):
    """Nobody looks from one parcel to the other."""
    return False


@fault(
    "cancelled-under-way",
    breaks="FC-P-30",
    title=("揽收之后仍可取消", "What was picked up can still be cancelled"),
    question=RuleHolds,
    when=_of("state_conflict") & during("cancelConsignment"),
)
def cancelled_under_way(honest, q):
    """A cancellation is a cancellation."""
    return False


@fault(
    "cancelled-once-only",
    breaks="FC-P-30",
    title=("再次取消被拒绝", "A cancellation that comes again is refused"),
    question=CancelledAgain,
)
def cancelled_once_only(honest, q):
    """Who lost the answer and asks again believes that the parcel goes."""
    return False


@fault(
    "changed-after-the-end",
    breaks="FC-P-30",
    title=("终结或取消之后仍可变更", "What is over can still be changed"),
    question=RuleHolds,
    when=_of("state_conflict") & during("updateConsignment"),
)
def changed_after_the_end(honest, q):
    """A row is a row."""
    return False


@fault(
    "two-numbers-for-a-parcel",
    breaks="FC-P-31",
    title=("同一包裹可换运单号上报", "A parcel may be reported under another number"),
    question=WaybillConflicts,
    when=only_for(lambda q: q.present is not None and not q.taken),
)
def two_numbers_for_a_parcel(honest, q):
    """The last one counts."""
    return False


@fault(
    "two-parcels-for-a-number",
    breaks="FC-P-31",
    title=("在用的运单号可用于另一包裹", "A number in use may be given to another parcel"),
    question=WaybillConflicts,
    when=only_for(lambda q: q.present is None),
)
def two_parcels_for_a_number(honest, q):
    """Numbers are opaque."""
    return False


@fault(
    "event-ids-reused",
    breaks="FC-P-31",
    title=("同一事件号另一内容照收", "An event id may come again with other content"),
    question=RuleHolds,
    when=_of("event_id_reused"),
)
def event_ids_reused(honest, q):
    """Counted as a repetition; the new content is dropped in silence."""
    return False


@fault(
    "future-reported",
    breaks="FC-P-31",
    title=("未来的事件照收", "Events of the future are taken"),
    question=RuleHolds,
    when=_of("in_future"),
)
def future_reported(honest, q):
    """Clocks differ."""
    return False


@fault(
    "refused-check-picked-up",
    breaks="FC-P-31",
    title=("拒绝实名的收寄照收", "A pick-up is taken though the real-name check was refused"),
    question=RuleHolds,
    when=_of("real_name_refused"),
)
def refused_check_picked_up(honest, q):
    """There is a check; its outcome isn't looked at."""
    return False


@fault(
    "sign-off-untold",
    breaks="FC-P-31",
    title=("没有签收信息的签收照收", "A delivery without its sign-off is taken"),
    question=RuleHolds,
    when=_of("required") & during("postEvents"),
)
def sign_off_untold(honest, q):
    """The member is optional in the schema."""
    return False


@fault(
    "consent-not-asked",
    breaks="FC-P-31",
    title=("代收无同意凭证照收", "A sign-off by somebody else is taken without consent"),
    question=RuleHolds,
    when=_of("consent_ref_missing"),
)
def consent_not_asked(honest, q):
    """The courier will have asked."""
    return False


@fault(
    "never-completed",
    breaks="FC-P-32",
    title=("全部签收后寄递单仍为进行中", "A consignment is in progress for ever"),
    question=FieldsShown,
    when=only_for(lambda q: q.consignment["status"] == "completed"),
)
def never_completed(honest, q):
    """Nobody looks whether the last parcel has arrived."""
    return {**honest(q), "status": "in_progress"}


@fault(
    "completed-by-the-first-parcel",
    breaks="FC-P-32",
    title=("首个包裹签收即算全单完成", "The first parcel that arrives completes the consignment"),
    question=FieldsShown,
    when=only_for(lambda q: any(parcel["status"] == "delivered" for parcel in q.consignment["parcels"])),
)
def completed_by_the_first_parcel(honest, q):
    """Most have one."""
    return {**honest(q), "status": "completed"}


@fault(
    "parcels-stay-picked-up",
    breaks="FC-P-32",
    title=("包裹状态停在已揽收", "The state of a parcel stays at picked up"),
    question=FieldsShown,
    when=only_for(lambda q: q.consignment["status"] == "in_progress"),
)
def parcels_stay_picked_up(honest, q):
    """It is written once."""
    return reshaped(honest(q), "parcels/*/status", lambda state: "created" if state == "created" else "picked_up")


@fault(
    "created-anew",
    breaks="FC-P-32",
    title=("录入时间随每次变更而变", "The time of entry moves with each change"),
    question=FieldsShown,
)
def created_anew(honest, q):
    """Each version is a row of its own."""
    shown = honest(q)
    return {**shown, "created_at": shown["updated_at"]}


@fault("versions-by-twos", breaks="FC-P-32", title=("版本号每次加 2", "Versions grow by two"), question=FieldsShown)
def versions_by_twos(honest, q):
    """It rises, and one can order by it."""
    shown = honest(q)
    return {**shown, "version": 2 * shown["version"] - 1}


@fault(
    "updates-with-every-event",
    breaks="FC-P-32",
    title=("状态随事件变化也推送 consignment.updated", "consignment.updated is sent whenever an event changes the state"),
    question=StateTold,
)
def updates_with_every_event(honest, q):
    """A change is a change."""
    return True


@fault(
    "blank-places-taken",
    breaks="FC-P-31",
    title=("事件地点空白照收", "Events at a blank place are taken"),
    question=RuleHolds,
    when=_of("placeholder") & during("postEvents"),
)
def blank_places_taken(honest, q):
    """Only orders are looked at."""
    return False


@fault(
    "twins-of-a-batch-unsaid",
    breaks="FC-P-23",
    title=("同一批内重复的事件不列为重复", "An event that comes twice in one batch is not said to be a duplicate"),
    question=AnswerBody,
    when=during("postEvents"),
)
def twins_of_a_batch_unsaid(honest, q):
    """It is accepted, so it can't be a duplicate."""
    receipt = honest(q)
    return {**receipt, "duplicates": [id for id in receipt["duplicates"] if id not in receipt["accepted"]]}


@fault(
    "last-event-read-again",
    breaks="FC-P-22",
    title=("从末尾续读轨迹又得到最后一条", "Reading on from the end gives the last event again"),
    question=CursorNext,
    when=during("listConsignmentEvents") & only_for(lambda q: q.position > q.started),
)
def last_event_read_again(honest, q):
    """From that record time on, and not after it."""
    return honest(q) - 1


@fault(
    "product-alone-dropped",
    breaks="FC-P-14",
    title=("单独更正服务产品被默默丢弃", "A product that is corrected alone is dropped in silence"),
    question=ChangeStored,
    when=only_for(lambda q: "courier_code" not in q.patch and "service_product" in q.patch),
)
def product_alone_dropped(honest, q):
    """The product goes with the courier."""
    return {name: value for name, value in honest(q).items() if name != "service_product"}


@fault(
    "former-events-shown",
    breaks="FC-P-33",
    title=("新承运企业看到原企业的轨迹", "The new courier is shown the former one's events"),
    question=EventListed,
)
def former_events_shown(honest, q):
    """They are of the same consignment."""
    return True


@fault(
    "couriers-read-no-events",
    breaks="FC-P-33",
    title=("快递企业读不到自己的轨迹", "Couriers are shown no events, not even their own"),
    question=EventListed,
    when=only_for(lambda q: q.to.kind == "courier"),
)
def couriers_read_no_events(honest, q):
    """The feed is the merchants'."""
    return False
