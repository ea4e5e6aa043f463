"""Rules for texts that people entered: no control characters, no placeholders, no identity numbers.

In: a document.  Out: the places that break a rule, as problem details name them (rules 1.3, 7.5, 7.6, 12.1 of the specification).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from conformance.mock.contract import Breach
from conformance.mock.identities import holds_identity_number
from conformance.mock.questions.question import Document
from conformance.resources import folder

_ALLOWED_CONTROLS = frozenset("\t\n\r")
_FREE_TEXT = frozenset(
    {"name", "company", "province", "city", "district", "town", "detail", "facility", "remarks", "description"}
    | {"exception_reason", "message", "proposal", "justification", "arrangement"}
)


def characters(value: Any, pointer: str = "") -> Iterator[Breach]:
    """Strings that hold C0 controls or unpaired surrogates, member names included."""
    if isinstance(value, str):
        if not value.isprintable() and any(_refused(mark) for mark in value):
            yield pointer, "character"
    elif isinstance(value, dict):
        for name, part in value.items():
            if not name.isprintable() and any(_refused(mark) for mark in name):
                yield pointer, "unknown_field"
            else:
                yield from characters(part, f"{pointer}/{escaped(name)}")
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from characters(part, f"{pointer}/{place}")


def identity_numbers(value: Any, pointer: str = "", field: str = "") -> Iterator[Breach]:
    """Free texts that hold a resident identity number."""
    if isinstance(value, str):
        if field in _FREE_TEXT and len(value) >= 18 and holds_identity_number(value):
            yield pointer, "identity_number"
    elif isinstance(value, dict):
        for name, part in value.items():
            if isinstance(part, dict | list) or (name in _FREE_TEXT and isinstance(part, str) and len(part) >= 18):
                yield from identity_numbers(part, f"{pointer}/{escaped(name)}", name)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from identity_numbers(part, f"{pointer}/{place}", field)


def placeholders(document: Document, *paths: str) -> Iterator[Breach]:
    """Which of the fields at these pointers are blank or say nothing."""
    for path in paths:
        value = _at(document, path)
        if isinstance(value, str) and (not value.strip() or _folded(value) in words()):
            yield path, "placeholder"


def blanks(document: Document, *paths: str) -> Iterator[Breach]:
    """Which of the fields at these pointers hold nothing but white space."""
    for path in paths:
        value = _at(document, path)
        if isinstance(value, str) and not value.strip():
            yield path, "placeholder"


@cache
def words() -> frozenset[str]:
    """The placeholders of `codes/placeholders.yaml`."""
    listed = yaml.load((folder("specs/codes") / "placeholders.yaml").read_bytes(), yaml.CSafeLoader)
    return frozenset(_folded(word) for word in listed["words"])


def escaped(name: str) -> str:
    """A member name as a step of a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def _refused(mark: str) -> bool:
    return (mark < " " and mark not in _ALLOWED_CONTROLS) or "\ud800" <= mark <= "\udfff"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _at(document: Document, path: str) -> Any:
    value: Any = document
    for step in path.split("/")[1:]:
        value = value.get(step) if isinstance(value, dict) else None
    return value
