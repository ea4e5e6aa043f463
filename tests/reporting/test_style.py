"""The page's colours can be read: WCAG 2.2 AA in light and dark, from the style itself."""

import re
from collections.abc import Mapping

import pytest

from conformance.resources import folder

STYLE = (folder("reports") / "templates" / "report.css").read_text("utf-8")
TEXTS = ("ink", "soft", "link", "pass", "fail", "inconclusive", "not-applicable", "error")


def palettes() -> dict[str, Mapping[str, str]]:
    """The custom properties that are colours, of the light and of the dark palette."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block)) for block in blocks)
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", ["paper", "wash"])
def test_every_text_has_enough_contrast(name: str, text: str, ground: str) -> None:
    palette = palettes()[name]
    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_marked_difference_can_be_read(name: str) -> None:
    palette = palettes()[name]
    assert contrast(palette["ink"], palette["mark"]) >= 4.5
    assert contrast(palette["error"], palette["mark"]) >= 4.5, "escapes stand inside marks"


def test_one_language_shows_without_script() -> None:
    assert ".lang-zh .en, .lang-en .zh { display: none; }" in STYLE


def test_print_opens_what_is_closed() -> None:
    assert "details::details-content { content-visibility: visible !important" in STYLE[STYLE.index("@media print") :]
