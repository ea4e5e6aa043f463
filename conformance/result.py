"""A result: outcomes and report of records, live or read from a journal.

In: the records of a run and the pack that they belong to.  Out: a `Run`.  Nothing here observes: `hulian judge` needs no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module

import msgspec

from conformance.check import Check, checks_in
from conformance.collector import resting
from conformance.controls import distrusted, fed
from conformance.evidence import Evidence, Need
from conformance.grounds import groundless
from conformance.hindrances import hindered, hindrances
from conformance.judging import judge
from conformance.outcomes import Outcome, Reason
from conformance.pack import Pack
from conformance.plan import Plan
from conformance.records import BROKEN, JSON, Attested, Record, Started, Unreached
from conformance.report import report


@cache
def checks_of(pack: Pack, role: str) -> tuple[Check, ...]:
    """The checks of a pack whose requirements its catalogue has for that role."""
    ids = {requirement.id for requirement in pack.catalogue().for_role(role)}
    return tuple(check for check in checks_in(pack.checks) if check.requirement in ids)


def needed(pack: Pack, role: str) -> dict[str, frozenset[Need]]:
    """What the checks of each requirement read."""
    found: dict[str, frozenset[Need]] = {}
    for check in checks_of(pack, role):
        found[check.requirement] = found.get(check.requirement, frozenset()) | check.needs
    return found


def forgetful(pack: Pack, role: str) -> frozenset[str]:
    """The requirements that rest on no memory of the target's."""
    checks = checks_of(pack, role)
    return frozenset(one.requirement for one in checks) - frozenset(one.requirement for one in checks if one.memory)


class Run:
    """What came of it."""

    def __init__(self, document: dict[str, JSON], records: Sequence[Record], outcomes: Mapping[str, Outcome]) -> None:
        self.report, self.records, self.outcomes = document, records, outcomes

    @property
    def outcome(self) -> str:
        """conformant, non-conformant, inconclusive or error."""
        return str(self.report["outcome"])

    @property
    def exit_code(self) -> int:
        return int(self.report["exit_code"])

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdict of each requirement, by id."""
        return {one["requirement"]: one["verdict"] for one in self.report["verdicts"]}

    @property
    def findings(self) -> list[dict[str, JSON]]:
        """Every finding, with the requirement that it belongs to."""
        return [{"requirement": one["requirement"], **found} for one in self.report["verdicts"] for found in one["findings"]]


class Bench:
    """Where records are judged: their evidence, the plan that they follow, the rules that it froze, the checks that were selected.

    `absent`: for requirements whose capability is not declared, the capability and what that means.  `controls`: what became of the
    checks' controls, which come first.
    """

    def __init__(self, pack: Pack, records: Sequence[Record], checks: Sequence[Check] | None = None) -> None:
        import_module(pack.vocabulary)
        self.pack, self.records = pack, records
        self.started = next(record for record in records if isinstance(record, Started))
        self.plan = msgspec.convert(self.started.plan, Plan)
        self.catalogue = pack.catalogue()
        self.evidence = Evidence(records, pack.specification(self.plan.role))
        entries = self.plan.entries
        self.rules = self.catalogue.frozen_rules({entry.id: (entry.level, entry.parameters) for entry in entries})
        self.absent = {
            entry.id: (self.catalogue[entry.id].capability or "", entry.absent) for entry in entries if entry.absent
        }
        self.checks = checks if checks is not None else checks_of(pack, self.plan.role)
        judging = [check for check in self.checks if check.requirement in self.rules and check.requirement not in self.absent]
        self.controls = fed(pack, judging, self.plan.role)

    def trusted(self, check: Check, outcome: Outcome) -> Outcome:
        """The outcome of a check, or an error where it does not tell its controls apart."""
        wrong = next((one for one in self.controls.mistakes if (one.requirement, one.check) == (check.requirement, check.name)), None)
        return outcome if wrong is None else distrusted(outcome, wrong)


def judged(pack: Pack, records: Sequence[Record], checks: Sequence[Check] | None = None, *, closing: Mapping[str, JSON]) -> Run:
    """Judge and report: what `hulian run` and `hulian judge` have in common."""
    with resting():
        bench = Bench(pack, records, checks)
        return concluded(bench, judge(bench.evidence, bench.checks, bench.rules, bench.absent), closing=closing)


def concluded(bench: Bench, found: Mapping[str, Outcome], *, closing: Mapping[str, JSON]) -> Run:
    """The run, once every check has been judged: what nobody judged, and what the suite itself broke, are outcomes too."""
    frozen, catalogue, evidence, records = bench.plan, bench.catalogue, bench.evidence, bench.records
    outcomes = dict(found)
    for entry in frozen.entries:
        if entry.id not in outcomes:
            outcomes[entry.id] = unjudged(entry.id, catalogue[entry.id].method, records)
    lacking = groundless(evidence, needed(bench.pack, frozen.role), forgetful(bench.pack, frozen.role))
    outcomes = hindered(outcomes, {**lacking, **hindrances(records, frozen)})
    for record in records:
        if isinstance(record, Unreached) and record.why == BROKEN:
            for name in frozen.serves.get(record.scenario, ()):
                outcomes[name] = broken(outcomes[name], record)
    for mistake in bench.controls.mistakes:
        outcomes[mistake.requirement] = distrusted(outcomes[mistake.requirement], mistake)
    document = report(frozen, catalogue, outcomes, evidence, bench.controls, run={**bench.started.run, **closing})
    return Run(document, records, outcomes)


def broken(outcome: Outcome, record: Unreached) -> Outcome:
    """The outcome of a requirement for which a scenario was played that the suite itself did not bring to its end.

    What was found stays found; nothing that was not found is a pass.
    """
    if outcome.verdict == "fail":
        return outcome
    reason = Reason("suite", {"check": record.scenario, "error": record.detail, "trace": ""})
    return msgspec.structs.replace(outcome, verdict="error", reason=reason)


def unjudged(requirement: str, method: str, records: Sequence[Record]) -> Outcome:
    """What no check judged: a statement by a person, that statement missing, or a check that was not selected."""
    stated = sum(isinstance(record, Attested) and record.requirement == requirement for record in records)
    if method == "attested" and stated:
        return Outcome(requirement=requirement, verdict="pass", looks=stated)
    code = "attestation" if method == "attested" else "precondition"
    return Outcome(requirement=requirement, verdict="inconclusive", reason=Reason(code, {}))
