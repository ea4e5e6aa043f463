"""Addresses: a region that exists, and below it streets, estates and doors that don't.

In: kinds of fixtures/people/regions.yaml and addresses.yaml.  Out: an address whose detail has at most 300 characters.
"""

from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

from conformance.people.drawing import digits, distinct, fixture
from conformance.people.person import Address

_WILD = {"?": "123456789"}
_SPECIAL = frozenset("'\"#&+<>")  # what interfaces of the trade forbid, and addresses contain
_LONG = 256  # characters
_FILLER = 236  # characters: with at least 23 around it the detail is long, with the last piece and all else below 300
_MARK = 3  # characters: 340,000 marks


def region_kinds() -> list[str]:
    """Every kind of region there is."""
    return ["ordinary", *fixture("regions").edges]


def kinds() -> list[str]:
    """Every kind of detail there is."""
    return list(fixture("addresses").content["kinds"])


def draw(region_kind: str, kind: str, rng: Random) -> Address:
    """An address of that kind in a region of that kind."""
    regions = fixture("regions")
    region = rng.choice(_regions(region_kind))
    towns = region.get("towns") or ([] if region_kind in ("hong-kong", "macao", "taiwan") else regions.content["towns"])
    needs_town = "towns" in region or kind in ("no-room", "no-number")
    mark = distinct(fixture("addresses").content["mark"], _MARK, rng)
    house, door = _detail(kind, mark, rng)
    return Address(
        region_code=region["code"],
        province=region["province"],
        city=region["city"],
        district=region.get("district"),
        town=rng.choice(towns) if towns and needs_town else None,
        detail=house + door,
        mark=mark,
        door=door,
        postal_code=region.get("post"),
    )


@cache
def _regions(kind: str) -> list[dict[str, Any]]:
    return [row for row in fixture("regions").content["regions"] if row.get("kind", "ordinary") == kind]


def _detail(kind: str, mark: str, rng: Random) -> tuple[str, str]:
    """House and door."""
    addresses = fixture("addresses")
    template: str = rng.choice(addresses.content["kinds"][kind])
    filler = ""
    while "{filler}" in template and len(filler) < _FILLER:
        filler += addresses.fill("{filler}", rng)
    text = addresses.fill(template, rng, mark=mark, filler=filler)
    house, _, door = digits(text, rng, _WILD).partition("|")
    return house, door


def features(address: Address) -> Iterator[str]:
    """What the address shows, whatever kind it was drawn as."""
    if not address.door:
        yield "address:no-room"
    if _SPECIAL & set(address.detail):
        yield "address:special-characters"
    if len(address.detail) >= _LONG:
        yield "address:long"
