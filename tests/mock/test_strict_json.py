"""Bodies are read as a careful platform reads them."""

from __future__ import annotations

import pytest

from conformance.mock.strict_json import Unreadable, parse


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"b":1}}',
        b"NaN",
        b"[Infinity]",
        b"[-Infinity]",
        b"[1e999]",
        b"\xef\xbb\xbf{}",
        b'"\xff"',
        b"",
        b"{",
        b"[" * 65 + b"]" * 65,
        b'{"a":' * 65 + b"1" + b"}" * 65,
        b"[" * 500_000,
        b"[" + b"9" * 5000 + b"]",
        b"{'a': 1}",
    ],
    ids=range(15),
)
def test_what_is_no_json_is_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        parse(raw)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"a": [1, 2.5, "x", null, true]}', {"a": [1, 2.5, "x", None, True]}),
        (b"[" * 64 + b"]" * 64, None),
        ('"𠮷·"'.encode(), "𠮷·"),
        (b'"[[[[{{{{' + b"[" * 100 + b'"', "[[[[{{{{" + "[" * 100),
        (rb'"\ud842\udfb7"', "𠮷"),
    ],
    ids=range(5),
)
def test_what_is_json_is_read(raw: bytes, value: object) -> None:
    assert value is None or parse(raw) == value
