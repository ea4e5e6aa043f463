"""OAuth 2 client credentials (RFC 6749, 4.4), by oauthlib, with expiry on the trade clock.

In: the token request as it came, and the sandbox's parties.  Out: oauthlib's answer; later, who holds a token.
"""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

from oauthlib.common import Request
from oauthlib.oauth2 import BackendApplicationServer, RequestValidator

from conformance.mock.parties import Party


@dataclass(frozen=True, slots=True)
class Grant:
    """A token's holder, what it may do and until when (POSIX seconds of trade time)."""

    party: Party
    scopes: frozenset[str]
    expires_at: float


class Tokens:
    """Issues and knows bearer tokens."""

    def __init__(
        self,
        parties: Mapping[str, Party],
        key: Callable[[str], str],
        accepted: Callable[[str, bool, bool], bool],
        lifetime: Callable[[Party], float],
        scopes: Callable[[Party], frozenset[str]],
        now: Callable[[], float],
    ) -> None:
        """`parties` by client id; `key` is what of a token is compared; `accepted` decides on credentials, `lifetime`
        and `scopes` on what they are given.
        """
        self.grants: dict[str, Grant] = {}
        self._now = now
        self.key = key
        self._server = BackendApplicationServer(
            _Validator(self, parties, accepted, lifetime, scopes),
            token_generator=lambda request: secrets.token_urlsafe(32),
            token_expires_in=lambda request: int(lifetime(_party(request))),
        )

    def issue(self, uri: str, body: str, headers: Mapping[str, str]) -> tuple[dict[str, str], str, int]:
        """Headers, body and status of the answer to a token request."""
        said = _NO_SCOPE.sub("", body)  # a parameter without a value counts as left out (RFC 6749, 3.2)
        made: tuple[dict[str, str], str, int] = self._server.create_token_response(uri, "POST", said, dict(headers))
        return made

    def holder(self, token: str) -> Grant | None:
        """The grant behind a token, expired or not."""
        return self.grants.get(self.key(token))

    def end(self, party: Party, but: str) -> None:
        """All tokens of the party but that one are no longer known."""
        for token in [known for known, grant in self.grants.items() if grant.party == party and known != self.key(but)]:
            del self.grants[token]


_NO_SCOPE = re.compile(r"(?:^|&)scope=(?=&|$)")


@dataclass(frozen=True)
class _Client:
    client_id: str
    party: Party


class _Validator(RequestValidator):
    """What oauthlib asks about clients, grants and scopes."""

    def __init__(
        self,
        tokens: Tokens,
        parties: Mapping[str, Party],
        accepted: Callable[[str, bool, bool], bool],
        lifetime: Callable[[Party], float],
        scopes: Callable[[Party], frozenset[str]],
    ) -> None:
        super().__init__()
        self._tokens, self._parties, self._accepted = tokens, parties, accepted
        self._lifetime, self._scopes = lifetime, scopes

    def authenticate_client(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        """Basic credentials, or `client_id` and `client_secret` in the body."""
        client_id, secret = _credentials(request)
        party = self._parties.get(client_id)
        right = party is not None and secrets.compare_digest(party.client_secret.encode(), secret.encode())
        if not self._accepted(client_id, party is not None, right):
            return False
        request.client = _Client(client_id, party or next(iter(self._parties.values())))
        return True

    def validate_grant_type(self, client_id: str, grant_type: str, client: Any, request: Request, *args: Any, **kwargs: Any) -> bool:
        return grant_type == "client_credentials"

    def validate_scopes(self, client_id: str, scopes: Any, client: Any, request: Request, *args: Any, **kwargs: Any) -> bool:
        return set(scopes or ()) <= self._scopes(client.party)

    def get_default_scopes(self, client_id: str, request: Request, *args: Any, **kwargs: Any) -> list[str]:
        return sorted(self._scopes(_party(request)))

    def save_bearer_token(self, token: Any, request: Request, *args: Any, **kwargs: Any) -> None:
        party = _party(request)
        expires_at = self._tokens._now() + int(token["expires_in"])
        self._tokens.grants[self._tokens.key(token["access_token"])] = Grant(party, frozenset(token["scope"].split()), expires_at)


def _party(request: Request) -> Party:
    client = request.client
    assert isinstance(client, _Client), "oauthlib asks only after authenticate_client"
    return client.party


def _credentials(request: Request) -> tuple[str, str]:
    basic = _basic(request.headers)
    return basic if basic is not None else (request.client_id or "", request.client_secret or "")


def _basic(headers: Mapping[str, str]) -> tuple[str, str] | None:
    """Credentials of HTTP Basic, form-encoded as RFC 6749, 2.3.1 asks; None where the header is not there."""
    kind, _, encoded = headers.get("authorization", headers.get("Authorization", "")).partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        pair = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
    except ValueError:  # binascii.Error and UnicodeDecodeError are
        return "", ""
    client_id, _, secret = pair.partition(":")
    return unquote_plus(client_id), unquote_plus(secret)


def client_of(body: str, headers: Mapping[str, str]) -> str:
    """The client id that a token request names, right or wrong."""
    basic = _basic(headers)
    return basic[0] if basic is not None else dict(parse_qsl(body)).get("client_id", "")
