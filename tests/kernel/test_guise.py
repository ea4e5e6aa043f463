"""Guises: who is in plain clothes, and that nothing shows it."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from conformance.express import sandbox_cast
from conformance.guise import AGENT, RUN, STEP, Guises, kinds, serial, unmarked, worn
from conformance.parties import NOBODY, Party

SEEDS = st.integers(0, 10_000)


def drawn(seed: int, *, announced: bool = True, nonce: str = "486f3a") -> Guises:
    return Guises.drawn(sandbox_cast("platform", seed), seed=seed, nonce=nonce, announced=announced)


@given(SEEDS)
def test_of_each_kind_of_which_there_are_several_one_is_in_plain_clothes_and_never_announces_itself(seed: int) -> None:
    guises = drawn(seed)
    for parties in kinds(sandbox_cast("platform", seed)).values():
        worn_by = {party: {guises.of(party, turn) for turn in range(200)} for party in parties}
        if len(parties) > 1:
            assert sorted(worn_by.values(), key=str) == [{"announced"}] * (len(parties) - 1) + [{"plain"}]
        else:
            assert worn_by[parties[0]] == {"announced", "plain"}


def test_the_seed_decides_who() -> None:
    chosen = {tuple(sorted(drawn(seed).plain)) for seed in range(60)}
    assert len(chosen) == 6
    assert drawn(7) == drawn(7)


@given(SEEDS)
def test_without_announcement_everybody_is_in_plain_clothes(seed: int) -> None:
    guises = drawn(seed, announced=False)
    assert {guises.of(party, turn) for party in (*guises.plain, NOBODY) for turn in range(20)} == {"plain"}
    assert not guises.changing


def test_plain_clothes_have_nothing_in_common_with_the_others() -> None:
    guises = drawn(1)
    plain, announced = (guises.fields(Party("merchant_1"), guise, 17) for guise in ("plain", "announced"))
    assert not set(plain.items()) & set(announced.items())
    assert not {RUN, STEP} & set(plain)
    assert AGENT not in plain.values()
    assert worn(plain.items()) == "plain"
    assert worn(announced.items()) == "announced"
    assert "486f3a" not in guises.key("plain", 5)
    assert "486f3a" in guises.key("announced", 5)


@given(st.text("0123456789abcdef", min_size=6, max_size=6), st.integers(10, 12))
def test_serial_numbers_are_unlike_each_other_and_say_nothing(nonce: str, digits: int) -> None:
    numbers = [serial(nonce, "order", number, digits) for number in range(500)]
    assert len(set(numbers)) == 500
    assert {len(number) for number in numbers} == {digits}
    assert all(int(later) != int(one) + 1 for one, later in itertools.pairwise(numbers))
    assert len({unmarked(nonce, "event", number) for number in range(500)}) == 500
