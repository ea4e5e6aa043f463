"""What evidence shows, and when silence counts."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.errors import SuiteError
from conformance.evidence import Absent, Seen
from conformance.expect import Expect
from conformance.parties import IUT, Subject
from conformance.records import Answer, Body, Exchange, Failure, Load, Record, Request
from tests.kernel.making import ANN, BOB, SECOND, THING, ThingMade, evidence, listed, made, posted, pushed, watch

ONE = Subject("T-1")


def test_a_telling_is_correlated_by_the_name_that_the_target_gave(tmp_path: Path) -> None:
    answer = posted(1, '{"name":"n"}', '{"id":"X9","name":"n"}')
    seen = evidence(tmp_path, made("T-1"), answer, pushed(BOB, '{"data":{"id":"X9"}}', 5))
    assert [telling.to for telling in seen.told(THING, about=ONE)] == [ANN, BOB]


def test_our_own_names_win_over_what_the_target_says(tmp_path: Path) -> None:
    confused = posted(3, '{"name":"two"}', '{"id":"1","name":"one"}')
    seen = evidence(
        tmp_path, made("T-1"), posted(1, '{"name":"one"}', '{"id":"1"}'), made("T-2"), confused,
        listed(BOB, '{"items":[{"name":"one"},{"name":"two"}]}', 9),
    )
    assert [sorted(telling.about) for telling in seen.told(THING, to=BOB)] == [["T-1"], ["T-2"]]


def test_a_canary_is_the_fall_back(tmp_path: Path) -> None:
    entered = posted(1, '{"name":"n","colour":"mauve-17"}', "{}")
    seen = evidence(tmp_path, made("T-1"), entered, pushed(BOB, '{"data":{"id":"?","colour":"mauve-17"}}', 5))
    assert seen.told(THING, to=BOB)[0].about == {ONE}


def test_of_several_canaries_one_means_nobody(tmp_path: Path) -> None:
    entered = posted(1, '{"name":"n","colour":"mauve-17","size":{"height":1234567}}', "{}")
    mixed = pushed(BOB, '{"data":{"id":"?","colour":"mauve-17","size":{"height":7654321}}}', 5)
    whole = pushed(BOB, '{"data":{"id":"!","colour":"mauve-17","size":{"height":1234567}}}', 6)
    seen = evidence(tmp_path, made("T-1"), entered, mixed, whole)
    assert [telling.about for telling in seen.told(THING, to=BOB)] == [frozenset(), {ONE}]


def test_what_is_missing_leads_to_the_request_since_which_it_was_waited_for(tmp_path: Path) -> None:
    entered, looked = posted(1, '{"name":"n"}', '{"id":"1"}', 7), made("T-1", 8)
    alive = listed(ANN, "{}", 99 * SECOND)
    seen = evidence(tmp_path, made("T-1", 7), entered, looked, watch(BOB, 0, 100 * SECOND), alive)
    expect = Expect(seen)
    expect(seen.first(THING, about=ONE, to=BOB, since=7, within=SECOND)).arrives()
    look, = expect.finished()
    assert (look.kind, look.began, look.exchanges) == ("absent", 2, (2, 5))


@pytest.mark.parametrize(
    ("records", "decided", "why"),
    [
        ((watch(BOB, 0, 100 * SECOND), listed(ANN, "{}", 20 * SECOND)), True, ""),
        ((watch(BOB, 0, 5 * SECOND), listed(ANN, "{}", 20 * SECOND)), False, "not_watched"),
        ((watch(BOB, 0, 5 * SECOND), watch(BOB, 6 * SECOND, 99 * SECOND), listed(ANN, "{}", 20 * SECOND)), False, "not_watched"),
        ((watch(BOB, 0, 100 * SECOND), listed(ANN, "{}", 5 * SECOND)), False, "not_alive"),
        ((watch(BOB, 0, 100 * SECOND),), False, "not_alive"),
        ((watch(ANN, 0, 100 * SECOND), listed(ANN, "{}", 20 * SECOND)), False, "not_watched"),
    ],
)
def test_silence_counts_only_while_we_listened_and_the_target_lived(
    tmp_path: Path, records: tuple[Record, ...], decided: bool, why: str
) -> None:
    seen = evidence(tmp_path, made("T-1"), *records)
    found = seen.first(THING, about=ONE, to=BOB, since=0, within=10 * SECOND)
    assert isinstance(found, Absent)
    assert (found.decided, found.why) == (decided, why)


def test_who_listened_to_something_else_heard_no_silence(tmp_path: Path) -> None:
    alive = listed(ANN, "{}", 9 * SECOND)
    other = msgspec.structs.replace(watch(BOB, 0, 9 * SECOND), kinds=("another",))
    both = msgspec.structs.replace(watch(BOB, 0, 9 * SECOND), kinds=("another", THING))
    seen = [evidence(tmp_path, made("T-1"), one, alive) for one in (other, both)]
    silences = [one.first(THING, about=ONE, to=BOB, since=0, within=SECOND) for one in seen]
    assert [isinstance(one, Absent) and one.decided for one in silences] == [False, True]


def test_what_comes_after_its_time_is_late(tmp_path: Path) -> None:
    seen = evidence(tmp_path, made("T-1"), posted(1, '{"name":"n"}', "{}"), pushed(BOB, '{"data":{"name":"n"}}', 11 * SECOND))
    found = seen.first(THING, about=ONE, to=BOB, since=0, within=10 * SECOND)
    assert isinstance(found, Absent)
    assert found.late is not None
    assert isinstance(seen.first(THING, about=ONE, to=BOB, since=0, within=11 * SECOND), Seen)


@pytest.mark.parametrize(("still", "decided"), [(0, True), (SECOND // 2, True), (SECOND, False)])
def test_what_came_late_by_no_more_than_the_suite_stood_still_is_nobodys_fault(tmp_path: Path, still: int, decided: bool) -> None:
    load = Load(since=0, median=0, worst=still, stalls=((11 * SECOND - still, 11 * SECOND),))
    pushes = pushed(BOB, '{"data":{"name":"n"}}', 11 * SECOND)
    seen = evidence(tmp_path, made("T-1"), posted(1, '{"name":"n"}', "{}"), pushes, watch(BOB, 0, 99 * SECOND), load)
    found = seen.first(THING, about=ONE, to=BOB, since=0, within=10 * SECOND)
    assert isinstance(found, Absent)
    assert (found.decided, found.why) == (decided, "" if decided else "tester")


def test_what_is_pulled_after_its_time_is_late_only_if_somebody_had_looked_in_vain(tmp_path: Path) -> None:
    entered, read = posted(1, '{"name":"n"}', "{}"), listed(BOB, '{"items":[{"name":"n"}]}', 20 * SECOND)
    unlooked = evidence(tmp_path, made("T-1"), entered, watch(BOB, 0, 5 * SECOND, "pull"), read, watch(BOB, 0, 21 * SECOND, "pull"))
    assert isinstance(unlooked.first(THING, about=ONE, to=BOB, since=0, within=10 * SECOND), Seen)
    looked = evidence(tmp_path, made("T-1"), entered, watch(BOB, 0, 11 * SECOND, "pull"), read, watch(BOB, 0, 21 * SECOND, "pull"))
    found = looked.first(THING, about=ONE, to=BOB, since=0, within=10 * SECOND)
    assert isinstance(found, Absent)
    assert found.late is not None


def test_asking_for_a_field_that_the_specification_does_not_know_is_our_error(tmp_path: Path) -> None:
    seen = evidence(tmp_path, made("T-1"), pushed(BOB, '{"data":{"name":"n"}}', 5)).told(THING)[0]
    assert not seen["size"]["height"].there
    with pytest.raises(SuiteError):
        seen["weight"]


def test_a_check_reads_only_what_it_declared(tmp_path: Path) -> None:
    limited = evidence(tmp_path, made("T-1")).limited(frozenset({THING}))
    assert limited.told(THING) == []
    with pytest.raises(SuiteError):
        limited.each(ThingMade)


JSON_TEXTS = st.recursive(
    st.none() | st.text() | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["items", "data", "id", "name", "colour"]), inner),
).map(lambda value: json.dumps(value).encode())


@given(body=st.binary() | JSON_TEXTS)
def test_no_projection_raises(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    for operation, sender, answerer in (("listThings", ANN, IUT), ("makeThing", ANN, IUT), ("thingMade", IUT, BOB)):
        exchange = Exchange(
            sender=sender, answerer=answerer, operation=operation, request=Request("POST", "/", (), Body.of(body)),
            answer=Answer(200, (), Body.of(body)),
        )
        evidence(tmp_path_factory.mktemp("things"), exchange).told(THING)


def test_no_answer_is_no_telling(tmp_path: Path) -> None:
    lost = Exchange(sender=ANN, answerer=IUT, operation="listThings", request=Request("GET", "/"), answer=Failure("lost"))
    assert evidence(tmp_path, lost).told(THING) == []


def test_a_name_that_the_target_gave_stays_what_it_was_whatever_we_put_beside_it(tmp_path: Path) -> None:
    first = posted(1, '{"name":"one"}', '{"id":"X9"}')
    curious = posted(3, '{"name":"two","id":"X9"}', "{}")
    seen = evidence(tmp_path, made("T-1"), first, made("T-2"), curious, pushed(BOB, '{"data":{"id":"X9"}}', 5))
    assert seen.told(THING, to=BOB)[0].about == {ONE}


def test_a_reading_sent_before_the_act_may_hold_what_the_act_brought(tmp_path: Path) -> None:
    long_reading = msgspec.structs.replace(listed(BOB, '{"items":[{"id":"X9"}]}', 0), took=SECOND)
    seen = evidence(tmp_path, made("T-1"), long_reading, posted(1, '{"name":"one"}', '{"id":"X9"}'))
    assert seen.told(THING, to=BOB)[0].about == {ONE}


def test_at_one_and_the_same_time_causes_come_before_what_came_of_them(tmp_path: Path) -> None:
    overtaking = pushed(BOB, '{"data":{"id":"X9"}}', 1)
    caused = msgspec.structs.replace(posted(1, '{"name":"one"}', '{"id":"X9"}'), wire=overtaking.wire, act=2, took=SECOND)
    seen = evidence(tmp_path, overtaking, made("T-1"), caused)
    assert seen.told(THING, to=BOB)[0].about == {ONE}


def test_equal_records_are_one_object_and_what_is_made_of_them_is_made_once(tmp_path: Path) -> None:
    bodies = ('{"data":{"id":"1"}}', '{"data": {"id": "1"}}', '{"data":{"id":1}}', '{"data":{"id":1.0}}', '{"data":{"id":true}}')
    seen = evidence(tmp_path, *(pushed(BOB, body, place) for place, body in enumerate(bodies)))
    told = seen.told(THING)
    assert [id(one.value) for one in told].count(id(told[0].value)) == 2
    assert len({id(one.value) for one in told}) == 4

    made_of: list[object] = []

    def make(value: object) -> str:
        made_of.append(value)
        return repr(value)

    assert [seen.of(make, one.value) for one in told] == ["{'id': '1'}", "{'id': '1'}", "{'id': 1}", "{'id': 1.0}", "{'id': True}"]
    assert len(made_of) == 4


def test_what_only_python_takes_for_json_is_never_taken_for_something_else(tmp_path: Path) -> None:
    bodies = ('{"data":{"id":null}}', '{"data":{"id":NaN}}', '{"data":{"id":"\\ud83d"}}', '{"data":{"id":"\\ud83d"}}')
    told = evidence(tmp_path, *(pushed(BOB, body, place) for place, body in enumerate(bodies))).told(THING)
    assert [repr(one.value["id"]) for one in told] == ["None", "nan", r"'\ud83d'", r"'\ud83d'"]
