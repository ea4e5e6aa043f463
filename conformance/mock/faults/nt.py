"""Faults against notices: interruptions without notice or before their time, notices that lead nowhere, talks that are not had."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from conformance.mock.faults import fault, further
from conformance.mock.faults.reshaping import without
from conformance.mock.parties import COURIERS, PLATFORM
from conformance.mock.questions import (
    Acknowledged,
    AnswerBody,
    DataFlows,
    FeedHas,
    GapFilled,
    HistoryEntry,
    IdempotentAnswer,
    InterruptionBegins,
    InterruptionEnds,
    LeadTimeNeeded,
    NextState,
    NoticeForwarded,
    NoticeLapses,
    NoticePublished,
    NoticeReported,
    NoticeShown,
    NoticeStored,
    OwnNotice,
    OwnNoticeTo,
    ProposalAnswered,
    PublicNotice,
    Refuses,
    TakesNewConsignments,
    VisibleTo,
)
from conformance.mock.trade_clock import posix, rfc3339
from conformance.mock.triggers import Trigger, after, during, only_for, toward

DAY = 86_400.0
_FROM_COURIER = only_for(lambda q: q.notice["giver"] != PLATFORM.code)
_OWN = only_for(lambda q: q.notice["giver"] == PLATFORM.code)
_OPEN = ("notified", "acknowledged", "negotiating", "agreed", "failed", "reported")


def _told(type: str) -> Trigger:
    return only_for(lambda q: q.type == type)


# What is not acknowledged can be neither negotiated nor reported, so that such requests, in order by their form, are refused (SE-P-15).
@fault(
    "never-acknowledges", breaks="NT-P-01", title=("收到通知从不确认", "A notice is never acknowledged"), question=Acknowledged,
    also=("SE-P-15",),
)
def never_acknowledges(honest, q):
    """It lies there."""
    return None


@fault(
    "acknowledges-late", breaks="NT-P-01", title=("两天后才确认通知", "A notice is acknowledged after two days"), question=Acknowledged,
    also=("SE-P-15",),
)
def acknowledges_late(honest, q):
    """Twice the time agreed."""
    return 2 * DAY


@fault(
    "notice-that-ends-before-it-begins",
    breaks="NT-P-02",
    title=("接受结束早于开始的通知", "A notice that ends before it begins is accepted"),
    question=Refuses,
    when=during("giveNotice") & only_for(lambda q: any(code == "order_of_times" for _, code in q.places)),
)
def notice_that_ends_before_it_begins(honest, q):
    """Each time is looked at by itself."""
    return False


@fault(
    "notice-for-an-hour-ago",
    breaks="NT-P-02",
    title=("接受已经开始的突发中断的事后通知", "A sudden interruption is announced when it has long begun"),
    question=Refuses,
    when=during("giveNotice") & only_for(lambda q: any(code == "in_past" for _, code in q.places)),
)
def notice_for_an_hour_ago(honest, q):
    """Sudden reasons need no lead time, so the start isn't looked at."""
    return False


@fault(
    "incomplete-notice-accepted",
    breaks="NT-P-02",
    title=("缺项的通知照收", "A notice without reason, start or contact is accepted"),
    question=Refuses,
    when=during("giveNotice") & only_for(lambda q: any(code in ("required", "placeholder") for _, code in q.places)),
)
def incomplete_notice_accepted(honest, q):
    """What is missing is made up."""
    return False


@further("incomplete-notice-accepted", question=NoticeStored)
def made_up(honest, q):
    """Fill in what the giver left out."""
    filled = {"reason": "other", "scope": ["consignments"], "justification": "-", "major_impact": False, "arrangement": "-"}
    contact = {"name": "-", "phone": "000", "email": "nobody@example.com", **q.notice.get("contact", {})}
    return {**filled, "starts_at": "2099-01-01T00:00:00+08:00", **honest(q), "contact": contact}


@fault(
    "short-notice-accepted",
    breaks="NT-P-03",
    title=("提前量不足的通知照收", "A notice with too short a lead is accepted"),
    question=LeadTimeNeeded,
    when=~toward("operator"),
)
def short_notice_accepted(honest, q):
    """Tomorrow will do."""
    return 0.0


@fault(
    "counter-proposal-refused",
    breaks="NT-P-04",
    title=("对话表允许的提议被拒", "A proposal that the table allows is refused"),
    question=NextState,
    when=_FROM_COURIER & only_for(lambda q: q.event == "propose" and q.caller != PLATFORM),
)
def counter_proposal_refused(honest, q):
    """No talks: take it or leave it."""
    return None


@fault(
    "rejection-leads-nowhere",
    breaks="NT-P-04",
    title=("不同意之后仍为协商中", "After a rejection the state is negotiating still"),
    question=NextState,
    when=_FROM_COURIER & only_for(lambda q: q.event == "reject" and q.allowed == "failed"),
)
def rejection_leads_nowhere(honest, q):
    """Another state than the table names."""
    return "negotiating"


@fault(
    "steps-out-of-turn",
    breaks="NT-P-05",
    title=("对话表不允许的步骤照收", "Steps that the table does not allow are taken"),
    question=NextState,
    when=only_for(lambda q: q.allowed is None and q.caller != PLATFORM),
)
def steps_out_of_turn(honest, q):
    """Anything goes."""
    return {"accept": "agreed", "reject": "failed", "report": "reported", "withdraw": "withdrawn"}.get(q.event, "negotiating")


@fault(
    "replies-not-told",
    breaks="NT-P-06",
    title=("平台的答复不告知对方", "The platform's replies are not told"),
    question=NoticeForwarded,
    when=_told("interruption.replied"),
)
def replies_not_told(honest, q):
    """The counterpart has to ask."""
    return None


@fault(
    "notice-not-published",
    breaks="NT-P-07",
    title=("快递企业的通知不公示", "A courier's notice is not published"),
    question=NoticePublished,
    when=_FROM_COURIER,
)
def notice_not_published(honest, q):
    """Users are surprised."""
    return None


@fault(
    "notice-published-late",
    breaks="NT-P-07",
    title=("快递企业的通知两天后才公示", "A courier's notice is published after two days"),
    question=NoticePublished,
    when=_FROM_COURIER,
)
def notice_published_late(honest, q):
    """Twice the time agreed."""
    return 2 * DAY


@fault(
    "merchants-not-told",
    breaks="NT-P-08",
    title=("商家二不获告知通知", "Merchant 2 is not told of a courier's notice"),
    question=NoticeForwarded,
    when=toward("merchant_2") & _told("interruption.published") & _FROM_COURIER,
)
def merchants_not_told(honest, q):
    """One merchant is left out."""
    return None


@fault(
    "report-not-relayed",
    breaks="NT-P-09",
    title=("快递企业的报告不转主管部门", "A courier's report is not relayed"),
    question=NoticeForwarded,
    when=toward("authority") & _told("interruption.reported") & _FROM_COURIER,
)
def report_not_relayed(honest, q):
    """It ends at the platform."""
    return None


def _courier_noticed(q: Any) -> bool:
    return any(notice["giver"] != PLATFORM.code and notice["state"] in _OPEN for notice in q.notices)


@fault(
    "stops-giving-at-notice",
    breaks="NT-P-10",
    title=("一收到通知即停发寄递数据", "Consignment data stop as soon as a courier gives notice"),
    question=DataFlows,
    when=toward("courier") & only_for(lambda q: q.direction == "out" and _courier_noticed(q)),
)
def stops_giving_at_notice(honest, q):
    """Ten days too early."""
    return False


@fault(
    "no-new-consignments-after-notice",
    breaks="NT-P-10",
    title=("一收到通知即不收新寄递单", "No new consignments for a courier once it gave notice"),
    question=TakesNewConsignments,
    when=only_for(_courier_noticed),
)
def no_new_consignments_after_notice(honest, q):
    """The merchant can't choose it any more."""
    return False


@fault(
    "stops-taking-at-notice",
    breaks="NT-P-11",
    title=("一收到通知即拒收快件事件", "Events are refused as soon as a courier gives notice"),
    question=DataFlows,
    when=toward("courier") & only_for(lambda q: q.direction == "in" and _courier_noticed(q)),
)
def stops_taking_at_notice(honest, q):
    """Parcels in flight go dark."""
    return False


@fault(
    "withdrawal-not-public",
    breaks="NT-P-12",
    title=("公示里看不出通知已撤回", "The public notices hide a withdrawal"),
    question=PublicNotice,
)
def withdrawal_not_public(honest, q):
    """Users believe that it will come."""
    shown = honest(q)
    return {**shown, "state": "acknowledged"} if shown and shown["state"] == "withdrawn" else shown


@fault(
    "withdrawn-disappears",
    breaks="NT-P-12",
    title=("撤回的通知从公示中消失", "A withdrawn notice vanishes from the public list"),
    question=PublicNotice,
)
def withdrawn_disappears(honest, q):
    """As if there had been none."""
    return None if q.notice["state"] == "withdrawn" else honest(q)


@fault(
    "withdrawal-kept-from-authorities",
    breaks="NT-P-12",
    title=("已报告的通知撤回后不告知主管部门", "The authorities are not told that a reported notice was withdrawn"),
    question=NoticeForwarded,
    when=toward("authority") & _told("interruption.withdrawn"),
)
def withdrawal_kept_from_authorities(honest, q):
    """They go on expecting it."""
    return None


def _withdrawn_and_due(q: Any) -> bool:
    return any(notice["state"] == "withdrawn" and q.now >= posix(notice["starts_at"]) for notice in q.notices)


@fault(
    "stops-though-withdrawn",
    breaks="NT-P-13",
    title=("通知撤回后仍按时中断", "Data stop although the notice was withdrawn"),
    question=DataFlows,
    when=toward("courier") & only_for(_withdrawn_and_due),
)
def stops_though_withdrawn(honest, q):
    """The timer was not cancelled."""
    return False


@fault(
    "notice-twice",
    breaks="NT-P-14",
    title=("重复发送的通知成立两份", "A notice sent again makes a second one"),
    question=IdempotentAnswer,
    when=during("giveNotice"),
)
def notice_twice(honest, q):
    """The key is not looked at."""
    return "process"


@fault(
    "notices-mixed-up",
    breaks="NT-P-15",
    title=("同一企业的两份通知互相影响", "Two notices of one courier share their state"),
    question=NextState,
    when=only_for(lambda q: q.allowed is not None),
)
def notices_mixed_up(honest, q, memory):
    """State is kept by courier."""
    state = honest(q)
    memory[q.notice["giver"]] = state
    return state


@further("notices-mixed-up", question=NoticeShown)
def shown_mixed_up(honest, q, memory):
    """Every notice of the giver shows the state of the last step."""
    shown = honest(q)
    return {**shown, "state": memory.get(shown["giver"], shown["state"])}


@fault(
    "history-forgets",
    breaks="NT-P-16",
    title=("历史漏记确认一步", "The history leaves the acknowledgement out"),
    question=HistoryEntry,
    when=only_for(lambda q: q.entry["event"] == "acknowledge"),
)
def history_forgets(honest, q):
    """Nobody knows when it was acknowledged."""
    return None


@fault(
    "history-by-nobody", breaks="NT-P-16", title=("历史不写明由谁作出", "The history does not say who took a step"), question=NoticeShown
)
def history_by_nobody(honest, q):
    """Every step of the counterpart was an operator's, says what is shown."""
    shown = honest(q)
    codes = (PLATFORM.code, "clock")
    named = [step if step["by"] in codes or step["event"] == "give" else {**step, "by": "OPERATOR"} for step in shown["history"]]
    return {**shown, "history": named}


@fault(
    "history-out-of-order",
    breaks="NT-P-16",
    title=("历史次序颠倒", "The history is out of order"),
    question=NoticeShown,
    when=only_for(lambda q: len(q.notice["history"]) > 2),
)
def history_out_of_order(honest, q):
    """Latest first, but for the first."""
    shown = honest(q)
    return {**shown, "history": [shown["history"][0], *reversed(shown["history"][1:])]}


@fault(
    "own-notice-too-short",
    breaks="NT-P-17",
    title=("平台自己的通知只提前一天", "The platform's own notice comes a day ahead"),
    question=OwnNotice,
)
def own_notice_too_short(honest, q):
    """It starts tomorrow, whatever was ordered."""
    notice = {name: value for name, value in honest(q).items() if name != "ends_at"}
    return {**notice, "starts_at": rfc3339(min(posix(notice["starts_at"]), q.now + DAY))}


@further("own-notice-too-short", question=LeadTimeNeeded, when=toward("operator"))
def no_lead_needed(honest, q):
    """The rule binds the others."""
    return 0.0


@fault(
    "own-notice-told-late",
    breaks="NT-P-17",
    title=("平台自己的通知晚八天才送达", "The platform's own notice is told eight days late"),
    question=NoticeForwarded,
    when=_told("interruption.notified"),
)
def own_notice_told_late(honest, q):
    """Given in time, told when it is nearly over."""
    return 8 * DAY


@fault(
    "own-notice-says-nothing",
    breaks="NT-P-18",
    title=("平台自己的通知理由写“无”", "The platform's own notice gives no reasons"),
    question=OwnNotice,
)
def own_notice_says_nothing(honest, q):
    """Placeholders where a justification and an arrangement belong."""
    return {**honest(q), "justification": "无", "arrangement": "待定"}


@fault(
    "own-notice-incomplete",
    breaks="NT-P-18",
    title=("平台自己的通知没有联系人", "The platform's own notice has no contact"),
    question=OwnNotice,
)
def own_notice_incomplete(honest, q):
    """Nobody to talk to, and nothing said of parcels in flight."""
    return {name: value for name, value in honest(q).items() if name not in ("contact", "arrangement")}


@fault(
    "own-notice-to-everybody",
    breaks="NT-P-19",
    title=("平台的通知发给所有快递企业", "The platform's own notice goes to every courier"),
    question=OwnNoticeTo,
)
def own_notice_to_everybody(honest, q):
    """A matter between two is told to all."""
    return COURIERS


def _own_and_open(q: Any) -> bool:
    return any(notice["giver"] == PLATFORM.code and notice["state"] in _OPEN for notice in q.notices)


@fault(
    "own-interruption-early",
    breaks="NT-P-20",
    title=("平台发出通知即停止传输", "The platform stops as soon as it has given notice"),
    question=DataFlows,
    when=toward("courier") & only_for(_own_and_open),
)
def own_interruption_early(honest, q):
    """Both ways."""
    return False


# What begins early has its step of the clock early (NT-P-30).
@fault(
    "own-interruption-begins-early",
    breaks="NT-P-20",
    title=("平台的中断提前九天生效", "The platform's interruption takes effect nine days early"),
    question=InterruptionBegins,
    when=_OWN,
    also=("NT-P-30",),
)
def own_interruption_begins_early(honest, q):
    """The state says effective, and new consignments are refused."""
    return honest(q) - 9 * DAY


@fault(
    "own-notice-deaf",
    breaks="NT-P-21",
    title=("对平台通知的答复不予接受", "Replies to the platform's notice are not taken"),
    question=NextState,
    when=_OWN & only_for(lambda q: q.event in ("acknowledge", "propose", "accept", "reject") and q.caller != PLATFORM),
)
def own_notice_deaf(honest, q):
    """It wants no talks."""
    return None


@fault(
    "no-own-report",
    breaks="NT-P-22",
    title=("协商不成时平台不报告", "The platform does not report when talks failed"),
    question=NoticeReported,
)
def no_own_report(honest, q):
    """The authorities learn it from the newspaper."""
    return None


# Talks that never lapse are late by the clock as well (NT-P-30).
@fault(
    "talks-never-fail", breaks="NT-P-22", title=("协商期满也不算不成", "Talks never count as failed"), question=NoticeLapses, when=_OWN,
    also=("NT-P-30",),
)
def talks_never_fail(honest, q):
    """So that there is nothing to report."""
    return False


@fault(
    "own-notice-not-published",
    breaks="NT-P-23",
    title=("平台自己的通知不公示", "The platform's own notice is not published"),
    question=NoticePublished,
    when=_OWN,
)
def own_notice_not_published(honest, q):
    """Merchants and users are not told."""
    return None


@fault(
    "cut-off-without-notice",
    breaks="NT-P-24",
    title=("未经通知切断快递乙", "Courier B is cut off without notice"),
    question=DataFlows,
    when=toward("courier_b") & after(12) & ~after(72),
)
def cut_off_without_notice(honest, q):
    """Pulls and posts answer 503, nothing is pushed, and then it is over as if nothing had been."""
    return False


def _own_in_effect(q: Any) -> bool:
    return any(notice["giver"] == PLATFORM.code and notice["state"] == "effective" for notice in q.notices)


@fault(
    "gap-lost",
    breaks="NT-P-25",
    title=("中断期间的数据不补", "What came up during the interruption is never given"),
    question=DataFlows,
    when=toward("courier") & only_for(_own_in_effect),
)
def gap_lost(honest, q, memory):
    """Changes of the gap are neither sent nor in the feed."""
    if q.data is not None and "version" in q.data:
        memory[q.data.get("consignment_id"), q.data["version"]] = True
    return False


@further("gap-lost", question=GapFilled)
def gap_not_filled(honest, q):
    """Held back, and dropped."""
    return False


@further("gap-lost", question=FeedHas, when=toward("courier") & during("listConsignments"))
def gap_not_in_feed(honest, q, memory):
    """The versions of the gap are missing from the feed."""
    return honest(q) and (q.entry["consignment_id"], q.entry["version"]) not in memory


@fault("proposal-unanswered", breaks="NT-P-06", title=("对方的提议不予答复", "A proposal is never answered"), question=ProposalAnswered)
def proposal_unanswered(honest, q):
    """Silence."""
    return None


@fault(
    "notice-moved-while-talking",
    breaks="NT-P-26",
    title=("协商开始后通知的开始时间提前一天", "Once there are talks a notice starts a day earlier"),
    question=NoticeShown,
    when=_FROM_COURIER & only_for(lambda q: len(q.notice["history"]) > 2),
)
def notice_moved_while_talking(honest, q):
    """Nobody agreed to that."""
    shown = honest(q)
    return {**shown, "starts_at": rfc3339(posix(shown["starts_at"]) - 86_400)}


@fault(
    "contact-of-the-platform",
    breaks="NT-P-26",
    title=("转报主管部门的通知换成平台的联系人", "What the authorities read names the platform's contact"),
    question=NoticeShown,
    when=toward("authority") & _FROM_COURIER,
)
def contact_of_the_platform(honest, q):
    """Whoever calls gets somebody who knows nothing."""
    return {**honest(q), "contact": {"name": "平台客服", "phone": "010-12345678", "email": "service@platform.example"}}


@fault(
    "own-notices-not-listed",
    breaks="NT-P-26",
    title=("自己发出的通知不在列表中", "Who gave a notice does not find it in the list"),
    question=AnswerBody,
    when=during("listNotices"),
)
def own_notices_not_listed(honest, q):
    """The list is an inbox."""
    page = honest(q)
    return {**page, "items": [notice for notice in page["items"] if notice["giver"] != q.caller.code]}


@fault(
    "end-left-out",
    breaks="NT-P-26",
    title=("公示的通知不写结束时间", "Public notices leave out when it ends"),
    question=PublicNotice,
    when=_FROM_COURIER,
)
def end_left_out(honest, q):
    """As if it were for ever."""
    shown = honest(q)
    return None if shown is None else without(shown, "ends_at")


@fault(
    "platforms-notices-not-listed",
    breaks="NT-P-27",
    title=("平台发给自己的通知不在列表中", "Who was given a notice by the platform does not find it in the list"),
    question=AnswerBody,
    when=during("listNotices"),
)
def platforms_notices_not_listed(honest, q):
    """The list is an outbox."""
    page = honest(q)
    return {**page, "items": [notice for notice in page["items"] if notice["giver"] != PLATFORM.code]}


@fault(
    "list-shows-first-version",
    breaks="NT-P-27",
    title=("通知流停在初次列出的版本", "The feed of notices stays with the version that it listed first"),
    question=AnswerBody,
    when=during("listNotices"),
)
def list_shows_first_version(honest, q, memory):
    """A copy that nobody brings up to date."""
    page = honest(q)
    return {**page, "items": [memory.setdefault(notice["notice_id"], notice) for notice in page["items"]]}


@fault(
    "notice-listed-twice",
    breaks="NT-P-27",
    title=("通知流中一个通知出现两次", "A notice comes twice in the feed of notices"),
    question=AnswerBody,
    when=during("listNotices"),
)
def notice_listed_twice(honest, q):
    """Once as given, once as received."""
    page = honest(q)
    return {**page, "items": [*page["items"], *page["items"][:1]]}


@fault(
    "ended-notices-taken-down",
    breaks="NT-P-27",
    title=("中断一结束就从公示中撤下", "A notice leaves the public list as soon as the interruption has ended"),
    question=PublicNotice,
    when=only_for(lambda q: q.notice["state"] == "ended"),
)
def ended_notices_taken_down(honest, q):
    """Nobody can look it up any more."""
    return None


@fault(
    "public-state-stays",
    breaks="NT-P-27",
    title=("公示的状态停在公示之时", "A public notice keeps the state in which it was published"),
    question=PublicNotice,
    when=only_for(lambda q: q.notice["state"] != "withdrawn"),
)
def public_state_stays(honest, q, memory):
    """Written once."""
    shown = honest(q)
    return None if shown is None else {**shown, "state": memory.setdefault(shown["notice_id"], shown["state"])}


@fault(
    "public-list-backwards",
    breaks="NT-P-27",
    title=("公示最新的在前", "The newest public notice comes first"),
    question=AnswerBody,
    when=during("listPublicNotices"),
)
def public_list_backwards(honest, q):
    """As on a news page."""
    page = honest(q)
    return {**page, "items": page["items"][::-1]}


@fault(
    "public-notice-twice",
    breaks="NT-P-27",
    title=("公示列表中一个通知出现两次", "A notice comes twice in the public list"),
    question=AnswerBody,
    when=during("listPublicNotices"),
)
def public_notice_twice(honest, q):
    """At its first place and at its last change."""
    page = honest(q)
    return {**page, "items": [*page["items"], *page["items"][:1]]}


@fault(
    "giver-not-told-of-publication",
    breaks="NT-P-08",
    title=("公示不告知发出通知的快递", "The courier that gave notice is not told of its publication"),
    question=NoticeForwarded,
    when=toward("courier") & _told("interruption.published") & _FROM_COURIER,
)
def giver_not_told_of_publication(honest, q):
    """It may look for itself."""
    return None


@fault(
    "counterpart-not-told-of-publication",
    breaks="NT-P-23",
    title=("平台的通知公示时不告知被通知方", "The counterpart is not told that the platform's notice was published"),
    question=NoticeForwarded,
    when=toward("courier") & _told("interruption.published") & _OWN,
)
def counterpart_not_told_of_publication(honest, q):
    """Merchants only."""
    return None


@fault(
    "counterpart-not-told-of-report",
    breaks="NT-P-22",
    title=("平台报告主管部门而不告知对方", "The platform reports behind its counterpart's back"),
    question=NoticeForwarded,
    when=toward("courier") & _told("interruption.reported") & _OWN,
)
def counterpart_not_told_of_report(honest, q):
    """It learns of it when the authority calls."""
    return None


@fault(
    "own-report-put-off",
    breaks="NT-P-22",
    title=("协商不成三天后才报告", "The platform reports three days after the talks failed"),
    question=NoticeReported,
    when=only_for(lambda q: q.notice["history"][-1]["event"] == "reject"),
)
def own_report_put_off(honest, q):
    """There is time until it begins."""
    return 3 * DAY


@fault(
    "couriers-talks-never-lapse",
    breaks="NT-P-28",
    title=("快递的通知协商期满不转为不成", "Talks about a courier's notice never lapse"),
    question=NoticeLapses,
    when=_FROM_COURIER,
)
def couriers_talks_never_lapse(honest, q):
    """So nothing has to be reported."""
    return False


@fault(
    "begins-two-hours-late",
    breaks="NT-P-28",
    title=("快递的中断晚两小时才转为生效", "A courier's interruption counts as begun two hours late"),
    question=InterruptionBegins,
    when=_FROM_COURIER,
)
def begins_two_hours_late(honest, q):
    """A job that runs at odd hours."""
    return honest(q) + 2 * 3600


@fault(
    "ends-too-early",
    breaks="NT-P-28",
    title=("快递的中断提前半小时算结束", "A courier's interruption counts as over half an hour early"),
    question=InterruptionEnds,
    when=_FROM_COURIER,
)
def ends_too_early(honest, q):
    """As if it were back."""
    return honest(q) - 1800


@fault(
    "ends-ten-minutes-late",
    breaks="NT-P-28",
    title=("快递的中断过了结束时间十分钟才算结束", "A courier's interruption counts as over ten minutes late"),
    question=InterruptionEnds,
    when=_FROM_COURIER,
)
def ends_ten_minutes_late(honest, q):
    """A job that runs at odd hours."""
    return honest(q) + 600


@fault(
    "couriers-read-anybodys-notice",
    breaks="NT-P-29",
    title=("任何快递企业都能打开别家的通知", "Any courier can open another's notice"),
    question=VisibleTo,
    when=during("getNotice") & toward("courier"),
)
def couriers_read_anybodys_notice(honest, q):
    """Who knows the id may read."""
    return True


@fault(
    "authorities-read-along",
    breaks="NT-P-29",
    title=("主管部门看得到未报告的通知", "The authorities read notices that nobody reported"),
    question=VisibleTo,
    when=during("getNotice") & toward("authority"),
)
def authorities_read_along(honest, q):
    """They may see everything, somebody thought."""
    return True


@fault(
    "own-interruption-over-late",
    breaks="NT-P-30",
    title=("平台自己的中断晚十分钟才转为结束", "The platform's own interruption counts as over ten minutes late"),
    question=InterruptionEnds,
    when=only_for(lambda q: q.notice["giver"] == PLATFORM.code),
)
def own_interruption_over_late(honest, q):
    """The job that ends interruptions knows the couriers' notices, and gets to the others later."""
    return honest(q) + 600


@fault(
    "public-notice-names-the-wrong-giver",
    breaks="NT-P-26",
    title=("公示把通知方与被通知方写反", "The public notice has giver and receiver the wrong way round"),
    question=PublicNotice,
)
def public_notice_names_the_wrong_giver(honest, q):
    """It is written from the reader's side."""
    shown = honest(q)
    return None if shown is None else {**shown, "giver": shown["receiver"], "receiver": shown["giver"]}


@fault(
    "public-starts-in-utc",
    breaks="NT-P-26",
    title=("公示把开始时间改写为 UTC", "The public notice rewrites the start in UTC"),
    question=PublicNotice,
)
def public_starts_in_utc(honest, q):
    """The same moment, in another clock than the one that the giver named."""
    shown = honest(q)
    return None if shown is None else {**shown, "starts_at": datetime.fromtimestamp(posix(shown["starts_at"]), UTC).isoformat()}


@fault(
    "proposals-not-in-history",
    breaks="NT-P-16",
    title=("历史中不写提议的内容", "The history tells that something was proposed, not what"),
    question=HistoryEntry,
    when=only_for(lambda q: q.entry["event"] == "propose"),
)
def proposals_not_in_history(honest, q):
    """A step is a step."""
    entry = honest(q)
    return {name: value for name, value in entry.items() if name != "proposal"} if entry else entry


@fault(
    "long-messages-cut",
    breaks="NT-P-16",
    title=("附言只留前 255 个字符", "Messages are cut at 255 characters"),
    question=HistoryEntry,
    when=only_for(lambda q: len(q.entry.get("message", "")) > 255),
)
def long_messages_cut(honest, q):
    """A column of the usual length."""
    entry = honest(q)
    return {**entry, "message": entry["message"][:255]} if entry else entry


@fault(
    "own-history-forgets-replies",
    breaks="NT-P-30",
    title=("平台自己的通知不记对方的答复", "The history of the platform's own notice leaves out what the counterpart said"),
    question=HistoryEntry,
    when=_OWN & only_for(lambda q: q.entry["by"] != PLATFORM.code),
)
def own_history_forgets_replies(honest, q):
    """The state moves, the words are lost."""
    entry = honest(q)
    return {name: value for name, value in entry.items() if name != "message"} if entry else entry


# Who is said to be interrupted and isn't can't be chosen (NB-P-01).
@fault(
    "one-stops-and-so-do-all",
    breaks="NT-P-24",
    title=("一家中断期间，其他企业的新单也不收", "While one courier is interrupted no new consignments are taken for the others"),
    question=TakesNewConsignments,
    also=("NB-P-01",),
)
def one_stops_and_so_do_all(honest, q, memory):
    """One switch for the whole channel."""
    memory[q.to.code] = q.interrupted
    return not any(memory.values())
