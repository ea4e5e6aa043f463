"""A proof on the console: how far it has got, and what came of it.

In: units and what they come to.  Out: lines; nothing is judged here.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TextIO

from conformance.proving.units import Told, Unit
from conformance.reporting.terminal import indented, line, sign, terminal
from conformance.words import say

MOST: Final = 40
"""Rows of one kind that the console shows; the page has all."""
EVERY: Final = 10.0
"""Seconds between two lines about progress."""


def following(units: Sequence[Unit], results: Iterator[Told], lang: str, out: TextIO) -> tuple[list[Told], bool]:
    """Collects what the units come to and says now and then how far it is; the flag tells of Ctrl-C."""
    found: list[Told] = []
    began = said = time.monotonic()
    survivors = 0
    try:
        for one in results:
            found.append(one)
            survivors += one.unit.kind == "fault" and one.verdicts.get(one.unit.breaks) != "fail"
            now = time.monotonic()
            if now - said > EVERY or len(found) == len(units):
                said = now
                left = round((now - began) / len(found) * (len(units) - len(found)))
                out.write(say("prove.progress", lang, done=len(found), all=len(units), survivors=survivors, left=left) + "\n")
                out.flush()
    except KeyboardInterrupt:
        return found, True
    return found, False


def told(shown: Mapping[str, Any], lang: str, out: TextIO, page: str) -> None:
    """The counts, survivors and false alarms first, then who else was blamed."""
    console = terminal(out)
    counts = shown["counts"]
    verdict = "pass" if shown["proven"] else "fail"
    console.print(line(sign(verdict, out.encoding or "utf-8"), " ", (say(f"prove.{verdict}", lang), "bold")))
    console.print(indented(line(say("prove.counts", lang, **counts)), 2, console.width))
    if shown["quick"]:
        console.print(indented(line(say("prove.quick", lang)), 2, console.width))
    for heading, rows in parts(shown, lang):
        if rows:
            console.print(line((say(heading, lang, n=len(rows)), "bold")))
            for row in rows[:MOST]:
                console.print(indented(line(row), 2, console.width))
            if len(rows) > MOST:
                console.print(indented(line(say("prove.more", lang, n=len(rows) - MOST)), 2, console.width))
    console.print(line(say("prove.page", lang, page=page)))


def parts(shown: Mapping[str, Any], lang: str) -> Iterator[tuple[str, list[str]]]:
    """What the summary lists, with its headings; the worst first."""
    faults = shown["faults"]
    yield "prove.survivors", [f"{one['id']} ({one['requirement']}) {outcome(one, lang)}" for one in faults if not one["killed"]]
    yield "prove.alarms", [
        f"{one['variant'] or '-'} seed {one['seed']}: {one['broke'] or ', '.join(one['failed'])}" for one in shown["alarms"]
    ]
    yield "prove.stray", [f"{one['id']} ({one['requirement']}): {', '.join(one['stray'])}" for one in faults if one["stray"]]
    yield "prove.undecided", [f"{name}: {', '.join(names)}" for name, names in shown["undecided"].items()]


def outcome(one: Mapping[str, Any], lang: str) -> str:
    """What a survivor came to, in words."""
    word = say(f"verdict.{one['verdict']}", lang)
    why = one["broke"] or one["reason"]
    return f"{word} – {why}" if why else word
