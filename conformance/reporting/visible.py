"""What the other side sent, made harmless and readable: every character that a reader could not see becomes text.

In goes any `str`, lone surrogates included; out goes a `str` that a terminal, a browser and a UTF-8 file take literally.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

Piece = tuple[str, bool]
"""Text, and whether it stands for a character that could not be shown as it is."""

_HIDDEN: Final = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Characters that Unicode calls letters or marks, and that draw nothing (default ignorable, fillers, variation selectors)."""

_KEPT_SPACES: Final = " \u3000"


def _name(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\u{{{code:x}}}"


def _shown(char: str) -> bool:
    """Whether a reader sees the character as what it is.  Private use has no agreed glyph; unassigned may be newer than we are."""
    category = unicodedata.category(char)
    if category == "Zs":
        return char in _KEPT_SPACES
    if category == "Cn":
        return not (ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF)
    return category[0] != "C" and category not in ("Zl", "Zp") and not _HIDDEN.match(char)


def pieces(text: str, *, lines: bool = False) -> Iterator[Piece]:
    """The text in runs of shown and of named characters; with `lines`, line feeds and tabs stay what they are."""
    run = ""
    for char in text:
        if _shown(char) or (lines and char in "\n\t"):
            run += char
            continue
        if run:
            yield run, False
            run = ""
        yield _name(char), True
    if run:
        yield run, False


def visible(text: str, *, lines: bool = False) -> str:
    """The text with every control, direction mark, invisible character and lone surrogate named, such as `␛` or `\\u202e`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(piece for piece, _ in pieces(text, lines=lines))


def literal(value: object, *, indent: int | None = None) -> str:
    """A JSON value as JSON text with its own characters (not yet `visible`); strings carry their quotes, so that blanks show."""
    if isinstance(value, str):
        return f'"{value}"'
    return json.dumps(value, ensure_ascii=False, indent=indent, default=str)


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, the cut marked."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
