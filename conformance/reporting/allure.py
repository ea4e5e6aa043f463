"""A verdict in the words of Allure, for the pytest plugin: labels, and a description.

In: one verdict of a report.  Out: `(label, value)` pairs; nothing is imported from Allure here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from conformance.reporting.visible import visible
from conformance.words import pick

SEVERITY: Final = {"must": "critical", "should": "normal", "may": "minor"}


def allure_labels(verdict: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """Theme as epic, requirement as feature, severity by level, and each clause, level and force as a tag."""
    tags = (*verdict["clause"], verdict["level"], verdict["force"], verdict["method"])
    return [
        ("epic", visible(verdict["theme"])),
        ("feature", visible(verdict["requirement"])),
        ("requirement", visible(verdict["requirement"])),
        *(("clause", visible(clause)) for clause in verdict["clause"]),
        ("severity", SEVERITY[verdict["level"]]),
        *(("tag", visible(tag)) for tag in tags),
    ]


def allure_description(verdict: Mapping[str, Any], lang: str) -> str:
    """Title, why, and what to do, as plain text."""
    return visible("\n\n".join(pick(verdict[part], lang) for part in ("title", "rationale", "remedy")), lines=True)
