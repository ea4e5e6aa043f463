"""The vectors of the rule (parity.md §7), its edges, and its speed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from random import Random
from statistics import NormalDist

import pytest

from conformance.judgements.measures import ANSWER_FLOOR, DELIVERY_FLOOR, LOST_CONNECTIONS, Measure, freshness_floor
from conformance.judgements.pairs import Time, fewest_alone, tally
from conformance.judgements.parity import Comparison, blocks_needed, judge, plan_tests

MS = 1000
FLOOR = 100 * MS
Block = tuple[Time, Time]


def compare(blocks: Sequence[Block], strata: Sequence[frozenset[str]] = ()) -> Comparison:
    """`b worse than a` for times in ms."""
    times = {"a": [_us(a) for a, _ in blocks], "b": [_us(b) for _, b in blocks]}
    return judge([Measure("feed", FLOOR, times, strata=strata)], 78, 168)[0]


def _us(ms: Time) -> Time:
    return None if ms is None else ms * MS


def run(block: Callable[[int], Block], blocks: int = 200) -> list[Block]:
    return [block(i) for i in range(blocks)]


VECTORS: list[tuple[str, list[Block], str, tuple[str, ...]]] = [
    *((f"all {pair}", run(lambda i, pair=pair: pair), "pass", ())  # type: ignore[misc]
      for pair in ((200, 200), (0, 0), (1, 2), (20, 60), (200, 250))),
    ("all 200, 251", run(lambda i: (200, 251)), "fail", ("typical", "stretch")),
    ("all 20, 130", run(lambda i: (20, 130)), "fail", ("typical", "stretch")),
    ("128 worse", run(lambda i: (200, 300 if 77 * i % 200 < 128 else 200)), "fail", ("typical",)),
    ("127 worse", run(lambda i: (200, 300 if 77 * i % 200 < 127 else 200)), "inconclusive", ()),
    ("alternating 300", run(lambda i: (300, 200) if i % 2 else (200, 300)), "inconclusive", ()),
    ("alternating 260", run(lambda i: (260, 200) if i % 2 else (200, 260)), "pass", ()),
    ("every tenth 2200", run(lambda i: (200, 2200 if i % 10 == 9 else 200)), "fail", ("slow",)),
    ("every tenth timed out", run(lambda i: (200, inf if i % 10 == 9 else 200)), "fail", ("slow",)),
    ("every tenth 2200 for both", run(lambda i: (2200, 2200) if i % 10 == 9 else (200, 200)), "pass", ()),
    ("first 13 slow", run(lambda i: (200, 2200 if i < 13 else 200)), "inconclusive", ()),
    ("first 14 slow", run(lambda i: (200, 2200 if i < 14 else 200)), "fail", ("slow",)),
    ("28 in a row", run(lambda i: (200, 400 if 100 <= i < 128 else 200)), "pass", ()),
    ("29 in a row", run(lambda i: (200, 400 if 100 <= i < 129 else 200)), "fail", ("stretch",)),
    ("99 blocks", run(lambda i: (200, 200), 99), "inconclusive", ()),
    ("empty", [], "inconclusive", ()),
    ("few lost", run(lambda i: (None if i % 100 == 50 else 200, None if i % 100 == 0 else 200)), "pass", ()),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "decision", "failing"), [v[1:] for v in VECTORS], ids=[v[0] for v in VECTORS])
def test_vectors_of_the_rule(blocks: list[Block], decision: str, failing: tuple[str, ...]) -> None:
    comparison = compare(blocks)
    assert (comparison.decision, comparison.failing) == (decision, failing)


@pytest.mark.parametrize(("end", "decision", "failing"), [(158, "pass", ()), (160, "fail", ("stratum:region:2",))])
def test_one_region_of_four(end: int, decision: str, failing: tuple[str, ...]) -> None:
    blocks = run(lambda i: (200, 400 if i % 4 == 2 and i < end else 200))
    comparison = compare(blocks, [frozenset({f"region:{i % 4}", f"class:{i % 2}"}) for i in range(200)])
    assert (comparison.decision, comparison.failing) == (decision, failing)


def test_exact_p_of_the_vectors() -> None:
    assert compare(VECTORS[7][1]).p["typical"] == pytest.approx(4.56e-5, rel=0.005)
    assert compare(VECTORS[8][1]).p["typical"] == pytest.approx(8.21e-5, rel=0.005)
    assert compare(VECTORS[11][1]).p["slow"] == pytest.approx(9.54e-7, rel=0.005)
    assert compare(VECTORS[17][1]).p["stretch"] == pytest.approx(2.05e-5, rel=0.005)


@pytest.mark.parametrize(("only_worse", "fails", "passes"), [(5, False, True), (6, False, False), (14, True, False)])
def test_refusals_are_tallied(only_worse: int, fails: bool, passes: bool) -> None:
    test = tally(only_worse, 0, 200, 0.05)
    assert (test.p <= 0.005 / 78, test.passes) == (fails, passes)
    times: list[Time] = [None if i < only_worse else 200 * MS for i in range(200)]
    measure = Measure("feed", FLOOR, {"a": [200 * MS] * 200, "b": times}, {"b": frozenset(range(only_worse))})
    toward_b, toward_a, lost, _ = judge([measure], 78, 168)
    assert toward_b.decision == ("fail" if fails else "pass" if passes else "inconclusive")
    assert ("errors" in toward_b.failing, "errors" in toward_b.undecided) == (fails, not fails and not passes)
    assert toward_a.decision == "pass"
    assert (lost.measure, lost.decision) == (LOST_CONNECTIONS, "pass")


def test_lost_connections_of_all_measures_count_together() -> None:
    times: list[Time] = [None if i % 20 == 0 else 200 * MS for i in range(200)]
    measures = [Measure(name, FLOOR, {"a": [200 * MS] * 200, "b": times}) for name in ("feed", "post", "push")]
    toward_b = {c.measure: c for c in judge(measures, 78, 168) if c.worse == "b"}
    assert toward_b["feed"].decision == "pass"
    assert (toward_b["feed"].used, toward_b["feed"].lost) == (190, 10)
    assert (toward_b[LOST_CONNECTIONS].decision, toward_b[LOST_CONNECTIONS].blocks) == ("fail", 600)


def test_holm_corrects_over_the_whole_run() -> None:
    """127 worse blocks fail nothing by themselves, but do after another measure has failed and left the family."""
    slow = [300 * MS if 77 * i % 200 < 127 else 200 * MS for i in range(200)]
    measures = [Measure(n, FLOOR, {"a": [200 * MS] * 200, "b": t}) for n, t in (("x", slow), ("y", [900 * MS] * 200))]
    assert next(c.decision for c in judge(measures[:1], 61, 168) if c.worse == "b") == "inconclusive"
    assert next(c.failing for c in judge(measures, 61, 168) if c.worse == "b") == ("typical",)


def test_what_would_have_failed_is_said() -> None:
    comparison = compare(run(lambda i: (200, 200)))
    assert (comparison.fewest_slow, comparison.shortest_stretch) == (14, 29)
    assert fewest_alone(2, 200, 0.005 / 78) == 20
    assert comparison.slow_threshold == 1000 * MS
    assert (comparison.median_ratio, comparison.lower, comparison.upper) == (1.0, 1.0, 1.0)
    assert comparison.smallest_detectable == 1.25
    assert compare(VECTORS[17][1]).stretch == (100, 129)


@pytest.mark.parametrize(("sigma", "smallest"), [(0.2, 1.45), (0.4, 1.67), (0.6, 1.93), (1.0, 2.58)])
def test_smallest_detectable_slowdown_follows_the_noise(sigma: float, smallest: float) -> None:
    ratios = [NormalDist(0, sigma * 2**0.5).inv_cdf((i + 0.5) / 200) for i in range(200)]
    comparison = compare([(10**6, round(10**6 * 2.718281828**r)) for r in ratios])
    assert comparison.smallest_detectable == pytest.approx(smallest, rel=0.02)


def test_bounds_decide_as_the_tests_do() -> None:
    draw = Random(7)
    for worse in (1.0, 1.2, 1.4, 1.6):
        blocks: list[Block] = [(draw.lognormvariate(6, 0.4), worse * draw.lognormvariate(6, 0.4)) for _ in range(200)]
        comparison = compare([(round(a), round(b)) for a, b in blocks if a and b])
        assert comparison.lower is not None
        assert comparison.upper is not None
        assert comparison.median_ratio is not None
        assert (comparison.lower > 1.25) == (comparison.p["typical"] <= 0.005 / 78)
        equal = "typical" not in comparison.undecided + comparison.failing
        assert (comparison.upper < 1.5 and comparison.median_ratio <= 1.25) == equal


def test_a_healthy_run_passes_and_both_directions_agree() -> None:
    draw = Random(1)
    times = {party: [round(draw.lognormvariate(12, 0.2)) for _ in range(200)] for party in "abc"}
    comparisons = judge([Measure("feed", FLOOR, times)], 78, 168)
    assert len(comparisons) == 12
    assert {c.decision for c in comparisons} == {"pass"}


def test_both_timed_out_is_equal_and_one_that_always_does_is_slow() -> None:
    assert compare(run(lambda i: (inf, inf))).decision == "pass"
    comparison = compare(run(lambda i: (200, inf)))
    assert comparison.failing == ("typical", "slow", "stretch")
    assert comparison.row()["ratios"] == [None] * 200
    assert comparison.row()["test"] == "typical"


def test_all_lost_is_inconclusive_not_equal() -> None:
    comparison = compare(run(lambda i: (200, None)))
    assert comparison.decision == "inconclusive"
    assert comparison.p["typical"] == 1.0


def test_the_plan_counts_its_tests() -> None:
    assert plan_tests(parties=3, timings=4, strata=6) == (78, 168)
    with pytest.raises(ValueError, match="the plan corrects for 5"):
        judge([Measure("feed", FLOOR, {"a": [1], "b": [1]})], 5, 168)


def test_floors() -> None:
    assert (ANSWER_FLOOR, DELIVERY_FLOOR) == (100 * MS, 300 * MS)
    assert (freshness_floor(100 * MS), freshness_floor(1000 * MS)) == (300 * MS, 2000 * MS)


def test_blocks_of_different_number_are_refused() -> None:
    with pytest.raises(ValueError, match="every block needs"):
        Measure("feed", FLOOR, {"a": [1], "b": [1, 2]})
    with pytest.raises(ValueError, match="every block needs"):
        Measure("feed", FLOOR, {"a": [1, 2], "b": [1, 2]}, strata=[frozenset()])


def test_noise_asks_for_more_blocks_and_slowness_does_not() -> None:
    def needed(sigma: float, slower: float = 1.0) -> int:
        draw = Random(3)
        times = {p: [round(k * draw.lognormvariate(13, sigma)) for _ in range(200)] for p, k in (("a", 1), ("b", slower))}
        return blocks_needed([Measure("feed", FLOOR, times)])

    assert (needed(0.2), needed(0.6), needed(1.0)) == (200, 400, 800)
    assert needed(0.2, slower=3) == 200
    assert blocks_needed([Measure("feed", FLOOR, {"a": [None], "b": [None]})]) == 800


def test_three_parties_four_timings_two_hundred_blocks_take_a_moment() -> None:
    draw = Random(5)
    measures = [
        Measure(
            name,
            FLOOR,
            {p: [None if draw.random() < 0.01 else round(draw.lognormvariate(12, 0.6)) for _ in range(200)] for p in "abc"},
            strata=[frozenset({f"region:{i % 4}", f"class:{i % 2}"}) for i in range(200)],
        )
        for name in ("feed", "post", "push", "freshness")
    ]
    assert len(judge(measures, 78, 168)) == 30
