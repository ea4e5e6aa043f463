"""`hulian run`: judge an implementation that is reached over the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from conformance.commands.options import chosen, configured, placed, reached
from conformance.commands.spoken import command as made


@made("run")
@reached
@chosen
@placed
@click.argument("pytest_args", nargs=-1, type=click.UNPROCESSED, metavar="[-- PYTEST_ARGS]")
def command(out: Path | None, pytest_args: tuple[str, ...], **given: Any) -> int:
    config = configured(**given)
    from conformance.ordering import ordered

    found = ordered(config)
    from conformance.commands.running import carried_out

    return carried_out(found, out, pytest_args=pytest_args)
