"""`hulian init`: a hulian.toml with an explanation of every key."""

from __future__ import annotations

from pathlib import Path

import click

from conformance.commands.options import FOLDER, USUAL
from conformance.commands.spoken import command as made
from conformance.commands.spoken import lang


@made("init")
@click.argument("path", type=FOLDER, default=USUAL, metavar="[FILE]")
def command(path: Path) -> None:
    from conformance.errors import HulianError
    from conformance.resources import folder
    from conformance.words import say

    content = (folder("specs") / "hulian.example.toml").read_bytes()
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise HulianError("file_exists", path=str(path)) from None
    except OSError as error:
        raise HulianError("unwritable", path=str(path), why=error.strerror or str(error)) from None
    click.echo(say("init.written", lang(), path=str(path)))
