"""`hulian diff`: the verdicts in which two runs differ.  Exit code 0 where there are none, 1 where there are."""

from __future__ import annotations

import json
from pathlib import Path

import click

from conformance.commands.options import FOLDER
from conformance.commands.spoken import command as made
from conformance.commands.spoken import lang, option


@made("diff")
@click.argument("before", type=FOLDER, metavar="RUN")
@click.argument("after", type=FOLDER, metavar="RUN")
@option("--format", "form", type=click.Choice(("text", "json")), default="text")
def command(before: Path, after: Path, form: str) -> int:
    from conformance.run_directory import report_at
    from conformance.words import named, pick, say

    old, new = ({one["requirement"]: one["verdict"] for one in report_at(run)["verdicts"]} for run in (before, after))
    changed = [(name, old.get(name), new.get(name)) for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    if form == "json":
        click.echo(json.dumps([{"requirement": name, "before": was, "after": now} for name, was, now in changed], indent=1))
        return int(bool(changed))
    for name, *verdicts in changed:
        was, now = (pick(named("verdict", word), lang()) if word else say("diff.none", lang()) for word in verdicts)
        click.echo(f"{name}  {was} → {now}")
    click.echo(say("diff.total", lang(), n=len(changed), of=len({*old, *new})))
    return int(bool(changed))
