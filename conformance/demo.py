"""The embedded mock as a target: no network, no configuration, no waiting.

In: faults to switch on.  Out: a line to a fresh platform in this process, in virtual time; or one that is served, for API users.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.routing import Router

from conformance.binding.line import Factory, InProcess
from conformance.binding.noise import Noisy
from conformance.errors import HulianError
from conformance.mock.faults import UnknownFault, every
from conformance.mock.platform import MockPlatform, app
from conformance.mock.server import bound, configured
from conformance.spelling import nearest


def line(faults: Sequence[str] = (), variants: Sequence[str] = (), *, noise: int | None = None) -> InProcess:
    """A line to a platform that has these faults and differs lawfully in these ways; a noisy one where a seed for that is given.

    Raises `HulianError` unknown_fault.
    """
    options = tuple(word for name in faults for word in ("--fault", name))

    def made(factory: Factory) -> Router:
        return MockPlatform(faults, variants, http_client_factory=factory).app

    try:
        return InProcess(made, options) if noise is None else Noisy(made, options, seed=noise)
    except UnknownFault:
        known = [one.id for one in every()]
        wrong = next((name for name in faults if name not in known), "-")
        raise HulianError("unknown_fault", fault=wrong, nearest=nearest(wrong, known)) from None


@contextmanager
def served(faults: Sequence[str] = (), port: int = 0) -> Iterator[str]:
    """The platform as a server in a thread of its own; gives its URL.  Raises `HulianError` unknown_fault, port_in_use."""
    line(faults)
    listening = bound("127.0.0.1", port)
    server = uvicorn.Server(configured(app(faults)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="hulian-mock", daemon=True)
    thread.start()
    while thread.is_alive() and not server.started:
        thread.join(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
