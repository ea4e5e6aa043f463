"""Faults against the manners of requests that must change nothing (rules 1.1, 1.6, 1.7, 3.1 and 5.1): headers, paths, keys."""

from __future__ import annotations

import json
import re

from conformance.mock.faults import fault, further
from conformance.mock.faults.reshaping import without
from conformance.mock.questions import AnswerBytes, AnswerHeaders, AnswerStatus, FailsWith, FeedHas, KeyScope, Refuses, WebhookHeaders
from conformance.mock.triggers import asked_with, during, only_for, toward

_READER = asked_with("accept", "text/html") & only_for(lambda q: q.status < 300)
_NOWHERE = only_for(lambda q: q.operation == "" and q.status == 404)


@fault(
    "pages-for-browsers",
    breaks="SE-P-16",
    title=("Accept 为 HTML 时答网页", "Who says that it reads HTML gets a page"),
    question=AnswerBytes,
    when=_READER,
)
def pages_for_browsers(honest, q):
    """The framework negotiates."""
    return b"<pre>" + honest(q) + b"</pre>"


@further("pages-for-browsers", question=AnswerHeaders, when=_READER)
def said_to_be_pages(honest, q):
    """And says so."""
    return {**honest(q), "Content-Type": "text/html; charset=utf-8"}


@fault(
    "traced-requests-fail",
    breaks="SE-P-15",
    title=("带 traceparent 的请求失败", "Requests with a traceparent fail"),
    question=FailsWith,
    when=asked_with("traceparent", "00-4bf9") & during("createConsignment", "getConsignment"),
    also=("SE-P-16",),  # a rightful request is answered with a status that is not documented for it
)
def traced_requests_fail(honest, q):
    """The header is too much for the gateway."""
    return "unreadable"


@fault(
    "unknown-paths-lead-home",
    breaks="SE-P-17",
    title=("未知路径答首页 200", "Unknown paths answer the home page"),
    question=AnswerStatus,
    when=_NOWHERE,
)
def unknown_paths_lead_home(honest, q):
    """One page serves all."""
    return 200


@fault(
    "messages-are-plain-text",
    breaks="SE-P-16",
    title=("推送自称纯文本", "Webhooks say that they are plain text"),
    question=WebhookHeaders,
)
def messages_are_plain_text(honest, q):
    """A library's default."""
    return {**without(honest(q), "content-type"), "Content-Type": "text/plain; charset=utf-8"}


@fault(
    "resets-at-an-epoch",
    breaks="SE-P-20",
    title=("RateLimit 的 t 写成时刻", "The seconds to the reset are told as a time"),
    question=AnswerHeaders,
    when=only_for(lambda q: "RateLimit" in q.headers),
)
def resets_at_an_epoch(honest, q):
    """Seconds since 1970."""
    said = honest(q)
    return {**said, "RateLimit": re.sub(r"t=\d+", "t=1790000000", said["RateLimit"])}


@fault(
    "keys-in-one-case",
    breaks="SE-P-10",
    title=("幂等键不分大小写", "Idempotency keys are compared without their case"),
    question=KeyScope,
)
def keys_in_one_case(honest, q):
    """The column's collation."""
    return honest(q).lower()


@fault(
    "keys-cut-at-64",
    breaks="SE-P-10",
    title=("幂等键只看前 64 个字符", "Of an idempotency key 64 characters count"),
    question=KeyScope,
)
def keys_cut_at_64(honest, q):
    """The column's width."""
    return f"{q.key[:64]} {q.path}"


@fault(
    "expired-tokens-write",
    breaks="SE-P-03",
    title=("过期令牌仍可写入", "An expired token still writes"),
    question=Refuses,
    when=during("createConsignment", "postEvents") & only_for(lambda q: q.code == "unauthenticated" and q.caller.kind != "public"),
)
def expired_tokens_write(honest, q):
    """Writing goes another way, past the gateway."""
    return False


@fault(
    "merchants-lists-have-gaps",
    breaks="NB-P-23",
    title=("商家的列表缺单", "Merchants' lists lack some consignments"),
    question=FeedHas,
    when=toward("merchant") & during("listConsignments") & only_for(lambda q: sum(json.dumps(q.entry["order_no"]).encode()) % 5 == 0),
)
def merchants_lists_have_gaps(honest, q):
    """One shard of five isn't asked."""
    return False
