"""The mock over TCP."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from conformance.errors import HulianError
from conformance.mock.server import bound

PROGRAM = """
import sys
from conformance.mock.server import serve
serve(port=0, faults=sys.argv[1:], ready=lambda address: print(address, flush=True))
"""


@contextmanager
def serving(*faults: str) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """A mock in a process of its own, and a client."""
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, *faults], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with httpx.Client(base_url=process.stdout.readline().strip()) as client:
        yield process, client
    process.kill()
    process.communicate()


def _feed(client: httpx.Client, party: str) -> httpx.Response:
    form, client_id = {"grant_type": "client_credentials"}, f"sandbox-{party}"
    token = client.post("/oauth/token", data=form, auth=(client_id, f"{client_id}-secret")).json()["access_token"]
    return client.get("/consignments", headers={"Authorization": f"Bearer {token}"})


def test_it_serves_and_ends_without_a_word() -> None:
    with serving() as (process, client):
        assert client.get("/.well-known/hulian").json()["role"] == "platform"
        assert _feed(client, "merchant-1").json()["items"] == []
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=10)
        assert (process.returncode, out, err) == (0, "", "")


def test_a_fault_of_the_wire_cuts_connections_off() -> None:
    with serving("connections-lost-for-courier-b") as (_, client):
        assert _feed(client, "courier-a").status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            [_feed(client, "courier-b") for _ in range(5)]


def test_a_port_in_use_is_an_error_that_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(HulianError) as error:
        bound("127.0.0.1", taken.getsockname()[1])
    assert error.value.code == "port_in_use"
