"""The finer faults: each shows on a peculiar day, and says what it breaks in both languages."""

from __future__ import annotations

import json

import pytest
import yaml

from conformance.mock.faults import every, listing
from conformance.mock.platform import MockPlatform
from conformance.resources import folder
from tests.mock.peculiar_day import peculiar
from tests.mock.sandbox_client import virtual
from tests.mock.test_faults import THEMES

FINE = [known.id for known in every() if known.bends[0].bending.__module__ not in THEMES]


@pytest.fixture(scope="module")
def honest_day() -> list[str]:
    days: list[list[str]] = []

    @virtual
    async def run() -> None:
        days.append(await peculiar())

    run()
    return days[0]


def test_two_peculiar_days_are_the_same(honest_day: list[str]) -> None:
    @virtual
    async def run() -> None:
        assert await peculiar() == honest_day

    run()


@pytest.mark.parametrize("id", FINE)
def test_a_fine_fault_shows(id: str, honest_day: list[str]) -> None:
    @virtual
    async def run() -> None:
        assert await peculiar(id, like=honest_day) != honest_day

    run()


@pytest.mark.parametrize("known", every(), ids=lambda known: known.id)
def test_the_mock_starts_with_it(known) -> None:  # type: ignore[no-untyped-def]
    assert MockPlatform([known.id]).app.routes


def test_what_is_broken_stands_in_the_catalogue() -> None:
    files = folder("specs/requirements").iterdir()
    known = {one["id"] for file in files for one in yaml.safe_load(file.read_bytes())["requirements"]}
    assert [fault.id for fault in every() if fault.breaks not in known] == []


def test_the_list_is_sorted_and_can_be_written_down() -> None:
    entries = json.loads(json.dumps(listing()))
    keys = [(entry["requirement"], entry["id"]) for entry in entries]
    assert keys == sorted(keys)
    assert len({id for _, id in keys}) == len(keys)


def test_every_fine_fault_says_in_a_line_what_it_does() -> None:
    untold = [known.id for known in every() for bend in known.bends if known.id in FINE and not (bend.bending.__doc__ or "").strip()]
    assert untold == []
