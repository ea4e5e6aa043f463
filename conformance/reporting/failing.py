"""A failure or an indecision as the few lines that pytest shows, and JUnit keeps.

In: a requirement and an outcome.  Out: text in the language of the person.
"""

from __future__ import annotations

import os

from conformance.catalogue import Requirement
from conformance.evidence import Evidence
from conformance.outcomes import Outcome
from conformance.repeat import rerun
from conformance.reporting.visible import visible
from conformance.words import language, pick, say

SHOWN = 3


def failing(requirement: Requirement, outcome: Outcome, evidence: Evidence) -> str:
    """Requirement and clause, what was expected and seen, what failing cases share, how to repeat it, the remedy."""
    lang = language(os.environ)
    lines = [f"{requirement.id} {pick(requirement.title, lang)}  [{'; '.join(requirement.clause)}]"]
    if outcome.reason is not None:
        lines.append(undecided(outcome))
    for one in outcome.findings[:SHOWN]:
        lines.append("  " + visible(say(one.kind, lang, expected=one.expected, seen=one.seen, **one.params)))
        lines.append(visible(f"    {one.place.operation} {one.place.pointer}  {one.times}/{one.of}  {', '.join(one.subjects[:5])}"))
        lines.append(visible(f"    {say('label.expected', lang)}: {one.expected!r}"))
        lines.append(visible(f"    {say('label.seen', lang)}: {one.seen!r}"))
        lines += [visible(f"    {c.feature}: {c.failing}/{c.failing_of}, {c.others}/{c.others_of}") for c in one.common[:2]]
    if len(outcome.findings) > SHOWN:
        lines.append(f"  … +{len(outcome.findings) - SHOWN}")
    return "\n".join([*lines, f"  {rerun(requirement.id, evidence)}", f"  {pick(requirement.remedy, lang)}"])


def undecided(outcome: Outcome) -> str:
    """Why nothing was decided."""
    reason = outcome.reason
    if reason is None:
        return outcome.verdict
    return visible(say(f"reason.{reason.code}", language(os.environ), **reason.params))
