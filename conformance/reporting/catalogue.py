"""The catalogue on the console: one requirement explained, or all of them listed.

In: requirements as plain dicts in the form of `specs/requirements/`, with `theme` and what else is known of them (`checks`,
`faults`, `controls`).  Out: text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.table import Table

from conformance.reporting.terminal import indented, line, terminal
from conformance.reporting.visible import literal
from conformance.words import named, pick, say

Requirement = Mapping[str, Any]


def explain(requirement: Requirement, lang: str, out: TextIO) -> None:
    """All that is known of one requirement: what, why, by which clause, how it is judged, what to do."""
    console = terminal(out)
    console.print(line((requirement["id"], "bold"), "  ", (pick(requirement["title"], lang), "bold")))
    for label, *shown in _lines(requirement, lang):
        console.print()
        console.print(line((label, "cyan")))
        for each in shown:
            console.print(indented(line(each), 2, console.width))
    if requirement.get("parameters"):
        console.print()
        console.print(line((say("page.parameters", lang), "cyan")))
        _parameters(console, requirement["parameters"], lang)


def _lines(requirement: Requirement, lang: str) -> Iterator[tuple[str, ...]]:
    level, force = (pick(named(kind, requirement[kind]), lang) for kind in ("level", "force"))
    yield say("page.rationale", lang), pick(requirement["rationale"], lang)
    yield say("page.clause", lang), " · ".join(requirement["clause"])
    yield say("page.level", lang), f"{level} · {say('page.force', lang, force=force)}"
    yield say("page.method", lang), pick(named("method", requirement["method"]), lang)
    if requirement.get("capability"):
        yield say("console.capability", lang), requirement["capability"]
    yield say("page.remedy", lang), pick(requirement["remedy"], lang)
    for key, code in (("checks", "page.checks"), ("faults", "console.faults"), ("controls", "console.controls")):
        if requirement.get(key):
            yield say(code, lang), *(_item(each, lang) for each in requirement[key])


def _item(given: Any, lang: str) -> str:
    """A name, or a dict with `id` and `title`."""
    return f"{given['id']}  {pick(given.get('title'), lang)}" if isinstance(given, Mapping) else str(given)


def _parameters(console: Console, parameters: Mapping[str, Any], lang: str) -> None:
    for name, given in parameters.items():
        if not isinstance(given, Mapping):
            console.print(indented(line(name, " = ", literal(given)), 2, console.width))
            continue
        notes = [say("console.unit", lang, unit=given["unit"])] if given.get("unit") else []
        if given.get("tightened_by"):
            notes.append(say("console.tightened", lang, by=given["tightened_by"]))
        shown = line(name, " = ", literal(given.get("default")), ("  " + "; ".join(notes), "dim"))
        console.print(indented(shown, 2, console.width))
        if given.get("why"):
            console.print(indented(line(pick(given["why"], lang)), 4, console.width))


def requirements(listed: Sequence[Requirement], lang: str, out: TextIO) -> None:
    """One line a requirement, grouped by theme: id, level, force, how it is judged, what must hold."""
    console = terminal(out)
    for theme, group in groupby(listed, lambda each: each.get("theme") or each["id"].split("-")[0]):
        console.print(line((theme, "bold")))
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for code in ("console.requirement", "page.level", "page.method"):
            table.add_column(say(code, lang), no_wrap=True)
        table.add_column(say("console.title", lang), overflow="fold", ratio=1)
        for each in group:
            words = [pick(named(kind, each[kind]), lang) for kind in ("level", "method")]
            table.add_row(*map(line, (each["id"], *words, pick(each["title"], lang))))
        console.print(table)
        console.print()
    console.print(line(say("console.total", lang, n=len(listed))))
