"""Every fault takes effect, and every title is there in both languages."""

from __future__ import annotations

import pytest

from conformance.mock.faults import every, listing, named
from tests.mock.day import transcript
from tests.mock.sandbox_client import virtual

THEMES = {f"conformance.mock.faults.{theme}" for theme in ("fc", "mk", "mo", "nb", "nt", "rn", "se")}
FAULTS = [known.id for known in every() if known.bends[0].bending.__module__ in THEMES and not known.needs_wire]
"""Those that the day is made for; `hulian prove` runs the whole suite against every one."""


@pytest.fixture(scope="module")
def honest_day() -> list[str]:
    days: list[list[str]] = []

    @virtual
    async def run() -> None:
        days.append(await transcript())

    run()
    return days[0]


def test_two_honest_days_are_the_same(honest_day: list[str]) -> None:
    @virtual
    async def run() -> None:
        assert await transcript() == honest_day

    run()


@pytest.mark.parametrize("id", FAULTS)
def test_a_fault_shows(id: str, honest_day: list[str]) -> None:
    @virtual
    async def run() -> None:
        assert await transcript(id, like=honest_day) != honest_day

    run()


def test_every_fault_has_titles_in_both_languages() -> None:
    for entry in listing():
        assert entry["title"]["zh"] != entry["title"]["en"]
        assert all(entry["title"].values())


def test_an_unknown_fault_is_refused() -> None:
    with pytest.raises(LookupError):
        named(["no-such-fault"])
