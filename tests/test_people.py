"""People are synthetic, repeatable, told apart, and as the interface wants them."""

import json
import re
from collections import Counter
from random import Random

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from conformance.people import People, Person, edge_people, known_traits, person
from conformance.people.drawing import fixture
from conformance.people.phoning import pooled
from conformance.resources import folder

SEEDS = range(20)


def crowd(seed: int, size: int = 60) -> list[Person]:
    people = People(Random(seed))
    return [*people.edge_people(), *(people.person() for _ in range(size))]


@pytest.fixture(scope="module")
def contacts() -> Draft202012Validator:
    """Judges contacts by the interface's own schema."""
    texts = {path.name: json.loads(path.read_text("utf-8")) for path in folder("specs/schemas").glob("*.json")}
    resources = ((name, DRAFT202012.create_resource(schema)) for name, schema in texts.items())
    return Draft202012Validator(texts["contact.json"], registry=Registry().with_resources(resources))


def test_the_same_seed_gives_the_same_people() -> None:
    assert crowd(7) == crowd(7)


def test_another_seed_gives_other_people() -> None:
    assert not {p.phone.number for p in crowd(7)} & {p.phone.number for p in crowd(8)}


@pytest.mark.parametrize("seed", SEEDS)
def test_no_two_people_share_a_name_a_number_a_house_or_a_mark(seed: int) -> None:
    people = crowd(seed)
    for values in (
        [p.name for p in people],
        [p.phone.number for p in people],
        [p.address.detail for p in people],
        [p.address.mark for p in people],
    ):
        assert [value for value, times in Counter(values).items() if times > 1] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_people_keep_within_the_lengths_of_the_interface(seed: int) -> None:
    for somebody in crowd(seed):
        assert len(somebody.name) <= 60
        assert len(somebody.address.detail) <= 300
        assert somebody.address.mark in somebody.address.detail
        assert somebody.address.detail.endswith(somebody.address.door)


def test_contacts_fit_the_schema_of_the_interface(contacts: Draft202012Validator) -> None:
    faults = [(p, error.message) for p in crowd(3) for error in contacts.iter_errors(p.contact())]
    assert faults == []


def test_a_contact_leaves_out_what_the_person_does_not_have() -> None:
    contact = person(Random(1), ["region:no-district", "phone:mobile"]).contact()
    assert "extension" not in contact["phone"]  # type: ignore[operator]
    assert "district" not in contact["address"]  # type: ignore[operator]


@pytest.mark.parametrize("trait", sorted(known_traits()))
def test_every_trait_can_be_had_and_is_told(trait: str) -> None:
    assert trait in person(Random(5), [trait]).features


def test_every_edge_case_has_one_person() -> None:
    shown = Counter(feature for p in edge_people(Random(2)) for feature in p.features)
    edges = {
        f"{slot}:{kind}"
        for slot, name in (("name", "names"), ("phone", "phones"), ("region", "regions"), ("address", "addresses"))
        for kind in fixture(name).edges
    }
    assert {edge for edge in edges if not shown[edge]} == set()


@pytest.mark.parametrize(
    ("trait", "holds"),
    [
        ("name:middle-dot", lambda p: "\u00b7" in p.name),
        ("name:single-character", lambda p: len(p.name) == 1),
        ("name:astral", lambda p: any(ord(c) > 0xFFFF for c in p.name)),
        ("name:long", lambda p: len(p.name.encode()) > 64),
        ("phone:virtual", lambda p: len(p.phone.number) == 11 and len(p.phone.extension) == 4),
        ("phone:landline-extension", lambda p: p.phone.kind == "landline" and p.phone.extension),
        ("address:no-room", lambda p: not p.address.door),
        ("address:hash", lambda p: "#" in p.address.detail),
        ("address:ampersand", lambda p: "A&B座" in p.address.detail),
        ("address:angle-brackets", lambda p: "<B1层>" in p.address.detail),
        ("address:long", lambda p: len(p.address.detail) >= 256),
        ("region:no-district", lambda p: p.address.district is None and p.address.town),
        ("region:municipality", lambda p: p.address.province == p.address.city),
        ("region:long-name", lambda p: len(p.address.district) == 15),
        ("region:taiwan", lambda p: p.phone.number.startswith("+886")),
    ],
)
def test_a_trait_shows_in_the_values(trait: str, holds: object) -> None:
    assert callable(holds)
    assert all(holds(person(Random(seed), [trait])) for seed in SEEDS)


def test_a_door_is_the_unit_and_room_only() -> None:
    somebody = person(Random(1), ["address:unit-room"])
    assert re.fullmatch(r"\d单元\d+室?", somebody.address.door)


def test_only_numbers_of_the_pool_are_used_when_there_is_one() -> None:
    people = People(Random(1), phones=["13800000001", "17000000002转1234", "010-60000003"])
    phones = {p.phone for p in [*people.edge_people(), people.person(["phone:satellite"])]}
    assert phones == {pooled("13800000001"), pooled("17000000002转1234"), pooled("010-60000003")}


@pytest.mark.parametrize(
    ("text", "number", "kind", "extension"),
    [
        ("13800000001", "13800000001", "mobile", None),
        ("+8613800000001", "+8613800000001", "mobile", None),
        ("17000000002转1234", "17000000002", "virtual", "1234"),
        ("010-60000003 ext. 8001", "010-60000003", "landline", "8001"),
        ("400-200-3000", "400-200-3000", "service", None),
        ("+85260000004", "+85260000004", "international", None),
    ],
)
def test_a_pooled_number_is_read(text: str, number: str, kind: str, extension: str | None) -> None:
    phone = pooled(text)
    assert (phone.number, phone.kind, phone.extension) == (number, kind, extension)


@pytest.mark.parametrize("text", ["", "none", "138****0000", "13800000001/13900000002"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a telephone number"):
        pooled(text)


@pytest.mark.parametrize("traits", [["name:nobody"], ["astral"], ["name:astral", "name:long"]])
def test_traits_that_cannot_be_had_are_refused(traits: list[str]) -> None:
    with pytest.raises(ValueError, match=r"unknown trait|don't go together"):
        person(Random(1), traits)


def test_a_crowd_that_runs_out_of_names_says_so() -> None:
    people = People(Random(1))
    for _ in fixture("names").content["astral"]:
        people.person(["name:single-astral"])
    with pytest.raises(ValueError, match="no more names"):
        people.person(["name:single-astral"])
