"""Publications: what of a notice everybody may read, and what only its two parties and the authorities may (rule 12.6).

In: evidence.  Out: what was published, raw; the contacts and messages of notices.
"""

from __future__ import annotations

from collections.abc import Iterator

from conformance.evidence import Evidence
from conformance.judgements.leaks import Canaries, Leak
from conformance.parties import IUT
from conformance.records import JSON, Answer, Exchange
from conformance.vocabulary import NOTICE, NoticeGiven, NoticeStepTaken

LISTED, SENT = "listPublicNotices", "interruptionPublished"


def published(evidence: Evidence) -> Iterator[tuple[Exchange, bytes]]:
    """Every page of public notices, and every message that one was published."""
    for exchange in evidence.exchanges:
        if exchange.operation == LISTED and isinstance(exchange.answer, Answer) and exchange.answer.status < 300:
            yield exchange, exchange.answer.body.raw
        elif exchange.operation == SENT and exchange.sender == IUT:
            yield exchange, exchange.request.body.raw


def confidential(evidence: Evidence) -> Canaries:
    """What is said between the parties of notices: whom to ask, and what they wrote to one another."""
    said = [text for given in evidence.each(NoticeGiven) for text in words(given.data["contact"], "name", "email")]
    said += [text for told in evidence.told(NOTICE) if told.operation not in (LISTED, SENT) for text in reachable(told.value)]
    said += [text for act in evidence.each(NoticeStepTaken) for text in words(act.data["body"], "message", "proposal")]
    return Canaries({text: text for text in said}, brief=frozenset(said))


def reachable(record: JSON) -> Iterator[str]:
    """Where the contact of a notice is reached.  Not its name, which may be that of the giver."""
    yield from words(record.get("contact") if isinstance(record, dict) else None, "email", "phone")


def words(value: JSON, *names: str) -> Iterator[str]:
    """The members of an object with these names that are texts."""
    found = (value.get(name) for name in names) if isinstance(value, dict) else ()
    return (text for text in found if isinstance(text, str))


def told(evidence: Evidence, body: bytes) -> Leak | None:
    """The first that a publication holds of it."""
    return next(iter(evidence.derived(confidential).find(body)), None)
