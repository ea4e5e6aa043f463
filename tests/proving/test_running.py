"""Each unit comes to something, whatever becomes of its process."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from conformance.proving import units
from conformance.proving.running import run
from conformance.proving.units import Told, Unit, told
from conformance.result import Run


def work(unit: Unit) -> Told:
    """Dies, hangs, or ends."""
    if unit.name == "dies":
        os._exit(9)
    if unit.name == "hangs":
        threading.Event().wait()
    return Told(unit, {"X": str(os.getpid())})


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_process_that_dies_takes_no_other_unit_with_it(jobs: int) -> None:
    several = [Unit("fault", name) for name in ("a", "dies", "b", "c")]
    found = {one.unit.name: one.broke for one in run(several, jobs, work)}
    assert found == {"a": "", "b": "", "c": "", "dies": "the process died"}


def test_a_unit_that_does_not_end_is_ended() -> None:
    both = [Unit("fault", "hangs", limit=1.0), Unit("fault", "a")]
    found = {one.unit.name: one.broke for one in run(both, 1, work)}
    assert found == {"hangs": "did not end within 1 s", "a": ""}


def test_units_over_tcp_follow_the_others() -> None:
    several = [Unit("fault", "wire", wire=True), Unit("fault", "a"), Unit("fault", "b")]
    assert [one.unit.name for one in run(several, 2, work)][-1] == "wire"


def test_a_lane_imports_once() -> None:
    assert len({one.verdicts["X"] for one in run([Unit("fault", name) for name in "abc"], 1, work)}) == 1


def test_closing_ends_every_process() -> None:
    results = run([Unit("fault", "a"), Unit("fault", "hangs")], 2, work)
    pid = int(next(results).verdicts["X"])
    results.close()  # type: ignore[attr-defined]  # a generator
    for _ in range(500):
        if not alive(pid):
            return
        threading.Event().wait(0.01)
    raise AssertionError(f"process {pid} lives on")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_target_that_cannot_be_judged_is_told() -> None:
    assert "no fault" in told(Unit("fault", "no such", "FC-P-01")).refused


def test_what_breaks_in_a_run_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking(unit: Unit) -> Run:
        raise ExceptionGroup("tasks", [ExceptionGroup("more", [KeyError("x")])])

    monkeypatch.setattr(units, "ran", breaking)
    assert told(Unit("healthy")).broke == "KeyError: 'x'"
