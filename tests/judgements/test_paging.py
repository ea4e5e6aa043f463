"""A page leads to the next one by the cursor that its body gives; the last page leads nowhere."""

from __future__ import annotations

import json

import pytest

from conformance.judgements.paging import link_departure
from conformance.records import Answer, Body


@pytest.mark.parametrize(
    ("cursor", "link", "expected"),
    [
        ("a/b=", '</things?cursor=a%2Fb%3D&limit=5>; rel="next"', None),
        ("c", '</things>; rel="self", <https://other.example/things?cursor=c>; rel=next', None),
        (None, None, None),
        (None, '</things?cursor=c>; rel="prev"', None),
        ("c", None, "link_missing"),
        ("c", '</things?cursor=c>; rel="prev"', "link_missing"),
        ("c", '</things?cursor=d>; rel="next"', "link_elsewhere"),
        ("c", '</things>; rel="next"', "link_elsewhere"),
        ("c", '<http://[/things>; rel="next"', "link_elsewhere"),
        (None, '</things?cursor=c>; rel="next"', "link_beyond_the_last"),
    ],
)
def test_the_link_and_the_cursor_say_the_same(cursor: str | None, link: str | None, expected: str | None) -> None:
    page = Body.of(json.dumps({"items": [], "next_cursor": cursor}).encode())
    found = link_departure(Answer(200, (("Link", link),) if link else (), page))
    assert (found.kind if found else None) == expected


def test_what_is_no_page_has_no_link_to_lack() -> None:
    assert link_departure(Answer(200, (), Body.of(b"[]"))) is None
