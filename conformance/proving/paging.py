"""Paging: the long lists in answers made as short as they can be while a slice shows what it is to show.

In: records and the question that they must still answer with yes.  Out: the same records with fewer items in their answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Final

import msgspec

from conformance.proving.shrinking import fewest
from conformance.proving.stripping import Question, Records
from conformance.records import JSON, Answer, Body, Exchange
from conformance.untrusted import parsed

LONG: Final = 2_000
"""Bytes up to which an answer stays as it is."""


def paged(records: Records, holds: Question) -> Records:
    """The records with no more in the lists of long answers than somebody reads."""
    for place, record in enumerate(records):
        if isinstance(record, Exchange) and isinstance(record.answer, Answer) and record.answer.body.size > LONG:
            records = shortened(records, place, record, holds)
    return records


def shortened(records: Records, place: int, record: Exchange, holds: Question) -> Records:
    """The records with a shorter answer at one place."""
    assert isinstance(record.answer, Answer)
    document = parsed(record.answer.body.raw)
    if not isinstance(document, dict):
        return records

    def answering(whole: JSON) -> Records:
        return [*records[:place], answered(record, whole), *records[place + 1 :]]

    for name, items in tuple(document.items()):
        if isinstance(items, list) and len(items) > 1:
            document = {**document, name: fewest(items, partial(shows, holds, answering, document, name))}
    return answering(document) if holds(answering(document)) else records


def shows(holds: Question, answering: Callable[[JSON], Records], document: dict[str, JSON], name: str, items: list[JSON]) -> bool:
    """Whether the slice shows what it is to show with these items only."""
    return holds(answering({**document, name: items}))


def answered(record: Exchange, document: JSON) -> Exchange:
    """The exchange with another answer."""
    body = Body.of(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
    return msgspec.structs.replace(record, answer=msgspec.structs.replace(record.answer, body=body))
