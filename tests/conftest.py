"""What many tests share: one run of everything against the healthy mock, in virtual time, and runs against faulty ones."""

from __future__ import annotations

import signal
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import settings

from conformance.binding.line import InProcess
from conformance.engine import Order, observed
from conformance.express import EXPRESS, sandbox_cast, sandbox_secrets
from conformance.mock.platform import MockPlatform
from conformance.plan import Choice
from conformance.result import Run, judged

settings.register_profile("hulian", deadline=None, derandomize=True)  # a busy machine is no failure; every run tries the same
settings.load_profile("hulian")

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores Ctrl-C, and so would the runs it starts


def embedded(
    faults: Iterable[str] = (), *, seed: int = 1, only: Iterable[str] = (), journal: Path | None = None, variants: Iterable[str] = ()
) -> Run:
    """A run against the mock in this process."""
    cast = sandbox_cast("platform", seed)
    choice = Choice(role="platform", seed=seed, only=tuple(only))
    order = Order(pack=EXPRESS, choice=choice, cast=cast, secrets=sandbox_secrets(cast), journal=journal)
    line = InProcess(lambda factory: MockPlatform(faults, variants, http_client_factory=factory).app)
    seen = observed(order, line)
    return judged(order.pack, seen.records, closing=seen.closing)


@pytest.fixture(scope="session")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `healthy` is written."""
    return tmp_path_factory.mktemp("healthy") / "journal.jsonl"


@pytest.fixture(scope="session")
def healthy(journal: Path) -> Run:
    """Everything, against the healthy mock."""
    return embedded(journal=journal)
