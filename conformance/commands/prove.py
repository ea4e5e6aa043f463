"""`hulian prove`: the suite against every fault and every lawful variant of the mock; the kill matrix."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from conformance.commands.spoken import command as made
from conformance.commands.spoken import lang, option

FOLDER = click.Path(file_okay=False, path_type=Path)


@made("prove")
@option("--only", multiple=True, metavar="ID")
@option("--fault", "faults", multiple=True, metavar="ID")
@option("--seeds", type=click.IntRange(1), default=1, metavar="N")
@option("--variants", "variants_only", is_flag=True)
@option("--quick", is_flag=True)
@option("--jobs", type=click.IntRange(1), default=None, metavar="N")
@option("--profile", default="contract", metavar="NAME")
@option("--out", type=FOLDER, metavar="DIR")
def command(
    only: tuple[str, ...], faults: tuple[str, ...], seeds: int, variants_only: bool, quick: bool, jobs: int | None, profile: str,
    out: Path | None,
) -> int:
    from conformance.proving import mocks, units
    from conformance.proving.console import following, told
    from conformance.proving.matrix import document, matrix
    from conformance.proving.page import written
    from conformance.proving.running import run
    from conformance.version import __version__

    numbers = range(1, seeds + 1)
    chosen = [] if variants_only else mocks.faults([pattern.upper() for pattern in only], faults)
    work = [] if only or faults else [*mocks.healthy(numbers, profile), *mocks.different(numbers, profile)]
    broken = mocks.broken(chosen, numbers, profile)
    work += units.narrowed(broken) if quick else broken
    found, interrupted = following(work, run(work, jobs or os.cpu_count() or 1), lang(), sys.stderr)
    result = matrix(mocks.described(chosen), found)
    about = {"version": __version__, "profile": profile, "seeds": seeds, "quick": quick, "complete": not interrupted}
    shown = document(result, **about)
    folder = out or Path("hulian-proof")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "prove.json").write_text(json.dumps(shown, ensure_ascii=False, indent=1) + "\n", "utf-8")
    page = folder / "prove.html"
    page.write_text(written(shown, lang()), "utf-8")
    told(shown, lang(), sys.stdout, str(page))
    return 130 if interrupted else 0 if result.proven else 1
