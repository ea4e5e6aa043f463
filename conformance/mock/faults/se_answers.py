"""Finer faults against answers: repeated requests, forms of errors, what is accepted and what breaks."""

from __future__ import annotations

import re

from conformance.mock import feeds
from conformance.mock.faults import fault, further
from conformance.mock.faults.reshaping import reshaped, without
from conformance.mock.questions import (
    AnswerBody,
    AnswerBytes,
    AnswerHeaders,
    AnswerStatus,
    CapabilityServed,
    CursorRead,
    DiscoveryShown,
    ErrorBody,
    ErrorDetail,
    FailsWith,
    IdempotentAnswer,
    RateLimit,
    Refuses,
    WorkTime,
)
from conformance.mock.triggers import Trigger, during, fraction, only_for, toward

_HIDDEN = "monitoring"
_FEW = 30


def _code(*codes: str) -> Trigger:
    return only_for(lambda q: q.code in codes)


def _problem(*codes: str) -> Trigger:
    return only_for(lambda q: q.problem["code"] in codes)


def _only(code: str, pointer: str) -> Trigger:
    """Where this is all that is wrong."""
    return only_for(lambda q: bool(q.places) and all(why == code and re.fullmatch(pointer, at) for at, why in q.places))


@fault(
    "repeated-batch-answered-anew",
    breaks="SE-P-10",
    title=("重复的事件批次得到不同结果", "A repeated batch is answered differently"),
    question=IdempotentAnswer,
    when=during("postEvents") & only_for(lambda q: q.finished and q.same),
)
def repeated_batch_answered_anew(honest, q):
    """Nothing happens twice; what was accepted is now a duplicate."""
    return "process"


@fault(
    "third-repetition-done",
    breaks="SE-P-10",
    title=("第二次重复请求再次生效", "The second repetition is done again"),
    question=IdempotentAnswer,
    when=during("createConsignment") & only_for(lambda q: q.finished and q.same) & fraction(2),
)
def third_repetition_done(honest, q):
    """The first is replayed."""
    return "process"


@fault(
    "third-at-once-done",
    breaks="SE-P-11",
    title=("并发请求中第三个重复生效", "Of three at once two are done"),
    question=IdempotentAnswer,
    when=during("createConsignment") & only_for(lambda q: not q.finished and q.same) & fraction(2),
)
def third_at_once_done(honest, q):
    """Two at once are told apart."""
    return "process"


@further("third-at-once-done", question=WorkTime, when=during("createConsignment"))
def time_to_write(honest, q):
    """As long as it takes to write it down."""
    return 0.05


@fault(
    "other-body-done",
    breaks="SE-P-12",
    title=("同键异体再次生效", "Another body under the same key is done"),
    question=IdempotentAnswer,
    when=during("createConsignment") & only_for(lambda q: q.finished and not q.same),
)
def other_body_done(honest, q):
    """The key is kept with a digest of the body."""
    return "process"


@fault(
    "other-batch-replayed",
    breaks="SE-P-12",
    title=("同键另一批事件被默默吞掉", "Another batch under the same key is swallowed"),
    question=IdempotentAnswer,
    when=during("postEvents", "giveNotice") & only_for(lambda q: q.finished and not q.same),
)
def other_batch_replayed(honest, q):
    """Consignments are compared."""
    return "replay"


@fault(
    "key-reuse-looks-busy",
    breaks="SE-P-12",
    title=("同键异体答 409 仍在处理", "A reused key answers that it is still at work"),
    question=ErrorBody,
    when=_problem("idempotency_key_reused"),
)
def key_reuse_looks_busy(honest, q, memory):
    """The caller comes back for ever."""
    memory["reused"] = True
    code = "idempotency_in_progress"
    return {**honest(q), "type": f"urn:hulian:problem:{code}", "code": code, "status": 409, "retryable": True}


@further("key-reuse-looks-busy", question=AnswerStatus, when=only_for(lambda q: q.status == 422))
def busy_status(honest, q, memory):
    """As the document says."""
    return 409 if memory.pop("reused", False) else honest(q)


@fault(
    "unknown-paths-in-html",
    breaks="SE-P-13",
    title=("未知路径答框架的网页", "Unknown paths answer the framework's page"),
    question=AnswerBytes,
    when=only_for(lambda q: q.operation == "" and q.status == 404),
)
def unknown_paths_in_html(honest, q):
    """The gateway speaks."""
    return b"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"


@further("unknown-paths-in-html", question=AnswerHeaders, when=only_for(lambda q: q.operation == "" and q.status == 404))
def html_media_type(honest, q):
    """At least it says so."""
    return {**honest(q), "Content-Type": "text/html"}


@fault(
    "conflicts-without-retryable",
    breaks="SE-P-13",
    title=("409 不说明能否重试", "A 409 doesn't say whether to retry"),
    question=ErrorBody,
    when=only_for(lambda q: q.problem["status"] == 409),
)
def conflicts_without_retryable(honest, q):
    """One member less."""
    return without(honest(q), "retryable")


@fault(
    "conflicts-worth-retrying",
    breaks="SE-P-13",
    title=("状态冲突声称可以重试", "A conflict with the state says that it may be retried"),
    question=ErrorBody,
    when=_problem("state_conflict"),
)
def conflicts_worth_retrying(honest, q):
    """The caller comes back for ever."""
    return {**honest(q), "retryable": True}


@fault(
    "own-code-for-scope",
    breaks="SE-P-13",
    title=("403 的代码不在列表内", "The code of a 403 is not in the list"),
    question=ErrorBody,
    when=_problem("insufficient_scope"),
)
def own_code_for_scope(honest, q):
    """A word of one's own."""
    return {**honest(q), "code": "forbidden"}


@fault(
    "parser-speaks",
    breaks="SE-P-14",
    title=("不可读的请求体引出解析器原话", "An unreadable body is answered in the parser's words"),
    question=ErrorDetail,
    when=_code("unreadable"),
)
def parser_speaks(honest, q):
    """And says where it lives."""
    return 'File "/usr/lib/python3/json/decoder.py", line 355, in raw_decode: Expecting value'


@fault(
    "sql-in-conflicts",
    breaks="SE-P-14",
    title=("冲突的错误带 SQL", "Conflicts are answered in SQL"),
    question=ErrorDetail,
    when=_code("state_conflict", "waybill_conflict", "event_id_reused"),
)
def sql_in_conflicts(honest, q):
    """The constraint that was violated."""
    return 'ERROR: duplicate key value violates unique constraint "ux_waybill" SQLSTATE 23505'


@fault(
    "path-in-header-of-absent",
    breaks="SE-P-14",
    title=("404 的标头带文件路径", "The header of a 404 holds a file path"),
    question=AnswerHeaders,
    when=only_for(lambda q: q.status == 404),
)
def path_in_header_of_absent(honest, q):
    """The body is clean."""
    return {**honest(q), "X-Handler": "/srv/app/releases/42/handlers/absent.rb"}


@fault(
    "unknown-payment-mode-accepted",
    breaks="SE-P-15",
    title=("未列的付款方式照收", "A payment mode that isn't listed is accepted"),
    question=Refuses,
    when=during("createConsignment") & _only("not_in_list", "/payment_mode"),
)
def unknown_payment_mode_accepted(honest, q):
    """A closed list read as an open one."""
    return False


@fault(
    "huge-pages-accepted",
    breaks="SE-P-15",
    title=("limit 超出上限照收", "A limit beyond the most is accepted"),
    question=Refuses,
    when=_only("too_large", r"\?limit"),
)
def huge_pages_accepted(honest, q):
    """Parameters of the query aren't held against the schema."""
    return False


@fault(
    "extras-in-nested-contact-accepted",
    breaks="SE-P-15",
    title=("通知联系人中未列的字段照收", "In a notice's contact unlisted fields are accepted"),
    question=Refuses,
    when=during("giveNotice") & _only("unknown_field", "/contact/.*"),
)
def extras_in_nested_contact_accepted(honest, q):
    """At the top they are refused."""
    return False


@fault(
    "absent-as-null",
    breaks="SE-P-16",
    title=("没有的可选字段写作 null", "Optional fields without a value are null"),
    question=AnswerBody,
    when=during("listConsignmentEvents"),
)
def absent_as_null(honest, q):
    """In events that retract nothing."""
    return reshaped(honest(q), "items/*", lambda event: {"retracts": None, **event})


@fault(
    "no-cursor-at-the-end",
    breaks="SE-P-16",
    title=("末页缺 next_cursor", "The last page lacks next_cursor"),
    question=AnswerBody,
    when=during("listSubscriptions", "getExchangeStatus", "listNotices") & only_for(lambda q: q.body["next_cursor"] is None),
)
def no_cursor_at_the_end(honest, q):
    """Left out, not null."""
    return without(honest(q), "next_cursor")


@fault(
    "offers-as-text",
    breaks="SE-P-16",
    title=("可选快递以 text/json 应答", "Offers are answered as text/json"),
    question=AnswerHeaders,
    when=during("listCouriers") & only_for(lambda q: q.status == 200),
)
def offers_as_text(honest, q):
    """The content is right."""
    return {**honest(q), "Content-Type": "text/json"}


@fault(
    "extra-member-in-parcels",
    breaks="SE-P-16",
    title=("商家读到的包裹多一个字段", "A merchant's parcels have a member more"),
    question=AnswerBody,
    when=toward("merchant") & during("getConsignment"),
)
def extra_member_in_parcels(honest, q):
    """Nested parts are closed."""
    return reshaped(honest(q), "parcels/*", lambda parcel: {**parcel, "label_url": "https://platform.example/label"})


@fault(
    "organisation-unknown",
    breaks="SE-P-16",
    title=("发现文档的组织名称写作“未知”", "The organisation is called “未知” (unknown)"),
    question=DiscoveryShown,
)
def organisation_unknown(honest, q):
    """Nobody filled the form in."""
    return reshaped(honest(q), "organisation/name", lambda _: "未知")


@fault(
    "created-in-another-zone",
    breaks="SE-P-16",
    title=("创建寄递单的应答时间偏移写错", "The time in the answer to a consignment has the wrong offset"),
    question=AnswerBody,
    when=during("createConsignment"),
)
def created_in_another_zone(honest, q):
    """The clock's digits are right, the offset is another's: eight hours ahead."""
    return reshaped(honest(q), "created_at", lambda time: time.replace("+08:00", "Z"))


@fault(
    "counterpart-not-declared",
    breaks="SE-P-20",
    title=("发现文档漏掉一家已对接的快递", "The discovery document leaves out a courier that is connected"),
    question=DiscoveryShown,
)
def counterpart_not_declared(honest, q):
    """The list is kept by hand; the newest courier isn't in it."""
    document = honest(q)
    couriers = [one for one in document["counterparts"] if one["kind"] == "courier"]
    return {**document, "counterparts": [one for one in document["counterparts"] if one != couriers[-1]]}


@fault(
    "events-as-text-accepted",
    breaks="SE-P-17",
    title=("事件批次以 text/plain 照收", "Batches of events are accepted as text/plain"),
    question=Refuses,
    when=during("postEvents", "cancelConsignment") & _code("unsupported_media_type"),
)
def events_as_text_accepted(honest, q):
    """Other operations look at the type."""
    return False


@fault(
    "media-type-unreadable",
    breaks="SE-P-17",
    title=("媒体类型不符答 400", "A wrong media type answers 400"),
    question=ErrorBody,
    when=_problem("unsupported_media_type"),
)
def media_type_unreadable(honest, q):
    """As if the body were at fault."""
    return {**honest(q), "type": "urn:hulian:problem:unreadable", "code": "unreadable", "status": 400}


@further("media-type-unreadable", question=AnswerStatus, when=only_for(lambda q: q.status == 415))
def status_unreadable(honest, q):
    """As the document says."""
    return 400


@fault(
    "control-characters-break",
    breaks="SE-P-18",
    title=("控制字符引起 500", "Control characters answer 500"),
    question=ErrorBody,
)
def control_characters_break(honest, q, memory):
    """The database objects."""
    problem = honest(q)
    memory["broken"] = any(error["code"] == "character" for error in problem.get("errors", ()))
    return {**problem, "status": 500, "code": "internal", "party_at_fault": "platform"} if memory["broken"] else problem


@further("control-characters-break", question=AnswerStatus, when=only_for(lambda q: q.status == 422))
def status_broken(honest, q, memory):
    """As the document says."""
    return 500 if memory.pop("broken", False) else honest(q)


@fault(
    "deaf-after-hostile-body",
    breaks="SE-P-18",
    title=("收到恶意请求体后下一请求失败", "After a hostile body the next request fails"),
    question=ErrorBody,
    when=_problem("too_large", "unreadable"),
)
def deaf_after_hostile_body(honest, q, memory):
    """The hostile one is answered well; the worker restarts."""
    memory["down"] = True
    return honest(q)


@further("deaf-after-hostile-body", question=FailsWith)
def restarting(honest, q, memory):
    """Whoever comes next."""
    return "unavailable" if memory.pop("down", False) else honest(q)


@fault(
    "come-again-too-soon",
    breaks="SE-P-19",
    title=("Retry-After 说得太短", "Retry-After is too short"),
    question=AnswerHeaders,
    when=only_for(lambda q: q.status == 429),
)
def come_again_too_soon(honest, q):
    """A second, whatever is left of the minute."""
    return {**honest(q), "Retry-After": "1"}


@further("come-again-too-soon", question=RateLimit, when=during("listCouriers"))
def few_a_minute(honest, q):
    """So that it is seen."""
    return _FEW


@fault(
    "change-of-courier-not-served",
    breaks="SE-P-20",
    title=("声明可更换快递却答 501", "A change of courier is declared and answers 501"),
    question=CapabilityServed,
    when=only_for(lambda q: q.capability == "courier_change"),
)
def change_of_courier_not_served(honest, q):
    """A capability without an operation of its own."""
    return False


@fault(
    "undeclared-answers-absent",
    breaks="SE-P-20",
    title=("未声明的能力答 404", "A capability not declared answers 404"),
    question=DiscoveryShown,
)
def undeclared_answers_absent(honest, q):
    """The document tells the truth."""
    return reshaped(honest(q), "capabilities", lambda declared: [one for one in declared if one != _HIDDEN])


@further("undeclared-answers-absent", question=CapabilityServed, when=only_for(lambda q: q.capability == _HIDDEN))
def not_served(honest, q):
    """And isn't served."""
    return False


@further("undeclared-answers-absent", question=ErrorBody, when=_problem("not_supported"))
def absent_document(honest, q):
    """The caller can't tell a gap from a mistake."""
    return {**honest(q), "type": "urn:hulian:problem:not_found", "code": "not_found", "status": 404, "party_at_fault": "caller"}


@further("undeclared-answers-absent", question=AnswerStatus, when=only_for(lambda q: q.status == 501))
def absent_status(honest, q):
    """As the document says."""
    return 404


@fault(
    "wrong-somewhere",
    breaks="SE-P-26",
    title=("只说请求体有错，不说在哪里", "Says that the body is wrong, and not where"),
    question=ErrorBody,
    when=during("postEvents", "updateConsignment", "createSubscription"),
)
def wrong_somewhere(honest, q):
    """One pointer to the whole document."""
    problem = honest(q)
    return {**problem, "errors": [{**one, "pointer": ""} for one in problem["errors"]]} if problem.get("errors") else problem


@fault(
    "unknown-members-are-of-the-wrong-type",
    breaks="SE-P-26",
    title=("未知字段报成类型不符", "An unknown member is called one of the wrong type"),
    question=ErrorBody,
    when=only_for(lambda q: any(one["code"] == "unknown_field" for one in q.problem.get("errors", ()))),
)
def unknown_members_are_of_the_wrong_type(honest, q):
    """The place is right."""
    problem = honest(q)
    return {**problem, "errors": [{**one, "code": "type"} for one in problem["errors"]]}


@fault(
    "too-large-is-unreadable",
    breaks="SE-P-26",
    title=("过大的请求体答 400", "What is too large answers 400"),
    question=AnswerStatus,
    when=only_for(lambda q: q.status == 413),
)
def too_large_is_unreadable(honest, q):
    """The reader stops at the limit, and what it has is no JSON."""
    return 400


@further("too-large-is-unreadable", question=ErrorBody, when=_problem("too_large"))
def half_a_document(honest, q):
    """And it says so."""
    return {**honest(q), "status": 400, "code": "unreadable"}


@fault(
    "plain-receivers",
    breaks="SE-P-15",
    title=("接受非回环的 http 推送地址", "Receivers on plain http are taken"),
    question=Refuses,
    when=_only("not_allowed_here", "/url"),
)
def plain_receivers(honest, q):
    """Names and addresses go over the open net."""
    return False


@fault(
    "any-cursor-starts-anew",
    breaks="SE-P-15",
    title=("不可解的游标当作从头读", "A cursor that can't be read starts anew"),
    question=CursorRead,
)
def any_cursor_starts_anew(honest, q):
    """Who lost its place reads everything again, and believes that it is new."""
    return honest(q) if feeds.read(honest(q)) is not None else feeds.written(0)


@fault(
    "proposal-of-nothing",
    breaks="SE-P-26",
    title=("接受没有内容的提议", "A proposal that proposes nothing is taken"),
    question=Refuses,
    when=during("replyToNotice") & _only("required", "/proposal"),
)
def proposal_of_nothing(honest, q):
    """The member is optional in the schema."""
    return False


@fault(
    "blank-proposal",
    breaks="SE-P-26",
    title=("接受只有空白的提议", "A proposal of white space is taken"),
    question=Refuses,
    when=during("replyToNotice") & _only("placeholder", "/proposal"),
)
def blank_proposal(honest, q):
    """It is a text, and not an empty one."""
    return False


@fault(
    "proposal-with-rejection",
    breaks="SE-P-26",
    title=("接受附有提议的拒绝", "A rejection that proposes something is taken"),
    question=Refuses,
    when=during("replyToNotice") & _only("not_allowed_here", "/proposal"),
)
def proposal_with_rejection(honest, q):
    """What doesn't belong there is overlooked."""
    return False
