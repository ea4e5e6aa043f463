"""Verdicts that somebody must act on, on the console: failures with their first findings, what could not be decided and why.

In: verdicts of a report, a console.  Out: lines; commands stand on one line each, to be copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from conformance.reporting.headline import LEVELS, began, feature, finding_text, listed, reason, supply, variable
from conformance.reporting.ranges import ranges
from conformance.reporting.terminal import indented, line, sign
from conformance.reporting.visible import literal, shortened
from conformance.words import named, pick, say, texts

Verdict = Mapping[str, Any]
Finding = Mapping[str, Any]

MOST_FAILURES: Final = 20
MOST_FINDINGS: Final = 3
_LONGEST: Final = 160
_LONGEST_COMMAND: Final = 600


def failures(console: Console, failing: Sequence[Verdict], lang: str, title: str) -> None:
    """What failed (or broke), gravest level first, under a title with its count."""
    if not failing:
        return
    console.print()
    console.print(line((say(title, lang, n=len(failing)), "bold")))
    ranked = sorted(failing, key=lambda each: LEVELS.index(each["level"]))
    for verdict in ranked[:MOST_FAILURES]:
        _failure(console, verdict, lang)
    if len(ranked) > MOST_FAILURES:
        console.print(line(say("console.more_failures", lang, n=len(ranked) - MOST_FAILURES)))


def _failure(console: Console, verdict: Verdict, lang: str) -> None:
    level = say("level." + verdict["level"], lang)
    note = "" if verdict["level"] == "must" else f"  ({say('console.not_counted', lang, level=level)})"
    mark = sign(verdict["verdict"], console.encoding)
    console.print(line(mark, " ", (verdict["requirement"], "bold"), " ", pick(verdict["title"], lang), (note, "dim")))
    if verdict["reason"]:
        _indented(console, _why(verdict, lang))
    for finding in verdict["findings"][:MOST_FINDINGS]:
        _finding(console, finding, lang)
    if (more := len(verdict["findings"]) - MOST_FINDINGS) > 0:
        _indented(console, line(say("console.more", lang, n=more)))
    if verdict["verdict"] == "fail":
        _indented(console, line((say("console.remedy", lang) + " ", "cyan"), pick(verdict["remedy"], lang)))
    for command in dict.fromkeys(each["rerun"] for each in verdict["findings"][:MOST_FINDINGS]):
        _command(console, command, lang)


def _indented(console: Console, shown: Text, by: int = 4) -> None:
    console.print(indented(shown, by, console.width))


def _command(console: Console, command: str, lang: str, by: int = 4) -> None:
    """Never folded: a command with a line end in its middle cannot be copied."""
    one_line = " ".join(command.replace("\\\n", " ").split())
    if len(one_line) <= _LONGEST_COMMAND:
        console.print(line(" " * by, (say("console.repeat", lang) + " ", "cyan"), one_line), soft_wrap=True)


def _finding(console: Console, finding: Finding, lang: str) -> None:
    _indented(console, line(("- ", "bold"), pick(finding_text(finding), lang), (f"  {_where(finding, lang)}", "dim")))
    for label, shown in _facts(finding, lang):
        _indented(console, line((f"{say(label, lang)} ", "dim"), shortened(shown, _LONGEST)), 6)
    if finding["curl"]:
        _command(console, finding["curl"], lang, 6)


def _facts(finding: Finding, lang: str) -> Iterator[tuple[str, str]]:
    if finding["expected"] is not None:
        yield "console.expected", literal(finding["expected"])
    if finding["seen"] is not None:
        yield "console.seen", literal(finding["seen"])
    elif finding["expected"] is not None:
        yield "console.seen", say("page.nothing", lang)
    if finding["began"]:
        yield "console.began", pick(began(finding), lang)
    for row in finding["common"][:1]:
        yield "console.common", f"{pick(feature(row['feature']), lang)}: {pick(texts('page.common.row', **row), lang)}"


def variables(console: Console, rows: Sequence[Mapping[str, Any]], lang: str) -> None:
    """Where the variables in the commands come from, one line each, to be copied."""
    if not rows:
        return
    console.print()
    console.print(line((say("page.variables", lang), "bold")))
    for row in rows:
        console.print(line("    ", row["command"] or row["name"], (f"  # {pick(variable(row), lang)}", "dim")), soft_wrap=True)


def _where(finding: Finding, lang: str) -> str:
    to = pick(named("party", finding["roles"]["to"]), lang) if finding["roles"]["to"] else ""
    times = say("page.times", lang, times=finding["times"], of=finding["of"])
    return " · ".join(str(each) for each in (to, finding["channel"], finding["pointer"], times) if each)


def _why(verdict: Verdict, lang: str) -> Text:
    """The reason with its parameters."""
    given = verdict["reason"]["params"]
    detail = ", ".join(f"{key} = {shortened(str(value), _LONGEST)}" for key, value in given.items())
    return line(pick(reason(verdict), lang), (f"  ({detail})" if detail else "", "dim"))


def undecided(console: Console, verdicts: Sequence[Verdict], lang: str) -> None:
    """Grouped by reason, since what decides one of them mostly decides all: why, which, what to supply."""
    if not verdicts:
        return
    console.print()
    console.print(line((say("console.inconclusive", lang, n=len(verdicts)), "bold")))
    for (told, capability), group in groupby(sorted(verdicts, key=lambda each: _grounds(each, lang)), lambda each: _grounds(each, lang)):
        same = list(group)
        mark = sign("inconclusive", console.encoding)
        console.print(line(mark, " ", told, (f": {capability}" if capability else "", "bold"), (f"  ({len(same)})", "dim")))
        _indented(console, line(pick(listed(ranges(each["requirement"] for each in same)), lang)))
        if wanted := pick(supply(same[0]), lang):
            _indented(console, line((say("console.supply", lang) + " ", "cyan"), wanted))


def _grounds(verdict: Verdict, lang: str) -> tuple[str, str]:
    if not verdict["reason"]:
        return say("reason.unseen", lang), ""
    return pick(reason(verdict), lang), str(verdict["reason"]["params"].get("capability", ""))
