"""The console: something to act on, in any encoding, whatever was sent."""

import io
from typing import Any

import pytest

from conformance.reporting.console import explain, requirements, summary
from conformance.words import LANGUAGES, say


def printed(report: dict[str, Any], lang: str, encoding: str = "utf-8", **more: Any) -> str:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding)
    summary(report, lang, out, **more)
    out.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_summary_leads_from_the_outcome_to_the_page(report: dict[str, Any], lang: str) -> None:
    text = printed(report, lang, html="runs/r/report.html")
    assert "FC-P-03" in text
    assert '"阿卜杜拉?买买提"' in text
    assert say("feature.name:middle-dot", lang) in text
    assert "--only FC-P-03 --seed 20261124\n" in text
    assert "runs/r/report.html\n" in text
    assert say("console.exit", lang, code=1) in text


def test_the_headline_is_never_bare(report: dict[str, Any]) -> None:
    assert "Not conformant within FC, NB, MK, NT, RN, GO, profile contract 2026.1" in printed(report, "en")


def test_failures_come_gravest_first_and_three_findings_each(report: dict[str, Any]) -> None:
    failing = next(each for each in report["verdicts"] if each["requirement"] == "FC-P-03")
    failing["findings"] = failing["findings"] * 2
    text = printed(report, "en")
    assert text.index("NT-P-05 ") < text.index("FC-P-08 ")
    assert say("console.more", "en", n=3) in text


def test_what_cannot_be_decided_is_grouped_with_what_to_supply(report: dict[str, Any]) -> None:
    for each in report["verdicts"]:
        if each["requirement"] in ("NB-P-08", "NT-P-06"):
            each["reason"] = {"code": "capability", "params": {"capability": "sandbox_interruptions"}}
    text = printed(report, "en")
    assert "sandbox_interruptions  (3)" in text
    assert "NB-P-08, NT-P-04, NT-P-06" in text
    assert text.count(say("reason.capability", "en")) == 1
    assert "Offer the capability in the sandbox" in text


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "ascii", "latin-1", "cp936"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_encoding_breaks_it(report: dict[str, Any], encoding: str, lang: str) -> None:
    assert "FC-P-03" in printed(report, lang, encoding)


def test_gbk_shows_signs_that_gbk_has(report: dict[str, Any]) -> None:
    assert "× FC-P-03" in printed(report, "zh", "gbk")


def test_what_the_system_sent_does_nothing(report: dict[str, Any]) -> None:
    report["iut"]["organisation"] = "[bold]x[/nonsense] :smile: \x1b]0;title\x07 https://x"
    text = printed(report, "en")
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "[bold]x[/nonsense] :smile: ␛]0;title␇" in text
    assert "\\u202e" in text
    assert "\u202e" not in text


def test_no_line_ends_in_blanks_and_commands_are_whole(report: dict[str, Any]) -> None:
    lines = printed(report, "zh").split("\n")
    folded = [line for line in lines if line.startswith("    ") and line != line.rstrip()]
    assert folded == []
    assert any("curl -i" in line and line.endswith('Bearer $TOKEN_COURIER_A"') for line in lines)
    assert any("read -rs SECRET_COURIER_A  # qh-courier-7" in line for line in lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_requirement_is_explained(report: dict[str, Any], lang: str) -> None:
    one = next(each for each in report["verdicts"] if each["requirement"] == "FC-P-03")
    why = {"zh": "约定", "en": "agreed"}
    parameter = {"unit": "duration", "default": "PT60S", "tightened_by": "delivery_deadline_seconds", "why": why}
    given = one | {"id": "FC-P-03", "capability": "push", "faults": [{"id": "f", "title": "t"}]}
    given["parameters"] = {"deadline": parameter, "k": 3}
    out = io.StringIO()
    explain(given, lang, out)
    for shown in ("FC-P-03", "GO-1", 'deadline = "PT60S"', "delivery_deadline_seconds", "k = 3", "push", "f  t", why[lang]):
        assert shown in out.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_requirements_are_listed_by_theme(report: dict[str, Any], lang: str) -> None:
    out = io.StringIO()
    requirements([each | {"id": each["requirement"]} for each in report["verdicts"]], lang, out)
    for each in report["verdicts"]:
        assert each["requirement"] in out.getvalue()
    assert say("console.total", lang, n=35) in out.getvalue()
