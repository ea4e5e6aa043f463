"""The slice of a finding, judged alone, gives the same finding."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from conformance.evidence import Evidence
from conformance.express import EXPRESS
from conformance.mock import faults
from conformance.plan import Plan
from conformance.records import Record, Started
from conformance.result import checks_of, judged
from conformance.slices import smallest
from conformance.specification import specification
from tests.conftest import embedded

CHECKS = checks_of(EXPRESS, "platform")
SAMPLE = (
    "payment-mode-null-in-push", "long-text-cut", "errors-tell-names", "consented-phone-withheld", "every-seventh-page-mixed",
    "one-subscription-for-courier-b", "notice-not-published", "altered-tokens-serve", "time-of-first-attempt",
)
"""Of each kind of finding one: said and missing, of one subject and of many, in bodies, pages, messages and answers."""


@pytest.mark.parametrize("fault", SAMPLE)
def test_a_slice_gives_the_finding_again(fault: str) -> None:
    breaks = {one["id"]: one["requirement"] for one in faults.listing()}[fault]
    run = embedded([fault], only=[breaks])
    evidence = Evidence(run.records, specification("platform"))
    assert run.verdicts[breaks] == "fail"
    finding = run.outcomes[breaks].findings[0]
    records = smallest(evidence, finding, lambda part: finding.id in found(part, breaks))
    assert finding.id in found(records, breaks)
    assert len(records) <= len(run.records)


def found(records: Sequence[Record], requirement: str) -> set[str]:
    """The findings of a requirement that failed, from these records alone."""
    outcome = judged(EXPRESS, records, [check for check in CHECKS if check.requirement == requirement], closing={}).outcomes[requirement]
    return {one.id for one in outcome.findings} if outcome.verdict == "fail" else set()


def test_a_slice_keeps_the_plan() -> None:
    run = embedded(only=["FC-P-12"])
    started = next(record for record in run.records if isinstance(record, Started))
    assert msgspec.convert(started.plan, Plan).extent == "partial"
