"""Stripping: records without what nobody reads in them.

In: records and a question that they must still answer with yes.  Out: the same records with fewer headers, bodies, features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

import msgspec

from conformance.records import Act, Answer, Body, Exchange, Record

Records: TypeAlias = Sequence[Record]
Stripper: TypeAlias = Callable[[Record], Record]
Question: TypeAlias = Callable[[Records], bool]
MOST: Final = 40
"""Records of one sort that are tried one by one."""


def bare(records: Records, holds: Question, further: Sequence[Stripper] = ()) -> Records:
    """The records without what nobody reads in them: of all at once, else of one operation, else of one record."""
    for strip in (without_scenario, without_request_headers, without_answer_headers, without_trappings, *further):
        records = stripped(records, strip, holds)
    return records


def stripped(records: Records, strip: Stripper, holds: Question) -> Records:
    """Strips wherever the slice still shows what it is to show."""
    every = [strip(record) for record in records]
    if holds(every):
        return every
    for group in sorts(records):
        chosen = {record.n for record in group if strip(record) != record}
        for some in [chosen, *({n} for n in chosen)] if len(chosen) <= MOST else [chosen]:
            tried = [strip(record) if record.n in some else record for record in records]
            if some and holds(tried):
                records = tried
    return records


def without_scenario(record: Record) -> Record:
    return msgspec.structs.replace(record, scenario="")


def without_request_headers(record: Record) -> Record:
    if not isinstance(record, Exchange):
        return record
    return msgspec.structs.replace(record, request=msgspec.structs.replace(record.request, headers=()))


def without_answer_headers(record: Record) -> Record:
    if not isinstance(record, Exchange) or not isinstance(record.answer, Answer):
        return record
    return msgspec.structs.replace(record, answer=msgspec.structs.replace(record.answer, headers=()))


def without_request_body(record: Record) -> Record:
    if not isinstance(record, Exchange):
        return record
    request = msgspec.structs.replace(record.request, body=Body())
    return msgspec.structs.replace(record, request=request)


def without_answer_body(record: Record) -> Record:
    if not isinstance(record, Exchange) or not isinstance(record.answer, Answer):
        return record
    return msgspec.structs.replace(record, answer=msgspec.structs.replace(record.answer, body=Body()))


def without_trappings(record: Record) -> Record:
    """Features and cases tell failing cases from others; a slice has few."""
    match record:
        case Act():
            return msgspec.structs.replace(record, features=())
        case Exchange():
            return msgspec.structs.replace(record, case=None)
        case _:
            return record


def without_data(record: Record) -> Record:
    return msgspec.structs.replace(record, data=None) if isinstance(record, Act) else record


def without_nested(record: Record) -> Record:
    """Of what we entered only what is neither a list nor an object."""
    if not isinstance(record, Act) or not isinstance(record.data, dict):
        return record
    return msgspec.structs.replace(record, data={name: value for name, value in record.data.items() if not isinstance(value, dict | list)})


def without_trade(record: Record) -> Record:
    """Without the business time, where only the wire's counts."""
    return msgspec.structs.replace(record, trade=0)


def without_target(record: Record) -> Record:
    if not isinstance(record, Exchange):
        return record
    return msgspec.structs.replace(record, request=msgspec.structs.replace(record.request, target="/"))


def without_stratum(record: Record) -> Record:
    if not isinstance(record, Act) or record.block is None:
        return record
    return msgspec.structs.replace(record, block=msgspec.structs.replace(record.block, stratum=()))


BODIES: Final[tuple[Stripper, ...]] = (without_request_body, without_answer_body, without_data, without_target, without_stratum)
"""What takes away what was said, and what we entered."""


def sorts(records: Records) -> Iterator[list[Record]]:
    """The records by type, exchanges by operation and by the type of act that they came of."""
    acts = {record.n: type(record).__name__ for record in records if isinstance(record, Act)}
    found: dict[tuple[str, str | None], list[Record]] = {}
    for record in records:
        came = acts.get(record.act) if isinstance(record, Exchange) and record.act is not None else None
        sort = record.operation if isinstance(record, Exchange) else type(record).__name__
        found.setdefault((sort, came), []).append(record)
    return iter(found.values())
