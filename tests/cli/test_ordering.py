"""From what was asked for to an order: whatever is missing or names nothing is one clear error."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from conformance import ordering
from conformance.config import Account, Config
from conformance.errors import HulianError
from conformance.ordering import NEEDED, Ordered, loopback, ordered

HERE = "http://127.0.0.1:8080"
ELSEWHERE = "http://192.0.2.1"
PARTIES = {name: Account(f"id-{name}", f"secret-{name}", f"CODE-{name}") for name in NEEDED}


def order(**given: Any) -> Ordered:
    return ordered(Config(**{"role": "platform", "target": HERE, **given}))


def test_on_loopback_the_sandbox_credentials_are_the_default_and_it_is_said() -> None:
    found = order()
    assert found.order.secrets["operator"] == ("sandbox-operator", "sandbox-operator-secret")
    assert [note.code for note in found.notes] == ["sandbox"]


def test_given_credentials_are_taken_and_permuted_among_equals_by_the_seed() -> None:
    seen = set()
    for seed in range(8):
        found = order(parties=PARTIES, seed=seed)
        members = {str(member.party): member for member in found.order.cast}
        assert {members["courier_a"].code, members["courier_b"].code} == {"CODE-courier_a", "CODE-courier_b"}
        identity, secret = found.order.secrets["courier_a"]
        assert secret == identity.replace("id-", "secret-")
        assert members["analyst"].client_id == "id-analyst"
        seen.add(members["courier_a"].code)
    assert len(seen) == 2


def test_the_only_role_there_is_need_not_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert order(role="").order.choice.role == "platform"
    monkeypatch.setattr(ordering, "roles", lambda: ("courier", "platform"))
    with pytest.raises(HulianError) as caught:
        order(role="")
    assert (caught.value.code, "courier, platform" in str(caught.value)) == ("no_role", True)


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"role": "postman"}, "unknown_role", "platform"),
        ({"target": ""}, "no_target", ""),
        ({"target": "127.0.0.1:8080"}, "bad_target", ""),
        ({"target": "http://127.0.0.1:99999"}, "bad_target", ""),
        ({"target": "http://[::1"}, "bad_target", ""),
        ({"target": "https://127.0.0.1", "ca_file": "/nowhere.pem"}, "bad_ca_file", "/nowhere.pem"),
        ({"target": "http://no-such-host.invalid"}, "unknown_host", "no-such-host.invalid"),
        ({"profile": "nationl"}, "unknown_profile", "national"),
        ({"scope": ("FX",)}, "unknown_theme", "'FC'"),
        ({"only": ("FC-P-99",)}, "unknown_only", "FC-P-"),
        ({"only": ("FC-P-*", "XX-*")}, "unknown_only", "XX-*"),
        ({"parties": {"courier_a": PARTIES["courier_a"]}}, "missing_credentials", "[parties.courier_b]"),
        ({"target": ELSEWHERE}, "not_loopback", "[parties.courier_a]"),
        ({"target": ELSEWHERE, "parties": PARTIES}, "not_loopback", "lacks: phones."),
        ({"target": ELSEWHERE, "phones": ("13800000000",)}, "not_loopback", "[parties.merchant_2]"),
    ],
)
def test_what_is_missing_or_unknown_is_refused(given: dict[str, Any], code: str, words: str) -> None:
    with pytest.raises(HulianError) as caught:
        order(**given)
    assert caught.value.code == code
    assert words in str(caught.value)


def test_elsewhere_credentials_and_numbers_are_enough() -> None:
    found = order(target=ELSEWHERE, parties=PARTIES, phones=("13800000000",))
    assert found.order.phones == ("13800000000",)
    assert {note.code for note in found.notes} == {"callback", "operator"}


def test_ids_may_be_written_small_and_themes_with_commas() -> None:
    found = order(only=("fc-p-0*",), scope=("FC,MK", "NB"))
    assert found.order.choice.only == ("FC-P-0*",)
    assert found.order.choice.scope == ("FC", "MK", "NB")


def test_an_order_says_everything_that_was_asked_for() -> None:
    found = order(rate=2.5, budget=7.0, seed=4, announced=False, profile="national")
    settings = msgspec.structs.asdict(found.order.settings("n"))
    assert (settings["rate"], settings["budget"], settings["guises"].changing) == (2.5, 7.0, frozenset())
    assert (found.order.choice.seed, found.order.choice.profile) == (4, "national")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://localhost:1", True), ("http://127.8.9.1", True), ("http://[::1]:80", True), ("http://mock.localhost", True),
        ("http://192.168.0.1", False), ("https://platform.example", False), ("http://localhost.example", False),
    ],
)  # fmt: skip
def test_this_machine_is_known(url: str, expected: bool) -> None:
    assert loopback(url) is expected
