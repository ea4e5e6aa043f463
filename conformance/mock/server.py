"""The mock over TCP, with uvicorn on asyncio.

In: where to listen and which faults to switch on.  Out: nothing; serves until Ctrl-C, and ends without a word.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterable

import uvicorn
from starlette.routing import Router

from conformance.errors import HulianError
from conformance.mock.faults import UnknownFault
from conformance.mock.platform import app

KEPT = 75
"""Seconds for which a quiet connection stays open."""


def serve(
    host: str = "127.0.0.1",
    port: int = 8080,
    faults: Iterable[str] = (),
    variants: Iterable[str] = (),
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve until interrupted; `port` 0 takes a free one; `ready` is told the address.  Raises HulianError."""
    try:
        application = app(faults, variants)
    except UnknownFault as error:
        raise HulianError("unknown_fault", fault=error.id) from None
    listening = bound(host, port)
    address = f"http://{_written(host)}:{listening.getsockname()[1]}"
    server = uvicorn.Server(configured(application))
    if ready is not None:
        ready(address)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:  # uvicorn raises the signal again after it has shut down
        return
    finally:
        listening.close()


def configured(application: Router) -> uvicorn.Config:
    """How uvicorn serves the mock: quietly, with its lifespan, and with no patience for open connections at the end."""
    return uvicorn.Config(
        application, lifespan="on", log_level="warning", access_log=False, server_header=False,
        timeout_keep_alive=KEPT, timeout_graceful_shutdown=1,
    )


def bound(host: str, port: int) -> socket.socket:
    """A socket of our own, so that a port in use is a sentence and no SystemExit.  Raises HulianError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # where it is named, small writes go at once
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(512)
    except OSError as error:
        listening.close()
        code = "port_in_use" if error.errno == errno.EADDRINUSE else "bad_bind"
        raise HulianError(code, host=host, port=port, why=error.strerror or str(error)) from None
    return listening


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host
