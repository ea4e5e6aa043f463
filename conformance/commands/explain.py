"""`hulian explain`: all that is known of a requirement, a fault or a finding."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from conformance.commands.options import FOLDER
from conformance.commands.spoken import command as made
from conformance.commands.spoken import lang, option


@made("explain")
@click.argument("id")
@option("--role", default="platform", metavar="ROLE")
@option("--profile", default="contract", metavar="NAME")
@option("--run", type=FOLDER, metavar="RUN")
def command(id: str, role: str, profile: str, run: Path | None) -> None:
    from conformance.commands.requirements import described
    from conformance.errors import HulianError
    from conformance.mock.faults import listing
    from conformance.spelling import nearest

    requirements = {one["id"]: one for one in described(role, profile)}
    faults = {one["id"]: one for one in listing()}
    found = None if id.upper() in requirements or id in faults else finding(id, run)
    if found is not None:
        show_finding(*found)
        about = found[0]["requirement"]
    elif id in faults:
        click.echo(f"{id}  {faults[id]['title'][lang()]}\n")
        about = faults[id]["requirement"]
    else:
        about = id.upper()
    if about not in requirements:
        known = [*requirements, *faults, *(one["id"] for one in findings(run))]
        raise HulianError("unknown_id", id=id, nearest=nearest(id, known))
    listed = [one for one in faults.values() if one["requirement"] == about]
    show({**requirements[about], "faults": listed, "controls": controls(about, role)})


def show(requirement: dict[str, Any]) -> None:
    from conformance.reporting.console import explain

    explain(requirement, lang(), sys.stdout)


def controls(requirement: str, role: str) -> list[dict[str, Any]]:
    """What its checks must accept, and reject."""
    from conformance.controls import WORDS, controls_of, judged
    from conformance.express import EXPRESS
    from conformance.reporting.controls import told
    from conformance.result import checks_of

    found = [(check, controls_of(EXPRESS, check)) for check in checks_of(EXPRESS, role) if check.requirement == requirement]
    both = [(check, of_check[word]) for check, of_check in found for word in WORDS if word in of_check]
    return [told(control, judged(EXPRESS, check, control, role)) for check, control in both]


def findings(run: Path | None) -> list[dict[str, Any]]:
    """Every finding of a run (the newest where none is named), with its requirement."""
    from conformance.run_directory import newest, report_at

    run = run or newest()
    verdicts = report_at(run)["verdicts"] if run else []
    return [{**found, "verdict": one} for one in verdicts for found in one["findings"]]


def finding(id: str, run: Path | None) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The finding and the verdict that it belongs to."""
    found = next((one for one in findings(run) if one["id"] == id), None)
    return (found["verdict"], found) if found else None


def show_finding(verdict: dict[str, Any], one: dict[str, Any]) -> None:
    """One finding as the console's summary shows it."""
    from conformance.reporting.failures import failures
    from conformance.reporting.terminal import terminal

    failures(terminal(sys.stdout), [{**verdict, "findings": [one]}], lang(), "console.failures")
    click.echo()
