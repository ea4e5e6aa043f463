"""Who is told to come back later comes back, but not for ever."""

from __future__ import annotations

from collections import Counter

from conformance.records import Answer, Exchange
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
