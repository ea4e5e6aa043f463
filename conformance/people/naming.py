"""Names: from two Han characters to seven joined by middle dots, in every block that GB 18030-2022 knows.

In: a kind of fixtures/people/names.yaml.  Out: a name of at most 60 characters, and what is special about it.
"""

from collections.abc import Iterator
from random import Random

from conformance.people.drawing import fixture

MIDDLE_DOT = "\u00b7"
_LONG = 21  # characters: 22 Han characters break the limit of 64 bytes that some interfaces set


def kinds() -> list[str]:
    """Every kind of name there is."""
    return list(fixture("names").content["kinds"])


def draw(kind: str, rng: Random) -> str:
    """A name of that kind."""
    names = fixture("names")
    return names.fill(rng.choice(names.content["kinds"][kind]), rng)


def features(name: str) -> Iterator[str]:
    """What the name's characters show, whatever kind it was drawn as."""
    if MIDDLE_DOT in name:
        yield "name:middle-dot"
    if any(ord(character) > 0xFFFF for character in name):
        yield "name:astral"
    if len(name) == 1:
        yield "name:single-character"
    if len(name) > _LONG:
        yield "name:long"
