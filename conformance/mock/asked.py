"""A request as it came, with no more than the mock reads of it.

In: an ASGI scope.  Out: method, path, fields, query, body.  Starlette's own class looks each field up in a list.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.types import Receive, Scope

from conformance.mock import strict_json
from conformance.mock.calls import Problem


class Asked:
    """One request.  `headers` are by lower-case name, the first where one comes twice; `query` is every pair, in order."""

    __slots__ = ("_receive", "headers", "method", "path", "path_params", "query")

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.path_params: dict[str, str] = scope.get("path_params", {})
        self.headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            self.headers.setdefault(name.decode("latin-1"), value.decode("latin-1"))
        asked: bytes = scope["query_string"]
        self.query = parse_qsl(asked.decode("latin-1"), keep_blank_values=True) if asked else []
        self._receive = receive

    async def body(self) -> bytes:
        """The body, as long as it stays below the limit.  Raises Problem."""
        declared = self.headers.get("content-length", "0")
        if declared.isdigit() and int(declared) > strict_json.MAX_BYTES:
            raise Problem("too_large")
        raw, more = b"", True
        while more:
            message = await self._receive()
            more = message.get("more_body", False)
            raw += message.get("body", b"")
            if len(raw) > strict_json.MAX_BYTES:
                raise Problem("too_large")
        return raw
