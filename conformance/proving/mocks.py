"""The mocks that a proof needs: healthy ones, lawful variants, one for each fault.

In: what was asked for.  Out: units, and what is known of their faults.  Raises `HulianError` for what names nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from conformance.errors import HulianError
from conformance.mock import variants
from conformance.mock.faults import Fault as Known
from conformance.mock.faults import every
from conformance.proving.matrix import Fault
from conformance.proving.units import Unit
from conformance.spelling import nearest


def faults(only: Sequence[str] = (), ids: Sequence[str] = ()) -> list[Known]:
    """The faults that break one of these requirements and have one of these ids (patterns; none for all).

    Raises `HulianError`: unknown_only, unknown_fault.
    """
    known = every()
    for code, patterns, names in (
        ("unknown_only", only, {one.breaks for one in known}), ("unknown_fault", ids, {one.id for one in known}),
    ):
        for pattern in patterns:
            if not any(fnmatchcase(name, pattern) for name in names):
                near = nearest(pattern.strip("*?"), sorted(names))
                raise HulianError(code, pattern=pattern, fault=pattern, nearest=near)
    return [one for one in known if fits(one.breaks, only) and fits(one.id, ids)]


def fits(name: str, patterns: Sequence[str]) -> bool:
    return not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)


def described(known: Sequence[Known]) -> list[Fault]:
    """What the matrix says of each fault."""
    return [
        Fault(one.id, one.breaks, {"zh": one.title[0], "en": one.title[1]}, tuple(sorted({bend.question.__name__ for bend in one.bends})))
        for one in known
    ]


def broken(known: Sequence[Known], seeds: Sequence[int], profile: str) -> list[Unit]:
    return [
        Unit("fault", one.id, one.breaks, seed, profile, wire=one.needs_wire, only=(one.breaks,) if one.needs_wire else ())
        for one in known for seed in seeds
    ]


def healthy(seeds: Sequence[int], profile: str) -> list[Unit]:
    """The mock as it is, with every seed."""
    return [Unit("healthy", seed=seed, profile=profile) for seed in seeds]


def different(seeds: Sequence[int], profile: str) -> list[Unit]:
    """Every lawful variant, with every seed."""
    return [Unit("variant", one["id"], seed=seed, profile=profile) for one in variants.listing() for seed in seeds]
