"""An ASGI application on a socket of ours, inside the running event loop.

In: an application and a bound socket.  Out: it answers while the context is open.  uvicorn is known here only.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import uvicorn

from conformance.errors import HulianError

KEPT = 3600
"""Seconds for which a quiet connection stays open: one that we close just when the target sends would look like a failed attempt."""


class _Server(uvicorn.Server):
    """Leaves the signals alone: Ctrl-C is the suite's to handle."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """A listening socket.  Raises `HulianError` port_in_use or bad_bind.

    It names its protocol, since asyncio lets small writes go at once (TCP_NODELAY) only where that stands.
    """
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(512)
    except OSError as error:
        sock.close()
        code = "port_in_use" if error.errno in (98, 48, 10048) else "bad_bind"
        raise HulianError(code, host=host, port=port, why=error.strerror or str(error)) from None
    return sock


@asynccontextmanager
async def serving(app: Any, sock: socket.socket) -> AsyncIterator[None]:
    """Serves `app` on the socket until the context is left."""
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="auto", timeout_keep_alive=KEPT, timeout_graceful_shutdown=1)
    server = _Server(config)
    failed: Exception | None = None
    async with anyio.create_task_group() as group:
        group.start_soon(server.serve, [sock])
        while not server.started and not server.should_exit:
            await anyio.sleep(0.005)
        try:
            yield
        except Exception as error:  # raised below: from within it would come as a group, and tear the server down
            failed = error
        finally:
            server.should_exit = True
            group.cancel_scope.deadline = anyio.current_time() + 3
    if failed is not None:
        raise failed
