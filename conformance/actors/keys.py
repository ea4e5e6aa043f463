"""Keys that do not fit: tokens and secrets that were made up or altered.

In: a good one, a generator.  Out: bad ones, each with a word for how it was made.  None can be good by chance.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import string
from collections.abc import Iterator
from random import Random
from typing import Final

from conformance.records import JSON

SETS: Final = (string.digits, string.ascii_lowercase, string.ascii_uppercase)
GUESSED: Final = b"secret"
"""A signing key that somebody may have forgotten to change."""


def counterfeits(token: str, client_id: str, rng: Random) -> Iterator[tuple[str, str]]:
    """Bearer tokens that nobody issued."""
    yield "invented", another(token, rng)
    yield "altered", altered(token)
    yield "cut", token[: len(token) * 2 // 3]
    yield "extended", f"{token}x"
    if token.swapcase() != token:
        yield "other_case", token.swapcase()
    claims = claims_of(token) or {"sub": client_id, "client_id": client_id, "exp": 4_102_444_800}
    unsigned = ".".join((packed({"alg": "none", "typ": "JWT"}), packed(claims)))
    yield "unsigned", f"{unsigned}."
    signed = ".".join((packed({"alg": "HS256", "typ": "JWT"}), packed(claims)))
    yield "guessed", f"{signed}.{encoded(hmac.digest(GUESSED, signed.encode(), hashlib.sha256))}"
    yield "client_id", client_id


def wrong_secrets(secret: str, others: str) -> Iterator[tuple[str, str]]:
    """Client secrets that are not the client's."""
    yield "altered", altered(secret)
    yield "extended", f"{secret}x"
    yield "others", others
    if secret.swapcase() != secret:
        yield "other_case", secret.swapcase()


def altered(text: str) -> str:
    """One character in the middle of the last part is another: of a signed token, its signature.  Of nothing, something is made."""
    parts = text.split(".")
    at = len(text) - len(parts[-1]) // 2 - 1
    if at < 0 or at >= len(text):
        return f"{text}x"
    letters = next((letters for letters in SETS if text[at] in letters), SETS[1])
    return text[:at] + letters[(letters.index(text[at]) + 1) % len(letters) if text[at] in letters else 0] + text[at + 1 :]


def another(text: str, rng: Random, last: int | None = None) -> str:
    """The same form with other letters and digits; with `last`, only so many of the last ones are others."""
    found, left = [], len(text) if last is None else last
    for character in reversed(text):
        letters = next((letters for letters in SETS if character in letters), None)
        if letters is not None and left > 0:
            character, left = rng.choice(letters.replace(character, "")), left - 1
        found.append(character)
    return "".join(reversed(found))


def claims_of(token: str) -> JSON:
    """What a token of the form of a JWT claims; None for any other."""
    parts = token.split(".")
    try:
        return json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))) if len(parts) == 3 else None
    except ValueError:
        return None


def packed(value: JSON) -> str:
    return encoded(json.dumps(value, separators=(",", ":")).encode())


def encoded(raw: bytes) -> str:
    """Base64 for URLs, without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
