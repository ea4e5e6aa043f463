"""The cores share work; whatever becomes of a process, the work is done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
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
    processes = [process for _, process in found]
    assert processes[0::3] == [here] * 17, "this process takes its share"
    assert len({*processes}) == 3


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


PARENT = """
import os, sys, threading
import conformance.abreast as abreast
abreast.usable_cores = lambda: 2
def work(thing):
    if os.getpid() != parent:
        sys.stdout.write(f"{os.getpid()}\\n"); sys.stdout.flush()
        return "x" * 10_000_000  # more than a pipe holds
    os.kill(parent, 9)
parent = os.getpid()
abreast.mapped(work, [1, 2])
"""


def test_nobody_goes_on_when_the_one_who_asked_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.read()  # until the last process that could write has ended
    assert process.returncode == -signal.SIGKILL
    assert len(said.split()) <= 1
