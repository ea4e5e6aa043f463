"""Rate limiting: a window of a minute for each client, on the trade clock.

In: who asks and when.  Out: what is left, as the fields RateLimit and RateLimit-Policy say it, or that it is too much.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

WINDOW = 60.0


@dataclass(slots=True)
class _Window:
    started: float
    used: int = 0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one request found: `reset` is the whole seconds until the window ends."""

    limit: int
    remaining: int
    reset: int
    granted: bool

    def headers(self) -> dict[str, str]:
        """RateLimit fields (draft-ietf-httpapi-ratelimit-headers), and Retry-After where the request came too early."""
        fields = {
            "RateLimit": f'"default";r={self.remaining};t={self.reset}',
            "RateLimit-Policy": f'"default";q={self.limit};w={WINDOW:.0f}',
        }
        if not self.granted:
            fields["Retry-After"] = str(self.reset)
        return fields


class Rates:
    """Counts requests by client."""

    def __init__(self) -> None:
        self._windows: dict[str, _Window] = {}

    def take(self, client: str, limit: int, now: float) -> Allowance:
        """Count one request of `client`."""
        window = self._windows.get(client)
        if window is None or not window.started <= now < window.started + WINDOW:
            window = self._windows[client] = _Window(now)
        granted = window.used < limit
        if granted:
            window.used += 1
        reset = max(1, math.ceil(window.started + WINDOW - now))
        return Allowance(limit, max(0, limit - window.used), reset, granted)
