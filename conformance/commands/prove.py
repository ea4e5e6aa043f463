"""`hulian prove`: the suite against every fault and every lawful variant of the mock; the kill matrix."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conformance.commands.options import placed
from conformance.commands.spoken import command as made
from conformance.commands.spoken import lang, option

if TYPE_CHECKING:
    from conformance.proving.selection import Asked, Chosen

USUAL = Path("hulian-proof")


@made("prove")
@option("--only", multiple=True, metavar="ID")
@option("--fault", "ids", multiple=True, metavar="ID")
@option("--seeds", type=click.IntRange(min=1), default=1, metavar="N")
@option("--variants", is_flag=True)
@option("--structural", is_flag=True)
@option("--quick", is_flag=True)
@option("--jobs", type=click.IntRange(min=1), metavar="N")
@option("--profile", default="contract", metavar="NAME")
@placed
def command(out: Path | None, jobs: int | None, **given: Any) -> int:
    from conformance.proving.console import summary
    from conformance.proving.folder import Folder
    from conformance.proving.selection import Asked, chosen

    asked = Asked(**given)
    found = chosen(asked)
    folder = Folder.claimed(out or USUAL)
    shown = proven(found, asked, jobs or os.cpu_count() or 1)
    folder.write(shown)
    summary(shown, lang(), sys.stdout, page=str(folder.page.resolve()))
    return int(shown["exit_code"])


def proven(found: Chosen, asked: Asked, jobs: int) -> dict[str, Any]:
    """Runs what was chosen, and makes of it what is shown."""
    from conformance.proving.document import document
    from conformance.proving.matrix import matrix
    from conformance.proving.progress import following
    from conformance.proving.running import run
    from conformance.proving.selection import again

    began = time.monotonic()
    told = following(found.units, run(found.units, jobs), lang(), sys.stderr)
    units, further = list(found.units), again(told, asked)
    if further and len(told) == len(units):
        names = {unit.name for unit in further}
        units = [*(unit for unit in units if unit.name not in names), *further]
        told += following(further, run(further, jobs), lang(), sys.stderr)
    result = matrix(found.faults, units, told)
    return document(result, asked, left_out=found.left_out, seconds=time.monotonic() - began, jobs=jobs)
