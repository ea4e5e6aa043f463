"""Graphemes: what a reader takes for one character, whatever its number of code points or UTF-16 units.

In: text.  Out: its user-perceived characters and what kind each is.  After UAX #29, as far as names, addresses and
emoji need it; ranges instead of `unicodedata` names, since Python 3.11 does not know the newest ideographs.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CLUSTER: Final = re.compile(
    "\r\n|[\U0001f1e6-\U0001f1ff]{2}|"
    ".(?:[\u200d](?:[^\\s])|[\u0300-\u036f\u0483-\u0489\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
    "\U000e0100-\U000e01ef])*",
    re.DOTALL,
)
_HAN: Final = re.compile(
    # With 々 and 〇, the compatibility ideographs, planes 2 and 3, and the private use area, where GB 18030-2000 put
    # characters of names that had no code point yet.
    "[\u3005\u3007\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_EMOJI: Final = re.compile(
    "[\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u25aa-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff\u200d\ufe0f\U000e0020-\U000e007f]+"
)
DOTS: Final = "·•・‧．.｡･∙⋅ꞏ"
"""Forms of the dot that parts the names of many ethnic groups; U+00B7 is the usual one."""


def clusters(text: str) -> list[str]:
    """The user-perceived characters of the text, in order; joined they give it back."""
    return _CLUSTER.findall(text)


def is_han(cluster: str) -> bool:
    """Whether it is a Han character."""
    return bool(_HAN.match(cluster))


def is_letter(cluster: str) -> bool:
    """Whether it is a letter of any script, Han included."""
    return is_han(cluster) or unicodedata.category(cluster[0]).startswith("L")


def is_emoji(cluster: str) -> bool:
    """Whether it is an emoji or part of one."""
    return bool(_EMOJI.match(cluster))


def without_emoji(text: str) -> str:
    """The text without its emoji."""
    return _EMOJI.sub("", text)


def folded(text: str) -> str:
    """The text for comparing what a reader sees: NFKC, case-folded.  Not for fidelity: NFC changes rare characters."""
    return unicodedata.normalize("NFKC", text).casefold()
