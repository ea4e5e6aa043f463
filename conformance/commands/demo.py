"""`hulian demo`: the whole suite against the embedded mock, in virtual time: no network, no configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from conformance.commands.options import chosen, overridden, placed
from conformance.commands.spoken import command as made
from conformance.commands.spoken import option


@made("demo")
@option("--role", default="platform", metavar="ROLE")
@option("--fault", "faults", multiple=True, metavar="ID")
@chosen
@placed
def command(faults: tuple[str, ...], out: Path | None, **given: Any) -> int:
    from conformance.commands.running import carried_out
    from conformance.config import Config
    from conformance.demo import line
    from conformance.ordering import ordered

    found = ordered(overridden(Config(), **given), line=line(faults))
    return carried_out(found, out, more={"embedded": {"faults": list(faults)}})
