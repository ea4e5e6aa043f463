"""A pack: everything that one field, or one vendor, brings to the kernel.

In: the names of its packages and its cast.  Out: one value that plan, observe and judge take.  The built-in field uses the same
door as everybody's (`conformance.express`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from conformance.catalogue import Catalogue
from conformance.parties import Member
from conformance.specification import Specification


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """`checks` and `scenarios` are packages; `vocabulary` the module of its acts; `cast(role, seed, discovery)` who plays;
    `discovery` the operation that says what the target is, `token` the one that gives tokens, `clock` those of a sandbox clock
    (read, advance); `controls` where the positive controls of its checks are, if it has any."""

    name: str
    checks: str
    scenarios: str
    vocabulary: str
    stage: str
    specification: Callable[[str], Specification]
    catalogue: Callable[[], Catalogue]
    cast: Callable[[str, int], tuple[Member, ...]]
    discovery: str
    clock: tuple[str, str] | None = None
    operator: str = "operator"
    interface_version: str = "1.0"
    controls: Callable[[], Path] | None = None
    secrets: Callable[[tuple[Member, ...]], Mapping[str, tuple[str, str]]]

