"""Commands that speak the reader's language: their help is a word of `reports/words/cli.yaml`, never text in code.

In: names of commands and options.  Out: click commands whose help texts are `cli.COMMAND` and `option.NAME`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, Final

import click

from conformance.words import LANGUAGES, language, say

HEADINGS: Final = {"Usage: ": "cli.usage", "Options": "cli.options", "Commands": "cli.commands"}


def lang() -> str:
    """The language to speak now."""
    return language(os.environ)


class Formatter(click.HelpFormatter):
    """Help with our headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or say("cli.usage", lang()))

    def write_heading(self, heading: str) -> None:
        super().write_heading(say(HEADINGS[heading], lang()) if heading in HEADINGS else heading)


click.Context.formatter_class = Formatter


class Option(click.Option):
    """An option whose help is the word `option.NAME`."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = say(f"option.{self.name}", lang())
        return super().get_help_record(ctx)


def spoken(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """`--lang` holds for everything that is said from here on."""
    if value:
        os.environ["HULIAN_LANG"] = value


def language_option() -> Option:
    return Option(["--lang"], type=click.Choice(LANGUAGES), is_eager=True, expose_value=False, callback=spoken)


class Command(click.Command):
    """A command whose help is the word `cli.NAME`."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.params.append(language_option())

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = say(f"cli.{self.name}", lang())
        super().format_help_text(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = say("option.help", lang())
        return found


def command(name: str, **settings: Any) -> Callable[[Callable[..., Any]], Command]:
    """Makes a function a command; it returns the exit code, None for 0."""
    return click.command(name, cls=Command, **settings)


def option(*names: str, **settings: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(*names, cls=Option, **settings)


class Lazy(click.Group):
    """A group whose commands are imported when they are called; `table` maps their names to modules."""

    def __init__(self, table: Mapping[str, str], **given: Any) -> None:
        super().__init__(**given)
        self.table = table
        self.params.append(language_option())

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from importlib import import_module

        if cmd_name not in self.table:
            return None
        found: click.Command = import_module(f"conformance.commands.{self.table[cmd_name]}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, say(f"cli.{name}", lang()).splitlines()[0]) for name in self.table])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = say("cli.hulian", lang())
        super().format_help_text(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = say("option.help", lang())
        return found
