"""What failing cases share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conformance.judgements.features import Common, common_features

ASTRAL, DOT, LONG = "name:astral", "name:dot", "address:long"


def cases(count: int, *features: str) -> list[frozenset[str]]:
    return [frozenset(features)] * count


def test_a_feature_of_all_failing_and_no_other_case_is_named() -> None:
    others = cases(20) + cases(20, LONG)
    assert common_features(cases(3, ASTRAL, LONG) + cases(3, ASTRAL), others) == (Common(ASTRAL, 6, 6, 0, 40),)


def test_the_most_telling_comes_first() -> None:
    failing = cases(5, ASTRAL, DOT) + cases(1, ASTRAL)
    assert [common.feature for common in common_features(failing, cases(40))] == [ASTRAL, DOT]
    others = cases(30) + cases(10, ASTRAL)
    assert [common.feature for common in common_features(failing, others)] == [DOT, ASTRAL]


def test_what_everybody_has_tells_nothing() -> None:
    assert common_features(cases(6, LONG), cases(40, LONG)) == ()
    assert common_features(cases(6, LONG), []) == ()
    assert common_features([], cases(6, LONG)) == ()


def test_few_failing_cases_share_something_anyway() -> None:
    assert common_features(cases(2, ASTRAL), cases(400)) == ()
    assert common_features(cases(3, ASTRAL), cases(2)) == ()
    assert common_features(cases(3, ASTRAL), cases(40)) == (Common(ASTRAL, 3, 3, 0, 40),)


def test_three_at_most() -> None:
    assert len(common_features(cases(6, "a", "b", "c", "d"), cases(40))) == 3


sets = st.lists(st.frozensets(st.sampled_from("abcdef")), max_size=12)


@given(sets, sets)
def test_counts_are_true_and_order_does_not_matter(failing: list[frozenset[str]], others: list[frozenset[str]]) -> None:
    found = common_features(failing, others)
    assert found == common_features(failing[::-1], others[::-1])
    for feature, of_failing, failing_of, of_others, others_of in found:
        assert of_failing == sum(feature in case for case in failing)
        assert of_others == sum(feature in case for case in others)
        assert (failing_of, others_of) == (len(failing), len(others))
        assert of_failing / failing_of > of_others / others_of
