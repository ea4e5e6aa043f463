"""A mock platform in a process of its own, for those who measure what talks to it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def mock(*faults: str) -> Iterator[str]:
    """Serves the mock with these faults; gives its address.  Raises TimeoutError where it does not answer in time."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "conformance.cli", "mock", "platform", "--port", str(port)]
    command += [f"--fault={fault}" for fault in faults]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            answers(f"{address}/.well-known/hulian")
            yield address
        finally:
            process.terminate()


def answers(address: str) -> None:
    """Returns when somebody answers there, in whatever way.  Raises TimeoutError after ten seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(address)
