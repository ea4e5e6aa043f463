"""`hulian run`: judge an implementation that is reached over the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from conformance.commands.options import FOLDER, chosen, configured, placed, reached
from conformance.commands.spoken import command as made
from conformance.commands.spoken import option


@made("run")
@reached
@chosen
@placed
@option("--resume", type=FOLDER, metavar="RUN")
@click.argument("pytest_args", nargs=-1, type=click.UNPROCESSED, metavar="[-- PYTEST_ARGS]")
def command(out: Path | None, resume: Path | None, pytest_args: tuple[str, ...], **given: Any) -> int:
    if resume is not None:
        from conformance.commands.resuming import resumed

        found, out = resumed(resume, given), resume
    else:
        config = configured(**given)
        from conformance.ordering import ordered

        found = ordered(config)
    from conformance.commands.running import carried_out

    return carried_out(found, out, pytest_args=pytest_args)
