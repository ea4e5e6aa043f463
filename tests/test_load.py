"""Where the suite itself was slow, its timings decide nothing: synthetic stalls put into a healthy run."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from conformance.express import EXPRESS
from conformance.proving.units import Unit, ran
from conformance.records import Act, Exchange, Load, Record
from conformance.result import Run, judged
from conformance.vocabulary import FeedRead

TIMED = "NB-P-07"
MS = 1000


@pytest.fixture(scope="module")
def healthy() -> Run:
    """Everybody waits for 300 ms, alike."""
    return ran(Unit("variant", "slow-for-all", only=(TIMED,)))


def feeds(records: Sequence[Record]) -> list[Exchange]:
    """One answer of each block in which feeds were read side by side."""
    acts = [(one.n, one.block) for one in records if isinstance(one, FeedRead)]
    blocks = {n: block.index for n, block in acts if block is not None and block.measure == "feed"}
    read = {blocks[one.act]: one for one in records if isinstance(one, Exchange) and one.act in blocks}
    return [one for _, one in sorted(read.items())]


def stalled(records: Sequence[Record], blocks: int, length: int) -> Run:
    """The run again, had the suite stood still for so many µs while one of so many answers was on its way."""
    stalls = tuple((one.wire + 50 * MS, one.wire + 50 * MS + length) for one in feeds(records)[:blocks])
    load = Load(n=len(records), wire=records[-1].wire, since=0, median=MS, worst=length, stalls=stalls)
    return judged(EXPRESS, (*records, load), closing={})


def test_nothing_is_written_of_virtual_time(healthy: Run) -> None:
    assert not any(isinstance(record, Load) for record in healthy.records)
    assert "load" not in healthy.report["suite"]
    assert any(isinstance(record, Act) for record in healthy.records)


@pytest.mark.parametrize(
    ("blocks", "length", "verdict"),
    [(200, 20 * MS, "pass"), (16, 100 * MS, "pass"), (17, 100 * MS, "inconclusive"), (200, 100 * MS, "inconclusive")],
)
def test_blocks_in_which_the_suite_stood_still_are_left_out_and_too_many_decide_nothing(
    healthy: Run, blocks: int, length: int, verdict: str
) -> None:
    run = stalled(healthy.records, blocks, length)
    assert run.verdicts[TIMED] == verdict
    reason = run.outcomes[TIMED].reason
    assert (reason is None) == (verdict == "pass")
    if reason is not None:
        assert (reason.code, reason.params["why"], reason.params["disturbed"]) == ("environment", "tester", blocks)
    used = {row["used"] for row in run.report["parity"] if row["measure"] == "feed"}
    assert used == {200 - (blocks if length > 25 * MS else 0)}
    assert run.report["suite"]["load"]["stalls"] == blocks
