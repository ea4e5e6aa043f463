"""Nobody can tell from two answers which of two objects exists."""

from __future__ import annotations

from conformance.judgements.likeness import alike, telling_headers
from conformance.records import Answer, Body


def not_found(body: str, *headers: tuple[str, str]) -> Answer:
    return Answer(404, (("content-type", "application/problem+json"), *headers), Body.of(body.encode()))


def test_answers_that_differ_in_the_id_only_are_alike() -> None:
    one, other = not_found('{"code":"not_found","instance":"/c/C-1"}'), not_found('{"instance":"/c/C-9","code":"not_found"}')
    assert alike(one, other, ("C-1", "C-9"))


def test_another_word_tells() -> None:
    assert not alike(not_found('{"detail":"not yours"}'), not_found('{"detail":"not found"}'), ("C-1", "C-9"))


def test_a_header_that_only_one_sort_has_tells() -> None:
    mine = [not_found("{}", ("X-Owner", name), ("Date", name)) for name in ("a", "b")]
    theirs = [not_found("{}", ("Date", name)) for name in ("c", "d")]
    assert telling_headers(mine, theirs) == ("x-owner",)


def test_dates_counters_and_random_values_do_not() -> None:
    answers = [not_found("{}", ("RateLimit", f"r={n}"), ("x-request-id", f"id-{n}"), ("Date", f"{n}")) for n in range(4)]
    assert telling_headers(answers[:2], answers[2:]) == ()
