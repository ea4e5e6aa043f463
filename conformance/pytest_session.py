"""One pytest session that observes once and judges each check as a test.

In: an order and a line (or pytest's options), the tests that pytest selected.  Out: test reports, and a `Run` at the end.
"""

from __future__ import annotations

import contextlib
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import allure
import msgspec
import pytest

from conformance.binding.line import Line
from conformance.catalogue import Requirement
from conformance.check import MARK, Check
from conformance.collector import resting
from conformance.engine import Order, observed
from conformance.errors import HulianError
from conformance.judging import absent_capability, ran
from conformance.outcomes import Finding, Outcome, merge
from conformance.planning import applicable
from conformance.records import Record
from conformance.report import exchange, verdict
from conformance.reporting.allure import allure_description, allure_labels
from conformance.reporting.failing import failing, undecided
from conformance.result import Bench, Run, concluded
from conformance.run_directory import RunDirectory, as_json
from conformance.watching import Watcher
from conformance.words import language

ATTACHED = 5
"""Exchanges that are attached to one failing test."""


class Judging:
    """Observes before the first test, then hands each check its evidence."""

    def __init__(self, order: Order, line: Line, watcher: Watcher | None = None) -> None:
        self.order, self.line, self.watcher = order, line, watcher
        self.failure: BaseException | None = None
        self.records: list[Record] = []
        self.outcomes: dict[str, list[Outcome]] = defaultdict(list)
        self.run: Run | None = None
        self.closing: Mapping[str, Any] = {}
        self.checks: tuple[Check, ...] = ()
        self.directory: RunDirectory | None = None
        self._catalogue = order.pack.catalogue()

    @classmethod
    def from_options(cls, config: pytest.Config) -> Judging:
        """The session that `--hulian-…` options describe; a wrong option is pytest's usage error."""
        from conformance.ordering import from_pytest

        try:
            order, line = from_pytest(partial(config.getoption, default=None))
            out = config.getoption("--hulian-out", None)
            directory = RunDirectory.claimed(Path(out), "") if out else None
        except HulianError as error:
            raise pytest.UsageError(f"hulian: {error}") from None
        judging = cls(msgspec.structs.replace(order, journal=directory.journal) if directory else order, line)
        judging.directory = directory
        return judging

    # -- what pytest selects decides what is observed ------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Marks each check with its level and theme, and leaves out what is not in scope."""
        wanted = {requirement.id: requirement for requirement in applicable(self._catalogue, self.order.choice)}
        profile = self._catalogue.profile(self.order.choice.profile)
        chosen, left_out = [], []
        for item in items:
            check = check_of(item)
            if check is None or check.requirement not in wanted:
                left_out.append(item)
                continue
            requirement = wanted[check.requirement]
            item.add_marker(getattr(pytest.mark, profile.level(requirement)))
            item.add_marker(getattr(pytest.mark, requirement.theme))
            item.user_properties += [("requirement", requirement.id), ("clause", "; ".join(requirement.clause))]
            chosen.append(item)
        if left_out:
            config.hook.pytest_deselected(items=left_out)
        items[:] = chosen

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        found = {id(check): check for item in session.items if (check := check_of(item)) is not None}
        self.checks = tuple(found.values())
        if getattr(session.config.option, "numprocesses", None):
            raise pytest.UsageError("hulian: a run observes once, in one process; leave out -n (pytest-xdist)")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Iterator[None]:
        """Observes, then lets pytest run the tests."""
        if session.config.option.collectonly:
            return (yield)
        with resting():
            try:
                self._observe()
            except BaseException as error:  # whoever called pytest says what was wrong; pytest itself would show a traceback
                self.failure = error
                raise pytest.exit.Exception(f"hulian: {error}", getattr(error, "exit_code", 130)) from None
            return (yield)

    def _observe(self) -> None:
        """One observation for all tests of the session."""
        order = self.order
        all_of_them = {check.requirement for check in order.selected()} & {one.id for one in applicable(self._catalogue, order.choice)}
        mine = {check.requirement for check in self.checks}
        if all_of_them and not mine:  # a scope that only people can judge has no checks
            raise HulianError("nothing_selected", chosen=", ".join((*order.choice.only, *order.choice.scope)) or "-")
        if mine != all_of_them:
            order = msgspec.structs.replace(
                order, checks=self.checks, choice=msgspec.structs.replace(order.choice, only=tuple(sorted(mine)))
            )
        self.order = order
        seen = observed(order, self.line, self.watcher)
        self.records, self.closing = list(seen.records), seen.closing
        self.bench = Bench(order.pack, self.records, self.checks)
        self.evidence = self.bench.evidence
        self.entries = {one.id: one for one in self.bench.plan.entries}
        self.found = ran([check for check in self.checks if check.requirement not in self.bench.absent], self.evidence, self.bench.rules)

    # -- a check as a test ---------------------------------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        check = check_of(pyfuncitem)
        if check is None:
            return None
        requirement = self._catalogue[check.requirement]
        outcome = self._outcome(check, requirement, pyfuncitem)
        self.outcomes[check.requirement].append(outcome)
        self._label(requirement, outcome)
        for finding in outcome.findings:
            self._attach(finding)
        if outcome.verdict in ("fail", "error"):
            pytest.fail(failing(requirement, outcome, self.evidence), pytrace=False)
        if outcome.verdict != "pass":
            pytest.skip(undecided(outcome))
        return True

    def _outcome(self, check: Check, requirement: Requirement, item: pytest.Function) -> Outcome:
        if requirement.id in self.bench.absent:
            return absent_capability(requirement.id, *self.bench.absent[requirement.id])
        value = str(item.callspec.params[check.axis[0]]) if check.axis else None
        return self.bench.trusted(check, self.found[check, value])

    def _label(self, requirement: Requirement, outcome: Outcome) -> None:
        """Requirement, clause and severity as labels of Allure; nothing happens where Allure doesn't listen."""
        shown = verdict(self.entries[requirement.id], requirement, outcome, self.evidence)
        allure.dynamic.title(f"{requirement.id} {requirement.title['zh']} / {requirement.title['en']}")
        allure.dynamic.description(allure_description(shown, language(os.environ)))
        for name, value in allure_labels(shown):
            allure.dynamic.label(name, value)

    def _attach(self, finding: Finding) -> None:
        for n in [n for n in finding.exchanges if n][:ATTACHED]:
            shown = as_json(exchange(self.evidence.exchange(n), self.evidence))
            with contextlib.suppress(KeyError):  # Allure knows no running test where it doesn't listen
                allure.attach(shown, name=f"exchange {n}", attachment_type=allure.attachment_type.JSON)

    # -- the end ---------------------------------------------------------------------------------------------------------------

    def result(self) -> Run:
        """The run, from what the tests came to: nothing is judged twice."""
        return concluded(self.bench, {name: merge(several) for name, several in self.outcomes.items()}, closing=self.closing)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.records:
            result = self.run = self.result()
            session.exitstatus = result.exit_code
            if self.directory is not None:
                self.directory.write(result.report)
        elif self.directory is not None:
            self.directory.forsaken()


def check_of(item: pytest.Item) -> Check | None:
    """The check that a collected test is."""
    return getattr(getattr(item, "function", None), MARK, None)
