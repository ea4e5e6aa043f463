"""`hulian replay`: observe again what led to a finding, and say whether it comes back.

One request seldom shows a finding by itself, so what is repeated is everything that the finding's requirement needs, with the same
seed.  Exit code 1 where the finding came back; else that of the narrowed run.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conformance.commands.options import FOLDER, USUAL
from conformance.commands.spoken import command as made
from conformance.commands.spoken import lang, option

if TYPE_CHECKING:
    from conformance.ordering import Ordered


@made("replay")
@click.argument("run", type=FOLDER, metavar="RUN")
@click.argument("finding", metavar="FINDING")
@option("--target", metavar="URL")
@option("--config", type=FOLDER, metavar="FILE")
@option("--print", "only_print", is_flag=True)
@option("--out", type=FOLDER, metavar="DIR")
def command(run: Path, finding: str, target: str | None, config: Path | None, only_print: bool, out: Path | None) -> int:
    from conformance.commands.explain import show_finding
    from conformance.words import say

    verdict, one = chosen(run, finding)
    show_finding(verdict, one)
    if only_print:
        click.echo("\n".join(one[name] for name in ("curl", "rerun") if one.get(name)))
        return 0
    found = again(run, verdict["requirement"], target, config)
    from conformance.commands.running import performed

    result, directory = performed(found, out)
    back = next((each for each in result.findings if each["id"] == one["id"]), None)
    if back is not None:
        click.echo(say("replay.back", lang(), finding=one["id"], times=back["times"], of=back["of"], page=str(directory.page)))
        return 1
    now = result.verdicts[verdict["requirement"]]
    click.echo(say("replay.gone", lang(), finding=one["id"], verdict=say(f"verdict.{now}", lang()), page=str(directory.page)))
    return result.exit_code


def chosen(run: Path, finding: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The verdict and its finding.  Raises `HulianError` no_finding."""
    from conformance.errors import HulianError
    from conformance.run_directory import report_at
    from conformance.spelling import nearest

    known = {one["id"]: (verdict, one) for verdict in report_at(run)["verdicts"] for one in verdict["findings"]}
    if finding not in known:
        raise HulianError("no_finding", path=str(run), finding=finding, nearest=nearest(finding, known))
    return known[finding]


def again(run: Path, requirement: str, target: str | None, config: Path | None) -> Ordered:
    """The order of that run, narrowed to one requirement; credentials come from the configuration, which keeps none."""
    import os

    from conformance.config import Config, read
    from conformance.demo import line
    from conformance.errors import HulianError
    from conformance.ordering import ordered
    from conformance.run_directory import RunDirectory, report_at

    held, report = RunDirectory(run).config(), report_at(run)
    path = config or (USUAL if USUAL.is_file() else None)
    options = {name: held[name] for name in ("rate", "budget", "callback_bind", "callback_url", "ca_file") if held.get(name) is not None}
    options |= {"role": report["role"], "profile": report["profile"]["name"], "seed": report["run"]["seed"], "only": (requirement,)}
    if "embedded" in held and target is None:
        return ordered(Config().with_options(**options), line=line(held["embedded"]["faults"]))
    where = target or held.get("target")
    if not where:
        raise HulianError("not_again", path=str(run))
    return ordered((read(path, os.environ) if path else Config()).with_options(**{**options, "target": where}))
