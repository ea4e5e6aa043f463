"""The report as one HTML file that asks nobody for anything: both languages, style, script and evidence inside.

In: a report dict.  Out: the text of the page.  A content security policy allows the page's own script, by its hash, and
nothing else, whatever a system under test may have sent.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from conformance.reporting import headline, marks, message, page, plot
from conformance.reporting.visible import visible
from conformance.resources import folder
from conformance.words import named


def _shown(given: object) -> object:
    """Whatever a template puts out passes here: text that is no markup yet gets its invisible characters named."""
    return given if isinstance(given, Markup) else visible(str(given))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder("reports") / "templates"),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": True, "sort_keys": True}
    environment.filters |= {
        "both": marks.both, "pair": marks.pair, "name": marks.name, "vis": marks.vis, "value": marks.value, "named": named,
        "body": message.body, "scale": plot.scale, "course": plot.course, "reason": headline.reason, "supply": headline.supply,
        "finding_text": headline.finding_text, "began": headline.began,
        "variable": headline.variable, "feature": headline.feature, "counts": page.counts, "seconds": seconds, "moment": moment,
    }  # fmt: skip
    environment.globals |= {
        "both": marks.both, "name": marks.name, "contrast": marks.contrast, "named": named, "LEVELS": headline.LEVELS,
        "VERDICTS": headline.VERDICTS, "SLOWER": plot.SLOWER, "LIMIT": plot.LIMIT, "LONGEST_TIMELINE": page.LONGEST_TIMELINE,
    }  # fmt: skip
    return environment


def seconds(microseconds: int) -> str:
    """Wire time for people: seconds with milliseconds."""
    return f"{microseconds / 1e6:,.3f} s"


def moment(text: str | None) -> str:
    """An RFC 3339 time for people: a blank for the T, no fraction, a blank before the offset; a dash for none."""
    return re.sub(r"^(\S{10})T(\d\d:\d\d:\d\d)(?:\.\d+)?", r"\1 \2 ", text) if text else "—"


def _inline(*names: str) -> tuple[Markup, str]:
    """Files of the templates' folder as they are, one after the other, and their hash for the content security policy."""
    text = "".join((folder("reports") / "templates" / name).read_text("utf-8") for name in names)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Markup(text), f"sha256-{digest}"


def render(report: headline.Report, lang: str | None = None) -> str:
    """The whole page.  `lang` ("zh" or "en") is the language that it opens in; None leaves that to the reader's browser."""
    settings = {"pinned": lang is not None, "lang": lang or "zh"}
    return rendered("report.html.j2", "report.js", lang or "zh", {"page": page.arrange(report), "report": report, "settings": settings})


def rendered(template: str, script: str, opening: str, context: Mapping[str, Any], styles: Sequence[str] = ("report.css",)) -> str:
    """A page of the templates' folder with a script of its own, opening in that language."""
    inline, script_hash = _inline(script)
    style, style_hash = _inline(*styles)
    written = marks.Marks(opening)
    given: dict[str, Any] = {
        "lang": opening, "attr": written.attribute, "attr_pair": written.pair, "script": inline, "script_hash": script_hash,
        "style": style, "style_hash": style_hash, **context,
    }  # fmt: skip
    return _environment().get_template(template).render(given)
