"""Triggers and the door: when a fault acts, and how bends fold."""

from __future__ import annotations

import pytest

from conformance.mock.asking import Asker, Bend
from conformance.mock.marks import asked
from conformance.mock.parties import BY_CODE
from conformance.mock.questions import AnswerDelay
from conformance.mock.triggers import (
    ANNOUNCED,
    UNANNOUNCED,
    Trigger,
    after,
    asked_with,
    before,
    between,
    during,
    fraction,
    only_for,
    toward,
)

A, B = BY_CODE["SBXA"], BY_CODE["SBXB"]


def _delays(trigger: Trigger, *questions: AnswerDelay, since: float = 0.0) -> list[float]:
    asker = Asker([Bend(AnswerDelay, lambda honest, q: honest(q) + 1, trigger)], lambda: since)
    return [asker.ask(question) for question in questions]


PULL_A, PULL_B = AnswerDelay(A, "listConsignments"), AnswerDelay(B, "listConsignments")


@pytest.mark.parametrize("who", ["courier_b", "SBXB"])
def test_toward_names_a_party_or_a_code(who: str) -> None:
    assert _delays(toward(who), PULL_A, PULL_B) == [0, 1]


def test_toward_names_a_kind() -> None:
    assert _delays(toward("courier"), PULL_A, PULL_B) == [1, 1]
    assert _delays(~toward("merchant"), PULL_A) == [1]


def test_after_counts_only_what_stands_before_it() -> None:
    assert _delays(toward("courier_b") & after(1), PULL_A, PULL_B, PULL_A, PULL_B) == [0, 0, 0, 1]


def test_a_fraction_is_every_kth() -> None:
    assert _delays(fraction(3), *[PULL_A] * 7) == [0, 0, 1, 0, 0, 1, 0]


def test_before_ends() -> None:
    assert _delays(before(2), *[PULL_A] * 4) == [1, 1, 0, 0]


def test_between_goes_by_trade_time() -> None:
    assert _delays(between(10, 20), PULL_A, since=5) == [0]
    assert _delays(between(10, 20), PULL_A, since=10) == [1]
    assert _delays(between(10, 20), PULL_A, since=20) == [0]


def test_either_will_do() -> None:
    trigger = during("postEvents") | only_for(lambda q: q.caller is B)
    assert _delays(trigger, PULL_A, PULL_B, AnswerDelay(A, "postEvents")) == [0, 1, 1]


def test_bends_fold_in_order() -> None:
    double = Bend(AnswerDelay, lambda honest, q: 2 * honest(q))
    add = Bend(AnswerDelay, lambda honest, q: honest(q) + 1)
    assert Asker([add, double], lambda: 0.0).ask(PULL_A) == 2
    assert Asker([double, add], lambda: 0.0).ask(PULL_A) == 1


def test_two_mocks_count_apart() -> None:
    bend = Bend(AnswerDelay, lambda honest, q: 1.0, after(1))
    for _ in range(2):
        asker = Asker([bend], lambda: 0.0)
        assert [asker.ask(PULL_A), asker.ask(PULL_A)] == [0, 1]


def test_bends_of_one_fault_share_a_memory() -> None:
    def remember(honest: object, q: AnswerDelay, memory: dict[str, float]) -> float:
        memory["count"] = memory.get("count", 0) + 1
        return memory["count"]

    bends = [Bend(AnswerDelay, remember, remembers=True, owner=owner) for owner in ("one", "one", "two")]
    assert Asker(bends[:2], lambda: 0.0).ask(PULL_A) == 1
    assert Asker([bends[0]], lambda: 0.0).ask(PULL_A) == 1


def test_a_request_may_be_known_by_its_header_fields() -> None:
    fields = {"host": "a", "user-agent": "hulian-conformance", "hulian-run": "486f3a"}
    with asked(fields):
        assert _delays(ANNOUNCED, PULL_A) == _delays(asked_with("user-agent", "hulian"), PULL_A) == [1]
        with asked({"host": "a", "user-agent": "okhttp"}):
            assert _delays(UNANNOUNCED, PULL_A) == _delays(~asked_with("user-agent", "hulian"), PULL_A) == [1]
        assert _delays(UNANNOUNCED, PULL_A) == [0]
    assert _delays(ANNOUNCED | UNANNOUNCED, PULL_A) == [0]
