"""`hulian report`: another form of a run's report, made from its report.json."""

from __future__ import annotations

from pathlib import Path

import click

from conformance.commands.options import FOLDER
from conformance.commands.spoken import command as made
from conformance.commands.spoken import lang, option


@made("report")
@click.argument("run", type=FOLDER, metavar="RUN")
@option("--format", "form", type=click.Choice(("html", "json", "text")), default="html")
@option("--out", type=FOLDER, metavar="FILE")
def command(run: Path, form: str, out: Path | None) -> None:
    import sys

    from conformance.reporting.console import summary
    from conformance.run_directory import PAGE, as_json, as_page, report_at, written

    document = report_at(run)
    if form == "text":
        summary(document, lang(), sys.stdout)
    elif form == "json" and out is None:
        click.echo(as_json(document).decode(), nl=False)
    else:
        place = out or (run if run.is_dir() else run.parent) / PAGE
        written(place, as_page(document) if form == "html" else as_json(document))
        click.echo(str(place.resolve()))
