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
from conformance.words import say

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
@option("--controls", is_flag=True)
@option("--noise", is_flag=True)
@option("--jobs", type=click.IntRange(min=1), metavar="N")
@option("--profile", default="contract", metavar="NAME")
@placed
def command(out: Path | None, jobs: int | None, controls: bool, noise: bool, **given: Any) -> int:
    if controls:
        return cut_anew(given["only"])
    if noise:
        return on_a_noisy_line(given["seeds"], jobs or os.cpu_count() or 1)
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


def cut_anew(only: tuple[str, ...]) -> int:
    """Makes the positive controls of these requirements (all without); 1 where one has none."""
    from conformance.express import sandbox_controls
    from conformance.proving.controls import write

    lacking = 0
    for requirement, size in write(sandbox_controls(), only):
        lacking += not size
        click.echo(say("prove.control" if size else "prove.no_control", lang(), id=requirement, size=size))
    return int(bool(lacking))


def on_a_noisy_line(seeds: int, jobs: int) -> int:
    """Runs the healthy mock on a line that delays and loses messages; 1 where it is blamed, or left undecided too often."""
    from conformance.proving.noise import of_must, proven
    from conformance.proving.units import Told

    def tell(told: Told) -> None:
        wrong = ", ".join(name for verdict in ("fail", "error", "inconclusive") for name in of_must(told, verdict))
        came_to = told.broke or told.refused or wrong or "✓"
        click.echo(say("prove.noisy", lang(), seed=told.unit.seed, wrong=came_to, seconds=round(told.seconds)))

    found = proven(seeds, jobs, tell)
    blamed, undecided, broken = (len(some) for some in (found.blamed, found.undecided, found.broken))
    click.echo(say("prove.noise", lang(), runs=found.runs, blamed=blamed, undecided=undecided, broken=broken))
    return 0 if found.holds else 1
