"""Requirement → check → scenario → fault, and back: nothing stands alone."""

from __future__ import annotations

import msgspec

from conformance.catalogue import Catalogue
from conformance.check import checks_in
from conformance.evidence import Evidence
from conformance.express import EXPRESS
from conformance.judging import judge_check
from conformance.mock import faults
from conformance.plan import Plan
from conformance.records import Record, Started
from conformance.result import Run
from conformance.scenario import scenarios_in
from conformance.specification import specification

CATALOGUE = Catalogue.load()
PLATFORM = {one.id: one for one in CATALOGUE.for_role("platform")}
CHECKS = list(checks_in(EXPRESS.checks))
SCENARIOS = list(scenarios_in(EXPRESS.scenarios))


def test_every_observed_requirement_has_a_check() -> None:
    judged = {check.requirement for check in CHECKS}
    assert [one.id for one in PLATFORM.values() if one.method != "attested" and one.id not in judged] == []


def test_every_check_has_a_requirement() -> None:
    assert [check.name for check in CHECKS if check.requirement not in PLATFORM] == []


def test_every_must_requirement_has_a_fault_that_breaks_it() -> None:
    broken = {fault["requirement"] for fault in faults.listing()}
    assert [one.id for one in PLATFORM.values() if one.level == "must" and one.method != "attested" and one.id not in broken] == []
    assert broken <= set(PLATFORM)


def test_every_check_is_served_by_a_scenario() -> None:
    assert [check.name for check in CHECKS if not any(scenario.serves(check.needs) for scenario in SCENARIOS)] == []


def test_every_scenario_serves_a_check() -> None:
    assert [one.name for one in SCENARIOS if not any(one.serves(check.needs) for check in CHECKS)] == []


def test_every_kind_of_telling_is_shown_by_a_scenario_and_needed_by_a_check() -> None:
    kinds = set(specification("platform").shapes)
    shown = {need for one in SCENARIOS for need in one.shows if isinstance(need, str)}
    needed = {need for check in CHECKS for need in check.needs if isinstance(need, str)}
    assert (kinds - shown, kinds - needed) == (set(), set())


def test_a_scenario_shows_what_it_says(healthy: Run) -> None:
    evidence = Evidence(healthy.records, specification("platform"))
    shown: dict[str, set[type[Record] | str]] = {one.name: set() for one in SCENARIOS}
    for record in healthy.records:
        if record.scenario in shown:
            shown[record.scenario].add(type(record))
    told = {telling.kind for exchange in evidence.exchanges for telling in evidence.tellings_in(exchange)}
    missing = {
        one.name: [need for need in one.shows if (need not in told if isinstance(need, str) else need not in shown[one.name])]
        for one in SCENARIOS
    }
    assert {name: needs for name, needs in missing.items() if needs} == {}


def test_every_parameter_is_read(healthy: Run) -> None:
    started = next(record for record in healthy.records if isinstance(record, Started))
    plan = msgspec.convert(started.plan, Plan)
    rules = CATALOGUE.frozen_rules({entry.id: (entry.level, entry.parameters) for entry in plan.entries})
    evidence = Evidence(healthy.records, specification("platform"))
    for check in CHECKS:
        judge_check(check, evidence, rules[check.requirement])
    assert {name: sorted(rule.unread) for name, rule in rules.items() if rule.unread} == {}


OUT_OF_SIGHT = {
    "SE-P-19": "level should: nobody exceeds the mock's 6,000 requests a minute; the variant `lower-rate` shows it",
    "SE-P-22": "level should: there is no TLS to see on loopback",
}


def test_the_healthy_mock_passes_everything(healthy: Run) -> None:
    assert healthy.outcome == "conformant"
    verdicts = healthy.report["verdicts"]
    wrong = {one["requirement"]: (one["verdict"], one["reason"], one["findings"][:2]) for one in verdicts if one["verdict"] != "pass"}
    assert {name: why for name, why in wrong.items() if PLATFORM[name].method != "attested" and name not in OUT_OF_SIGHT} == {}
