"""Mistakes and counterfeits are what they are made to be, and every exception is still needed."""

from __future__ import annotations

import json
from random import Random

import pytest

from conformance.actors.keys import altered, another, claims_of, counterfeits, packed, wrong_secrets
from conformance.contract.exceptions import EXCEPTIONS, demanded
from conformance.contract.hostile import bodies
from conformance.contract.inside import PLACES, inside, shape_at
from conformance.contract.mutations import mutations
from conformance.contract.unreadable import LIMIT, unreadable
from conformance.judgements.schemas import validator_of
from conformance.specification import specification

PLATFORM = specification("platform")
BODY = {"order_no": "O-1", "remarks": "请放门卫", "purpose": "delivery"}
JWT = ".".join((packed({"alg": "HS256"}), packed({"sub": "merchant"}), "c2lnbmF0dXJlLWluLWJhc2U2NA"))


def test_every_exception_fits_a_mutation() -> None:
    everything = [one for several in mutations("platform").values() for one in several]
    assert [one.why for one in EXCEPTIONS if not any(one.fits(mutation) for mutation in everything)] == []


def test_most_mutations_are_demanded() -> None:
    everything = [one for several in mutations("platform").values() for one in several]
    assert len(list(demanded(everything))) > 0.8 * len(everything)


@pytest.mark.parametrize(("operation", "place"), [(name, place) for name, places in PLACES.items() for place in places])
def test_mutations_inside_lists_break_the_schema_of_their_place(operation: str, place: str) -> None:
    known = PLATFORM.operations[operation]
    fields = shape_at(known, place).fields
    valued = [one for one in inside(known) if one.pointer.rpartition("/")[0] == place and not one.absent]
    assert valued
    for mutation in valued:
        name = mutation.pointer.rpartition("/")[2]
        assert name not in fields or not validator_of(fields[name]).is_valid(mutation.value), mutation.name


def test_unreadable_bodies_are_no_valid_json_of_the_interface() -> None:
    assert [word for word, raw in unreadable(BODY, "remarks") if acceptable(raw)] == []


def acceptable(raw: bytes) -> bool:
    """Whether a body is what rules 1.3 and 1.6 allow: JSON in UTF-8, no member twice, a text of allowed characters."""
    try:
        pairs: list[tuple[str, object]] = json.loads(raw.decode("utf-8"), object_pairs_hook=list)
        remarks = dict(pairs)["remarks"]
        text = isinstance(remarks, str) and remarks.encode("utf-8") and min(remarks) >= " "
    except ValueError:  # no JSON, no UTF-8, or no Unicode
        return False
    return bool(text) and len(dict(pairs)) == len(pairs)


def test_only_what_is_too_large_may_be_left_unread() -> None:
    assert [one.how for one in bodies(BODY, "remarks") if one.raw is not None and len(one.raw) > LIMIT] == ["too_large"]


def test_counterfeits_are_not_the_token() -> None:
    for token in (JWT, "3f9ac2d17b", "Opaque_Token-42"):
        made = dict(counterfeits(token, "sandbox-merchant-1", Random(1)))
        assert token not in made.values()
        assert len(set(made.values())) == len(made)


def test_an_altered_token_has_another_signature_and_nothing_else() -> None:
    changed = altered(JWT)
    assert changed.split(".")[:2] == JWT.split(".")[:2]
    assert sum(one != other for one, other in zip(changed, JWT, strict=True)) == 1
    assert claims_of(changed) == {"sub": "merchant"}


def test_wrong_secrets_are_not_the_secret() -> None:
    assert "sandbox-secret" not in dict(wrong_secrets("sandbox-secret", "others-secret")).values()


def test_another_id_has_the_same_form() -> None:
    assert [character.isdigit() for character in another("C-20260301-0001", Random(2))] == [c.isdigit() for c in "C-20260301-0001"]
    assert another("M-SBX-1", Random(3)) != "M-SBX-1"
