"""Making the positive controls: `hulian prove --controls [--only ID]`.

In: the healthy mock, and for each check a mock with a fault that breaks its requirement.  Out: `fixtures/controls/ID.jsonl`: a slice of
the healthy run that the check accepts, a slice of the other that it rejects, both as small as they can be.  Same seed, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final, Literal

import msgspec

from conformance.check import Check
from conformance.controls import Control, Heading, written
from conformance.demo import line
from conformance.engine import Order, observed
from conformance.evidence import Evidence
from conformance.express import EXPRESS, sandbox_cast, sandbox_secrets
from conformance.mock.faults import every
from conformance.outcomes import Finding
from conformance.plan import Choice, Plan
from conformance.proving.cutting import accepted, rejected
from conformance.proving.looking import Subject
from conformance.proving.stillness import stillness
from conformance.proving.stripping import Records
from conformance.records import Record, Started
from conformance.result import checks_of
from conformance.rules import Rule

ROLE: Final = "platform"
SEED: Final = 1


def write(folder: Path, only: Iterable[str] = ()) -> Iterator[tuple[str, int]]:
    """Makes the controls of these requirements (patterns; none for all), file by file.

    Gives each requirement with the bytes of its file; 0 where no fault is found by its checks in process, and no file is written.
    """
    patterns = tuple(only) or ("*",)
    wanted = (check for check in checks_of(EXPRESS, ROLE) if any(fnmatch(check.requirement, pattern) for pattern in patterns))
    for requirement, checks in groupby(sorted(wanted, key=lambda check: check.requirement), lambda check: check.requirement):
        made = [control for check in checks for control in controls(check)]
        if made:
            (folder / f"{requirement}.jsonl").write_bytes(written(made))
        yield requirement, len(written(made))


def controls(check: Check) -> tuple[Control, ...]:
    """The two controls of a check; none where it finds no fault in process."""
    for fault in every():
        if fault.breaks != check.requirement or fault.needs_wire:
            continue
        records = observe((fault.id,), only=(check.requirement,))
        subject = Subject(check, rule(check, records), EXPRESS.specification(ROLE))
        bad = rejected(subject, Evidence(records, subject.specification))
        if bad is not None and (good := healthy(subject, bad[1])) is not None:
            return control(subject, "accept", good), control(subject, "reject", bad[0], fault.id)
    return ()


def rule(check: Check, records: Sequence[Record]) -> Rule:
    """The numbers of a requirement as the run's plan froze them."""
    started = next(record for record in records if isinstance(record, Started))
    entry = next(entry for entry in msgspec.convert(started.plan, Plan).entries if entry.id == check.requirement)
    return EXPRESS.catalogue().frozen_rules({entry.id: (entry.level, entry.parameters)})[entry.id]


def control(subject: Subject, word: Literal["accept", "reject"], records: Records, fault: str = "") -> Control:
    """The control with its heading: what the check sees on the slice is what it must see for ever."""
    seen = subject.sees(records)
    assert seen is not None, "slices are cut so that the check reaches its end"
    heading = Heading(
        control=word, requirement=subject.check.requirement, check=subject.check.name, looks=seen.outcome.looks, fault=fault,
        kinds=tuple(sorted({finding.kind for finding in seen.outcome.findings})),
        parameters=msgspec.to_builtins(dict(subject.rule.values)),
    )
    return Control(heading, tuple(records))


def healthy(subject: Subject, finding: Finding) -> Records | None:
    """The slice of a healthy run that is accepted: of everything, or else of no more than the requirement needs."""
    slice = accepted(subject, everything(), finding, whole=False)
    if slice is None:
        alone = Evidence(observe(only=(subject.check.requirement,)), subject.specification)
        slice = accepted(subject, alone, finding, whole=True)
    return slice


@cache
def everything() -> Evidence:
    """The healthy mock in everything."""
    return Evidence(observe(), EXPRESS.specification(ROLE))


def observe(faults: Sequence[str] = (), *, only: Sequence[str] = ()) -> tuple[Record, ...]:
    """The records of a run in process."""
    cast = sandbox_cast(ROLE, SEED)
    choice = Choice(role=ROLE, seed=SEED, only=tuple(only))
    with stillness():
        return observed(Order(pack=EXPRESS, choice=choice, cast=cast, secrets=sandbox_secrets(cast)), line(faults)).records
