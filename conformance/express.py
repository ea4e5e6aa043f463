"""The built-in field: data exchange between e-commerce and express delivery.

In: a role and a seed.  Out: the pack that kernel and command use.  Who plays whom is permuted by the seed among equals, so that
no verdict can hang on a name.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from conformance.catalogue import Catalogue
from conformance.pack import Pack
from conformance.parties import Member, Party
from conformance.resources import folder
from conformance.specification import specification

SANDBOX = {
    "courier_a": ("courier", "SBXA", "sandbox-courier-a"),
    "courier_b": ("courier", "SBXB", "sandbox-courier-b"),
    "courier_new": ("courier", "SBXN", "sandbox-courier-new"),
    "merchant_1": ("merchant", "M-SBX-1", "sandbox-merchant-1"),
    "merchant_2": ("merchant", "M-SBX-2", "sandbox-merchant-2"),
    "analyst": ("analyst", "R-SBX", "sandbox-analyst"),
    "third_party": ("third_party", "T-SBX", "sandbox-third-party"),
    "authority": ("authority", "G-SBX", "sandbox-authority"),
    "operator": ("operator", "sandbox-operator", "sandbox-operator"),
    "consumer": ("consumer", "", ""),
    "nobody": ("nobody", "", ""),
}
"""The sandbox's well-known identities (`specs/sandbox.openapi.yaml`): kind, code, client id; the secret is `<client id>-secret`."""

EQUALS = (("courier_a", "courier_b"), ("merchant_1", "merchant_2"))


def cast(identities: Mapping[str, tuple[str, str, str]], seed: int) -> tuple[Member, ...]:
    """Who plays with which identity (kind, code, client id), permuted among equals by the seed."""
    chance = random.Random(f"cast:{seed}")
    played = dict(identities)
    for equals in EQUALS:
        shuffled = list(equals)
        chance.shuffle(shuffled)
        played.update({name: identities[other] for name, other in zip(equals, shuffled, strict=True)})
    return tuple(
        Member(party=Party(name), kind=kind, code=code, client_id=client) for name, (kind, code, client) in played.items()
    )


def sandbox_cast(role: str, seed: int) -> tuple[Member, ...]:
    """The cast with the sandbox's identities."""
    return cast(SANDBOX, seed)


def sandbox_secrets(cast: tuple[Member, ...]) -> dict[str, tuple[str, str]]:
    """Client id and secret by party, as the sandbox document says."""
    return {member.party: (member.client_id, f"{member.client_id}-secret") for member in cast if member.client_id}


def sandbox_controls() -> Path:
    """Where the positive controls are."""
    return folder("fixtures/controls")


EXPRESS = Pack(
    name="express",
    checks="conformance.checks",
    scenarios="conformance.scenarios",
    vocabulary="conformance.vocabulary",
    stage="conformance.actors.trade",
    specification=specification,
    catalogue=cache(Catalogue.load),
    cast=sandbox_cast,
    secrets=sandbox_secrets,
    discovery="getDiscovery",
    clock=("getClock", "advanceClock"),
    controls=sandbox_controls,
)
