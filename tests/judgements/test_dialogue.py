"""A notice stands where the table says, and its history tells all of it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from conformance.dialogues import PARTIES, Role, dialogue
from conformance.judgements import dialogue as judged

TABLE = dialogue("notice")
Notice = dict[str, Any]


def at(minute: int) -> str:
    return f"2026-03-01T10:{minute:02}:00+08:00"


def notice(*events: tuple[str, str], state: str = "acknowledged") -> Notice:
    history = [{"event": event, "by": by, "at": at(number), "message": f"m{number}"} for number, (event, by) in enumerate(events)]
    return {"giver": "C", "receiver": "P", "state": state, "version": len(history), "history": history}


ACKNOWLEDGED = notice(("give", "C"), ("acknowledge", "P"))


def flaws(record: Notice) -> set[str]:
    return {flaw.kind for flaw in judged.history_flaws(TABLE, record)}


def test_a_history_that_tells_everything_has_no_flaw() -> None:
    whole = notice(("give", "C"), ("publish", "P"), ("acknowledge", "P"), ("begin", "clock"), state="effective")
    assert flaws({**whole, "published_at": at(1)}) == set()


def swapped(record: Notice) -> None:
    record["history"].reverse()


def nobody(record: Notice) -> None:
    record["history"][1]["by"] = ""


def timeless(record: Notice) -> None:
    del record["history"][1]["at"]


def forgotten(record: Notice) -> None:
    del record["history"][1]


def public(record: Notice) -> None:
    record["published_at"] = at(5)


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        (swapped, {"history_beginning", "history_order"}), (nobody, {"history_party"}), (timeless, {"history_order"}),
        (forgotten, {"history_state", "history_length"}), (public, {"history_publication"}),
    ],
)
def test_each_damage_of_a_history_is_named(change: Callable[[Notice], None], kinds: set[str]) -> None:
    record = copy.deepcopy(ACKNOWLEDGED)
    change(record)
    assert flaws(record) == kinds


@pytest.mark.parametrize("shown", [None, 7, "x", [], {}, {"history": None}, {"history": [1, {"at": 3}]}])
def test_nothing_that_a_platform_shows_raises(shown: Any) -> None:
    judged.standing(shown, "C", "giver")
    judged.standings(TABLE, shown, ACKNOWLEDGED, "C", "giver")
    list(judged.history_flaws(TABLE, shown if isinstance(shown, dict) else {}))
    list(judged.not_mixed_up(shown, "C", {}))
    judged.rewritten(ACKNOWLEDGED, shown)


def test_what_others_did_meanwhile_widens_where_a_notice_may_have_stood() -> None:
    before, after = notice(("give", "C"), state="notified"), ACKNOWLEDGED
    where = judged.standings(TABLE, before, after, "C", "giver")
    assert [one.state for one in where] == ["notified", "acknowledged"]
    assert judged.led(TABLE, where, "propose", "giver") == (None, "negotiating")
    assert judged.led(TABLE, where, "reject", "giver") == (None,)


def test_who_proposed_last_cannot_accept() -> None:
    own = judged.standing(notice(("give", "C"), ("acknowledge", "P"), ("propose", "C"), state="negotiating"), "C", "giver")
    other = judged.standing(notice(("give", "C"), ("acknowledge", "P"), ("propose", "P"), state="negotiating"), "C", "giver")
    assert judged.led(TABLE, [own], "accept", "giver") == (None,)
    assert judged.led(TABLE, [other], "accept", "giver") == ("agreed",)


def test_a_history_only_grows() -> None:
    longer = notice(("give", "C"), ("acknowledge", "P"), ("propose", "C"))
    assert judged.rewritten(ACKNOWLEDGED, longer) is None
    assert judged.rewritten(longer, ACKNOWLEDGED) is not None


@pytest.mark.parametrize("role", PARTIES)
def test_walks_reach_every_state_and_take_every_step_of_a_role(role: Role) -> None:
    walks = TABLE.walks(role)
    own = {(one.state, one.event) for one in TABLE.transitions if one.by in ("either", role)}
    assert own <= {(one.state, one.event) for walk in walks for one in walk}
    reached = {TABLE.initial, *(one.to for walk in walks for one in walk)}
    assert set(TABLE.states) - reached == (set() if role == "giver" else {"withdrawn"})
    for walk in walks:
        assert [one.state for one in walk] == [TABLE.initial, *(one.to for one in walk[:-1])]


def test_a_step_by_a_party_that_did_it_elsewhere_is_foreign() -> None:
    record = notice(("give", "C"), ("withdraw", "C"), state="withdrawn")
    assert [flaw.kind for flaw in judged.not_mixed_up(record, "C", {})] == ["foreign_step"]
    assert list(judged.not_mixed_up(record, "C", {"withdraw": 1})) == []
