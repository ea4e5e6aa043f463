"""`hulian requirements`: the catalogue of a role, and how each requirement is judged."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from conformance.commands.spoken import command as made
from conformance.commands.spoken import lang, option


@made("requirements")
@option("--role", default="platform", metavar="ROLE")
@option("--profile", default="contract", metavar="NAME")
@option("--scope", multiple=True, metavar="FC,MK")
@option("--format", "form", type=click.Choice(("text", "json")), default="text")
def command(role: str, profile: str, scope: tuple[str, ...], form: str) -> None:
    from conformance.commands.options import overridden
    from conformance.config import Config
    from conformance.express import EXPRESS
    from conformance.ordering import choice
    from conformance.reporting.console import requirements

    catalogue = EXPRESS.catalogue()
    wanted = choice(overridden(Config(role=role, profile=profile), scope=scope), catalogue)
    listed = described(wanted.role, profile, wanted.scope)
    if form == "json":
        click.echo(json.dumps(listed, ensure_ascii=False, indent=1))
    else:
        requirements(listed, lang(), sys.stdout)


def described(role: str, profile: str, scope: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The requirements of a role as plain data, with their level in the profile and the checks that judge them."""
    import msgspec

    from conformance.express import EXPRESS
    from conformance.result import checks_of

    catalogue = EXPRESS.catalogue()
    levels = catalogue.profile(profile)
    judging: dict[str, list[str]] = {}
    for check in checks_of(EXPRESS, role):
        judging.setdefault(check.requirement, []).append(check.name)
    return [
        {**msgspec.to_builtins(one), "level": levels.level(one), "checks": judging.get(one.id, [])}
        for one in catalogue.for_role(role) if not scope or one.theme in scope
    ]
