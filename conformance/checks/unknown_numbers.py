"""Unknown numbers: can somebody who tries waybill numbers tell them apart by the answers?

In: evidence.  Out: for each answer what sets it apart.  A piece of an answer tells numbers apart if it is the same whenever the
same number is asked for and not the same for all of them, and a piece of the body, too, if it comes in some few forms.  Request ids,
dates and counters are no such pieces, and an echoed number is no news.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import quote

from conformance.clock import instant
from conformance.evidence import Evidence
from conformance.records import JSON, Answer, Exchange
from conformance.untrusted import MISSING, parsed
from conformance.vocabulary import TrackingLooked

DERIVED: Final = frozenset({"content-length", "etag", "date"})
"""Headers that follow from the body or the time."""


class Look(NamedTuple):
    """One answer; `tells` names the pieces that set its number apart."""

    exchange: Exchange
    tells: tuple[str, ...]


def answers(evidence: Evidence) -> Iterator[Look]:
    """Every answer about a number that nobody gave out."""
    asked: dict[str, list[tuple[Exchange, Mapping[str, str]]]] = defaultdict(list)
    for act in evidence.each(TrackingLooked):
        exchange = evidence.answer(act)
        if exchange is not None and not act.data["known"]:
            asked[act.data["waybill_no"]].append((exchange, pieces(exchange, act.data["waybill_no"])))
    repeated = [[found for _, found in several] for several in asked.values() if len(several) > 1]
    usual = dict(telling(repeated))
    for several in asked.values():
        for exchange, found in several:
            yield Look(exchange, tuple(name for name, value in usual.items() if len(several) > 1 and found.get(name) != value))


def telling(repeated: list[list[Mapping[str, str]]]) -> Iterator[tuple[str, str | None]]:
    """The pieces that tell numbers apart, or that come in some few forms, each with its most frequent value."""
    for name in sorted({name for several in repeated for found in several for name in found}):
        values = [[found.get(name) for found in several] for several in repeated]
        often = Counter(value for several in values for value in several)
        steady = all(len(set(several)) == 1 for several in values)
        forms = name.startswith(("/", "body")) and often.most_common(1)[0][1] > 1 and not any(map(timestamp, often))
        if len(often) > 1 and (steady or forms):
            yield name, often.most_common(1)[0][0]


def timestamp(value: str | None) -> bool:
    """Whether it is a time."""
    try:
        return value is not None and instant(value) != 0
    except ValueError:
        return False


def pieces(exchange: Exchange, number: str) -> Mapping[str, str]:
    """An answer taken apart: status, headers, members of the body, the number itself left out."""
    if not isinstance(exchange.answer, Answer):
        return {}
    found = {"status": str(exchange.answer.status)}
    found |= {f"header {name.lower()}": value for name, value in exchange.answer.headers if name.lower() not in DERIVED}
    document = parsed(exchange.answer.body.raw)
    text = exchange.answer.body.raw.decode("utf-8", "replace")
    found |= dict(members(document)) if document is not MISSING else {"body": text}
    return {name: value.replace(number, "…").replace(quote(number, safe=""), "…") for name, value in found.items()}


def members(value: JSON, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Every scalar of a JSON value with its pointer."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from members(inner, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from members(inner, f"{pointer}/{index}")
    else:
        yield pointer or "body", str(value)
