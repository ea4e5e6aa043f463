"""Faults against headers: what the interface says that every answer carries, and where the next page is."""

from __future__ import annotations

from conformance.mock.faults import fault
from conformance.mock.faults.reshaping import without
from conformance.mock.questions import AnswerBody, AnswerHeaders, KeyKept, KeyScope, PageSize, RefusalKept, ReplayMarked
from conformance.mock.triggers import during, fraction, only_for, toward

_MORE = only_for(lambda q: "Link" in q.headers)


@fault(
    "rate-limit-not-told-to-one",
    breaks="SE-P-16",
    title=("不向某企业说明剩余额度", "One courier is not told what is left of its rate limit"),
    question=AnswerHeaders,
    when=toward("courier_new"),
)
def rate_limit_not_told_to_one(honest, q):
    """Who doesn't know the limit runs into it."""
    return without(honest(q), "RateLimit", "RateLimit-Policy")


@fault(
    "rate-limit-rule-untold",
    breaks="SE-P-16",
    title=("有时不说明限流规则", "The rate limit's rule is left out now and then"),
    question=AnswerHeaders,
    when=fraction(9),
)
def rate_limit_rule_untold(honest, q):
    """Some paths go through another gateway."""
    return without(honest(q), "RateLimit-Policy")


@fault(
    "address-of-the-new-untold",
    breaks="SE-P-16",
    title=("创建后不给出地址", "What was created has no address"),
    question=AnswerHeaders,
    when=only_for(lambda q: q.status == 201),
)
def address_of_the_new_untold(honest, q):
    """The gateway strips Location."""
    return without(honest(q), "Location")


@fault(
    "no-challenge",
    breaks="SE-P-13",
    title=("401 不带质询", "A 401 has no challenge"),
    question=AnswerHeaders,
    when=only_for(lambda q: q.status == 401),
)
def no_challenge(honest, q):
    """Clients can't tell an expired token from a missing one."""
    return without(honest(q), "WWW-Authenticate")


@fault(
    "tokens-may-be-stored",
    breaks="SE-P-16",
    title=("令牌应答允许缓存", "The answer with a token may be stored"),
    question=AnswerHeaders,
    when=only_for(lambda q: q.operation == "issueToken" and q.status == 200),
)
def tokens_may_be_stored(honest, q):
    """RFC 6749, 5.1, overlooked."""
    return without(honest(q), "Cache-Control")


@fault(
    "no-link-to-the-next-page",
    breaks="SE-P-16",
    title=("翻页无链接", "Pages don't link to the next"),
    question=AnswerHeaders,
    when=_MORE,
)
def no_link_to_the_next_page(honest, q):
    """Readers that go by RFC 8288 stop after the first page."""
    return without(honest(q), "Link")


@fault(
    "link-to-the-same-page",
    breaks="SE-P-16",
    title=("翻页链接指向首页", "The link to the next page leads to the first"),
    question=AnswerHeaders,
    when=_MORE,
)
def link_to_the_same_page(honest, q):
    """The cursor was left out of the link: whoever follows it reads the same for ever."""
    return {**honest(q), "Link": f"<{q.headers['Link'].split('?')[0].strip('<')}>; rel=\"next\""}


@fault(
    "link-beyond-the-last-page",
    breaks="SE-P-16",
    title=("末页仍有下一页链接", "The last page links to a next one"),
    question=AnswerHeaders,
    when=only_for(lambda q: isinstance(q.body, dict) and "next_cursor" in q.body and q.body["next_cursor"] is None),
)
def link_beyond_the_last_page(honest, q):
    """Where the end is, one finds out by reading on."""
    return {**honest(q), "Link": '</consignments?cursor=end>; rel="next"'}


@fault(
    "replays-look-new",
    breaks="SE-P-10",
    title=("重放不作标记", "A replay is not marked"),
    question=ReplayMarked,
)
def replays_look_new(honest, q):
    """Who repeats cannot tell whether it came through the first time."""
    return False


@fault(
    "address-of-the-list",
    breaks="SE-P-16",
    title=("Location 只给出列表地址", "Location leads to the list, not to what was made"),
    question=AnswerHeaders,
    when=during("createSubscription"),
)
def address_of_the_list(honest, q):
    """The id is left out."""
    headers = honest(q)
    return {**headers, "Location": "/subscriptions"} if "Location" in headers else headers


@fault(
    "no-allow",
    breaks="SE-P-17",
    title=("405 不列出支持的方法", "A 405 doesn't say which methods are supported"),
    question=AnswerHeaders,
    when=only_for(lambda q: q.status == 405),
)
def no_allow(honest, q):
    """The gateway turns it away by itself."""
    return without(honest(q), "Allow")


@fault(
    "rate-of-a-former-version",
    breaks="SE-P-20",
    title=("应答头所述限额与发现文档不符", "Headers state another rate than the discovery document"),
    question=AnswerHeaders,
    when=only_for(lambda q: "RateLimit-Policy" in q.headers),
)
def rate_of_a_former_version(honest, q):
    """Written into the gateway's configuration, years ago."""
    return {**honest(q), "RateLimit-Policy": '"default";q=60;w=60'}


@fault(
    "tokens-promise-half",
    breaks="SE-P-20",
    title=("令牌的有效期与发现文档不符", "Tokens say another lifetime than the discovery document"),
    question=AnswerBody,
    when=during("issueToken") & only_for(lambda q: "expires_in" in q.body),
)
def tokens_promise_half(honest, q):
    """Alike for everybody."""
    return {**honest(q), "expires_in": honest(q)["expires_in"] // 2}


@fault(
    "one-more-on-a-page",
    breaks="SE-P-20",
    title=("每页多给一条", "Pages hold one item more than was asked for"),
    question=PageSize,
    when=only_for(lambda q: q.asked is not None),
)
def one_more_on_a_page(honest, q):
    """Off by one."""
    return honest(q) + 1


@fault(
    "resumes-at-the-end",
    breaks="SE-P-16",
    title=("未到末页时 resume_cursor 指向别处", "Before the last page resume_cursor leads elsewhere"),
    question=AnswerBody,
    when=only_for(lambda q: bool(q.body.get("next_cursor")) and "resume_cursor" in q.body),
)
def resumes_at_the_end(honest, q, memory):
    """Who stops in the middle goes on where some earlier page ended."""
    page = honest(q)
    return {**page, "resume_cursor": memory.setdefault("first", page["resume_cursor"])}


@fault(
    "keys-kept-for-half-a-day",
    breaks="SE-P-10",
    title=("幂等键只保留半天", "A key is kept for half a day"),
    question=KeyKept,
)
def keys_kept_for_half_a_day(honest, q):
    """Who repeats the next morning does it twice."""
    return honest(q) / 2


@fault(
    "key-known-on-every-path",
    breaks="SE-P-10",
    title=("幂等键不分路径", "A key is known on every path"),
    question=KeyScope,
)
def key_known_on_every_path(honest, q):
    """Who numbers the batches of each waybill by themselves is refused at the second."""
    return q.key


@fault(
    "refusals-remembered",
    breaks="SE-P-10",
    title=("被拒绝的请求也占住幂等键", "A refusal is remembered under its key"),
    question=RefusalKept,
)
def refusals_remembered(honest, q):
    """Whoever corrects the mistake has used up the key."""
    return True
