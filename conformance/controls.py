"""Positive controls: for each check a slice of evidence that it must accept, and one that it must reject.

In: files of a pack, one a requirement: JSON lines, a heading and the records of its slice, twice.  Out: which checks tell their two
slices apart.  Every run asks so before it judges: a check that doesn't can neither pass nor fail anybody.  Controls are data that
`hulian prove --controls` cuts from runs against the mock; nothing here knows the mock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

from conformance.abreast import mapped
from conformance.catalogue import Catalogue
from conformance.check import Check
from conformance.errors import HulianError
from conformance.evidence import Evidence
from conformance.journal import decode
from conformance.judging import judge_check
from conformance.outcomes import Outcome, Reason, Verdict
from conformance.pack import Pack
from conformance.records import JSON, Record
from conformance.rules import Rule
from conformance.specification import Specification

HEADING: Final = b'{"control":'
WORDS: Final = ("accept", "reject")


class Heading(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a slice is there for.  `looks`: how many things the check looks at; `kinds`: of the findings; `fault`: what the mock did
    wrong; `parameters`: the requirement's numbers as the slice was judged with."""

    control: Literal["accept", "reject"]
    requirement: str
    check: str
    looks: int = 0
    kinds: tuple[str, ...] = ()
    fault: str = ""
    parameters: dict[str, JSON] = {}


class Control(NamedTuple):
    heading: Heading
    records: tuple[Record, ...]


class Mistake(NamedTuple):
    """A check came to `verdict` where it must accept, or reject."""

    requirement: str
    check: str
    control: str
    verdict: Verdict

    @property
    def reason(self) -> Reason:
        return Reason("control", self._asdict())


class Fed(NamedTuple):
    """What feeding the controls to some checks came to; `missing` lack one or both."""

    checked: int
    missing: tuple[Check, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def row(self) -> dict[str, JSON]:
        """As the report has it."""
        return {
            "checked": self.checked,
            "missing": [{"requirement": check.requirement, "check": check.name} for check in self.missing],
            "failed": [mistake._asdict() for mistake in self.mistakes],
        }


def fed(pack: Pack, checks: Iterable[Check], role: str) -> Fed:
    """Feeds the checks their controls, the cores sharing them.  What was fed once in this process is known."""
    wanted = tuple(checks)
    new = [check for check in wanted if (pack, check, role) not in _KNOWN]
    ground(pack, role)  # once for all, before they are shared
    for check, result in zip(new, mapped(lambda check: told_apart(pack, check, role), new), strict=True):
        _KNOWN[pack, check, role] = result
    results = {check: _KNOWN[pack, check, role] for check in wanted}
    missing = tuple(check for check, result in results.items() if result is None)
    mistakes = tuple(mistake for result in results.values() if result for mistake in result)
    return Fed(len(results) - len(missing), missing, mistakes)


_KNOWN: Final[dict[tuple[Pack, Check, str], tuple[Mistake, ...] | None]] = {}


def told_apart(pack: Pack, check: Check, role: str) -> tuple[Mistake, ...] | None:
    """What a check got wrong of its controls; None where it lacks one."""
    try:
        controls = controls_of(pack, check)
    except HulianError:  # a record that nobody knows any more, an altered file: the control can't be judged
        return (Mistake(check.requirement, check.name, "accept", "error"), Mistake(check.requirement, check.name, "reject", "error"))
    wrong = []
    for word in (word for word in WORDS if word in controls):
        outcome = judged(pack, check, controls[word], role)
        if not right(controls[word].heading, outcome):
            wrong.append(Mistake(check.requirement, check.name, word, outcome.verdict))
    return tuple(wrong) if wrong or len(controls) == len(WORDS) else None


def right(heading: Heading, outcome: Outcome) -> bool:
    """Whether a check came to what it must: it looked, and found nothing; or it found what is wrong."""
    if heading.control == "accept":
        return outcome.verdict == "pass" and outcome.looks > 0
    return outcome.verdict == "fail" and {*heading.kinds} <= {finding.kind for finding in outcome.findings}


def judged(pack: Pack, check: Check, control: Control, role: str) -> Outcome:
    """What a check comes to on its control.  A slice has fewer looks than a whole run: `least` is set aside."""
    catalogue, specification = ground(pack, role)
    lenient = msgspec.structs.replace(check, least=1)
    return judge_check(lenient, Evidence(control.records, specification), rule(catalogue, control.heading))


@cache
def ground(pack: Pack, role: str) -> tuple[Catalogue, Specification]:
    import_module(pack.vocabulary)
    return pack.catalogue(), pack.specification(role)


def rule(catalogue: Catalogue, heading: Heading) -> Rule:
    """The numbers as the slice was judged with, those that came later as the catalogue has them."""
    requirement = catalogue[heading.requirement]
    values = {
        name: heading.parameters.get(name, parameter.value()) for name, parameter in requirement.parameters.items()
    }
    return catalogue.frozen_rules({requirement.id: (requirement.level, values)})[requirement.id]


def controls_of(pack: Pack, check: Check) -> Mapping[str, Control]:
    """The controls of a check, by what must become of them; empty without.  Raises `HulianError` journal_unknown."""
    path = pack.controls() / f"{check.requirement}.jsonl" if pack.controls is not None else None
    if path is None or not path.is_file():
        return {}
    return {control.heading.control: control for control in read(path) if control.heading.check == check.name}


def read(path: Path) -> Iterator[Control]:
    """The controls in a file.  Raises `HulianError` journal_unknown."""
    lines = path.read_bytes().splitlines()
    places = [*(place for place, line in enumerate(lines) if line.startswith(HEADING)), len(lines)]
    for place, end in pairwise(places):
        try:
            heading = msgspec.json.decode(lines[place], type=Heading)
        except msgspec.ValidationError as error:
            raise HulianError("journal_unknown", path=str(path), line=place + 1, why=str(error)) from None
        yield Control(heading, tuple(decode(lines[place + 1 : end], path)))


def written(controls: Iterable[Control]) -> bytes:
    """Controls as a file has them."""
    encode = msgspec.json.encode
    return b"".join(encode(line) + b"\n" for control in controls for line in (control.heading, *control.records))


def distrusted(outcome: Outcome, mistake: Mistake) -> Outcome:
    """The outcome of a check that does not tell its controls apart: whatever it found, it says nothing about the target."""
    return msgspec.structs.replace(outcome, verdict="error", reason=mistake.reason, findings=())
