"""Judging: checks × evidence → outcomes.  No network, no clock, no randomness.

In: the evidence, the checks, and the rules (levels and numbers) that the plan froze.  Out: one outcome per requirement.
`hulian judge`, `hulian run`, `hulian prove` and pytest use these functions and no others.
"""

from __future__ import annotations

import inspect
import traceback
from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from conformance.abreast import mapped
from conformance.check import Check
from conformance.evidence import Evidence, loss
from conformance.expect import Expect
from conformance.outcomes import Outcome, Reason, Verdict, conclude, merge
from conformance.rules import Rule


def judge_check(check: Check, evidence: Evidence, rule: Rule) -> Outcome:
    """What one check comes to.  A check that does not reach its end is `error`, never `fail` and never `pass`."""
    return merge([run_check(check, evidence, rule, value) for value in check.values])


def ran(checks: Iterable[Check], evidence: Evidence, rules: Mapping[str, Rule]) -> dict[tuple[Check, str | None], Outcome]:
    """What each check comes to for each value of its axis; the cores share them, since none knows of another."""
    tasks = [(check, value) for check in checks for value in check.values]

    def work(task: tuple[Check, str | None]) -> Outcome:
        check, value = task
        return run_check(check, evidence, rules[check.requirement], value)

    return dict(zip(tasks, mapped(work, tasks), strict=True))


def run_check(check: Check, evidence: Evidence, rule: Rule, value: str | None = None) -> Outcome:
    """One check for one value of its axis."""
    expect = Expect(evidence)
    name = f"{check.name}[{value}]" if value is not None else check.name
    try:
        look(check, expect, rule, value)
    except Exception as error:  # a bug of ours must become a verdict about us, whatever it is
        trace = "".join(traceback.format_exception(error)[-2:])
        reason = Reason("suite", {"check": name, "error": f"{type(error).__name__}: {error}", "trace": trace})
        return Outcome(requirement=check.requirement, verdict="error", looks=expect.count, reason=reason, checks=(name,))
    outcome = conclude(check.requirement, name, expect.finished(), expect.reasons, check.least, evidence.derived(loss))
    return msgspec.structs.replace(outcome, comparisons=tuple(expect.comparisons))


def look(check: Check, expect: Expect, rule: Rule, value: str | None = None) -> None:
    """Lets a check look at the evidence.  Raises whatever the check raises."""
    given = {"evidence": expect.evidence.limited(check.needs), "expect": expect, "rule": rule}
    if check.axis:
        given[check.axis[0]] = value
    taken = inspect.signature(check.function).parameters
    check.function(**{key: thing for key, thing in given.items() if key in taken})


def judge(
    evidence: Evidence, checks: Iterable[Check], rules: Mapping[str, Rule], absent: Mapping[str, tuple[str, str]]
) -> dict[str, Outcome]:
    """One outcome per requirement that has a rule.

    `absent` holds, for requirements whose capability is not declared, the capability and what that means: fail, inconclusive,
    not-applicable.
    """
    applying = [check for check in checks if check.requirement in rules and check.requirement not in absent]
    found: dict[str, list[Outcome]] = defaultdict(list)
    for (check, _), outcome in ran(applying, evidence, rules).items():
        found[check.requirement].append(outcome)
    outcomes = {requirement: merge(several) for requirement, several in found.items()}
    for requirement, (capability, meaning) in absent.items():
        outcomes[requirement] = absent_capability(requirement, capability, meaning)
    return outcomes


def absent_capability(requirement: str, capability: str, meaning: str) -> Outcome:
    """What it means that the target does not declare what a requirement needs: the profile says it."""
    words: dict[str, Verdict] = {"fail": "fail", "inconclusive": "inconclusive", "not-applicable": "not-applicable"}
    return Outcome(requirement=requirement, verdict=words[meaning], reason=Reason("capability", {"capability": capability}))
