"""A run as the console sees it: notes, progress, the run itself, its directory, the summary.

In: an order.  Out: the exit code of the report.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from conformance.commands.spoken import lang
from conformance.controls import Fed, fed
from conformance.engine import Order, fresh_nonce
from conformance.ordering import Ordered
from conformance.planning import applicable
from conformance.pytest_plugin import execute
from conformance.reporting.console import Progress, summary
from conformance.reporting.onlooker import Onlooker
from conformance.result import Run
from conformance.run_directory import RunDirectory
from conformance.words import pick, say, texts


def carried_out(found: Ordered, out: Path | None, *, more: Mapping[str, Any] | None = None, pytest_args: Sequence[str] = ()) -> int:
    """Runs, writes, sums up.  `more` goes into the configuration that the run keeps."""
    result, directory = performed(found, out, more=more, pytest_args=pytest_args)
    summary(result.report, lang(), sys.stdout, html=str(directory.page.resolve()))
    return result.exit_code


def performed(
    found: Ordered, out: Path | None, *, more: Mapping[str, Any] | None = None, pytest_args: Sequence[str] = ()
) -> tuple[Run, RunDirectory]:
    """Runs and writes.  A run that could not take place leaves nothing behind."""
    nonce = found.order.nonce or fresh_nonce(found.order, found.line)
    directory = RunDirectory.claimed(out, nonce) if found.order.before is None or out is None else RunDirectory.resumed(out)
    try:
        noted(found)
        result = observed_and_judged(found, directory, nonce, pytest_args)
    except BaseException:
        directory.forsaken()
        raise
    directory.write(result.report, {**found.config.shown, **(more or {})})
    return result, directory


def observed_and_judged(found: Ordered, directory: RunDirectory, nonce: str, pytest_args: Sequence[str]) -> Run:
    order = msgspec.structs.replace(found.order, nonce=nonce, journal=directory.journal)
    with Progress(lang(), sys.stderr) as progress:
        watcher = Onlooker(progress, lang(), virtual=found.line.virtual)
        return execute(order, found.line, directory.path, watcher, tuple(pytest_args))


def noted(found: Ordered) -> None:
    """Says what the reader should know before the run."""
    if found.config.source:
        click.echo(say("note.config", lang(), path=found.config.source), err=True)
    for note in found.notes:
        click.echo(say(f"note.{note.code}", lang(), **note.params), err=True)
    for mistake in controlled(found.order).mistakes:
        click.echo(pick(texts("reason.control", **mistake.reason.params), lang()), err=True)


def controlled(order: Order) -> Fed:
    """The controls of the checks that the run will judge by, fed before it begins."""
    wanted = {requirement.id for requirement in applicable(order.pack.catalogue(), order.choice)}
    return fed(order.pack, [check for check in order.selected() if check.requirement in wanted], order.choice.role)
