"""A proof on the console: what came of it, what is not proven first.

In: the proof as data (`conformance.proving.document`).  Out: lines; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TextIO

from conformance.reporting.terminal import COLOURS, indented, line, sign, terminal
from conformance.words import known, pick, say

MOST: Final = 40
"""Rows of one kind that the console shows; the page has all."""
SIGNS: Final = {"proven": "pass", "not-proven": "fail", "broken": "error", "interrupted": "inconclusive"}


def summary(shown: Mapping[str, Any], lang: str, out: TextIO, *, page: str) -> None:
    """The result and the counts, then everything that stands against a proof, then who else was blamed."""
    console = terminal(out)
    verdict = SIGNS[shown["result"]]
    console.print()
    console.print(line(sign(verdict, console.encoding), " ", (say(f"prove.{shown['result']}", lang), COLOURS[verdict])))
    for sentence in sentences(shown, lang):
        console.print(indented(line(sentence), 2, console.width))
    for heading, rows in parts(shown, lang):
        if rows:
            console.print()
            console.print(line((say(heading, lang, n=len(rows)), "bold")))
            for row in rows[:MOST]:
                console.print(indented(line(row), 2, console.width))
            if len(rows) > MOST:
                console.print(indented(line((say("prove.more", lang, n=len(rows) - MOST), "dim")), 2, console.width))
    console.print()
    console.print(line((say("console.report", lang) + " ", "bold"), page), soft_wrap=True)
    console.print(line((say("console.exit", lang, code=shown["exit_code"]), "dim")))


def sentences(shown: Mapping[str, Any], lang: str) -> Iterator[str]:
    """The counts, and what they do not cover."""
    counts, asked = shown["counts"], shown["asked"]
    if chosen := selected(asked):
        yield say("prove.selected", lang, chosen=chosen)
    if counts["faults"]:
        yield say("prove.counts.faults", lang, **counts)
    if counts["healthy"]:
        yield say("prove.counts.healthy", lang, **counts)
    if counts["alone"]:
        yield say("prove.alone", lang, n=counts["alone"])
    if asked["structural_left_out"]:
        yield say("prove.left_out", lang, n=asked["structural_left_out"])


def selected(asked: Mapping[str, Any]) -> str:
    """What narrowed the proof, as it was asked for; empty where nothing did."""
    return ", ".join((*asked["only"], *asked["ids"], *(["--variants"] if asked["variants_only"] else [])))


def parts(shown: Mapping[str, Any], lang: str) -> Iterator[tuple[str, list[str]]]:
    """What the summary lists, with its headings; the worst first."""
    faults = shown["faults"]
    yield "prove.survivors", [survivor(one, lang) for one in faults if not one["killed"]]
    yield "prove.alarms", [alarm(one, lang) for one in shown["alarms"]]
    yield "prove.broke", [f"{named(one, lang)}: {one['why'] or ', '.join(one['requirements'])}" for one in shown["broke"]]
    yield "prove.missing", [named(one, lang) for one in shown["missing"]]
    yield "prove.stray", [
        f"{one['id']} ({one['requirement']}): {', '.join(strays)}" for one in faults if (strays := stray(one))
    ]


def survivor(one: Mapping[str, Any], lang: str) -> str:
    why = f", {reason(one['reason'], lang)}" if one["reason"] else ""
    return f"{one['requirement']}  {one['id']}: {say('verdict.' + one['verdict'], lang)}{why} – {pick(one['title'], lang)}"


def alarm(one: Mapping[str, Any], lang: str) -> str:
    """What is held against a healthy system, and what stayed open."""
    told = [*one["failed"], *(f"{name} ({say('verdict.inconclusive', lang)})" for name in one["undecided"])]
    return f"{named(one, lang)}: {one['refused'] or ', '.join(told)}"


def named(one: Mapping[str, Any], lang: str) -> str:
    """A unit, for people."""
    return say(f"prove.unit.{one['kind']}", lang, id=one["id"], seed=one["seed"])


def reason(code: str, lang: str) -> str:
    """Why nothing was decided; a sentence stands for itself."""
    return say(f"reason.{code}", lang) if known(f"reason.{code}") else code


def stray(one: Mapping[str, Any]) -> list[str]:
    return [name for name, word in one["blame"].items() if word == "stray"]
