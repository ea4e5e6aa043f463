"""What is to be proven: which mocks, with which seeds.

In: what was asked for.  Out: units, and what is known of their faults before they run.  Raises `HulianError` for what names nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

import msgspec

from conformance.catalogue import Catalogue
from conformance.errors import HulianError
from conformance.mock import variants
from conformance.mock.faults import MADE, every
from conformance.mock.faults import Fault as Known
from conformance.proving.matrix import Fault
from conformance.proving.units import ROLE, Kind, Told, Unit
from conformance.spelling import nearest

OVER_TCP = 1800.0
"""Seconds that a unit may take over TCP, where waiting takes real time."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """`only`: requirements (patterns, none for all); `ids`: faults and variants (likewise); `seeds`: with how many the healthy mock is
    run; `variants`: no faults; `structural`: those made from the interface's document, too; `quick`: each fault is run with no more
    than its own requirement needs, as structural ones always are."""

    only: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    seeds: int = 1
    variants: bool = False
    structural: bool = False
    quick: bool = False
    profile: str = "contract"


class Chosen(msgspec.Struct, frozen=True):
    """`left_out` counts the structural faults that are not run."""

    faults: tuple[Fault, ...]
    units: tuple[Unit, ...]
    left_out: int


def chosen(asked: Asked) -> Chosen:
    """The units, healthy ones first.  Raises `HulianError`: unknown_profile, unknown_only, unknown_fault, nothing_to_prove."""
    catalogue = Catalogue.load()
    catalogue.profile(asked.profile)
    requirements = [one.id for one in catalogue.for_role(ROLE)]
    only = tuple(pattern.upper() for pattern in asked.only)
    lawful = [str(one["id"]) for one in variants.listing()]
    structural = asked.structural or any(MADE in pattern for pattern in asked.ids)
    known = [] if asked.variants else every(structural)
    refuse("unknown_only", only, requirements)
    refuse("unknown_fault", asked.ids, [*lawful, *(one.id for one in known)])
    bent = [one for one in known if fits(one.breaks, only) and fits(one.id, asked.ids)]
    others = [name for name in lawful if (asked.variants or bool(asked.ids) or not only) and fits(name, asked.ids)]
    if not bent and not others:
        raise HulianError("nothing_to_prove", chosen=", ".join((*asked.only, *asked.ids)))
    seen = only if not (asked.quick and bent and (only or asked.ids)) else tuple(sorted({one.breaks for one in bent}))
    units = [unit("healthy", asked, seen, seed=seed) for seed in range(1, asked.seeds + 1)]
    units += [unit("variant", asked, seen, name) for name in others]
    units += [faulty(one, asked, only) for one in bent]
    left_out = 0 if asked.variants or structural else len(every(True)) - len(known)
    return Chosen(described(bent), tuple(units), left_out)


def unit(kind: Kind, asked: Asked, only: tuple[str, ...], name: str = "", seed: int = 1) -> Unit:
    return Unit(kind, name, seed=seed, profile=asked.profile, only=only)


def faulty(one: Known, asked: Asked, only: tuple[str, ...]) -> Unit:
    """The unit of a fault.  Over TCP nobody waits for more than its own requirement needs."""
    alone = asked.quick or one.needs_wire or MADE in one.id
    made = Unit("fault", one.id, one.breaks, profile=asked.profile, only=(one.breaks,) if alone else only)
    return msgspec.structs.replace(made, wire=True, limit=OVER_TCP) if one.needs_wire else made


def again(ended: Iterable[Told], asked: Asked) -> tuple[Unit, ...]:
    """Units for what survived with no more than its own requirement needs: with everything it may yet be found."""
    only = tuple(pattern.upper() for pattern in asked.only)
    survived = (one.unit for one in ended if one.unit.alone and not one.unit.wire and not one.broke and not one.killed)
    return tuple(msgspec.structs.replace(unit, only=only) for unit in survived if only != unit.only)


def described(known: Iterable[Known]) -> tuple[Fault, ...]:
    """What the matrix says of each fault."""
    return tuple(
        Fault(
            one.id, one.breaks, {"zh": one.title[0], "en": one.title[1]}, one.also,
            tuple(sorted({bend.question.__name__ for bend in one.bends})),
        )
        for one in known
    )  # fmt: skip


def fits(name: str, patterns: Sequence[str]) -> bool:
    return not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)


def refuse(code: str, patterns: Iterable[str], known: Sequence[str]) -> None:
    """Raises `HulianError` with that code for the first pattern that none of the known has."""
    for pattern in patterns:
        if not any(fnmatchcase(name, pattern) for name in known):
            raise HulianError(code, pattern=pattern, fault=pattern, nearest=nearest(pattern.strip("*?"), known))
