"""Sameness: several records that should say the same of several parties; does one of them stand out?

In: records (objects) and the names of members that are each party's own.  Out: flaws with their places.
What differs among all is taken for a party's own (its logo, its hot line); what one alone has, lacks or says otherwise stands out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Odd:
    """A member by which one record stands out from the others."""

    kind: str
    pointer: str
    expected: object = None
    seen: object = None
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


def like(others: Sequence[Mapping[str, object]], own: Collection[str]) -> Callable[[object], Iterator[Odd]]:
    """Judges whether a record has the members, with the values, that most of the others have.  `own` members may differ."""

    members = {member for other in others for member in other}

    def judged(record: object) -> Iterator[Odd]:
        if not isinstance(record, Mapping):
            return
        for name in sorted({*record, *members} - set(own)):
            yield from _member(name, record, others)

    return judged


def _member(name: str, record: Mapping[str, object], others: Sequence[Mapping[str, object]]) -> Iterator[Odd]:
    having = sum(name in other for other in others)
    if name in record and others and not having:
        yield Odd("marked_alone", f"/{name}", None, record[name], {"member": name})
    elif name not in record and having == len(others) > 0:
        yield Odd("lacks_alone", f"/{name}", others[0][name], None, {"member": name})
    elif name in record:
        values = [_key(other[name]) for other in others if name in other]
        usual, times = Counter(values).most_common(1)[0] if values else (_key(record[name]), 1)
        measured = isinstance(record[name], bool | int | float)
        if _key(record[name]) != usual and (times > 1 or len(values) == 1 or measured):
            yield Odd("said_otherwise", f"/{name}", json.loads(usual), record[name], {"member": name})


def _key(value: object) -> bytes:
    return json.dumps(value, sort_keys=True).encode()
