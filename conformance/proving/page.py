"""The kill matrix as one HTML file that asks nobody for anything.

In: the proof as plain data.  Out: the text of the page; survivors first, each cell a sign and not only a colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from conformance.reporting.html import rendered


def written(shown: Mapping[str, Any], lang: str) -> str:
    """The whole page."""
    themes = [
        (theme, columns(rows), rows)
        for theme, group in groupby(shown["faults"], key=lambda one: str(one["requirement"]).split("-")[0])
        for rows in [list(group)]
    ]
    return rendered("prove.html.j2", "prove.js", lang, {"proof": shown, "themes": themes, "cell": cell})


def columns(rows: list[Mapping[str, Any]]) -> list[str]:
    """The requirements that a theme's faults broke or were blamed with."""
    return sorted({name for one in rows for name in (one["requirement"], *one["kin"], *one["stray"])})


def cell(one: Mapping[str, Any], requirement: str) -> str:
    """What stands where a fault and a requirement meet: killed, survived, kin, stray, or nothing."""
    if requirement == one["requirement"]:
        return "killed" if one["killed"] else "survived"
    return "kin" if requirement in one["kin"] else "stray" if requirement in one["stray"] else ""
