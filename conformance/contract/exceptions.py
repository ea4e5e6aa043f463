"""Exceptions: mutations that are enumerated, but prove nothing, each with its reason.

In: mutations.  Out: those that a lawful implementation has to refuse.  An exception names a rule, and where it holds for some
operations or places only, these too; one that fits no mutation fails a test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from conformance.contract.mutations import Mutation


class Exemption(msgspec.Struct, frozen=True):
    """`operations` and `places` (pointers) are empty for all; `why` is for people."""

    rules: tuple[str, ...]
    operations: tuple[str, ...]
    places: tuple[str, ...]
    why: str

    def fits(self, mutation: Mutation) -> bool:
        return (
            mutation.rule in self.rules
            and (not self.operations or mutation.operation in self.operations)
            and (not self.places or mutation.pointer in self.places)
        )


EXCEPTIONS: Final = (
    Exemption(
        ("string_above_max_length", "string_below_min_length"), ("issueToken",), ("/client_id", "/client_secret"),
        "A client that doesn't exist is answered as such, 401 (RFC 6749, 5.2); SE-P-02 looks at that.",
    ),
    Exemption(
        ("string_above_max_length",), ("issueToken",), ("/scope",),
        "A server may ignore the scope that was asked for (RFC 6749, 3.3).",
    ),
    Exemption(
        ("malformed_content_type", "unsupported_content_type"), (), (),
        "SE-P-17 looks at media types, and demands 415; RFC 6749 says nothing of them for tokens.",
    ),
    Exemption(
        ("invalid_pattern",), (), ("Idempotency-Key",),
        "The value enumerated has bytes beyond ASCII, which the HTTP layer may turn away before any interface sees them (RFC 9110, 5.5).",
    ),
)


def demanded(mutations: Iterable[Mutation]) -> Iterator[Mutation]:
    """Those to which no exception applies."""
    return (mutation for mutation in mutations if not any(exception.fits(mutation) for exception in EXCEPTIONS))
