"""What somebody may have meant.

In: a word that is not known, and those that are.  Out: the nearest of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like `word`, whatever its case; "-" where none is known."""
    by_lower = {name.lower(): name for name in sorted(known, reverse=True)}
    found = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.0)
    return by_lower[found[0]] if found else "-"
