"""Guise: whether a party of ours says in its requests that they belong to a test, or looks like anybody (docs/decisions/0009-guise.md).

In: the cast and a seed.  Out: who is in plain clothes, the header fields of each guise, and names that nobody could trace to a test.
"""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias
from uuid import UUID

import msgspec

from conformance.parties import NOBODY, Member, Party

Guise: TypeAlias = Literal["announced", "plain"]

RUN: Final = "hulian-run"
STEP: Final = "hulian-step"
"""Header fields by which somebody finds the requests of a run, each with its place in the journal."""
AGENT: Final = "hulian-conformance"
ACCEPTED: Final = "application/json, application/problem+json"
CLIENTS: Final = (
    "okhttp/4.12.0", "Apache-HttpClient/4.5.14 (Java/17.0.11)", "Java/11.0.23", "Go-http-client/1.1", "axios/1.7.2",
    "python-requests/2.32.3", "Dart/3.4 (dart:io)",
)
"""What clients call themselves that are in use everywhere."""
STRIDE: Final = 37
"""How far apart the serial numbers of one sort are: nobody counts in ones who has other business, too."""


class Guises(msgspec.Struct, frozen=True, kw_only=True):
    """Who appears how.  `plain` are in plain clothes for the whole run, `changing` change from request to request, the others say in each
    that it belongs to the run `nonce`."""

    nonce: str = ""
    seed: int = 0
    plain: frozenset[Party] = frozenset()
    changing: frozenset[Party] = frozenset()

    @classmethod
    def drawn(cls, cast: Sequence[Member], *, seed: int, nonce: str, announced: bool) -> Guises:
        """Of parties of a kind of which there are several, one is in plain clothes; one of a kind changes.  Of a run that is not
        announced, everybody is in plain clothes."""
        everybody = frozenset({*(member.party for member in cast), NOBODY})
        if not announced:
            return cls(nonce=nonce, seed=seed, plain=everybody)
        chance = random.Random(f"guise:{seed}")
        several = [parties for _, parties in sorted(kinds(cast).items()) if len(parties) > 1]
        plain = frozenset(chance.choice(sorted(parties)) for parties in several)
        return cls(nonce=nonce, seed=seed, plain=plain, changing=everybody - frozenset(party for group in several for party in group))

    def of(self, party: Party, turn: int) -> Guise:
        """How a party appears in its request number `turn`."""
        if party in self.plain or (party in self.changing and digest(f"{self.seed}:{party}:{turn}")[0] % 2):
            return "plain"
        return "announced"

    def fields(self, party: Party, guise: Guise, step: int) -> dict[str, str]:
        """The header fields that show it."""
        if guise == "plain":
            return {"user-agent": CLIENTS[digest(f"{self.seed}:{party}")[0] % len(CLIENTS)], "accept": "*/*"}
        return {"user-agent": AGENT, "accept-encoding": "identity", "accept": ACCEPTED, RUN: self.nonce, STEP: str(step)}

    def key(self, guise: Guise, number: int) -> str:
        """A key that no other request has."""
        return unmarked(self.nonce, "key", number) if guise == "plain" else f"{self.nonce}-{number}"


def kinds(cast: Iterable[Member]) -> dict[str, list[Party]]:
    """The parties of each kind."""
    found: dict[str, list[Party]] = defaultdict(list)
    for member in cast:
        found[member.kind].append(member.party)
    return found


def worn(headers: Iterable[tuple[str, str]]) -> Guise:
    """The guise of a request, from its header fields."""
    return "announced" if any(name.lower() == RUN for name, _ in headers) else "plain"


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def unmarked(nonce: str, what: str, number: int) -> str:
    """A random-looking name (a UUID), another in every run."""
    return str(UUID(bytes=digest(f"{nonce}:{what}:{number}")[:16], version=4))


def serial(nonce: str, what: str, number: int, digits: int) -> str:
    """A serial number, from another beginning in every run; no two of one sort are the same."""
    first = int.from_bytes(digest(f"{nonce}:{what}")[:8])
    return f"{(first + STRIDE * number) % 10**digits:0{digits}}"
