"""The cores share work; whatever becomes of a process, the work is done."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from conformance.abreast import mapped, usable_cores


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this process had three cores and nothing that forbids to fork it."""
    monkeypatch.setattr("conformance.abreast.usable_cores", lambda: 3)


@pytest.mark.usefixtures("several")
def test_results_come_in_the_order_of_the_things_and_work_may_be_anything() -> None:
    here = os.getpid()
    found = mapped(lambda thing: (thing * 2, os.getpid()), [*range(50)])
    assert [doubled for doubled, _ in found] == [*range(0, 100, 2)]
    assert here not in {process for _, process in found}


@pytest.mark.usefixtures("several")
def test_what_the_work_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        mapped(lambda thing: 1 // thing, [2, 1, 0])


@pytest.mark.usefixtures("several")
def test_a_process_that_is_killed_costs_time_only() -> None:
    here = os.getpid()

    def work(thing: int) -> int:
        if thing == 3 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return thing

    assert mapped(work, [*range(6)]) == [*range(6)]


def test_a_process_with_threads_is_not_forked() -> None:
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    try:
        assert usable_cores() == 1
        assert mapped(lambda thing: os.getpid(), [1, 2]) == [os.getpid()] * 2
    finally:
        over.set()
        other.join()
