"""Drawing people of whom no two share a name, a number or a house.

In: a seeded generator, traits, and where the target isn't loopback the phone numbers that may be sent.  Out: people.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import cycle, zip_longest
from random import Random

from conformance.people import addressing, naming, phoning
from conformance.people.drawing import fixture
from conformance.people.person import Address, Person, Phone

_TRIES = 500
SHORT = 8
"""Characters of a name that may stand in another."""
WITHIN = "…"
"""Before what stands in a name that somebody has."""
_ABROAD = frozenset({"hong-kong", "macao", "taiwan"})  # other telephone numbers, traditional characters


@cache
def known_traits() -> frozenset[str]:
    """Every trait that can be asked for, such as "phone:virtual"."""
    slots = {
        "name": naming.kinds(),
        "phone": phoning.kinds(),
        "region": addressing.region_kinds(),
        "address": addressing.kinds(),
    }
    return frozenset(f"{slot}:{kind}" for slot, kinds in slots.items() for kind in kinds)


class People:
    """The people of one run.

    With `phones` given (numbers of a vendor's pool, "…转1234" with an extension) only those are used, in turn: traits
    of phones then have no effect, and numbers repeat when the pool is smaller than the crowd.  `taken` are values that
    somebody has already; crowds that share it share no value.
    """

    def __init__(self, rng: Random, phones: Sequence[str] = (), taken: set[str] | None = None) -> None:
        self._rng = rng
        self._pool = cycle([phoning.pooled(text) for text in phones]) if phones else None
        self._taken: set[str] = set() if taken is None else taken

    def person(self, traits: Iterable[str] = ()) -> Person:
        """Somebody new; what `traits` leave open is as in an ordinary crowd.

        Raises ValueError for an unknown trait, two of one slot, and when no more such people can be told apart.
        """
        kinds = _kinds(traits)
        region = kinds.get("region") or fixture("regions").kind(self._rng)
        house = kinds.get("address") or ("traditional" if region in _ABROAD else fixture("addresses").kind(self._rng))
        called = kinds.get("name") or fixture("names").kind(self._rng)
        name = self._new_name(called)
        phone, dialled = self._new_phone(kinds.get("phone") or (region if region in _ABROAD else None))
        address = self._new_address(region, house)
        shown = {f"name:{called}", f"region:{region}", f"address:{house}"}
        if dialled:
            shown.add(f"phone:{dialled}")
        return Person(name, phone, address, frozenset({*shown, *naming.features(name), *addressing.features(address)}))

    def edge_people(self) -> list[Person]:
        """One person an edge case: of each edge of name, address and phone; regions are shared out among the phones."""
        numbers = [] if self._pool else _edges("phone", "phones")
        pairs = zip_longest(numbers, _edges("region", "regions"))
        wanted = [
            *([name] for name in _edges("name", "names")),
            *([house] for house in _edges("address", "addresses")),
            *([trait for trait in pair if trait] for pair in pairs),
        ]
        return [self.person([*_plain(case), *case]) for case in wanted]

    def _new_name(self, kind: str) -> str:
        for _ in range(_TRIES):
            name = naming.draw(kind, self._rng)
            if self._take_name(name):
                return name
        raise ValueError(f"no more names of the kind {kind!r} that nobody has")

    def _new_phone(self, kind: str | None) -> tuple[Phone, str | None]:
        """A phone, and the kind that it was drawn as unless it comes from the pool."""
        if self._pool:
            return next(self._pool), None
        kind = kind or fixture("phones").kind(self._rng)
        for _ in range(_TRIES):
            phone = phoning.draw(kind, self._rng)
            if self._take(phone.number):
                return phone, kind
        raise ValueError(f"no more phone numbers of the kind {kind!r} that nobody has")

    def _new_address(self, region: str, kind: str) -> Address:
        for _ in range(_TRIES):
            address = addressing.draw(region, kind, self._rng)
            if self._take(address.mark):
                return address
        raise ValueError(f"no more addresses of the kind {kind!r} that nobody has")

    def _take_name(self, name: str) -> bool:
        """A short name that stands in somebody else's, or theirs in it, would be found where only the other one was shown."""
        parts = {name}
        if len(name) <= SHORT:
            parts |= {name[start:end] for start in range(len(name)) for end in range(start + 2, len(name) + 1)}
        if not self._taken.isdisjoint(parts) or f"{WITHIN}{name}" in self._taken:
            return False
        self._taken |= {name, *(f"{WITHIN}{part}" for part in parts)}
        return True

    def _take(self, value: str) -> bool:
        if value in self._taken:
            return False
        self._taken.add(value)
        return True


def person(rng: Random, traits: Iterable[str] = ()) -> Person:
    """One person, for whoever needs no crowd: told apart from others by chance only (a mark in 340,000)."""
    return People(rng).person(traits)


def edge_people(rng: Random) -> list[Person]:
    """One person an edge case, of whom no two share a value."""
    return People(rng).edge_people()


def _edges(slot: str, name: str) -> list[str]:
    """The edge cases of one slot, as traits."""
    return [f"{slot}:{kind}" for kind in fixture(name).edges]


def _kinds(traits: Iterable[str]) -> dict[str, str]:
    """The kind asked for in each slot."""
    kinds: dict[str, str] = {}
    for trait in traits:
        slot, _, kind = trait.partition(":")
        if trait not in known_traits():
            raise ValueError(f"unknown trait {trait!r}; there are: {', '.join(sorted(known_traits()))}")
        if slot in kinds:
            raise ValueError(f"a person has one {slot}: {slot}:{kinds[slot]} and {trait} don't go together")
        kinds[slot] = kind
    return kinds


def _plain(case: Sequence[str]) -> Iterator[str]:
    """Nothing special wherever `case` asks for nothing, so that a failure names its cause."""
    asked = {trait.partition(":")[0] for trait in case}
    if any(f"region:{region}" in case for region in _ABROAD):
        asked.add("address")
    plain = ("name:three-characters", "phone:mobile", "region:ordinary", "address:unit-room")
    return (trait for trait in plain if trait.partition(":")[0] not in asked)
