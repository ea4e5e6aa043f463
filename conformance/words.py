"""Texts for people, from codes and parameters: `reports/words/*.yaml`, every code in Chinese and English.

In: a code, a language, values.  Out: one text.  A missing word never stops a run (the code itself is shown); with
`HULIAN_WORDS=strict`, as in the tests, it raises.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, Literal, NamedTuple, cast

import yaml

from conformance.errors import SuiteError
from conformance.resources import folder

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


class Word(NamedTuple):
    """One text in both languages, with `str.format` fields."""

    zh: str
    en: str


class UnknownWord(SuiteError, KeyError):
    """A code without an entry in `reports/words/`."""

    def __init__(self, word: str) -> None:
        super().__init__("unknown_word", word=word)

    def __str__(self) -> str:
        return f"reports/words/ has no entry {self.params['word']!r}"


class _Gaps(dict[str, object]):
    """Values for a text; what was not given shows as an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"


def entries() -> Iterator[tuple[str, str, Word]]:
    """File name, code and word of every entry, in order; the same code in two files comes twice."""
    for path in sorted(folder("reports").joinpath("words").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".yaml"):
            table = cast(dict[str, dict[str, str]], yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) or {})
            for code, texts in table.items():
                yield path.name, str(code), Word(str(texts["zh"]), str(texts["en"]))


@cache
def _words() -> Mapping[str, Word]:
    return {code: word for _, code, word in entries()}


def known(code: str) -> bool:
    """Whether there is a text for the code."""
    return code in _words()


def say(code: str, lang: str, /, **params: object) -> str:
    """The text of the code in `lang` ("zh" or "en"), its fields filled.

    Raises `UnknownWord` for a code without entry where `HULIAN_WORDS` is `strict`; else the code itself is the text.
    """
    word = _words().get(code)
    if word is None:
        if os.environ.get("HULIAN_WORDS") == "strict":
            raise UnknownWord(code)
        return code
    return (word.zh if lang == "zh" else word.en).format_map(_Gaps(params))


def pick(texts: Mapping[str, Any] | str | None, lang: str) -> str:
    """The text of a pair `{zh, en}` in one language; a plain string is its own translation."""
    if isinstance(texts, Mapping):
        return str(texts.get(lang) or texts.get("en") or texts.get("zh") or "")
    return texts or ""


def texts(code: str, /, **params: Any) -> dict[str, str]:
    """The word of the code in both languages, `{zh, en}`; a parameter that is such a pair gives each language its own."""
    return {
        lang: say(code, lang, **{key: pick(value, lang) if isinstance(value, Mapping) else value for key, value in params.items()})
        for lang in LANGUAGES
    }


def named(prefix: str, code: str | None) -> dict[str, str]:
    """The word of `prefix.code` in both languages; a code without a word (a pack's, a vendor's) names itself."""
    word = f"{prefix}.{code}"
    return texts(word) if known(word) else dict.fromkeys(LANGUAGES, code or "")


def language(env: Mapping[str, str]) -> Language:
    """The language for people: `HULIAN_LANG`, else the locale of `env`, else that of the system, else English."""
    chosen = env.get("HULIAN_LANG", "").lower()
    for name in (chosen, *(env.get(key, "").lower() for key in ("LC_ALL", "LC_MESSAGES", "LANG"))):
        if name.startswith("zh"):
            return "zh"
        if name:
            return "en"
    system = (locale.getlocale()[0] or "").lower()
    return "zh" if system.startswith(("zh", "chinese")) else "en"
