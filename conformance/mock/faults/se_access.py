"""Finer faults against access: one operation, one form of token, one kind of object, a hint in a header."""

from __future__ import annotations

from conformance.mock.faults import fault, further
from conformance.mock.questions import (
    AbsentLooksLike,
    AnswerHeaders,
    AnswerStatus,
    BodyJudgedFirst,
    CredentialsAccepted,
    ErrorBody,
    ErrorDetail,
    Refuses,
    ScopeNeeded,
    SubscriptionShown,
    TokenKey,
    VisibleTo,
)
from conformance.mock.triggers import Trigger, during, only_for, toward

_NOBODY = toward("consumer")
_READING = during("listConsignments", "getConsignment", "listConsignmentEvents", "listNotices", "getNotice", "listSubscriptions")


def _code(*codes: str) -> Trigger:
    return only_for(lambda q: q.code in codes)


@fault(
    "risks-without-login",
    breaks="SE-P-01",
    title=("风险评估无须凭据", "Risk assessments need no credentials"),
    question=Refuses,
    when=during("listRiskAssessments") & _code("unauthenticated"),
)
def risks_without_login(honest, q):
    """An operation that was added later."""
    return False


@further("risks-without-login", question=ScopeNeeded, when=_NOBODY)
def no_scope_for_risks(honest, q):
    """Nobody has a scope."""
    return False


@fault(
    "absent-before-login",
    breaks="SE-P-01",
    title=("无凭据删除先答 404", "Deleting without credentials answers 404"),
    question=Refuses,
    when=during("deleteSubscription", "withdrawConsent") & _code("unauthenticated"),
)
def absent_before_login(honest, q):
    """The object is looked up before the caller."""
    return False


@further("absent-before-login", question=ScopeNeeded, when=_NOBODY)
def no_scope_to_delete(honest, q):
    """It isn't found, whatever it is."""
    return False


@fault(
    "third-wrong-secret-serves",
    breaks="SE-P-02",
    title=("第三次错误密钥即放行", "A third wrong secret is let through"),
    question=CredentialsAccepted,
)
def third_wrong_secret_serves(honest, q, memory):
    """The counter of attempts counts the wrong way."""
    if honest(q) or not q.known:
        return honest(q)
    memory[q.client_id] = memory.get(q.client_id, 0) + 1
    return memory[q.client_id] >= 3


@fault(
    "letter-case-of-tokens-ignored",
    breaks="SE-P-02",
    title=("令牌不分大小写", "Tokens are compared without regard to case"),
    question=TokenKey,
)
def letter_case_of_tokens_ignored(honest, q):
    """A column with a collation."""
    return honest(q).lower()


@fault(
    "tail-of-token-ignored",
    breaks="SE-P-02",
    title=("令牌附加后缀仍有效", "A token with something behind it serves"),
    question=TokenKey,
)
def tail_of_token_ignored(honest, q):
    """As much is compared as a token is long."""
    return honest(q)[:43]


@fault(
    "expired-tokens-read",
    breaks="SE-P-03",
    title=("过期令牌仍可读取", "An expired token still reads"),
    question=Refuses,
    when=_READING & _code("unauthenticated") & ~_NOBODY,
)
def expired_tokens_read(honest, q):
    """Writing is refused."""
    return False


@fault(
    "couriers-see-analytics",
    breaks="SE-P-04",
    title=("快递企业可读分析数据", "Couriers read the analytics"),
    question=ScopeNeeded,
    when=toward("courier") & during("listAnalyticsShipments"),
)
def couriers_see_analytics(honest, q):
    """One operation, one role."""
    return False


@fault(
    "authority-reads-data",
    breaks="SE-P-04",
    title=("主管部门令牌可请求数据", "An authority's token serves for data requests"),
    question=ScopeNeeded,
    when=toward("authority") & during("requestData", "listConsignments"),
)
def authority_reads_data(honest, q):
    """It may report and read notices; somebody thought it may everything."""
    return False


@fault(
    "missing-scope-looks-absent",
    breaks="SE-P-04",
    title=("缺少范围答 404", "A missing scope answers 404"),
    question=ErrorBody,
    when=only_for(lambda q: q.problem["code"] == "insufficient_scope"),
)
def missing_scope_looks_absent(honest, q):
    """Refused, with the wrong reason."""
    return {**honest(q), "type": "urn:hulian:problem:not_found", "title": "Not found", "status": 404, "code": "not_found"}


@further("missing-scope-looks-absent", question=AnswerStatus, when=only_for(lambda q: q.status == 403))
def status_of_absent(honest, q):
    """As the document says."""
    return 404


@fault(
    "foreign-subscriptions-deletable",
    breaks="SE-P-05",
    title=("可删除他人的订阅", "Others' subscriptions can be deleted"),
    question=VisibleTo,
    when=during("deleteSubscription"),
)
def foreign_subscriptions_deletable(honest, q):
    """The list is filtered."""
    return True


@fault(
    "foreign-consents-withdrawable",
    breaks="SE-P-05",
    title=("可撤回他人登记的同意", "Others' consents can be withdrawn"),
    question=VisibleTo,
    when=during("withdrawConsent"),
)
def foreign_consents_withdrawable(honest, q):
    """Who knows the number."""
    return True


@fault(
    "foreign-offers-readable",
    breaks="SE-P-05",
    title=("可读他家商家的可选快递", "Another merchant's couriers can be read"),
    question=VisibleTo,
    when=during("listCouriers"),
)
def foreign_offers_readable(honest, q):
    """The merchant of the path is believed."""
    return True


@fault(
    "header-hints-at-existence",
    breaks="SE-P-05",
    title=("他人对象的 404 标头不同", "The 404 for somebody else's object has a header more"),
    question=AbsentLooksLike,
)
def header_hints_at_existence(honest, q, memory):
    """Status and body are the same."""
    memory["exists"] = q.exists
    return honest(q)


@further("header-hints-at-existence", question=AnswerHeaders, when=only_for(lambda q: q.status == 404))
def hint_in_header(honest, q, memory):
    """It was found in the cache."""
    return {**honest(q), "X-Cache": "HIT"} if memory.pop("exists", False) else honest(q)


@fault(
    "detail-tells-owner",
    breaks="SE-P-05",
    title=("他人的通知与订阅另有说明", "For others' notices and subscriptions a 404 says so"),
    question=ErrorDetail,
    when=_code("not_found") & only_for(lambda q: q.subject is not None and "recipient" not in q.subject),
)
def detail_tells_owner(honest, q):
    """The status gives nothing away."""
    return "belongs to another client"


@fault(
    "secret-in-hex-in-list",
    breaks="SE-P-23",
    title=("订阅列表含密钥的十六进制", "The list of subscriptions holds the secret in hexadecimal"),
    question=SubscriptionShown,
)
def secret_in_hex_in_list(honest, q, memory):
    """Creating it shows nothing."""
    id = q.document["subscription_id"]
    fingerprint = {"fingerprint": q.secret.encode().hex()} if id in memory else {}
    memory[id] = True
    return {**honest(q), **fingerprint}


@fault(
    "secret-reversed-at-creation",
    breaks="SE-P-23",
    title=("创建应答含倒写的密钥", "Creating a subscription answers with the secret backwards"),
    question=SubscriptionShown,
)
def secret_reversed_at_creation(honest, q, memory):
    """Only once, and turned round."""
    id = q.document["subscription_id"]
    check = {} if id in memory else {"check": q.secret.removeprefix("whsec_")[::-1]}
    memory[id] = True
    return {**honest(q), **check}


@fault(
    "body-before-object",
    breaks="SE-P-05",
    title=("先看请求体，再找对象", "The body is judged before the object is looked up"),
    question=BodyJudgedFirst,
    when=during("updateConsignment", "cancelConsignment", "replyToNotice"),
)
def body_before_object(honest, q):
    """A framework validates before any code of the operation runs."""
    return True
