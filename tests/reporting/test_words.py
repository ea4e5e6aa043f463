"""Every text is there in both languages, with the same fields; codes come once."""

import string
from collections import Counter

import pytest

from conformance.errors import HulianError
from conformance.words import UnknownWord, entries, language, named, pick, say, texts


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


ENTRIES = list(entries())


@pytest.mark.parametrize(("file", "code", "word"), ENTRIES, ids=[code for _, code, _ in ENTRIES])
def test_every_word_has_both_languages_with_the_same_fields(file: str, code: str, word: tuple[str, str]) -> None:
    assert all(text.strip() for text in word)
    assert fields(word[0]) == fields(word[1])
    assert all(field.isidentifier() for field in fields(word[0])), "a field is a plain name"


def test_no_code_stands_twice() -> None:
    assert [code for code, times in Counter(code for _, code, _ in ENTRIES).items() if times > 1] == []


def test_no_word_claims_a_certification_or_judges_the_law() -> None:
    texts_of_all = [text for _, _, word in ENTRIES for text in word]
    for forbidden in ("认证证书", "违法", "恶意", "malicious", "illegal"):
        assert not [text for text in texts_of_all if forbidden in text.lower()]


def test_the_report_is_called_a_test_report() -> None:
    assert say("page.kind", "zh") == "检测报告"


def test_an_unknown_word_raises_where_words_are_strict() -> None:
    with pytest.raises(UnknownWord, match=r"no\.such\.word") as caught:
        say("no.such.word", "en")
    assert isinstance(caught.value, HulianError)
    assert isinstance(caught.value, KeyError)


def test_an_unknown_word_shows_its_code_at_run_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HULIAN_WORDS")
    assert say("no.such.word", "en", of=1) == "no.such.word"


def test_a_value_that_was_not_given_is_an_ellipsis() -> None:
    assert say("page.times", "en", times=4) == "4 of …"


def test_fields_of_a_value_are_not_filled() -> None:
    assert say("page.times", "en", times="{of.__class__}", of=1) == "{of.__class__} of 1"


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({"HULIAN_LANG": "zh", "LANG": "en_GB.UTF-8"}, "zh"),
        ({"HULIAN_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_CN.GBK"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_chosen_one_else_the_locales(env: dict[str, str], expected: str) -> None:
    assert language(env) == expected


def test_pairs_give_each_language_its_own() -> None:
    assert texts("page.from_to", by=named("party", "iut"), to=named("party", "nobody_knows")) == {
        "zh": "由 被测系统 至 nobody_knows",
        "en": "system under test to nobody_knows",
    }
    assert pick({"en": "only English"}, "zh") == "only English"
    assert pick(None, "zh") == ""
