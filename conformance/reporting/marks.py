"""Text for the page, as safe markup in both languages at once; the page's style shows one of them.

In: codes, pairs of texts, values that the system under test sent.  Out: `Markup`, escaped here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from markupsafe import Markup, escape

from conformance.reporting.visible import literal, pieces, shortened, visible
from conformance.words import named, pick, texts

Pair = Mapping[str, str]
"""One text in both languages, `{zh, en}`."""

_TAGS = {"zh": "zh-Hans", "en": "en"}
_PICTURES = frozenset(map(chr, range(0x2400, 0x2420)))
LONGEST_VALUE = 2000
"""Characters of one expected or seen value that the page shows."""


def pair(texts: Pair | str | None) -> Markup:
    """Both languages, each in an element of its own; a plain string is shown in either."""
    if not isinstance(texts, Mapping):
        return vis(texts or "")
    shown = {lang: visible(pick(texts, lang)) for lang in _TAGS}
    if shown["zh"] == shown["en"]:
        return escape(shown["zh"])
    return Markup("").join(Markup('<span class="{0}" lang="{1}">{2}</span>').format(lang, tag, shown[lang]) for lang, tag in _TAGS.items())


def both(code: str, /, **params: Any) -> Markup:
    """The word of the code, in both languages."""
    return pair(texts(code, **params))


def name(prefix: str, code: str | None) -> Markup:
    """`named`, as markup."""
    return pair(named(prefix, code))


def vis(text: str, *, lines: bool = False) -> Markup:
    """A text of the other side: characters that cannot be seen are named, and set off from the rest."""
    return Markup("").join(
        Markup('<i class="esc">{}</i>').format(_spelt(piece)) if hidden else escape(piece) for piece, hidden in pieces(text, lines=lines)
    )


def _spelt(piece: str) -> str:
    """Control pictures, which many fonts of browsers lack, by their number."""
    return f"\\x{ord(piece) - 0x2400:02x}" if piece[0] in _PICTURES else piece


def value(given: object) -> Markup:
    """A JSON value as text; strings in quotes, so that blanks show."""
    return vis(shortened(literal(given, indent=2), LONGEST_VALUE), lines=not isinstance(given, str))


def contrast(given: object, other: object) -> Markup:
    """`value`, with the part of a string marked in which it differs from the other string."""
    if not (isinstance(given, str) and isinstance(other, str)) or given == other or max(len(given), len(other)) > LONGEST_VALUE:
        return value(given)
    before = _alike(given, other)
    most = min(len(given), len(other)) - before
    after = min(most, _alike(given[::-1], other[::-1]))
    end = len(given) - after
    return Markup('"{}<mark>{}</mark>{}"').format(vis(given[:before]), vis(given[before:end]), vis(given[end:]))


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(one, other, strict=False)))


class Marks:
    """What depends on the language that the page opens in: attributes, which cannot hold both."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def attribute(self, attribute: str, code: str, /, **params: Any) -> Markup:
        """An HTML attribute in the opening language, with both texts beside it for the switch."""
        return self.pair(attribute, texts(code, **params))

    def pair(self, attribute: str, both: Pair) -> Markup:
        """As `attribute`, from a pair of texts."""
        found = {lang: visible(pick(both, lang)) for lang in _TAGS}
        base = attribute.removeprefix("data-")
        return Markup('{0}="{2}" data-{1}-zh="{3}" data-{1}-en="{4}"').format(attribute, base, found[self.lang], found["zh"], found["en"])
