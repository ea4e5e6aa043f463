"""A target that answers nobody any more is not asked for ever."""

from __future__ import annotations

import pytest

from conformance.binding.endurance import Endurance
from conformance.parties import Party
from conformance.timekeeping import Unreachable

ANN, BOB = Party("ann"), Party("bob")


def refused(endurance: Endurance, party: Party, *at: float) -> None:
    for second in at:
        endurance.note(party, second, second, good=False, refused=True)


def test_nobody_listens_for_three_patiences_and_the_rest_is_not_asked() -> None:
    endurance = Endurance(30, 600)
    refused(endurance, ANN, 0, 40)
    refused(endurance, BOB, 89)
    endurance.check(ANN)
    refused(endurance, BOB, 91)
    with pytest.raises(Unreachable):
        endurance.check(ANN)


def test_a_target_that_starts_anew_is_waited_for() -> None:
    endurance = Endurance(30, 600)
    refused(endurance, ANN, 0, 50)
    endurance.note(ANN, 60, 60.1, good=True)
    refused(endurance, ANN, 95, 150)
    endurance.check(ANN)


def test_one_party_that_is_refused_seldom_is_not_given_up() -> None:
    endurance = Endurance(30, 600)
    for second in range(0, 600, 100):
        refused(endurance, ANN, second)
        endurance.note(BOB, second + 1, second + 1.1, good=True)
    endurance.check(ANN)
