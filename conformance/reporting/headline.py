"""What stands on top of every report: the outcome, never bare, and what it leaves out.

In: a report dict.  Out: pairs of texts `{zh, en}` that console and page show alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from conformance.reporting.visible import literal, shortened
from conformance.words import known, named, texts

Report = Mapping[str, Any]
Pair = dict[str, str]

LEVELS: Final = ("must", "should", "may")
VERDICTS: Final = ("fail", "error", "inconclusive", "pass", "not-applicable")
"""In the order in which a reader needs them; it is also that of the outcome (fail before error before inconclusive)."""


_SORTS: Final = {"by": "party", "to": "party", "better": "party", "worse": "party", "record": "record", "measure": "measure", "way": "way"}
"""Parameters of a finding whose values are codes, and of what sort."""


_LONGEST: Final = 80
"""Characters of one value inside a sentence."""


def listed(items: Sequence[str]) -> Pair:
    """The items with the comma of each language."""
    return {"zh": "、".join(items), "en": ", ".join(items)}


def headline(report: Report) -> Pair:
    """The outcome with scope and profile, such as "conformant within FC, MK, profile contract 2026.1"."""
    code = "outcome.headline" if report["scope"]["extent"] == "complete" else "outcome.headline.partial"
    return texts(
        code,
        outcome=named("outcome", report["outcome"]),
        themes=listed(report["scope"]["themes"]),
        profile=report["profile"]["name"],
        edition=report["profile"]["edition"],
    )


def total(report: Report, verdict: str) -> int:
    """How many requirements of any level got the verdict."""
    return sum(report["counts"][level][verdict] for level in LEVELS)


def left_out(report: Report) -> Iterator[Pair]:
    """What the outcome does not cover, one sentence each; the first is the gravest."""
    if report["scope"]["extent"] == "partial":
        yield texts("page.left_out.partial")
    if outside := report["scope"].get("left_out"):
        yield texts("page.left_out.themes", themes=_titled(report, outside))
    version = report["iut"]["software_version"]
    if version["start"] and not version["end"]:
        yield texts("page.left_out.version_unknown", start=version["start"])
    elif version["start"] != version["end"]:
        yield texts("page.left_out.version", start=version["start"] or "?", end=version["end"])
    if undecided := total(report, "inconclusive"):
        yield texts("page.left_out.inconclusive", n=undecided, must=report["counts"]["must"]["inconclusive"])
    yield from _counted(report)
    if uncontrolled := report["controls"]["missing"]:
        names = [f"{each['requirement']} {each['check']}" for each in uncontrolled]
        yield texts("page.left_out.controls", n=len(names), checks=listed(names))
    if report["run"]["announced"]:
        yield texts("page.left_out.announced")
    yield texts("page.left_out.black_box")


def _counted(report: Report) -> Iterator[Pair]:
    verdicts = report["verdicts"]
    for code, n in (
        ("error", total(report, "error")),
        ("not-applicable", total(report, "not-applicable")),
        ("attested", sum(each["method"] == "attested" and each["verdict"] == "pass" for each in verdicts)),
        ("unscored", sum(not each.get("scored", True) for each in verdicts)),
    ):
        if n:
            yield texts(f"page.left_out.{code}", n=n)


def _titled(report: Report, themes: Sequence[str]) -> Pair:
    titles = report.get("themes") or {}
    both = [{lang: f"{code} {titles[code][lang]}" if code in titles else code for lang in ("zh", "en")} for code in themes]
    return {lang: listed([each[lang] for each in both])[lang] for lang in ("zh", "en")}


def reason(verdict: Mapping[str, Any]) -> Pair:
    """Why it is neither pass nor fail; empty without a reason."""
    given = verdict["reason"]
    if not given:
        return {"zh": "", "en": ""}
    word = _word(given)
    return texts(word, **given["params"]) if known(word) else named("reason", given["code"])


def _word(given: Mapping[str, Any]) -> str:
    """The word of a reason: the finest that there is."""
    code, params = given["code"], given["params"]
    if code == "precondition" and params.get("looks") == 0:
        return "reason.unseen"
    finer = f"reason.{code}.{params.get('why')}"
    return finer if known(finer) else f"reason.{code}"


def supply(verdict: Mapping[str, Any]) -> Pair:
    """What would decide it; empty where nobody said."""
    word = f"{_word(verdict['reason'])}.supply" if verdict["reason"] else ""
    return texts(word) if known(word) else {"zh": "", "en": ""}


def feature(code: str) -> Pair:
    """What sets cases apart: the word of the code, else that of its part before the colon."""
    sort, _, name = code.partition(":")
    if known(f"feature.{code}") or not (name and known(f"feature.{sort}")):
        return named("feature", code)
    return texts(f"feature.{sort}", name=name)


def began(finding: Mapping[str, Any]) -> Pair:
    """From which request on something was waited for."""
    first = finding["began"]
    return texts("page.began.at", by=named("party", first["by"]), operation=first["operation"], at=first["trade"], n=first["exchange"])


def variable(row: Mapping[str, Any]) -> Pair:
    """What a variable in the commands is."""
    return texts(f"page.variable.{row['sort']}", client=row["client"] or "", party=named("party", row["party"] or ""))


def finding_text(finding: Mapping[str, Any]) -> Pair:
    """What is wrong, in a sentence."""
    values = {key: finding[key] for key in ("expected", "seen", "pointer", "channel", "times", "of")}
    values |= finding["roles"] | finding["params"]
    short = {key: shortened(value if isinstance(value, str) else literal(value), _LONGEST) for key, value in values.items()}
    coded = {key: named(_SORTS[key], str(value)) for key, value in values.items() if key in _SORTS and value}
    return texts(finding["kind"], **short | coded)
