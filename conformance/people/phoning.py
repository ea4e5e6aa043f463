"""Telephone numbers: mobile, landline with and without extension, virtual ones of eleven and four digits, abroad.

In: a kind of fixtures/people/phones.yaml, or a number of the vendor's pool.  Out: a phone.
"""

import re
from random import Random

from conformance.people.drawing import digits, fixture
from conformance.people.person import Phone

_WILD = {"#": "0123456789", "=": "23456789"}
_POOLED = re.compile(r"(?P<number>\+?[\d-]+?)(?:\s*(?:转|ext\.?|,|_|x)\s*(?P<extension>\d{1,6}))?")


def kinds() -> list[str]:
    """Every kind of number there is."""
    return list(fixture("phones").content["kinds"])


def draw(kind: str, rng: Random) -> Phone:
    """A phone of that kind.  The number may be a stranger's: send it to nobody but a loopback address."""
    rule = fixture("phones").content["kinds"][kind]
    form: str = rng.choice(rule["forms"]).replace("{area}", rng.choice(rule.get("areas", [""])))
    extension = digits(rule["extension"], rng, _WILD) if "extension" in rule else None
    return Phone(digits(form, rng, _WILD), rule["kind"], extension)


def pooled(text: str) -> Phone:
    """A number that the vendor gave: "13800000000", "010-62345678", with an extension "17000000000转1234".

    Raises ValueError for what isn't a number.
    """
    match = _POOLED.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a telephone number: {text!r}")
    number, extension = match["number"], match["extension"]
    return Phone(number, _kind(number, extension), extension)


def _kind(number: str, extension: str | None) -> str:
    """The interface's word for a number whose kind nobody said."""
    if number.startswith("+") and not number.startswith("+86"):
        return "international"
    if number.startswith(("400", "800", "95", "96")):
        return "service"
    if number.removeprefix("+86").lstrip("-").startswith("0"):
        return "landline"
    return "virtual" if extension else "mobile"
