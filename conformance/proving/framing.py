"""Framing: the numbers of a slice's records, and no more of the run's frame than they need.

In: records.  Out: the same records, told shorter.
"""

from __future__ import annotations

import msgspec

from conformance.parties import Party
from conformance.proving.stripping import Records
from conformance.records import Act, Exchange, Record, Started, Watch


def renumbered(records: Records) -> Records:
    """The records numbered anew, from 0, and what refers to them."""
    numbers = {record.n: place for place, record in enumerate(records)}

    def anew(record: Record) -> Record:
        changes: dict[str, object] = {"n": numbers[record.n]}
        if isinstance(record, Exchange) and record.act is not None:
            changes["act"] = numbers.get(record.act)
        return msgspec.structs.replace(record, **changes)

    return [anew(record) for record in records]


def introduced(records: Records) -> Records:
    """The records with no more of the plan than the cast."""

    def short(record: Record) -> Record:
        if not isinstance(record, Started):
            return record
        cast = tuple(msgspec.structs.replace(member, client_id="") for member in record.cast)
        return msgspec.structs.replace(record, plan={}, discovery=None, run={}, cast=cast)

    return [short(record) for record in records]


def played(records: Records) -> Records:
    """The records with no more of the cast than who takes part."""
    named = {name for record in records for name in parties(record)}

    def short(record: Record) -> Record:
        if not isinstance(record, Started):
            return record
        return msgspec.structs.replace(record, cast=tuple(member for member in record.cast if member.party in named))

    return [short(record) for record in records]


def without_party(records: Records, party: Party) -> Records:
    """The records without what one party did and got, and its name in the cast."""

    def short(record: Record) -> Record:
        if not isinstance(record, Started):
            return record
        return msgspec.structs.replace(record, cast=tuple(member for member in record.cast if member.party != party))

    gone = {record.n for record in records if party in parties(record)}
    return [short(record) for record in records if record.n not in gone and not (isinstance(record, Exchange) and record.act in gone)]


def parties(record: Record) -> tuple[str | None, ...]:
    match record:
        case Act(by=by, to=to):
            return by, to
        case Watch(party=party):
            return (party,)
        case Exchange(sender=sender, answerer=answerer):
            return sender, answerer
        case _:
            return ()
