"""`hulian judge`: verdicts again from a journal, offline."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from conformance.commands.options import FOLDER
from conformance.commands.spoken import command as made
from conformance.commands.spoken import lang, option


@made("judge")
@click.argument("journal", type=FOLDER, metavar="JOURNAL")
@option("--out", type=FOLDER, metavar="DIR")
@option("--partial", is_flag=True)
def command(journal: Path, out: Path | None, partial: bool) -> int:
    from conformance.rejudging import rejudged
    from conformance.reporting.console import summary
    from conformance.run_directory import JOURNAL, RunDirectory

    result = rejudged(journal / JOURNAL if journal.is_dir() else journal, partial=partial)
    page = None
    if out is not None:
        directory = RunDirectory.claimed(out, "")
        directory.write(result.report)
        page = str(directory.page.resolve())
    summary(result.report, lang(), sys.stdout, html=page)
    return result.exit_code
