"""Every kind of flaw and difference has its text, and no text is left over."""

from __future__ import annotations

import re
from pathlib import Path

from conformance import judgements
from conformance.judgements.fidelity import KINDS
from conformance.words import entries

SOURCES = "\n".join(path.read_text("utf-8") for path in Path(judgements.__path__[0]).glob("*.py"))
WORDS = {code: word for file, code, word in entries() if file == "judgements.yaml"}


def flaws() -> set[str]:
    named = re.findall(r'"((?:phone|address|name|virtual|joined)_\w+)"', SOURCES)
    kinds = {kind for kind in named if not kind.endswith("_flaw")}
    kinds |= {f"{what}_{how}" for what in ("phone", "address") for how in ("missing", "masked", "encrypted", "placeholder")}
    return kinds | {f"{kind}_shown" for kind in ("unit", "room")}


def test_kinds_and_words_are_the_same() -> None:
    kinds = flaws() | {f"difference_{kind}" for kind in KINDS}
    assert kinds <= {code for _, code, _ in entries()}
    assert set(WORDS) <= kinds


def test_both_languages_name_the_same_fields() -> None:
    for code, word in WORDS.items():
        chinese, english = (set(re.findall(r"{(\w+)}", text)) for text in word)
        assert chinese == english, code
