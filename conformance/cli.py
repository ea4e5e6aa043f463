"""The command `hulian`: what it is called with, what it says when something is wrong, how it ends.

In: arguments.  Out: an exit code (design §13) and nothing else; every error is printed here, in one place, and never as a
traceback (`HULIAN_DEBUG=1` shows it).
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Final, NoReturn

import click

from conformance.commands.spoken import Lazy, Option
from conformance.errors import HulianError, SuiteError
from conformance.spelling import nearest
from conformance.version import __version__

COMMANDS: Final = {
    name: name
    for name in (
        "demo", "run", "plan", "mock", "judge", "report", "requirements", "explain", "replay", "diff", "prove", "init", "doctor",
    )
}  # fmt: skip
INTERRUPTED: Final = 130


def version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"hulian {__version__}")
        context.exit()


hulian = Lazy(
    COMMANDS, name="hulian", no_args_is_help=True,
    params=[Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=version)],
)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The entry point of the console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a console that lacks a character must not stop a run
    code = ended(arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def ended(arguments: Sequence[str] | None = None) -> int:
    """Runs a command to its end, whatever that is, and says what was wrong; gives the exit code."""
    try:
        return hulian.main(arguments, prog_name="hulian", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        return 2
    except click.ClickException as error:
        return told(usage(error))
    except BrokenPipeError:
        return 0
    except (KeyboardInterrupt, click.Abort):
        told(HulianError("interrupted"))
        return INTERRUPTED
    except BaseExceptionGroup as group:
        return INTERRUPTED if group.subgroup(KeyboardInterrupt) else told(cause(group))
    except Exception as error:  # a bug of ours is no verdict about anybody else
        return told(error)


def cause(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """What a person can mend, out of the tasks in which it was raised; else the first of them."""
    found: BaseException = group.subgroup(HulianError) or group
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    return found


def told(error: BaseException) -> int:
    """Prints what is wrong and how to mend it."""
    known = error if isinstance(error, HulianError) else SuiteError("broken", why=f"{type(error).__name__}: {error}")
    from conformance.reporting.visible import visible  # what the target said may stand in it

    first, *more = visible(str(known), lines=True).split("\n")
    click.echo("\n".join((f"hulian: {first}", *(f"        {line}" for line in more))), err=True)
    if os.environ.get("HULIAN_DEBUG") == "1":
        traceback.print_exception(error)
    return known.exit_code


def usage(error: click.ClickException) -> HulianError:
    """What click has against the arguments, in our words."""
    context = getattr(error, "ctx", None)
    within = context.command_path.removeprefix("hulian").strip() if context else ""
    match error:
        case click.exceptions.NoSuchCommand():
            return HulianError("unknown_command", command=error.command_name, nearest=nearest(error.command_name, COMMANDS))
        case click.NoSuchOption():
            known = [name for one in (context.command.params if context else ()) for name in one.opts]
            return HulianError("no_such_option", option=error.option_name, nearest=nearest(error.option_name, known), command=within)
        case click.MissingParameter():
            name = error.param.get_error_hint(context) if error.param and context else str(error.param_hint)
            return HulianError("missing_parameter", name=name, command=within)
        case click.BadParameter():
            name = error.param.get_error_hint(context) if error.param and context else str(error.param_hint)
            return HulianError("bad_value", name=name, why=error.message, command=within)
    return HulianError("usage", why=error.format_message(), command=within)


if __name__ == "__main__":
    main()
