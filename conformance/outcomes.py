"""Outcomes: what a check found, and how outcomes combine.  Pure.

In: looks (what an expectation looked at and what was wrong with it).  Out: findings, one verdict per requirement, the overall
outcome and the exit code.  The words of ISO/IEC 9646; the order fail, error, inconclusive, pass is design §9.4.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Literal

import msgspec

from conformance.judgements.exact import rare
from conformance.judgements.features import Common, common_features
from conformance.records import JSON

Verdict = Literal["pass", "fail", "inconclusive", "not-applicable", "error"]
Overall = Literal["conformant", "non-conformant", "inconclusive", "error"]
Nature = Literal["said", "missing"]

ORDER: Final[tuple[Verdict, ...]] = ("fail", "error", "inconclusive", "pass", "not-applicable")
"""Of several verdicts, the first of these that occurs stands."""

CONFIRMED: Final = 2
"""What was missing counts when it was missing this often, each time about somebody else (design §3)."""


CHANCE: Final = 0.001
"""What is more probable than this may be chance."""


class Reason(msgspec.Struct, frozen=True):
    """Why nothing was decided: `code` is environment, precondition, statistics, capability, unconfirmed, attestation or suite."""

    code: str
    params: dict[str, JSON] = {}


class Place(msgspec.Struct, frozen=True):
    """Where something was seen, or should have been."""

    operation: str = ""
    pointer: str = ""
    channel: str = ""
    by: str = ""
    to: str = ""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that an expectation looked at; without `kind` it was as it should be.

    `who` are the kinds of the two parties (never their names: the seed permutes those), `subjects` and `exchanges` lead to the
    evidence, `features` say what sort of case it was; `single`: one message that got lost on the way would explain it; `began` is the
    exchange from which on something was waited for.
    """

    kind: str = ""
    nature: Nature = "said"
    params: dict[str, JSON] = {}
    place: Place = Place()
    who: tuple[str, str] = ("", "")
    expected: JSON = None
    seen: JSON = None
    subjects: tuple[str, ...] = ()
    exchanges: tuple[int, ...] = ()
    features: frozenset[str] = frozenset()
    single: bool = False
    began: int | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """All looks of one requirement that went wrong in the same way at the same place: the first as the example, `times` of `of`."""

    id: str
    kind: str
    nature: Nature
    params: dict[str, JSON]
    place: Place
    expected: JSON
    seen: JSON
    subjects: tuple[str, ...]
    exchanges: tuple[int, ...]
    times: int
    of: int
    common: tuple[Common, ...] = ()
    began: int | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What one check, or all checks of one requirement, came to."""

    requirement: str
    verdict: Verdict
    looks: int = 0
    reason: Reason | None = None
    findings: tuple[Finding, ...] = ()
    checks: tuple[str, ...] = ()
    comparisons: tuple[dict[str, JSON], ...] = ()
    """Comparisons of parties on which it rests, as the report shows them."""


def findings(requirement: str, looks: Sequence[Look]) -> tuple[Finding, ...]:
    """Wrong looks, gathered by kind, place and the kinds of the parties; what failing cases share is worked out here."""
    groups: dict[tuple[str, ...], list[Look]] = {}
    for look in looks:
        if look.kind:
            groups.setdefault(sort_of(look), []).append(look)
    return tuple(finding(requirement, key, group, looks) for key, group in groups.items())


def sort_of(look: Look) -> tuple[str, ...]:
    """Looks of the same sort are one finding."""
    pointer = "/".join("*" if step.isdigit() else step for step in look.place.pointer.split("/"))
    return (look.kind, look.place.operation, pointer, *look.who)


def finding(requirement: str, key: tuple[str, ...], group: Sequence[Look], looks: Sequence[Look]) -> Finding:
    first = group[0]
    operation, pointer = key[1], key[2]
    others = [look for look in looks if not look.kind or look.place.operation == operation]
    fine = [look.features for look in others if not look.kind]
    same = {f"operation:{operation}"}  # what makes them one finding explains nothing
    return Finding(
        id=hashlib.sha256("\0".join((requirement, *key)).encode()).hexdigest()[:10],
        kind=first.kind, nature=first.nature, params=first.params,
        place=msgspec.structs.replace(first.place, pointer=pointer),
        expected=first.expected, seen=first.seen,
        subjects=ordered(subject for look in group for subject in look.subjects),
        exchanges=tuple(sorted({n for look in group for n in look.exchanges})),
        began=first.began, times=len(group), of=len(group) + len(fine),
        common=tuple(common_features([look.features - same for look in group], [each - same for each in fine])),
    )


def ordered(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def unexplained(looks: Sequence[Look], loss: float) -> Sequence[Look]:
    """The looks but for what may well have come of the share `loss` of all messages that got lost on the way.

    It is left out, not forgiven one by one: what went wrong more often than chance would have it all stays.
    """
    single = [look for look in looks if look.single] if loss else []
    if not single:
        return looks
    fine, times = sum(not look.kind for look in looks), Counter(sort_of(look) for look in single)
    chance = {sort for sort, count in times.items() if rare(count, count + fine, loss) > CHANCE}
    return [look for look in looks if not (look.single and sort_of(look) in chance)]


def conclude(
    requirement: str, check: str, looks: Sequence[Look], undecided: Sequence[Reason], least: int = 1, loss: float = 0.0
) -> Outcome:
    """The outcome of one check; `loss` is what share of all messages is known to have got lost on the way.

    Wrong content fails on one observation; what is missing fails when it was missing `CONFIRMED` times, about different
    subjects; fewer than `least` looks, or something undecided, is inconclusive: nothing passes by default.
    """
    looks = unexplained(looks, loss)
    found = findings(requirement, looks)
    bad = tuple(one for one in found if confirmed(one))
    verdict: Verdict = "pass"
    reason: Reason | None = None
    if bad:
        verdict = "fail"
    elif found:
        verdict, reason = "inconclusive", Reason("unconfirmed", {"kind": found[0].kind, "times": found[0].times, "of": found[0].of})
    elif undecided:
        verdict, reason = "inconclusive", undecided[0]
    elif len(looks) < max(1, least):
        verdict, reason = "inconclusive", Reason("precondition", {"looks": len(looks), "least": max(1, least)})
    return Outcome(requirement=requirement, verdict=verdict, looks=len(looks), reason=reason, findings=bad or found, checks=(check,))


def confirmed(one: Finding) -> bool:
    """Whether a finding is enough to fail by itself."""
    return one.nature == "said" or len(one.subjects or one.exchanges) >= CONFIRMED


def merge(outcomes: Sequence[Outcome]) -> Outcome:
    """The outcomes of all checks of one requirement as one.  The order in which they come does not matter to the verdict."""
    ranked = sorted(outcomes, key=lambda one: (ORDER.index(one.verdict), one.checks))
    first = ranked[0]
    failing = tuple(found for one in ranked if one.verdict == first.verdict for found in one.findings)
    return Outcome(
        requirement=first.requirement, verdict=first.verdict, reason=first.reason, looks=sum(one.looks for one in outcomes),
        findings=failing, checks=tuple(sorted(name for one in outcomes for name in one.checks)),
        comparisons=tuple(row for one in ranked for row in one.comparisons),
    )


def overall(verdicts: Iterable[tuple[str, Verdict]]) -> Overall:
    """The outcome of a run from (level, verdict) pairs: what is `must` decides; nothing `must` passed is never conformant."""
    must = [verdict for level, verdict in verdicts if level == "must"]
    if "fail" in must:
        return "non-conformant"
    if "error" in must:
        return "error"
    if "inconclusive" in must or "pass" not in must:
        return "inconclusive"
    return "conformant"


EXIT: Final[dict[str, int]] = {"conformant": 0, "non-conformant": 1, "inconclusive": 3, "error": 4}


def exit_code(outcome: Overall, *, interrupted: bool = False) -> int:
    """The one place that turns an outcome into an exit code (design §13)."""
    return 130 if interrupted else EXIT[outcome]
