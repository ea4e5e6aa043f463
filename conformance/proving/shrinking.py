"""Shrinking: a slice of evidence made as small as it can be while what it shows stays.

In: records and a question that the small slice must still answer with yes.  Out: fewer records, with less in them.
Delta debugging (Zeller, Hildebrandt 2002): first whole kinds of record go, then halves, quarters and single stories, an act with what
came of it being one; then headers and bodies that nobody reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, TypeVar

from conformance.evidence import Evidence
from conformance.proving.framing import without_party
from conformance.proving.stripping import Question, Records, Stripper, bare, sorts
from conformance.records import Act, Exchange, Record, Started
from conformance.specification import Specification

T = TypeVar("T")
FINEST: Final = 64
"""Into how many parts units are divided at most: what statistics rest on need not be the very least."""
MANY: Final = 2_000
COARSE: Final = 8
"""Of so many records large parts go first, since every question to them takes its time; into how many parts they are divided."""


def shrunk(records: Records, specification: Specification, holds: Question, further: Sequence[Stripper] = ()) -> Records:
    """The smallest slice that can be had.  `further`: what may go besides headers, where nothing hangs on it."""
    records = among_fewest(records, holds)
    frame = [record for record in records if isinstance(record, Started)]
    rest = [record for record in records if not isinstance(record, Started)]

    def kept(units: Iterable[Records]) -> Records:
        return sorted(chain(frame, *units), key=lambda record: record.n)

    def fewer(groups: Iterable[Records], finest: int = FINEST) -> list[Record]:
        return [record for unit in fewest(list(groups), lambda some: holds(kept(some)), finest) for record in unit]

    if len(rest) > MANY:
        rest = fewer(stories(rest, specification), COARSE)
    rest = fewer(sorts(rest))
    rest = [record for record in bare(kept([rest]), holds, further) if not isinstance(record, Started)]
    rest = fewer(stories(rest, specification))
    return bare(kept([rest]), holds, further)


def among_fewest(records: Records, holds: Question) -> Records:
    """The records without the parties that nothing hangs on, from the cast as well: each counts in every comparison."""
    for member in next((record.cast for record in records if isinstance(record, Started)), ()):
        fewer = without_party(records, member.party)
        if len(fewer) < len(records) and holds(fewer):
            records = fewer
    return records


def stories(records: Records, specification: Specification) -> Iterator[list[Record]]:
    """The records by what belongs together: an act with its exchanges; acts that are to be compared, with what was told of them."""
    evidence = Evidence(records, specification)
    blocks = {subject: ("block", act.block.index) for act in records if isinstance(act, Act) and act.block for subject in act.about}
    found: dict[object, list[Record]] = {}
    for record in records:
        key: object = record.n
        match record:
            case Act(block=block) if block is not None:
                key = "block", block.index
            case Exchange():
                act = evidence.act_of(record)
                told = (subject for telling in evidence.tellings_in(record) for subject in telling.about)
                if act is not None:
                    key = ("block", act.block.index) if act.block is not None else act.n
                else:
                    key = next((blocks[subject] for subject in told if subject in blocks), record.n)
        found.setdefault(key, []).append(record)
    return iter(found.values())


def fewest(units: list[T], holds: Callable[[list[T]], bool], finest: int = FINEST) -> list[T]:
    """The units without those that nothing hangs on: no single one more can go, or of many no few more."""
    size = len(units) // 2
    while size and len(units) // size <= finest:
        place = len(units)
        while place > 0:  # from the end: what came later hangs on what came before
            place = max(0, place - size)
            fewer = units[:place] + units[place + size :]
            if len(fewer) < len(units) and holds(fewer):
                units = fewer
        size //= 2
    return units
