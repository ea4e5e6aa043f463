"""Fixtures for the reports: one sample, and words that must exist."""

from typing import Any

import pytest

from .sample import sample


@pytest.fixture(autouse=True)
def strict_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HULIAN_WORDS", "strict")


@pytest.fixture
def report() -> dict[str, Any]:
    return sample()
