"""Required texts are no placeholders; times that the platform states itself are of its clock; a public page shows the time."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conformance.clock import instant
from conformance.judgements.fillers import Fillers
from conformance.judgements.moments import own_times, stated
from conformance.judgements.parcels import shows_last
from conformance.specification import Shape, specification

PLATFORM = specification("platform")
WORDS = ("无", "未知", "***", "test", "n/a")
OFFERS = PLATFORM.operations["listCouriers"].answers["200"]
TRACKING = PLATFORM.operations["trackWaybill"].answers["200"]
EVENTS = PLATFORM.shapes["express_event"]
NOTICE = PLATFORM.operations["getNotice"].answers["200"]


def found(shape: Shape | None, value: Any, entered: frozenset[str] = frozenset(), *, ascii_only: bool = False) -> list[str]:
    assert shape is not None
    return [flaw.pointer for flaw in Fillers(WORDS).flaws(json.dumps(value, ensure_ascii=ascii_only).encode(), shape, entered)]


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("word", ["无", " 未知 ", "TEST", "N/A"])
def test_a_placeholder_is_found_however_it_is_written(word: str, ascii_only: bool) -> None:
    assert found(OFFERS, {"items": [{"name": word}, {"name": "顺达"}]}, ascii_only=ascii_only) == ["/items/0/name"]


def test_words_inside_a_text_and_in_optional_members_say_nothing() -> None:
    assert found(EVENTS, {"code": "TESTED", "description": "无", "location": {"city": "无锡市"}}) == []


def test_what_somebody_entered_as_such_is_theirs() -> None:
    body = {"location": {"city": "无"}}
    assert found(EVENTS, body) == ["/location/city"]
    assert found(EVENTS, body, Fillers(WORDS).in_requests([json.dumps(body).encode()])) == []


def test_masked_members_are_left_to_the_rules_of_masking() -> None:
    assert found(TRACKING, {"recipient": {"name": "***"}, "courier_code": "test"}) == ["/courier_code"]


def test_own_times_are_those_of_the_schema_and_lie_within_the_run() -> None:
    assert NOTICE is not None
    assert set(own_times(NOTICE)) == {("given_at",), ("published_at",), ("history", "*", "at")}
    since, until = instant("2026-03-01T00:00:00Z"), instant("2026-03-02T00:00:00Z")
    steps = [{"at": "2026-03-01T12:00:00Z"}, {"at": "?"}]
    said = {"given_at": "1970-01-01T00:00:00Z", "starts_at": "1970-01-01T00:00:00Z", "history": steps}
    assert [flaw.pointer for flaw in stated(NOTICE, since, until)(said)] == ["/given_at"]


def test_the_last_event_stands_on_the_page_with_its_time() -> None:
    last = {"event_id": "1", "code": "PICKED_UP", "occurred_at": "2026-03-01T12:00:00+08:00"}
    judged = shows_last([last])
    assert judged([{"code": "PICKED_UP", "occurred_at": "2026-03-01T04:00:00Z"}]) is None
    wrong, stale = judged([{"code": "PICKED_UP", "occurred_at": "1970-01-01T00:00:00Z"}]), judged([])
    assert wrong is not None
    assert stale is not None
    assert (wrong.kind, stale.kind) == ("differs", "stale")
