"""Recorded messages are laid out for reading without a token touched."""

import json

from hypothesis import given
from hypothesis import strategies as st

from conformance.reporting.message import LONGEST, body, laid_out

ATOM = st.none() | st.booleans() | st.integers() | st.text()
JSON = st.recursive(ATOM, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(JSON)
def test_laying_out_keeps_the_value(value: object) -> None:
    assert json.loads(laid_out(json.dumps(value))) == value
    assert json.loads(laid_out(json.dumps(value, ensure_ascii=False))) == value


@given(st.text())
def test_laying_out_never_raises_and_keeps_what_is_not_blank(text: str) -> None:
    assert "".join(laid_out(text).split()) == "".join(text.split())


def test_doubled_keys_stay() -> None:
    assert laid_out('{"a":1,"a":NaN}') == '{\n  "a": 1,\n  "a": NaN\n}'


def test_nesting_does_not_make_the_page_explode() -> None:
    assert len(laid_out("[" * 5000)) < 300_000


def test_bodies_come_as_text_or_object_and_are_cut() -> None:
    assert (body(None).text, body("hello").size, body({}).text) == ("", 5, "")
    assert body({"base64": "AAEC", "size": 3}).base64
    long = body({"text": "x" * (LONGEST + 1), "size": 9})
    assert (len(long.text), long.size, long.cut) == (LONGEST, 9, True)
    assert body({"text": "x", "size": 10_000, "digest": "ab" * 32}).cut
