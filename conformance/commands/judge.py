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

    path = journal / JOURNAL if journal.is_dir() else journal
    if partial:
        incomplete(path)
    result = rejudged(path, partial=partial)
    page = None
    if out is not None:
        directory = RunDirectory.claimed(out, "")
        directory.write(result.report)
        page = str(directory.page.resolve())
    summary(result.report, lang(), sys.stdout, html=page)
    return result.exit_code


def incomplete(path: Path) -> None:
    """Says what is missing in a journal, if something is."""
    from importlib import import_module

    from conformance.express import EXPRESS
    from conformance.journal import read
    from conformance.plan import planned
    from conformance.words import say

    import_module(EXPRESS.vocabulary)  # its acts are record types
    reading = read(path)
    if reading.ended is None:
        found = {"records": len(reading.records), "rounds": reading.rounds, "of": len(planned(reading.started).rounds)}
        click.echo(say("judge.partial", lang(), **found), err=True)
    if reading.cut:
        click.echo(say("note.cut", lang()), err=True)
