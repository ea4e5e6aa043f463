"""Drawing from the fixtures: a kind by its weight, a value by its template.

In: one YAML file of fixtures/people.  Out: its kinds, and templates filled from its lists.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

import yaml

from conformance.resources import folder

_PIECE = re.compile(r"\{(\w+)\}")


class Fixture:
    """One file: `kinds` by name, `edges` (the kinds that are edge cases), `weights` of an ordinary crowd, and lists."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content
        self.edges: list[str] = content["edges"]
        self._kinds: list[str] = list(content["weights"])
        self._weights: list[int] = list(accumulate(content["weights"].values()))

    def kind(self, rng: Random) -> str:
        """A kind, as often as in an ordinary crowd."""
        return rng.choices(self._kinds, cum_weights=self._weights)[0]

    def fill(self, template: str, rng: Random, **given: str) -> str:
        """The template with every {piece} replaced: by what is given, else by an entry of the list of that name."""
        return _PIECE.sub(lambda piece: given.get(piece[1]) or rng.choice(self.content[piece[1]]), template)


@cache
def fixture(name: str) -> Fixture:
    """The file `fixtures/people/<name>.yaml`, read once."""
    text = (folder("fixtures/people") / f"{name}.yaml").read_text(encoding="utf-8")
    return Fixture(yaml.load(text, Loader=yaml.CSafeLoader))


def digits(template: str, rng: Random, wild: Mapping[str, str]) -> str:
    """The template with each character in `wild` replaced by one of the characters that it stands for."""
    drawn = {sign: iter(rng.choices(of, k=template.count(sign))) for sign, of in wild.items() if sign in template}
    return "".join(next(drawn[sign]) if sign in drawn else sign for sign in template) if drawn else template


def distinct(characters: Iterable[str], count: int, rng: Random) -> str:
    """`count` different characters, joined."""
    return "".join(rng.sample(list(characters), count))
