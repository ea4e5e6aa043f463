"""The summary on the console: what came out, what to do about it, where the report is.

In: a report dict, a language, a stream.  Out: text that a person can act on; nothing is decided here.
"""

from __future__ import annotations

from typing import Final, TextIO

from rich import box
from rich.table import Table

from conformance.reporting.catalogue import explain, requirements
from conformance.reporting.failures import failures, undecided, variables
from conformance.reporting.headline import LEVELS, VERDICTS, Report, headline, left_out
from conformance.reporting.progress import Progress
from conformance.reporting.terminal import COLOURS, line, sign, terminal
from conformance.words import pick, say

__all__ = ["Progress", "explain", "requirements", "summary"]

_SIGN_OF: Final = {"conformant": "pass", "non-conformant": "fail", "inconclusive": "inconclusive", "error": "error"}


def summary(report: Report, lang: str, out: TextIO, *, html: str | None = None) -> None:
    """Outcome, counts, failures with their first findings, what is missing for a verdict, the path of the page (`html`)."""
    console = terminal(out)
    outcome = _SIGN_OF[report["outcome"]]
    console.print()
    console.print(line(sign(outcome, console.encoding), " ", (pick(headline(report), lang), COLOURS[outcome])))
    console.print(line((_subject(report), "dim")), soft_wrap=True)
    console.print()
    console.print(_counts(report, lang, console.encoding))
    by_verdict = {word: [each for each in report["verdicts"] if each["verdict"] == word] for word in VERDICTS}
    failures(console, by_verdict["fail"], lang, "console.failures")
    failures(console, by_verdict["error"], lang, "console.errors")
    variables(console, report["variables"], lang)
    undecided(console, by_verdict["inconclusive"], lang)
    console.print()
    console.print(line((say("console.left_out", lang), "bold")))
    for sentence in left_out(report):
        console.print(line("- ", pick(sentence, lang)))
    console.print()
    if html:
        console.print(line((say("console.report", lang) + " ", "bold"), html), soft_wrap=True)
    console.print(line((say("console.exit", lang, code=report["exit_code"]), "dim")))


def _subject(report: Report) -> str:
    iut = report["iut"]
    said = (iut["organisation"], iut["software_version"]["start"], iut["target"])
    return " · ".join(str(each) for each in said if each)


def _counts(report: Report, lang: str, encoding: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(say("console.counts", lang))
    for verdict in VERDICTS:
        table.add_column(line(sign(verdict, encoding), " ", say(f"verdict.{verdict}", lang)), justify="right")
    for level in LEVELS:
        row = report["counts"][level]
        shown = [line((row[each], COLOURS[each] if row[each] else "dim")) for each in VERDICTS]
        table.add_row(line((say(f"level.{level}", lang), "bold")), *shown)
    return table
