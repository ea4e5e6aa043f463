"""What the tests of the command share: a folder of their own, English, and servers that say something wrong."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from conformance.cli import ended

Hulian = Callable[..., tuple[int, str, str]]
Serve = Callable[..., str]


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without configuration, English, every word there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HULIAN_LANG", "en")
    monkeypatch.setenv("HULIAN_WORDS", "strict")
    monkeypatch.delenv("HULIAN_DEBUG", raising=False)


@pytest.fixture
def hulian(capsys: pytest.CaptureFixture[str]) -> Hulian:
    """Runs the command here; gives exit code, stdout, stderr."""

    def called(*arguments: object) -> tuple[int, str, str]:
        code = ended([str(one) for one in arguments])
        caught = capsys.readouterr()
        return code, caught.out, caught.err

    return called


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Servers that answer everything with one status and one body."""
    servers: list[ThreadingHTTPServer] = []

    def started(status: int = 200, body: Any = None, headers: tuple[tuple[str, str], ...] = ()) -> str:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                for name, value in (("content-length", str(len(raw))), *headers):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(raw)

            do_POST = do_GET

            def log_message(self, format: str, *args: Any) -> None:
                """Tests are quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield started
    for server in servers:
        server.shutdown()
        server.server_close()
