"""The slice of a finding, judged alone, gives the same finding."""

from __future__ import annotations

import msgspec
import pytest

from conformance.evidence import Evidence
from conformance.express import EXPRESS
from conformance.mock import faults
from conformance.plan import Plan
from conformance.records import Started
from conformance.result import judged
from conformance.slices import slice_of
from conformance.specification import specification
from tests.conftest import embedded

SAMPLE = [fault["id"] for fault in faults.listing() if not fault["needs_wire"]][::25]


@pytest.mark.parametrize("fault", SAMPLE)
def test_a_slice_gives_the_finding_again(fault: str) -> None:
    breaks = {one["id"]: one["requirement"] for one in faults.listing()}[fault]
    run = embedded([fault], only=[breaks])
    evidence = Evidence(run.records, specification("platform"))
    assert run.verdicts[breaks] == "fail"
    for finding in run.outcomes[breaks].findings:
        alone = judged(EXPRESS, slice_of(evidence, finding), closing={})
        assert alone.verdicts[breaks] == "fail"
        assert finding.id in {found.id for found in alone.outcomes[breaks].findings}


def test_a_slice_keeps_the_plan() -> None:
    run = embedded(only=["FC-P-12"])
    started = next(record for record in run.records if isinstance(record, Started))
    assert msgspec.convert(started.plan, Plan).extent == "partial"
