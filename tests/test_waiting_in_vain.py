"""Who is told to come back later comes back, and who finds nothing looks again, but not for ever."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from conformance.actors.comparing import LOOKS, VAIN
from conformance.records import Act, Answer, Exchange
from conformance.vocabulary import FeedRead
from tests.conftest import embedded


def test_after_waiting_in_vain_a_few_times_a_party_asks_each_thing_once() -> None:
    run = embedded(["cut-off-without-notice"], only=["NT-P-24"])
    asked = [one for one in run.records if isinstance(one, Exchange) and isinstance(one.answer, Answer) and one.answer.status == 503]
    tries = Counter((one.sender, one.operation, one.act) for one in asked)
    for party, operation in {(sender, name) for sender, name, _ in tries}:
        several = [count for (sender, name, _), count in tries.items() if (sender, name) == (party, operation)]
        assert several[:2] == [3, 3], "it waits as it is told"
        assert len(several) > 3
        assert set(several[2:]) == {1}, "and then no more"
    assert run.verdicts["NT-P-24"] == "fail"


def test_who_finds_nothing_looks_again_some_time_and_then_once() -> None:
    run = embedded(["feed-by-the-job"], only=["NB-P-07"])
    blocks = [one for one in run.records if isinstance(one, Act) and one.scenario == "couriers_side_by_side"]
    pulls = [one for one in blocks if isinstance(one, FeedRead)]
    measured = [place for place, one in enumerate(pulls) if one.block is not None]
    looks = [later - earlier for earlier, later in pairwise(measured)]
    assert looks[:5] == [LOOKS + 1] * 5, "it may come soon"
    assert set(looks[VAIN:100]) == {1}, "nothing comes so soon here"
