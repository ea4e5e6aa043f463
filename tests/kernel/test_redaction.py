"""No secret reaches the disk, in whatever form it travels."""

from __future__ import annotations

import base64
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from conformance.redaction import Redaction


@given(secret=st.text(min_size=8, max_size=40).filter(lambda text: "«" not in text), before=st.binary(), after=st.binary())
def test_a_secret_is_found_plain_quoted_and_in_base64(secret: str, before: bytes, after: bytes) -> None:
    redaction = Redaction()
    try:
        secret.encode()
    except UnicodeEncodeError:
        return
    redaction.keep(secret, "secret:ann")
    for form in (secret.encode(), quote(secret, safe="").encode(), base64.b64encode(secret.encode())):
        named = redaction.raw(before + b"|" + form + b"|" + after)
        assert form not in named.replace(before, b"").replace(after, b"") or form in before + after


def test_the_credentials_of_basic_authentication_are_one_secret() -> None:
    redaction = Redaction()
    redaction.keep("client:topsecret", "credentials:ann")
    header = "Basic " + base64.b64encode(b"client:topsecret").decode()
    assert redaction.text(header) == "Basic «credentials:ann»"


def test_the_longest_secret_is_renamed_first() -> None:
    redaction = Redaction()
    redaction.keep("abcdefgh", "short")
    redaction.keep("abcdefghij", "long")
    assert redaction.text("abcdefghij abcdefgh") == "«long» «short»"
