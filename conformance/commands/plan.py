"""`hulian plan`: what a run would do.  No traffic but the discovery document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from conformance.commands.options import chosen, configured, reached
from conformance.commands.spoken import command as made
from conformance.commands.spoken import lang, option

if TYPE_CHECKING:
    from conformance.forecast import Forecast


@made("plan")
@reached
@chosen
@option("--format", "form", type=click.Choice(("text", "json")), default="text")
def command(form: str, **given: Any) -> None:
    config = configured(**given)
    from conformance.demo import line
    from conformance.forecast import foreseen
    from conformance.ordering import ordered

    found = ordered(config)
    forecast = foreseen(found.order, found.line, line())
    if form == "json":
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(forecast), indent=1).decode())
    else:
        show(forecast, config.rate)


def show(forecast: Forecast, rate: float | None) -> None:
    """The plan for people."""
    from conformance.reporting.progress import duration
    from conformance.words import say

    plan, tongue = forecast.plan, lang()
    levels = {level: sum(one.level == level for one in plan.entries) for level in ("must", "should", "may")}
    absent = [one.id for one in plan.entries if one.absent]
    for code, params in (
        ("scope", {"themes": ", ".join(plan.themes), "profile": plan.profile, "edition": plan.edition}),
        ("requirements", {"n": len(plan.entries), **levels}),
        ("absent", {"n": len(absent), "ids": ", ".join(absent) or "-"}),
        ("scenarios", {"n": sum(map(len, plan.rounds)), "rounds": len(plan.rounds)}),
        ("requests", {"n": forecast.requests, "messages": forecast.messages}),
        ("acts", {"acts": ", ".join(f"{name} {n}" for name, n in forecast.acts.items()) or "-"}),
        ("people", {"n": forecast.people}),
        ("time", {"time": duration(forecast.seconds), "horizon": duration(plan.horizon / 1e6)}),
    ):
        click.echo(say(f"plan.{code}", tongue, **params))
    if rate:
        click.echo(say("plan.rate", tongue, rate=f"{rate:g}", time=duration(forecast.requests / rate)))
