"""A terminal that nothing can break: encodings that lack characters, markup and escapes in somebody else's text.

In: a text stream.  Out: a rich console that interprets nothing, and `line` to build what it prints.
"""

from __future__ import annotations

import io
import re
from itertools import accumulate
from typing import Final, TextIO, cast

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from conformance.reporting.visible import visible

_SIGNS: Final = {
    "pass": ("✓", "√", "+"),
    "fail": ("✗", "×", "x"),
    "inconclusive": ("?", "?", "?"),
    "not-applicable": ("–", "-", "-"),
    "error": ("!", "!", "!"),
}
"""Of each verdict the signs to try, the plainest last."""

COLOURS: Final = {"pass": "green", "fail": "bold red", "inconclusive": "yellow", "not-applicable": "dim", "error": "bold magenta"}

_WIDE: Final = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’…"
_UNBROKEN: Final = re.compile(rf"\s+|[（「『《【“‘]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[，。；：！？）」』》】”’、…]*")
"""Between two of these a line may end: Chinese anywhere but before closing and after opening marks, the rest at blanks."""


class Encodable(io.TextIOBase):
    """A stream that writes what its encoding has, and names the rest (`\\u2713`)."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._encoding = getattr(out, "encoding", None) or "utf-8"

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a property there too, of another sort
        return self._encoding

    def write(self, text: str) -> int:
        self._out.write(text.encode(self._encoding, "backslashreplace").decode(self._encoding))
        return len(text)

    def flush(self) -> None:
        self._out.flush()

    def isatty(self) -> bool:
        return self._out.isatty()

    def fileno(self) -> int:
        return self._out.fileno()


def terminal(out: TextIO) -> Console:
    """A console over `out` that takes texts literally."""
    return Console(file=cast(TextIO, Encodable(out)), markup=False, highlight=False, emoji=False, soft_wrap=False)


def sign(verdict: str, encoding: str) -> Text:
    """The sign of a verdict, in a form that the encoding has."""
    for candidate in _SIGNS.get(verdict, ("·", "-")):
        try:
            candidate.encode(encoding)
        except UnicodeEncodeError:
            continue
        return Text(candidate, COLOURS.get(verdict, ""))
    return Text("-")


def line(*parts: object, style: str = "") -> Text:
    """Text from strings (made visible), pairs `(string, style)` and ready `Text`s."""
    built = Text(style=style)
    for part in parts:
        if isinstance(part, Text):
            built.append_text(part)
        elif isinstance(part, tuple):
            built.append(visible(str(part[0])), str(part[1]))
        else:
            built.append(visible(str(part)))
    return built


def indented(text: Text, by: int, width: int) -> Text:
    """The text behind a margin of `by` columns, folded for a console of `width` (rich itself breaks Chinese at blanks only)."""
    ends: list[int] = []
    room = column = max(width - by, 20)
    for part, end in zip(parts := _UNBROKEN.findall(text.plain), accumulate(map(len, parts)), strict=True):
        column -= cell_len(part)
        if column < 0 and not part.isspace():
            ends.append(end - len(part))
            column = room - cell_len(part)
        if "\n" in part:
            column = room
    folded = text.divide(ends)
    for each in folded:
        each.rstrip()
    return Text("\n").join(Text(" " * by).append_text(each) for each in folded)
