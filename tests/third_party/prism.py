"""Runs the suite against Prism, an implementation that nobody in the project wrote: `make third-party`.

In: the path of the `prism` command.  Out: the suite's own words and one line that says whether it ended as it should.
Prism answers from the examples of specs/platform.openapi.yaml and keeps no state: the contract holds in part, behaviour
fails or is inconclusive, nothing is conformant, and the suite ends by itself without a traceback.
"""

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT = 30  # seconds that Prism may take until it listens
RUN_LIMIT = 1800  # seconds that the suite may take: Prism moves no clock, so that waiting takes real time
EXPECTED = {1: "non-conformant", 3: "inconclusive"}  # exit codes, and what the report calls them


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def prism(command: str, log: Path) -> Iterator[str]:
    """Prism serving the platform's document, and its address."""
    port = free_port()
    line = [command, "mock", "-h", "127.0.0.1", "-p", str(port), str(ROOT / "specs/platform.openapi.yaml")]
    with log.open("wb") as output, subprocess.Popen(line, stdout=output, stderr=subprocess.STDOUT) as server:
        try:
            wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Returns when the server listens; TimeoutError or ChildProcessError when it never will."""
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        if server.poll() is not None:
            raise ChildProcessError("Prism ended before it listened")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"Prism doesn't listen after {START_LIMIT} s")


def faults(code: int, output: str, report: Path) -> Iterator[str]:
    """What went otherwise than it should."""
    if code not in EXPECTED:
        yield f"exit code {code}, expected one of {sorted(EXPECTED)}"
    if "Traceback (most recent call last)" in output:
        yield "a traceback"
    if not report.is_file():
        yield "no report.json"
        return
    content = json.loads(report.read_text("utf-8"))
    if content["outcome"] != EXPECTED.get(code):
        yield f"outcome {content['outcome']} with exit code {code}"
    if not any(verdict["verdict"] == "pass" for verdict in content["verdicts"]):
        yield "not one requirement passes, though Prism serves our own document"


def main(command: str) -> int:
    """The exit code of `make third-party`: 0 when the suite ended as it should."""
    with tempfile.TemporaryDirectory(prefix="hulian-prism-") as name:
        place = Path(name)
        with prism(command, place / "prism.log") as target:
            line = [str(Path(sys.executable).with_name("hulian")), "run", "--role", "platform", "--target", target]
            run = subprocess.run(
                [*line, "--out", str(place / "run"), "--seed", "1", "--budget", "90"],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=RUN_LIMIT,
                check=False,
            )
        print(run.stdout)
        wrong = list(faults(run.returncode, run.stdout, place / "run/report.json"))
    print(f"third-party: exit code {run.returncode}; " + ("; ".join(wrong) or "as it should be"))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
