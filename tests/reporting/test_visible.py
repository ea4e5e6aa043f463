"""What somebody sent is shown, and does nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.reporting.visible import literal, pieces, shortened, visible

ANYTHING = st.text(st.characters(codec=None))


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("\x1b[31m", "␛[31m"),
        ("a\x00b\r\n\t", "a␀b␍␊␉"),
        ("\x7f", "␡"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202eabc\u2066", "\\u202eabc\\u2066"),
        ("\u200b\ufeff\u00ad", "\\u200b\\ufeff\\xad"),
        ("\ud800", "\\ud800"),
        ("\u2028", "\\u2028"),
        ("a\u00a0b", "a\\xa0b"),
        ("\U000e0041\U000e0100", "\\u{e0041}\\u{e0100}"),
        ("\ue863", "\\ue863"),
        ("\uffff", "\\uffff"),
        ("阿卜杜拉·买买提\u3000𰻝𠮷", "阿卜杜拉·买买提\u3000𰻝𠮷"),
        ("é ñ ﹏ ～", "é ñ ﹏ ～"),
    ],
)
def test_what_cannot_be_seen_is_named(sent: str, shown: str) -> None:
    assert visible(sent) == shown


@given(ANYTHING)
def test_nothing_invisible_is_left_and_all_can_be_written(text: str) -> None:
    shown = visible(text)
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert visible(shown) == shown


@given(ANYTHING)
def test_pieces_join_to_the_whole(text: str) -> None:
    assert "".join(piece for piece, _ in pieces(text)) == visible(text)


def test_lines_stay_lines_when_asked() -> None:
    assert visible("a\n\tb\r", lines=True) == "a\n\tb␍"


def test_values_are_literal_and_bounded() -> None:
    assert literal(" a ") == '" a "'
    assert literal({"名": ["·", None, 1.5]}) == '{"名": ["·", null, 1.5]}'
    assert shortened("x" * 10, 5) == "xxxx…"
    assert shortened("x" * 5, 5) == "xxxxx"
