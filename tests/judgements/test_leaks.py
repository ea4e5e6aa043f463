"""Every form of a value is found wherever it stands, and nothing where there is nothing."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import zlib
from collections.abc import Callable
from random import Random
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.judgements.leaks import Canaries, Leak, Pieces
from conformance.judgements.patterns import HASHES, patterns

NAME, PHONE, ADDRESS = "阿卜杜热合曼·买买提𠮷", "13812345678", "文三路388号3#楼2单元0501室"
VALUES = {"name": NAME, "phone": PHONE, "address": ADDRESS, "landline": "0571-87654321", "latin": "Zxqv O'Brien"}
CANARIES = Canaries(VALUES)


def found(data: bytes) -> set[tuple[str, str]]:
    return {(leak.canary, leak.encoding) for leak in CANARIES.find(data)}


def jwt(claims: object, ascii_only: bool) -> bytes:
    payload = json.dumps(claims, ensure_ascii=ascii_only).encode()
    return b"eyJhbGciOiJub25lIn0." + base64.urlsafe_b64encode(payload).rstrip(b"=") + b"."


def digest(algorithm: str, text: str) -> bytes:
    return hashlib.new(algorithm, text.encode(), usedforsecurity=False).digest()


FORMS: list[tuple[str, str, bytes]] = [
    ("name", "plain", NAME.encode()),
    ("phone", "plain", b"+8613812345678"),
    ("phone", "spaced", b"138-1234-5678"),
    ("phone", "spaced", b"+86 138 1234 5678"),
    ("phone", "spaced", b"1 3 8 1 2 3 4 5 6 7 8"),
    ("phone", "spaced+percent", b"138%201234%205678"),
    ("phone", "spaced+percent", b"138+1234+5678"),
    ("phone", "full-width", "１３８１２３４５６７８".encode()),
    ("phone", "reversed", b"87654321831"),
    ("phone", "percent", b"%31%33%38%31%32%33%34%35%36%37%38"),
    ("phone", "html", "".join(f"&#{ord(c)};" for c in PHONE).encode()),
    ("landline", "plain", b"057187654321"),
    ("landline", "spaced", b"0571 8765 4321"),
    ("name", "reversed", NAME[::-1].encode()),
    ("name", "spaced", " ".join(NAME).encode()),
    ("name", "percent", quote(NAME).encode()),
    ("name", "percent", quote(NAME).lower().encode()),
    ("name", "percent", quote(quote(NAME)).encode()),
    ("name", "percent", quote(NAME.encode("gb18030")).encode()),
    ("address", "percent", quote_plus(ADDRESS).encode()),
    ("name", "html", "".join(f"&#x{ord(c):x};" for c in NAME).encode()),
    ("name", "html", NAME.encode("ascii", "xmlcharrefreplace")),
    ("latin", "html", html.escape(VALUES["latin"]).encode()),
    ("name", "unicode-escape", json.dumps(NAME).encode()),
    ("name", "unicode-escape", json.dumps(json.dumps(NAME)).encode()),
    ("address", "unicode-escape", json.dumps(ADDRESS).encode()),
    ("latin", "folded", b"ZXQV O'BRIEN"),
    ("name", "base64", base64.b64encode(NAME.encode())),
    ("name", "base64", jwt({"sub": "x", "name": NAME}, ascii_only=False)),
    ("name", "base64", jwt({"sub": "x", "name": NAME}, ascii_only=True)),
    ("phone", "base64", jwt({"sub": "x", "phone": PHONE}, ascii_only=True)),
    ("name", "hex", NAME.encode().hex().encode()),
    ("name", "hex", NAME.encode().hex(":").upper().encode()),
    ("phone", "hex", PHONE.encode().hex().encode()),
    ("name", "utf-16", NAME.encode("utf-16-le")),
    ("name", "utf-16", NAME.encode("utf-16-be")),
    ("name", "gb18030", NAME.encode("gb18030")),
    ("name", "mail", NAME.encode().decode("latin-1").encode()),
    ("address", "gzip+plain", gzip.compress(ADDRESS.encode())),
    ("phone", "zlib+plain", zlib.compress(b'{"phone":"13812345678"}')),
    ("phone", "deflate+plain", zlib.compress(b'{"phone":"13812345678"}')[2:-4]),
    ("phone", "base64+gzip+plain", b'{"d":"' + base64.b64encode(gzip.compress(b'{"phone":"13812345678"}')) + b'"}'),
    *(("phone", name, digest(algorithm, PHONE).hex().encode()) for name, algorithm in HASHES.items()),
    *(("phone", name, digest(algorithm, PHONE).hex().upper().encode()) for name, algorithm in HASHES.items()),
    *(("phone", name, digest(algorithm, f"+86{PHONE}").hex().encode()) for name, algorithm in HASHES.items()),
    *(("name", name, base64.b64encode(digest(algorithm, NAME))) for name, algorithm in HASHES.items()),
    *(("name", name, base64.urlsafe_b64encode(digest(algorithm, NAME))) for name, algorithm in HASHES.items()),
    ("phone", "md5-16", digest("md5", PHONE).hex()[8:24].encode()),
    ("phone", "md5+base64", jwt({"uid": digest("md5", PHONE).hex()}, ascii_only=True)),
    ("phone", "sm3", digest("sm3", "86" + PHONE)),
]


@pytest.mark.parametrize(("canary", "encoding", "form"), FORMS, ids=[f"{f[0]}-{f[1]}-{i}" for i, f in enumerate(FORMS)])
def test_a_form_made_by_other_means_is_found(canary: str, encoding: str, form: bytes) -> None:
    assert (canary, encoding) in found(form)


NEEDLES = [(canary, pattern.needle) for canary, value in VALUES.items() for pattern in patterns(value)]


@given(st.sampled_from(NEEDLES), st.binary(max_size=40), st.binary(max_size=40))
def test_every_pattern_is_found_anywhere(form: tuple[str, bytes], before: bytes, after: bytes) -> None:
    canary, needle = form
    assert canary in {leak.canary for leak in CANARIES.find(before + needle + after)}


texts = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("𠮷𰒸·Aé9"), min_size=7, max_size=12)
ENCODERS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "percent": lambda text: quote(text).encode(),
    "json": lambda text: json.dumps(text).encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64url": lambda text: base64.urlsafe_b64encode(f"xx{text}y".encode()),
    "hex": lambda text: text.encode().hex().encode(),
    "html": lambda text: text.encode("ascii", "xmlcharrefreplace"),
    "utf-16": lambda text: text.encode("utf-16"),
    "gb18030": lambda text: text.encode("gb18030"),
    "gzip": lambda text: gzip.compress(text.encode()),
    "sha-256": lambda text: hashlib.sha256(text.encode()).hexdigest().encode(),
}


@given(texts, st.sampled_from(sorted(ENCODERS)), st.sampled_from([b"", b"x", b'{"a": 1,', b"\n\n"]))
def test_any_value_in_any_encoding_is_found(value: str, encoder: str, around: bytes) -> None:
    assert Canaries({"it": value}).find(around + ENCODERS[encoder](value) + around)


def test_random_data_and_other_peoples_data_hold_nothing() -> None:
    draw = Random(3)
    assert CANARIES.find(draw.randbytes(2_000_000)) == ()
    assert CANARIES.find(base64.b64encode(draw.randbytes(1_000_000))) == ()
    assert CANARIES.find("".join(chr(draw.randrange(0x4E00, 0x9FA5)) for _ in range(300_000)).encode()) == ()
    assert CANARIES.find(b"138****5678 " + "阿***·*** 文三路388号3#楼***".encode()) == ()


def test_offsets_and_order() -> None:
    data = b"...." + PHONE.encode() + b"..." + NAME.encode()
    assert CANARIES.find(data) == (Leak("phone", "plain", 4), Leak("name", "plain", 18))


def test_a_form_inside_a_larger_one_counts_once() -> None:
    assert CANARIES.find(digest("md5", PHONE).hex().encode()) == (Leak("phone", "md5", 0),)


def test_the_same_value_of_two_people_is_a_leak_of_both() -> None:
    assert {leak.canary for leak in Canaries({"a": PHONE, "b": PHONE}).find(PHONE.encode())} == {"a", "b"}


def test_short_values_are_said_to_be_unsearchable() -> None:
    assert Canaries({"short": "李", "long": NAME}).unsearchable == ("short",)
    assert Canaries({}).find(PHONE.encode()) == ()


def test_bombs_and_broken_streams_do_no_harm() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert CANARIES.find(bomb) == ()
    noise = Random(1).randbytes(20_000)
    cut = gzip.compress(PHONE.encode() + noise)[:10_000]
    assert ("phone", "gzip+plain") in found(cut)
    assert ("phone", "gzip+plain") in found(gzip.compress(PHONE.encode() + noise)[:12_000] + noise)
    assert CANARIES.find(b"\x1f\x8b\x08" + noise) == ()


def test_what_is_looked_through_together_is_found_as_if_alone() -> None:
    fill = [b'{"n": %d, "token": "eJ"}' % number for number in range(8000)]
    packed = base64.b64encode(gzip.compress(NAME.encode()))
    hidden = [f'{{"to": "{NAME}"}}'.encode(), gzip.compress(PHONE.encode()), b'{"z": "' + packed + b'"}']
    pieces = [*fill[:5000], *hidden, *fill[5000:], hidden[0]]
    alone = {piece: leaks for piece in dict.fromkeys(pieces) if (leaks := CANARIES.find(piece))}
    assert CANARIES.among(Pieces(pieces)) == alone
    assert list(alone) == hidden


def test_a_single_character_is_not_found_in_the_digits_of_an_id() -> None:
    assert Canaries({"name": "方"}).find(b"/consignments/C-f3620e696b9cf6b2") == ()
    assert Canaries({"name": "方圆"}).find("方圆".encode().hex().encode())
