"""The mock over TCP."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from conformance.errors import HulianError
from conformance.mock.server import bound

PROGRAM = "from conformance.mock.server import serve; serve(port=0, ready=lambda address: print(address, flush=True))"


@pytest.fixture
def served() -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield process, process.stdout.readline().strip()
    process.kill()
    process.wait()


def test_it_serves_and_ends_without_a_word(served: tuple[subprocess.Popen[str], str]) -> None:
    process, address = served
    with httpx.Client(base_url=address) as client:
        assert client.get("/.well-known/hulian").json()["role"] == "platform"
        credentials = ("sandbox-merchant-1", "sandbox-merchant-1-secret")
        token = client.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=credentials).json()["access_token"]
        answer = client.get("/consignments", headers={"Authorization": f"Bearer {token}"})
        assert answer.json()["items"] == []
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (0, "", "")


def test_a_port_in_use_is_an_error_that_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(HulianError) as error:
        bound("127.0.0.1", taken.getsockname()[1])
    assert error.value.code == "port_in_use"
