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
@option("--generated", is_flag=True)
@option("--format", "form", type=click.Choice(("text", "json")), default="text")
def command(role: str, host: str, port: int, faults: tuple[str, ...], list_faults: bool, generated: bool, form: str) -> None:
    from conformance.errors import HulianError
    from conformance.mock.platform import ROLE

    if role != ROLE:
        raise HulianError("unknown_role", role=role, known=ROLE)
    if list_faults:
        listed(form, generated)
        return
    known_only(faults)
    from conformance.mock.server import serve

    serve(host, port, faults, ready=ready)


def listed(form: str, generated: bool) -> None:
    """All faults, with the requirement that each breaks; on demand those that are made from the specification, too."""
    from conformance.mock.faults import listing

    found = listing(generated)
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(f"{one['requirement']}  {one['id']}\n          {one['title'][lang()]}")


def known_only(faults: tuple[str, ...]) -> None:
    """Raises `HulianError` unknown_fault with the nearest id."""
    from conformance.errors import HulianError
    from conformance.mock.faults import MADE, REGISTRY, UnknownFault, find, listing
    from conformance.spelling import nearest

    for name in faults:
        try:
            find(name)
        except UnknownFault:
            known = [one["id"] for one in listing(generated=True)] if MADE in name else list(REGISTRY)
            raise HulianError("unknown_fault", fault=name, nearest=nearest(name, known)) from None


def ready(address: str) -> None:
    """Tells where the mock is, and how to talk to it."""
    from conformance.words import say

    click.echo(say("mock.ready", lang(), address=address))
