"""The kill matrix as one HTML file that asks nobody for anything.

In: the proof as data (`conformance.proving.document`).  Out: the text of the page; what is not proven first, each cell a letter and not
only a colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from conformance.proving.console import SIGNS, selected, stray
from conformance.proving.document import Document, themes
from conformance.reporting.html import rendered

LETTERS: Final = {"killed": "K", "survived": "S", "declared": "N", "same": "N", "stray": "X", "undecided": "?"}
"""What stands in a cell: killed, survived, necessarily failed, failed for no reason that we know, left open."""


class Theme(NamedTuple):
    """A table: the faults that break requirements of one theme."""

    code: str
    title: Mapping[str, str]
    columns: Sequence[str]
    rows: Sequence[Document]

    @property
    def killed(self) -> int:
        return sum(bool(row["killed"]) for row in self.rows)


def render(shown: Mapping[str, Any], lang: str | None = None) -> str:
    """The whole page.  `lang` is the language that it opens in; None leaves that to the reader's browser."""
    tables = [Theme(code, title, columns(rows), rows) for code, title, rows in themes(shown)]
    titles = {one["id"]: one["title"] for one in shown["requirements"]}
    strays = [(one, names) for one in shown["faults"] if (names := stray(one))]
    context = {
        "proof": shown, "themes": tables, "titles": titles, "strays": strays, "cells": cells, "LETTERS": LETTERS,
        "selected": selected(shown["asked"]),
        "sign": SIGNS[shown["result"]], "settings": {"pinned": lang is not None, "lang": lang or "zh"},
    }  # fmt: skip
    return rendered("prove.html.j2", "prove.js", lang or "zh", context, styles=("report.css", "prove.css"))


def columns(rows: Sequence[Document]) -> list[str]:
    """The requirements of a table: those that its faults broke, or that were blamed for them."""
    return sorted({name for one in rows for name in (one["requirement"], *one["blame"])})


def cells(one: Document, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What stands where a fault meets each requirement; empty where there is nothing to say."""
    for name in names:
        if name == one["requirement"]:
            yield name, "killed" if one["killed"] else "survived"
        else:
            yield name, one["blame"].get(name, "undecided" if name in one["undecided"] else "")
