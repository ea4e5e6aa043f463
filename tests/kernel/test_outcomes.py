"""The lattice of verdicts."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.outcomes import EXIT, Look, Outcome, Reason, Verdict, conclude, exit_code, merge, overall

VERDICTS = st.sampled_from(get_args(Verdict))
PAIRS = st.lists(st.tuples(st.sampled_from(["must", "should", "may"]), VERDICTS))
BETTER = ["error", "non-conformant", "inconclusive", "conformant"]


@given(PAIRS, st.randoms())
def test_the_order_of_verdicts_does_not_matter(pairs: list[tuple[str, Verdict]], random: object) -> None:
    shuffled = sorted(pairs, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert overall(pairs) == overall(shuffled)


@given(PAIRS.filter(lambda pairs: not any(level == "must" and verdict == "pass" for level, verdict in pairs)))
def test_nothing_is_conformant_without_a_must_that_passed(pairs: list[tuple[str, Verdict]]) -> None:
    assert overall(pairs) != "conformant"


@given(PAIRS, st.sampled_from(["not-applicable", "inconclusive"]))
def test_adding_a_skip_never_improves_the_outcome(pairs: list[tuple[str, Verdict]], skip: Verdict) -> None:
    before, after = overall(pairs), overall([*pairs, ("must", skip)])
    assert after == before or after != "conformant"


@given(st.lists(VERDICTS, min_size=1, max_size=5))
def test_checks_of_one_requirement_merge_to_the_worst(verdicts: list[Verdict]) -> None:
    outcomes = [Outcome(requirement="X", verdict=verdict, checks=(str(n),)) for n, verdict in enumerate(verdicts)]
    merged = merge(outcomes)
    assert merged.verdict == merge(outcomes[::-1]).verdict
    for word in ("fail", "error", "inconclusive", "pass"):
        if word in verdicts:
            assert merged.verdict == word
            break


def look(kind: str = "", nature: str = "said", subject: str = "S-1") -> Look:
    return Look(kind=kind, nature=nature, subjects=(subject,), exchanges=(1,))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("looks", "reasons", "verdict", "code"),
    [
        ([], [], "inconclusive", "precondition"),
        ([look()], [], "pass", None),
        ([look(), look("differs")], [], "fail", None),
        ([look("absent", "missing")], [], "inconclusive", "unconfirmed"),
        ([look("absent", "missing"), look("absent", "missing")], [], "inconclusive", "unconfirmed"),
        ([look("absent", "missing"), look("absent", "missing", "S-2")], [], "fail", None),
        ([look()], [Reason("environment")], "inconclusive", "environment"),
        ([look("differs")], [Reason("environment")], "fail", None),
    ],
)
def test_what_was_said_counts_once_and_what_was_missing_when_it_repeats(
    looks: list[Look], reasons: list[Reason], verdict: str, code: str | None
) -> None:
    outcome = conclude("X", "check", looks, reasons)
    assert outcome.verdict == verdict
    assert (outcome.reason.code if outcome.reason else None) == code


@pytest.mark.parametrize(
    ("wrong", "fine", "loss", "verdict"),
    [
        (1, 60, 0.0, "inconclusive"), (1, 60, 0.01, "pass"), (3, 226, 0.01, "pass"), (20, 226, 0.01, "fail"), (3, 3, 0.01, "fail"),
        (1, 0, 0.01, "inconclusive"),
    ],
)
def test_what_a_line_loses_explains_as_much_as_chance_would_have_it(wrong: int, fine: int, loss: float, verdict: str) -> None:
    looks = [Look(kind="unanswered", nature="missing", subjects=(f"S-{n}",), single=True) for n in range(wrong)] + [Look()] * fine
    assert conclude("X", "check", looks, [], loss=loss).verdict == verdict


def test_what_more_than_one_lost_message_would_explain_is_not_explained() -> None:
    looks = [Look(kind="absent", nature="missing", subjects=("S-1",)), *[Look()] * 99]
    assert conclude("X", "check", looks, [], loss=0.01).verdict == "inconclusive"


def test_fewer_looks_than_a_check_needs_is_inconclusive() -> None:
    assert conclude("X", "check", [look()], [], least=2).verdict == "inconclusive"


def test_each_outcome_has_its_exit_code() -> None:
    assert {word: exit_code(word) for word in EXIT} == {"conformant": 0, "non-conformant": 1, "inconclusive": 3, "error": 4}  # type: ignore[arg-type]
    assert exit_code("conformant", interrupted=True) == 130
