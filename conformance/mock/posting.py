"""How webhooks leave the mock: a bare transport, since a whole client costs more than the message.

In: a URL, headers, bytes.  Out: the answer's status.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, Self

import httpx

UNLIMITED = httpx.Timeout(None).as_dict()
"""How long an attempt may take is for the deliveries to say (rule 11.2)."""


class Answered(Protocol):
    """What a receiver answered."""

    @property
    def status_code(self) -> int: ...


class Poster(Protocol):
    """What webhooks are sent by; `httpx.AsyncClient` is one, too."""

    async def __aenter__(self) -> Self: ...

    async def __aexit__(self, *raised: object) -> None: ...

    async def post(self, url: str, *, content: bytes, headers: Mapping[str, str]) -> Answered:
        """Raises httpx.HTTPError, httpx.InvalidURL or OSError where no answer comes."""
        ...


class Post:
    """Over TCP.  No redirects are followed, no proxies asked."""

    def __init__(self) -> None:
        limits = httpx.Limits(max_connections=100, max_keepalive_connections=20)
        self._transport = httpx.AsyncHTTPTransport(trust_env=False, limits=limits)

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self._transport.aclose()

    async def post(self, url: str, *, content: bytes, headers: Mapping[str, str]) -> Answered:
        request = httpx.Request("POST", url, headers=dict(headers), content=content, extensions={"timeout": UNLIMITED})
        response = await self._transport.handle_async_request(request)
        try:
            await response.aread()
        finally:
            await response.aclose()
        return response
