"""Options that several commands share, and how they become a configuration.

In: what click read.  Out: a `Config`: options before `hulian.toml`, the file before defaults.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conformance.commands.spoken import option

if TYPE_CHECKING:
    from conformance.config import Config

Function = Callable[..., Any]
FOLDER = click.Path(path_type=Path)
USUAL = Path("hulian.toml")


def chosen(function: Function) -> Function:
    """What is looked at."""
    for one in reversed((
        option("--scope", multiple=True, metavar="FC,MK"),
        option("--only", multiple=True, metavar="ID"),
        option("--profile", metavar="NAME"),
        option("--seed", type=click.IntRange(min=0), metavar="N"),
    )):  # fmt: skip
        function = one(function)
    return function


def reached(function: Function) -> Function:
    """How the target is reached."""
    for one in reversed((
        option("--role", metavar="ROLE"),
        option("--target", metavar="URL"),
        option("--config", type=FOLDER, metavar="FILE"),
        option("--rate", type=click.FloatRange(min=0, min_open=True), metavar="N"),
        option("--budget", type=click.FloatRange(min=0), metavar="SECONDS"),
        option("--unannounced", is_flag=True),
        option("--callback-bind", metavar="HOST:PORT"),
        option("--callback-url", metavar="URL"),
        option("--ca-file", metavar="FILE"),
    )):  # fmt: skip
        function = one(function)
    return function


def placed(function: Function) -> Function:
    """Where the run goes."""
    return option("--out", type=FOLDER, metavar="DIR")(function)


def configured(**given: Any) -> Config:
    """The configuration that the options describe.  Without `--config`, a hulian.toml of the working directory is read."""
    from conformance.config import Config, read

    path = given.pop("config", None) or (USUAL if USUAL.is_file() else None)
    config = read(path, os.environ) if path else Config()
    return overridden(config, **given)


def overridden(config: Config, *, unannounced: bool = False, scope: tuple[str, ...] = (), **given: Any) -> Config:
    """The configuration with the options in it."""
    themes = tuple(word.strip() for text in scope for word in text.split(",") if word.strip())
    config = config.with_options(scope=themes, announced=False if unannounced else None, **given)
    check_address(config.callback_bind)
    return config


def check_address(bind: str) -> None:
    """Raises `HulianError` bad_bind for what is no `host:port`."""
    from conformance.errors import HulianError

    host, _, port = bind.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise HulianError("bad_bind", host=host or bind, port=port, why="host:port")
