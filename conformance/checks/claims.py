"""Claims: what answers say of limits, beside what the discovery document declares.

In: evidence.  Out: answers, each with what it states and what it should (rules 2.1, 4.1 and 6.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from conformance.checks.answers import TOKEN, pages, rightly_asked
from conformance.checks.feeds import field_of
from conformance.checks.trials import accepted
from conformance.evidence import Evidence
from conformance.parties import Party
from conformance.records import JSON, Answer, Exchange
from conformance.vocabulary import DISCOVERY

POLICY: Final = re.compile(r";\s*q\s*=\s*(\d+)\s*;\s*w\s*=\s*(\d+)")
WAIT: Final = re.compile(r";\s*t\s*=\s*(\d+)")
LEFT: Final = re.compile(r";\s*r\s*=\s*(\d+)")
USUAL: Final = 50
"""Items of a page where nobody says how many (parameter `limit`)."""


class Statement(NamedTuple):
    """What `exchange` says of the limit `name`; `fair` is whether that goes with what was declared."""

    exchange: Exchange
    name: str
    declared: JSON
    said: JSON
    fair: bool


def declared(evidence: Evidence, name: str) -> frozenset[int]:
    """Every value of a limit in the discovery documents of the run."""
    limits = [telling.value.get("limits") for telling in evidence.told(DISCOVERY) if isinstance(telling.value, dict)]
    values = [one.get(name) for one in limits if isinstance(one, dict)]
    return frozenset(value for value in values if isinstance(value, int) and not isinstance(value, bool))


def lives(evidence: Evidence) -> Iterator[Statement]:
    """How long each token is said to serve."""
    known = declared(evidence, name := "token_lifetime_seconds")
    for exchange in evidence.exchanges:
        if known and exchange.operation == TOKEN and accepted(exchange):
            said = field_of(exchange, "expires_in")
            yield Statement(exchange, name, sorted(known), said, said in known)


def rates(evidence: Evidence) -> Iterator[Statement]:
    """How many requests a minute answers state, each sort of statement once for each party: one policy is what was declared, none is
    stricter, no more are left than all, and it takes no longer than a window until they are all there again."""
    known = declared(evidence, name := "rate_per_minute")
    seen: set[tuple[Party, str, bool]] = set()
    for exchange, operation, answer in rightly_asked(evidence):
        stated = answer.header("ratelimit-policy") or ""
        policies = [(int(q), int(w)) for q, w in POLICY.findall(stated) if int(w)]
        if known and operation.secured and policies:
            left = max(map(int, LEFT.findall(answer.header("ratelimit") or "")), default=0)
            paces = [60 * q / w for q, w in policies]
            wait = max(map(int, WAIT.findall(answer.header("ratelimit") or "")), default=0)
            fair = min(paces) >= min(known) and not known.isdisjoint(paces) and left <= max(q for q, _ in policies)
            fair = fair and wait <= max(w for _, w in policies)
            if (mark := (exchange.sender, stated, fair)) not in seen:
                seen.add(mark)
                yield Statement(exchange, name, sorted(known), f"{stated} / {answer.header('ratelimit')}", fair)


def sizes(evidence: Evidence) -> Iterator[Statement]:
    """How many items stand on each page that was asked for rightly: no more than were asked for, nor than a page holds."""
    known = declared(evidence, name := "page_size_max")
    for exchange, _ in pages(evidence):
        items, asked = field_of(exchange, "items"), parse_qs(urlsplit(exchange.request.target).query).get("limit", [""])[0]
        if known and isinstance(items, list):
            most = min(int(asked) if asked.isascii() and asked.isdigit() else USUAL, max(known))
            yield Statement(exchange, name, most, len(items), len(items) <= most)


def addresses(evidence: Evidence) -> Iterator[Statement]:
    """The address of what was made leads to it: it ends with the id in the body."""
    for exchange, operation, answer in rightly_asked(evidence):
        if answer.status == 201 and operation.may_carry(201, "Location"):
            ids = [field_of(exchange, name) for name in IDS.get(operation.id, ())]
            address = location(answer)
            if ids and address is not None:
                yield Statement(exchange, "location", ids[0], address, address in ids)


IDS: Final = {
    "createConsignment": ("consignment_id",), "createSubscription": ("subscription_id",), "giveNotice": ("notice_id",),
    "giveConsent": ("consent_id",),
}


def location(answer: Answer) -> str | None:
    """The last part of the address of what was made; None where there is no address, which is judged elsewhere."""
    value = answer.header("location")
    try:
        return unquote(urlsplit(value).path.rstrip("/").rsplit("/", 1)[-1]) if value is not None else None
    except ValueError:  # an address that is none
        return value
