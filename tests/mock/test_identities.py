"""What the mock takes for an identity number, and what only looks like one (rule 7.6)."""

from __future__ import annotations

from random import Random

import pytest

from conformance.actors import identity
from conformance.mock.identities import holds_identity_number

BODIES = {
    why: body + identity.check_character(body)
    for why, body in {"no such day": "11010519490230002", "too long ago": "11010517991231002", "no province": "99010519491231002"}.items()
}
"""Numbers whose check character is right."""


@pytest.mark.parametrize(
    "text", ["11010519491231002X", "证11010519491231002x。", "１１０１０５１９４９１２３１００２Ｘ", "/11010519491231002X/2"]
)
def test_a_number_in_order_is_found(text: str) -> None:
    assert holds_identity_number(text)


@pytest.mark.parametrize(
    "text",
    ["110105194912310021", "11010519491231002X7", "A11010519491231002X", *BODIES.values()],
)
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert not holds_identity_number(text)


@pytest.mark.parametrize("seed", range(20))
def test_the_suite_makes_numbers_of_both_sorts(seed: int) -> None:
    rng = Random(seed)
    assert all(holds_identity_number(make(rng)) for make in (identity.number, identity.with_small_x))
    assert not any(holds_identity_number(make(rng)) for make in (identity.near_miss, identity.no_date, identity.no_province))


def test_chance_seldom_makes_one() -> None:
    rng = Random(1)
    assert sum(holds_identity_number(f"{rng.randrange(10**17, 10**18)}") for _ in range(20_000)) <= 3
