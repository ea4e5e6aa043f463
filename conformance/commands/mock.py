"""`hulian mock`: the reference implementation as a server that a person can talk to."""

from __future__ import annotations

import json

import click

from conformance.commands.spoken import command as made
from conformance.commands.spoken import lang, option


@made("mock")
@click.argument("role", metavar="platform")
@option("--host", default="127.0.0.1", metavar="HOST")
@option("--port", type=click.IntRange(0, 65535), default=8080, metavar="N")
@option("--fault", "faults", multiple=True, metavar="ID")
@option("--list-faults", is_flag=True)
@option("--format", "form", type=click.Choice(("text", "json")), default="text")
def command(role: str, host: str, port: int, faults: tuple[str, ...], list_faults: bool, form: str) -> None:
    from conformance.errors import HulianError
    from conformance.mock.platform import ROLE

    if role != ROLE:
        raise HulianError("unknown_role", role=role, known=ROLE)
    if list_faults:
        listed(form)
        return
    known_only(faults)
    from conformance.mock.server import serve

    serve(host, port, faults, ready=ready)


def listed(form: str) -> None:
    """All faults, with the requirement that each breaks."""
    from conformance.mock.faults import listing

    if form == "json":
        click.echo(json.dumps(listing(), ensure_ascii=False, indent=1))
        return
    for one in listing():
        click.echo(f"{one['requirement']}  {one['id']}\n          {one['title'][lang()]}")


def known_only(faults: tuple[str, ...]) -> None:
    """Raises `HulianError` unknown_fault with the nearest id."""
    from conformance.errors import HulianError
    from conformance.mock.faults import REGISTRY, load
    from conformance.spelling import nearest

    load()
    for name in faults:
        if name not in REGISTRY:
            raise HulianError("unknown_fault", fault=name, nearest=nearest(name, REGISTRY))


def ready(address: str) -> None:
    """Tells where the mock is, and how to talk to it."""
    from conformance.words import say

    click.echo(say("mock.ready", lang(), address=address))
