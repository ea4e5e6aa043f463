"""The page asks nobody for anything, shows what was sent as text, and leads from verdict to evidence."""

import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest

from conformance.reporting import message
from conformance.reporting.html import render
from conformance.words import LANGUAGES, say

VOID = {"meta", "input", "br", "hr", "img", "link"}
RAW = {"style", "script"}


class Page(HTMLParser):
    """Elements in order, their texts by language, and whether they nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, str]] = []
        self.text = {"zh": "", "en": ""}
        self.broken: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag not in VOID:
            self.open.append((tag, given.get("class", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop()[0] != tag:
            self.broken.append(tag)

    def handle_data(self, data: str) -> None:
        if any(tag in RAW for tag, _ in self.open):
            return
        marked = {kind for _, kind in self.open}
        for lang, other in (("zh", "en"), ("en", "zh")):
            if other not in marked:
                self.text[lang] += data


@pytest.fixture
def text(report: dict[str, Any]) -> str:
    return render(report)


@pytest.fixture
def page(text: str) -> Page:
    return Page(text)


def test_elements_nest_and_ids_are_unique(page: Page) -> None:
    assert page.broken == []
    assert page.open == []
    ids = Counter(attrs["id"] for _, attrs in page.elements if "id" in attrs)
    assert [name for name, times in ids.items() if times > 1] == []


def test_it_asks_nobody_for_anything(text: str, page: Page) -> None:
    asking = {"src", "srcset", "action", "data", "poster", "ping"}
    assert [(tag, name) for tag, attrs in page.elements for name in attrs if name in asking] == []
    assert [attrs["href"] for _, attrs in page.elements if not attrs.get("href", "#").startswith("#")] == []
    assert not re.search(r"@import|url\(", text)
    assert "style" not in {name for _, attrs in page.elements for name in attrs}, "the policy forbids style attributes"


def test_every_link_has_its_anchor(page: Page) -> None:
    ids = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    assert {attrs["href"][1:] for _, attrs in page.elements if "href" in attrs} <= ids


def test_only_the_script_of_the_page_may_run(text: str) -> None:
    for tag, source in (("script", "script-src"), ("style", "style-src")):
        inline = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert len(inline) == 1
        digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
        assert f"{source} 'sha256-{digest}'" in text.replace("&#39;", "'")


def test_what_the_system_sent_appears_as_text(text: str, page: Page) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff]", text)
    assert "<b>\\u200b" not in text
    for shown in ("\\u202e", "\\x1b", "</script><b>", "\\u200b", "\\ud800"):
        assert shown in page.text["zh"]
        assert shown in page.text["en"]


HOSTILE = ['"><script>alert(1)</script>', "' onmouseover='x", "{{ 7*7 }}", "</style><svg onload=x>", "\x1b]8;;x\x07"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_every_value_may_be_hostile(report: dict[str, Any], hostile: str) -> None:
    quiet = [tag for tag, _ in Page(render(report)).elements]
    loud = Page(render(poisoned(report, hostile)))
    assert Counter(tag for tag, _ in loud.elements)["script"] == Counter(quiet)["script"]
    assert not [attrs for _, attrs in loud.elements if any(name.startswith("on") for name in attrs)]
    assert loud.broken == []
    assert "49" not in loud.text["en"].split()


@pytest.mark.parametrize(("end", "code"), [("4.8", "version"), (None, "version_unknown")])
def test_it_is_said_whether_the_software_stayed_the_same(report: dict[str, Any], end: str | None, code: str) -> None:
    report["iut"]["software_version"] = {"start": "4.7", "end": end}
    shown = Page(render(report))
    for lang in ("zh", "en"):
        assert say(f"page.left_out.{code}", lang, start="4.7", end=end) in shown.text[lang]


def poisoned(report: dict[str, Any], hostile: str) -> dict[str, Any]:
    """The report with the value wherever the system under test, or an author of requirements, has a say."""
    report["iut"] |= {"organisation": hostile, "interface_version": hostile, "capabilities": [hostile]}
    report["iut"]["software_version"] = {"start": hostile, "end": "other" + hostile}
    for verdict in report["verdicts"]:
        verdict |= {"title": {"zh": hostile, "en": hostile}, "clause": [hostile], "parameters": {"x": hostile}}
        for finding in verdict["findings"]:
            finding |= {"expected": hostile, "seen": {hostile: hostile}, "pointer": hostile, "channel": hostile, "curl": hostile}
            finding |= {"params": {"record": hostile}, "roles": {"by": hostile, "to": hostile}}
    for exchange in report["exchanges"].values():
        exchange["request"] |= {"target": hostile, "headers": [[hostile, hostile]], "body": hostile}
        exchange["answer"] = {"status": 200, "headers": [[hostile, hostile]], "body": {"text": hostile, "size": 1}}
    for timeline in report["timelines"].values():
        for moment in timeline:
            moment["label"] = hostile
    for row in report["parity"]:
        row |= {"measure": hostile, "better": hostile, "test": hostile}
    return report


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_headline_is_never_bare(report: dict[str, Any], page: Page, lang: str) -> None:
    headline = {
        "zh": "不符合：FC、NB、MK、NT、RN、GO，要求集 contract 2026.1",
        "en": "Not conformant within FC, NB, MK, NT, RN, GO, profile contract 2026.1",
    }
    assert headline[lang] in page.text[lang]
    assert say("page.kind", lang) in page.text[lang]


def test_a_selection_says_that_it_is_one(report: dict[str, Any]) -> None:
    report["scope"]["extent"] = "partial"
    shown = Page(render(report))
    assert "within a selection of FC" in shown.text["en"]
    assert say("page.left_out.partial", "zh") in shown.text["zh"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_page_says_what_is_left_out_and_who_when_and_how(page: Page, lang: str) -> None:
    first = page.text[lang].split(say("page.overview", lang))[0]
    for shown in ("SE", "MO", "r-20261124-7KQ2", "20261124", "7d3f" * 16, "c4a1" * 16, "2026-11-24 09:12:04", "4.7.2+20261120"):
        assert shown in first
    assert say("page.left_out.black_box", lang) in first
    assert not re.search(r"\d+(\.\d+)? ?%", first)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_failure_leads_from_verdict_to_remedy(page: Page, lang: str) -> None:
    whole = page.text[lang]
    chain = (
        "FC-P-03", "快递暂行条例(2025) 23", "阿卜杜拉·买买提", "阿卜杜拉?买买提", say("feature.name:middle-dot", lang),
        "ConsignmentEntered", "POST /hooks/courier-a", "curl -i", "--only FC-P-03", "U+00B7",
    )  # fmt: skip
    place = whole.index(say("page.verdicts", lang))
    for step in chain:
        place = whole.index(step, place)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_variables_of_commands_say_where_they_come_from(page: Page, lang: str) -> None:
    section = page.text[lang].split(say("page.variables.lead", lang))[1]
    for row in ("TARGET=https://sandbox", "read -rs SECRET_COURIER_A", "TOKEN_COURIER_A=$(curl -s", "qh-courier-7"):
        assert row in section


def test_inconclusive_verdicts_say_what_would_decide_them(page: Page) -> None:
    assert say("reason.capability.supply", "en") in page.text["en"]
    assert "sandbox_interruptions" in page.text["en"]


def test_each_exchange_is_shown_once(report: dict[str, Any], page: Page) -> None:
    shown = [attrs["id"] for tag, attrs in page.elements if tag == "details" and attrs.get("class") == "exchange"]
    assert sorted(shown) == sorted(f"x-{n}" for n in report["exchanges"])


def test_verdicts_carry_sign_and_word(page: Page) -> None:
    """Colour alone tells nothing in greyscale, or to a screen reader."""
    verdicts = [attrs for tag, attrs in page.elements if tag == "details" and "data-verdict" in attrs]
    assert len(verdicts) == 35
    used = {attrs["href"] for tag, attrs in page.elements if tag == "use"}
    assert {f"#s-{attrs['data-verdict']}" for attrs in verdicts} <= used
    for word in ("pass", "fail", "inconclusive", "not-applicable", "error"):
        assert say(f"verdict.{word}", "en") in page.text["en"]


def test_landmarks_labels_and_names_are_there(page: Page) -> None:
    tags = Counter(tag for tag, _ in page.elements)
    assert (tags["main"], tags["header"] > 0, tags["footer"], tags["h1"]) == (1, True, 1, 1)
    ids = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    assert all(attrs["aria-labelledby"] in ids for tag, attrs in page.elements if tag == "section")
    assert all("aria-label" in attrs or attrs.get("aria-hidden") for tag, attrs in page.elements if tag == "svg" and "role" in attrs)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_script_one_language_shows(report: dict[str, Any], lang: str) -> None:
    text = render(report, lang)
    assert f'class="lang-{lang}"' in text
    assert ".lang-zh .en, .lang-en .zh { display: none; }" in text
    assert f'"lang": "{lang}", "pinned": true' in text


def test_a_report_without_anything_renders(report: dict[str, Any]) -> None:
    empty = report | {"verdicts": [], "parity": [], "attestations": [], "exchanges": {}, "timelines": {}}
    del empty["themes"]
    nothing: dict[str, Any] = {"organisation": None, "interface_version": None, "capabilities": [], "target": ""}
    nothing["software_version"] = {"start": None, "end": None}
    empty["run"] |= {"started_at": None, "ended_at": None, "journal_digest": None}
    assert Page(render(empty | {"iut": nothing})).broken == []


def test_rendering_the_same_report_gives_the_same_page(report: dict[str, Any], text: str) -> None:
    assert render(report) == text


def test_long_bodies_are_cut(report: dict[str, Any]) -> None:
    report["exchanges"]["17"]["request"]["body"] = {"text": "x" * 100_000, "size": 100_000}
    assert "x" * message.LONGEST in render(report)
    assert "x" * (message.LONGEST + 1) not in render(report)
