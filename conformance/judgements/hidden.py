"""Hidden: what of a contact reached the courier in a form that nobody can work with.

In: a contact as it arrived, and as it was entered.  Out: flaws with their places.  What arrived as it was entered is never hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from conformance.judgements.concealment import is_ciphertext, is_masked
from conformance.judgements.usability import phone_usable

PLACES: Final = (
    ("name",), ("phone", "number"), ("address", "province"), ("address", "city"), ("address", "district"), ("address", "town"),
    ("address", "detail"),
)


@dataclass(frozen=True)
class Hidden:
    """A place of the contact; `kind` is a code of `reports/words/`."""

    kind: str
    pointer: str
    expected: object = None
    seen: object = None
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


def open_as(entered: object) -> Callable[[object], Iterator[Hidden]]:
    """Judges whether a contact can be read as it was entered, or at least reached by a virtual number."""

    def judged(contact: object) -> Iterator[Hidden]:
        for path in PLACES if contact != entered else ():
            was, seen = at(entered, path), at(contact, path)
            if isinstance(was, str) and isinstance(seen, str) and seen != was:
                yield from _changed("/" + "/".join(path), path, was, seen, contact)

    return judged


def _changed(pointer: str, path: tuple[str, ...], was: str, seen: str, contact: object) -> Iterator[Hidden]:
    if is_ciphertext(seen) and not is_ciphertext(was):
        yield Hidden("encrypted_for_the_courier", pointer, was, seen)
    elif is_masked(seen) and not is_masked(was):
        yield Hidden("masked_for_the_courier", pointer, was, seen)
    elif path == ("phone", "number") and at(contact, ("phone", "kind")) == "virtual":
        phone = at(contact, ("phone",))
        flaw = phone_usable(phone) if isinstance(phone, Mapping) else None
        if flaw is not None:
            yield Hidden("virtual_number_of_no_use", pointer, was, seen)


def at(value: object, path: tuple[str, ...]) -> object:
    """What stands there; None where nothing does."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
