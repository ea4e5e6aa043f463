"""Faults against headers: what the interface says that every answer carries, and where the next page is."""

from __future__ import annotations

from collections.abc import Mapping

from conformance.mock.faults import fault
from conformance.mock.questions import AnswerHeaders
from conformance.mock.triggers import fraction, only_for, toward

_MORE = only_for(lambda q: "Link" in q.headers)


def _less(headers: Mapping[str, str], *names: str) -> Mapping[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in names}


@fault(
    "rate-limit-not-told-to-one",
    breaks="SE-P-16",
    title=("不向某企业说明剩余额度", "One courier is not told what is left of its rate limit"),
    question=AnswerHeaders,
    when=toward("courier_new"),
)
def rate_limit_not_told_to_one(honest, q):
    """Who doesn't know the limit runs into it."""
    return _less(honest(q), "ratelimit", "ratelimit-policy")


@fault(
    "rate-limit-rule-untold",
    breaks="SE-P-16",
    title=("有时不说明限流规则", "The rate limit's rule is left out now and then"),
    question=AnswerHeaders,
    when=fraction(9),
)
def rate_limit_rule_untold(honest, q):
    """Some paths go through another gateway."""
    return _less(honest(q), "ratelimit-policy")


@fault(
    "address-of-the-new-untold",
    breaks="SE-P-16",
    title=("创建后不给出地址", "What was created has no address"),
    question=AnswerHeaders,
    when=only_for(lambda q: q.status == 201),
)
def address_of_the_new_untold(honest, q):
    """The gateway strips Location."""
    return _less(honest(q), "location")


@fault(
    "no-challenge",
    breaks="SE-P-13",
    title=("401 不带质询", "A 401 has no challenge"),
    question=AnswerHeaders,
    when=only_for(lambda q: q.status == 401),
)
def no_challenge(honest, q):
    """Clients can't tell an expired token from a missing one."""
    return _less(honest(q), "www-authenticate")


@fault(
    "tokens-may-be-stored",
    breaks="SE-P-16",
    title=("令牌应答允许缓存", "The answer with a token may be stored"),
    question=AnswerHeaders,
    when=only_for(lambda q: q.operation == "issueToken" and q.status == 200),
)
def tokens_may_be_stored(honest, q):
    """RFC 6749, 5.1, overlooked."""
    return _less(honest(q), "cache-control")


@fault(
    "no-link-to-the-next-page",
    breaks="SE-P-16",
    title=("翻页无链接", "Pages don't link to the next"),
    question=AnswerHeaders,
    when=_MORE,
)
def no_link_to_the_next_page(honest, q):
    """Readers that go by RFC 8288 stop after the first page."""
    return _less(honest(q), "link")


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
