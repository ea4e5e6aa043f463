"""Problems: is an error answer a problem detail of the interface (RFC 9457), and does it keep the inside to itself?

In: an answer, and what the catalogue demands.  Out: flaws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from conformance.documents import read
from conformance.judgements.faithful import Alteration
from conformance.judgements.fillers import Fillers
from conformance.judgements.schemas import Departure, flaws, media_type
from conformance.records import JSON, Answer, Exchange
from conformance.resources import folder
from conformance.rules import Rule
from conformance.specification import Shape
from conformance.untrusted import parsed

UNPROCESSABLE: Final = 422
_ADDRESS: Final = re.compile(r"https?://[^\s\"<>]+")


@cache
def statuses() -> Mapping[str, int]:
    """The HTTP status that goes with each code (`specs/codes/problems.yaml`)."""
    return {one["code"]: one["status"] for one in read(folder("specs") / "codes" / "problems.yaml")["codes"]}


@cache
def worth_retrying() -> Mapping[str, bool]:
    """Whether the same request may succeed later, for each code (`specs/codes/problems.yaml`)."""
    return {one["code"]: one["retryable"] for one in read(folder("specs") / "codes" / "problems.yaml")["codes"]}


class Form(NamedTuple):
    """What an error answer must be: its media types, the members that it must have, the words that none of its texts may be."""

    media_types: Sequence[str]
    members: Sequence[str]
    fillers: Fillers


def form(rule: Rule) -> Form:
    """What a rule of the catalogue demands."""
    return Form(rule.words("media_types"), rule.words("members"), Fillers(rule.words("placeholders")))


def problem_flaws(shape: Shape, answer: Answer, form: Form) -> Iterator[Departure | Alteration]:
    """What is wrong with an error answer.  A HEAD answer and the like without a body is no problem detail, and wrong."""
    kind = media_type(answer)
    if kind not in form.media_types:
        yield Departure(kind="media_type_undocumented", expected=" / ".join(form.media_types), seen=kind or None)
        return
    document = parsed(answer.body.raw)
    if not isinstance(document, dict):
        yield Departure(kind="not_json", seen=(answer.body.text or "")[:80])
        return
    if any(name not in document for name in form.members):
        yield Departure(kind="problem_incomplete", expected=" ".join(form.members), seen=" ".join(sorted(document)))
    else:
        yield from flaws(shape, answer.body)
        yield from form.fillers.flaws(answer.body.raw, shape, ())
        yield from contradictions(document, answer.status)


def contradictions(document: Mapping[str, JSON], status: int) -> Iterator[Departure]:
    """Where the problem says something else than the status line, or not what that status needs: a 422 says what is wrong (rule 3.2)."""
    code = document["code"]
    if status == UNPROCESSABLE and not document.get("errors"):
        yield Departure(kind="problem_incomplete", pointer="/errors", expected="errors", seen=" ".join(sorted(document)))
    if document["status"] != status:
        yield Departure(kind="problem_contradicts", pointer="/status", expected=status, seen=document["status"])
    if isinstance(code, str) and statuses().get(code, status) != status:
        yield Departure(kind="problem_contradicts", pointer="/code", expected=status, seen=f"{code} ({statuses()[code]})")
    again = document.get("retryable")
    if isinstance(code, str) and isinstance(again, bool) and worth_retrying().get(code, again) != again:
        yield Departure(kind="problem_contradicts", pointer="/retryable", expected=worth_retrying()[code], seen=again)


def internals(exchange: Exchange, answer: Answer, traces: Sequence[str], patterns: Sequence[str]) -> Departure | None:
    """The first trace of the inside in an answer: a text of `traces`, or what a regular expression of `patterns` finds.  What the
    request itself held may be echoed; addresses of the web are none."""
    asked = f"{exchange.request.target} {exchange.request.body.text or ''}"
    headers = (value for _, value in answer.headers)
    said = _ADDRESS.sub("", " ".join((answer.body.text or "", *texts(parsed(answer.body.raw)), *headers)))
    found = next((one for one in compiled(tuple(traces), tuple(patterns)).finditer(said) if one.group() not in asked), None)
    if found is None:
        return None
    seen = said[max(0, found.start() - 20) : found.start() + 60]
    return Departure(kind="internals_shown", params={"trace": found.group()}, seen=seen)


@cache
def compiled(traces: tuple[str, ...], patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One expression that finds any of the texts and patterns."""
    return re.compile("|".join((*map(re.escape, traces), *patterns)))


def texts(value: JSON) -> Iterator[str]:
    """Every text in a JSON value, unescaped."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)
