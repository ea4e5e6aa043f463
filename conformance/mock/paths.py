"""All paths of the interface as one route: a path is looked up, not tried against one pattern after the other.

In: path templates and what answers them.  Out: a Starlette route.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

Templates = list[tuple[re.Pattern[str], ASGIApp]]


class Paths(BaseRoute):
    """Literal paths go before templates."""

    def __init__(self, answers: Mapping[str, ASGIApp], broken: ASGIApp) -> None:
        """`broken` answers where an answer breaks."""
        self._broken = broken
        self._literal = {path: app for path, app in answers.items() if "{" not in path}
        self._templates: dict[tuple[int, str], Templates] = {}
        for path, app in answers.items():
            if "{" in path:
                pattern = re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path)))
                self._templates.setdefault(_sort(path), []).append((pattern, app))

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] == "http":
            path = scope["path"]
            literal = self._literal.get(path)
            if literal is not None:
                return Match.FULL, {"endpoint": literal, "path_params": {}}
            for pattern, app in self._templates.get(_sort(path), ()):
                found = pattern.fullmatch(path)
                if found:
                    return Match.FULL, {"endpoint": app, "path_params": found.groupdict()}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await scope["endpoint"](scope, receive, send)
        except Exception:
            await self._broken(scope, receive, send)
            raise


def _sort(path: str) -> tuple[int, str]:
    """What a path and its template have in common: how many steps, and the first of them."""
    steps = path.split("/", 2)
    return path.count("/"), steps[1] if len(steps) > 1 else ""
