"""Rows of the data set for analysis: groups, identifiers, pseudonyms.

In: evidence.  Out: what each whole reading of the data set showed.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from conformance.checks.leakage import DIGESTS
from conformance.checks.messages import Message
from conformance.clock import moment
from conformance.evidence import Evidence, Need, Seen, Telling
from conformance.expect import Expect
from conformance.judgements.codings import utf8
from conformance.judgements.flaw import Flaw
from conformance.judgements.leaks import Canaries, Leak
from conformance.parties import IUT, Subject
from conformance.records import JSON, Answer
from conformance.untrusted import named, parsed
from conformance.vocabulary import ANALYTICS, CONSIGNMENT, AnalyticsRead, ConsignmentCorrected, ConsignmentEntered, EventsReported

READ: Final[set[Need]] = {AnalyticsRead, ANALYTICS}
NAMED: Final[set[Need]] = {ConsignmentEntered, EventsReported}
"""What a check reads that asks for numbers."""
THOROUGH: Final = 20
"""Identifiers that are searched for in every form."""
HOUR: Final = 3_600_000_000
TELLING: Final = 6
"""Characters of a value that can serve as a pseudonym."""


class Cell(NamedTuple):
    """Shipments of one day, region and courier in one reading: how many rows there were, the first, the size said."""

    first: Telling
    shown: int
    said: int


class Pseudonym(NamedTuple):
    """A value that names one row; `known`: an earlier reading held it, too."""

    seen: Seen
    known: bool


def readings(evidence: Evidence) -> list[list[Telling]]:
    """The rows of each reading that came to its end, in order."""
    pages: dict[int, list[AnalyticsRead]] = defaultdict(list)
    for act in evidence.each(AnalyticsRead):
        pages[act.data["walk"]].append(act)
    rows: dict[int, list[Telling]] = defaultdict(list)
    for telling in evidence.told(ANALYTICS):
        read = evidence.act_of(evidence.exchange(telling.exchange))
        if isinstance(read, AnalyticsRead) and (last := pages[read.data["walk"]][-1:]) and ended(evidence, last[0]):
            rows[read.data["walk"]].append(telling)
    return [rows[walk] for walk in sorted(rows)]


def ended(evidence: Evidence, last: AnalyticsRead) -> bool:
    """Whether a page was the last of its reading."""
    exchange = evidence.answer(last)
    document = parsed(exchange.answer.body.raw) if exchange is not None and isinstance(exchange.answer, Answer) else None
    return evidence.accepted(last) and isinstance(document, dict) and not isinstance(document.get("next_cursor"), str)


def cells(evidence: Evidence) -> Iterator[Cell]:
    """Every group of every reading."""
    for rows in readings(evidence):
        groups: dict[str, list[Telling]] = defaultdict(list)
        for row in rows:
            groups[json.dumps([row[field].value or None for field in ("day", "region_code", "courier_code")])].append(row)
        for group in groups.values():
            sizes = [size for row in group if isinstance(size := row["cell_size"].value, int)]
            yield Cell(group[0], len({str(row["shipment_ref"].value) for row in group}), max(sizes, default=0))


def most(evidence: Evidence, cell: Cell) -> int:
    """The size that the group may have at most: each shipment has a row, and what was entered during the reading may be counted."""
    region, day = (named(cell.first[name].value) for name in ("region_code", "day"))
    return max(cell.shown, evidence.derived(_days)[str(region)[:4], str(day)])


def _days(evidence: Evidence) -> Counter[tuple[str, str]]:
    """How many consignments of ours may count to a region (four digits) and a day, whatever the courier and wherever the day begins;
    one that was corrected counts to every region that it had."""
    found: Counter[tuple[str, str]] = Counter()
    regions: dict[Subject, set[str]] = defaultdict(set)
    for change in evidence.each(ConsignmentCorrected):
        regions[change.about[0]].add(_region(change.data))
    for entry in evidence.each(ConsignmentEntered):
        days = {moment(entry.trade + hours * HOUR)[:10] for hours in (-24, -12, 0, 12, 24)}
        found.update((region, day) for region in {*regions[entry.about[0]], _region(entry.data)} for day in days)
    return found


def _region(data: JSON) -> str:
    recipient = data.get("recipient") if isinstance(data, dict) else None
    return str(recipient["address"]["region_code"])[:4] if recipient else ""


def all_of(evidence: Evidence) -> Iterator[Telling]:
    """Every row of every reading."""
    return (row for rows in readings(evidence) for row in rows)


def rounded(step: int) -> Callable[[JSON], Flaw | None]:
    """A judgement: whether a weight is rounded to so many grams; what is no number is left to the schema."""
    return lambda weight: Flaw("weight_exact", {"step": step}) if isinstance(weight, int) and weight % step else None


def at_least(k: int) -> Callable[[JSON], Flaw | None]:
    """A judgement: whether the size that a group is said to have is large enough."""

    def judged(size: JSON) -> Flaw | None:
        if isinstance(size, int) and size >= k:
            return None
        return Flaw("small_group_said", {"size": str(size), "k": k})

    return judged


def pseudonyms(evidence: Evidence) -> Iterator[Pseudonym]:
    """Every value that names one row of a reading after the first; order and waybill numbers are no pseudonyms but names."""
    earlier: set[str] = set()
    numbers = evidence.derived(numbers_of)
    for number, rows in enumerate(readings(evidence)):
        names = [seen for row in rows for seen in names_of(row) if number_in(numbers, utf8(str(seen.value))) is None]
        often = Counter(str(seen.value) for seen in names)
        single = [seen for seen in names if often[str(seen.value)] == 1 or seen.pointer.endswith("/shipment_ref")]
        if number:
            yield from (Pseudonym(seen, str(seen.value) in earlier) for seen in single)
        earlier |= {str(seen.value) for seen in single}


def names_of(row: Telling) -> Iterator[Seen]:
    """What may name a row: its reference, and members that the interface does not know."""
    for name, value in row.value.items() if isinstance(row.value, dict) else ():
        if name == "shipment_ref" or (not row.shape.knows(name) and isinstance(value, str | int) and len(str(value)) >= TELLING):
            yield Seen(value, f"{row.pointer}/{name}", row, None)


def of_the_data_set(evidence: Evidence) -> Callable[[Message], bool]:
    """Whether a message is a page of the data set."""
    operations = {
        operation.id for operation in evidence.specification.operations.values()
        if any(shape.record == ANALYTICS for places in operation.said.values() for _, shape in places)
    }
    return lambda message: message.exchange.operation in operations and not message.failed


def numbers_of(evidence: Evidence) -> Canaries:
    """Order, waybill and consignment numbers of ours; those of the largest groups in every form."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    waybills: dict[tuple[Subject, ...], list[str]] = defaultdict(list)
    for report in evidence.each(EventsReported):
        waybills[report.about].append(report.data["waybill_no"])
    for entry in evidence.each(ConsignmentEntered):
        region = str(entry.data["recipient"]["address"]["region_code"])[:4]
        answer = evidence.answer(entry)
        told = [telling for telling in (evidence.tellings_in(answer) if answer is not None else ()) if telling.kind == CONSIGNMENT]
        ids = [telling.value.get("consignment_id") for telling in told if telling.by == IUT and isinstance(telling.value, dict)]
        groups[region, str(entry.to)] += [entry.data["order_no"], *(one for one in ids if isinstance(one, str)), *waybills[entry.about]]
    values = [one for group in sorted(groups.values(), key=len, reverse=True) for one in group]
    return Canaries({one: one for one in values}, frozenset(values[THOROUGH:]))


def number_in(numbers: Canaries, data: bytes) -> Leak | None:
    """The first of our numbers in the data; digests are pseudonyms, another matter."""
    return next((leak for leak in numbers.find(data) if DIGESTS.isdisjoint(leak.encoding.split("+"))), None)


def free_of(expect: Expect, message: Message, numbers: Canaries) -> None:
    """The page holds no such number."""
    found = number_in(numbers, message.data)
    form = found.encoding if found else None
    expect(message.exchange).holds(found is None, "identifier_in_data_set", seen=found.canary if found else None, form=form)
