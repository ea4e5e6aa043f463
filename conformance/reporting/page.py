"""What the page shows beyond the report itself: groups, first citations, the order of things to mend.

In: a report dict.  Out: a `Page`, all that the template reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from conformance.reporting.headline import LEVELS, Report, headline, left_out

LONGEST_TIMELINE: Final = 60
"""Entries of one timeline that the page shows."""


@dataclass(frozen=True)
class Evidence:
    """What a finding shows in its place, and what it refers to because an earlier finding shows it."""

    timeline: str | None
    exchanges: tuple[str, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True)
class Theme:
    code: str
    title: Mapping[str, str]
    verdicts: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Page:
    """One report, arranged for reading."""

    report: Report
    headline: Mapping[str, str]
    left_out: tuple[Mapping[str, str], ...]
    themes: tuple[Theme, ...]
    first: tuple[Mapping[str, Any], ...]
    parity: tuple[tuple[str, tuple[Mapping[str, Any], ...]], ...]
    evidence: Mapping[tuple[str, int], Evidence] = field(default_factory=dict)


def arrange(report: Report) -> Page:
    """The page of a report."""
    return Page(
        report=report,
        headline=headline(report),
        left_out=tuple(left_out(report)),
        themes=tuple(_themes(report)),
        first=tuple(each for each in report["verdicts"] if each["level"] == "must" and each["verdict"] == "fail"),
        parity=tuple((measure, tuple(rows)) for measure, rows in groupby(report["parity"], lambda row: str(row["measure"]))),
        evidence=_evidence(report),
    )


def _themes(report: Report) -> Iterable[Theme]:
    titles = report.get("themes") or {}
    for code in dict.fromkeys(each["theme"] for each in report["verdicts"]):
        verdicts = tuple(each for each in report["verdicts"] if each["theme"] == code)
        yield Theme(code, titles.get(code, {"zh": code, "en": code}), verdicts)


def _evidence(report: Report) -> dict[tuple[str, int], Evidence]:
    """By requirement and place of the finding: each exchange and timeline is shown once, where it is cited first.

    The exchanges that a timeline passes through are cited with it.
    """
    shown: set[str] = set()
    places: dict[tuple[str, int], Evidence] = {}
    for verdict in report["verdicts"]:
        for place, finding in enumerate(verdict["findings"]):
            subject = next((each for each in finding["subjects"] if each in report["timelines"] and f"t-{each}" not in shown), None)
            passed = [moment.get("exchange") for moment in report["timelines"][subject][:LONGEST_TIMELINE]] if subject else []
            cited = [n for n in dict.fromkeys(map(str, [*finding["exchanges"], *passed])) if n in report["exchanges"]]
            here = tuple(n for n in cited if f"x-{n}" not in shown)
            shown |= {f"x-{n}" for n in here} | ({f"t-{subject}"} if subject else set())
            places[verdict["requirement"], place] = Evidence(subject, here, tuple(n for n in cited if n not in here))
    return places


def counts(report: Report) -> Iterable[tuple[str, Mapping[str, int], int]]:
    """Level, its counts, their sum."""
    for level in LEVELS:
        row = report["counts"][level]
        yield level, row, sum(row.values())
