"""Faults against security: doors left open, signatures and keys that do not hold, errors that say too much or too little."""

from __future__ import annotations

import msgspec

from conformance.mock.faults import fault, further
from conformance.mock.questions import (
    AbsentLooksLike,
    AnswerBody,
    AnswerBytes,
    AnswerHeaders,
    AnswerStatus,
    CapabilityServed,
    CredentialsAccepted,
    DiscoveryShown,
    ErrorBody,
    ErrorDetail,
    FailsWith,
    IdempotentAnswer,
    MessageId,
    Refuses,
    RetrySchedule,
    ScopeNeeded,
    Signature,
    SignedAt,
    SubscriptionShown,
    TokenKey,
    ValidatesBody,
    VisibleTo,
    WorkTime,
)
from conformance.mock.triggers import during, fraction, only_for, toward


@fault(
    "no-login-needed",
    breaks="SE-P-01",
    title=("没有凭据也可读取", "Reading needs no credentials"),
    question=Refuses,
    when=during("listConsignments", "listCouriers", "getConsignment") & only_for(lambda q: q.code == "unauthenticated"),
)
def no_login_needed(honest, q):
    """Whoever comes."""
    return False


@further("no-login-needed", question=ScopeNeeded, when=toward("consumer"))
def no_scope_needed(honest, q):
    """And no scope."""
    return False


@fault("any-secret-will-do", breaks="SE-P-02", title=("任何密钥都能登录", "Any client secret will do"), question=CredentialsAccepted)
def any_secret_will_do(honest, q):
    """The client id is enough."""
    return q.known


@fault("altered-tokens-serve", breaks="SE-P-02", title=("改动过的令牌仍有效", "An altered token serves"), question=TokenKey)
def altered_tokens_serve(honest, q):
    """The end of it isn't compared."""
    return honest(q)[:24]


@fault(
    "expired-tokens-serve",
    breaks="SE-P-03",
    title=("过期令牌仍有效", "An expired token serves"),
    question=Refuses,
    when=only_for(lambda q: q.code == "unauthenticated" and q.caller.kind != "public"),
)
def expired_tokens_serve(honest, q):
    """Nobody looks at the clock."""
    return False


@fault("scopes-ignored", breaks="SE-P-04", title=("不检查令牌范围", "Scopes are not checked"), question=ScopeNeeded)
def scopes_ignored(honest, q):
    """Whoever is logged in may do everything."""
    return False


@fault(
    "merchants-read-all",
    breaks="SE-P-05",
    title=("商家可读取他人寄递单", "Merchants read others' consignments"),
    question=VisibleTo,
    when=toward("merchant") & only_for(lambda q: q.record == "consignment"),
)
def merchants_read_all(honest, q):
    """If they know the id."""
    return True


@fault(
    "forbidden-tells-existence",
    breaks="SE-P-05",
    title=("他人对象答 403", "Somebody else's object answers 403"),
    question=AbsentLooksLike,
    when=only_for(lambda q: q.exists),
)
def forbidden_tells_existence(honest, q):
    """Now everybody knows that it exists."""
    return "insufficient_scope"


@fault("signed-without-time", breaks="SE-P-06", title=("签名不可验证", "Signatures do not verify"), question=Signature)
def signed_without_time(honest, q):
    """The body was written anew after signing."""
    changed = msgspec.json.encode(msgspec.json.decode(q.raw), order="sorted") + b" "
    return type(q)(q.to, q.type, q.secret, q.id, q.timestamp, changed).honest()


@fault("time-of-first-attempt", breaks="SE-P-07", title=("重试沿用首次时间戳", "Retries carry the first attempt's time"), question=SignedAt)
def time_of_first_attempt(honest, q):
    """A receiver that looks at the time refuses them."""
    return int(q.first)


@fault("new-id-for-each-attempt", breaks="SE-P-08", title=("每次重试换编号", "Every attempt has an id of its own"), question=MessageId)
def new_id_for_each_attempt(honest, q):
    """Repeats can't be told."""
    return f"{honest(q)}-{q.attempt}"


@fault("one-id-for-all", breaks="SE-P-08", title=("所有消息同一编号", "All messages have one id"), question=MessageId)
def one_id_for_all(honest, q):
    """Receivers drop all but the first."""
    return "msg-1"


@fault("never-again", breaks="SE-P-09", title=("推送失败不重试", "A failed message is not sent again"), question=RetrySchedule)
def never_again(honest, q):
    """Once."""
    return ()


@fault("retries-all-at-once", breaks="SE-P-09", title=("重试间隔一律一秒", "Retries come every second"), question=RetrySchedule)
def retries_all_at_once(honest, q):
    """Five, and all before the receiver is back."""
    return (1.0,) * 5


@fault(
    "done-twice",
    breaks="SE-P-10",
    title=("同一幂等键重复生效", "A repeated request is done again"),
    question=IdempotentAnswer,
    when=only_for(lambda q: q.finished and q.same),
)
def done_twice(honest, q):
    """The key isn't remembered once the answer is out."""
    return "process"


@fault(
    "done-twice-at-once",
    breaks="SE-P-11",
    title=("并发的同键请求重复生效", "Requests at the same time are both done"),
    question=IdempotentAnswer,
    when=only_for(lambda q: not q.finished and q.same),
)
def done_twice_at_once(honest, q):
    """The key is written down too late."""
    return "process"


@further("done-twice-at-once", question=WorkTime)
def takes_its_time(honest, q):
    """Long enough for the second to come in."""
    return 0.2


@fault(
    "key-with-another-body",
    breaks="SE-P-12",
    title=("同键异体照样重放", "A key with another body is replayed"),
    question=IdempotentAnswer,
    when=only_for(lambda q: not q.same and q.finished),
)
def key_with_another_body(honest, q):
    """The caller believes that the second was done."""
    return "replay"


@fault("bare-errors", breaks="SE-P-13", title=("错误应答没有代码", "Errors have no code"), question=ErrorBody)
def bare_errors(honest, q):
    """Title and status only."""
    return {name: value for name, value in honest(q).items() if name in ("type", "title", "status")}


@fault(
    "errors-as-json",
    breaks="SE-P-13",
    title=("错误应答媒体类型不对", "Errors are not problem+json"),
    question=AnswerHeaders,
    when=only_for(lambda q: q.status >= 400 and q.operation != "issueToken"),
)
def errors_as_json(honest, q):
    """A client can't tell."""
    return {**honest(q), "Content-Type": "application/json"}


@fault("stack-in-errors", breaks="SE-P-14", title=("错误应答带堆栈", "Errors carry a stack trace"), question=ErrorDetail)
def stack_in_errors(honest, q):
    """Where the code lies, and what the database is asked."""
    return 'Traceback (most recent call last): File "/srv/app/orders.py", line 42; SELECT * FROM orders WHERE id = ?; db 10.0.3.7:5432'


@fault(
    "unknown-members-accepted",
    breaks="SE-P-15",
    title=("不按模式校验输入", "Input is not held against the schema"),
    question=ValidatesBody,
    when=during("createSubscription", "giveConsent", "requestData"),
)
def unknown_members_accepted(honest, q):
    """Anything is taken."""
    return False


@fault(
    "too-long-accepted",
    breaks="SE-P-15",
    title=("超长、越界的值照收", "Values beyond their limits are accepted"),
    question=Refuses,
    when=during("createConsignment", "updateConsignment")
    & only_for(lambda q: bool(q.places) and all(code in ("too_long", "too_large", "too_small", "pattern") for _, code in q.places)),
)
def too_long_accepted(honest, q):
    """Lengths and ranges are not looked at."""
    return False


@fault(
    "created-answers-200",
    breaks="SE-P-16",
    title=("创建应答 200", "Creation answers 200"),
    question=AnswerStatus,
    when=only_for(lambda q: q.status == 201),
)
def created_answers_200(honest, q):
    """Not what the interface documents."""
    return 200


@fault(
    "numbers-as-text",
    breaks="SE-P-16",
    title=("数字写成字符串", "Numbers are written as text"),
    question=AnswerBody,
    when=during("getConsignment"),
)
def numbers_as_text(honest, q):
    """The version is a string."""
    body = honest(q)
    return {**body, "version": str(body["version"])}


@fault(
    "wrong-method-not-found",
    breaks="SE-P-17",
    title=("方法不符答 404", "A wrong method answers 404"),
    question=AnswerStatus,
    when=only_for(lambda q: q.status == 405),
)
def wrong_method_not_found(honest, q):
    """The path does exist."""
    return 404


@fault(
    "any-media-type",
    breaks="SE-P-17",
    title=("任何媒体类型照收", "Any media type is accepted"),
    question=Refuses,
    when=only_for(lambda q: q.code == "unsupported_media_type"),
)
def any_media_type(honest, q):
    """XML is read as JSON."""
    return False


@fault(
    "codings-ignored",
    breaks="SE-P-17",
    title=("内容编码未看，一律照收", "Whatever its coding, a body is accepted"),
    question=Refuses,
    when=only_for(lambda q: any(pointer == "=Content-Encoding" for pointer, _ in q.places)),
)
def codings_ignored(honest, q):
    """The header that says it is gzip is not looked at."""
    return False


@fault(
    "hostile-input-breaks",
    breaks="SE-P-18",
    title=("恶意输入引起 500", "Hostile input answers 500"),
    question=AnswerStatus,
    when=only_for(lambda q: q.status in (400, 413) and q.operation != "issueToken"),
)
def hostile_input_breaks(honest, q):
    """An exception nobody caught."""
    return 500


@fault(
    "no-retry-after",
    breaks="SE-P-19",
    title=("限流不说何时再来", "A 429 doesn't say when to come again"),
    question=AnswerHeaders,
    when=only_for(lambda q: q.status == 429),
    # Whoever is throttled at every twentieth request is so within the stated rate (NB-P-14), and right after hostile input (SE-P-18).
    also=("NB-P-14", "SE-P-18"),
)
def no_retry_after(honest, q):
    """Try and see."""
    return {name: value for name, value in honest(q).items() if name != "Retry-After"}


@further("no-retry-after", question=FailsWith, when=only_for(lambda q: q.operation != "interruptFromPlatform") & fraction(20))
def now_and_then(honest, q):
    """Make 429s happen."""
    return "rate_limited"


@fault(
    "declared-not-served",
    breaks="SE-P-20",
    title=("声明的能力不提供", "A declared capability is not served"),
    question=CapabilityServed,
    when=only_for(lambda q: q.capability in ("analytics", "monitoring", "data_requests")),
)
def declared_not_served(honest, q):
    """501 all the same."""
    return False


@fault(
    "served-not-declared", breaks="SE-P-20", title=("未声明的能力却答 200", "A capability not declared is served"), question=DiscoveryShown
)
def served_not_declared(honest, q):
    """The document doesn't tell the truth."""
    document = honest(q)
    kept = [capability for capability in document["capabilities"] if capability not in ("monitoring", "analytics")]
    return {**document, "capabilities": kept}


@fault("secret-echoed", breaks="SE-P-23", title=("应答回显签名密钥", "An answer shows the signing secret"), question=SubscriptionShown)
def secret_echoed(honest, q):
    """The list of subscriptions is as good as the secrets."""
    return {**honest(q), "secret": q.secret}


@fault(
    "truncated-answers",
    breaks="SE-P-16",
    title=("每第十个应答被截断", "Every tenth answer is cut"),
    question=AnswerBytes,
    when=only_for(lambda q: q.status == 200 and len(q.raw) > 400 and q.operation != "issueToken") & fraction(10),
)
def truncated_answers(honest, q):
    """Half a document."""
    raw = honest(q)
    return raw[: len(raw) // 2]
