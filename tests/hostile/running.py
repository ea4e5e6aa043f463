"""The command against a hostile server, measured.

In: a kind.  Out: how it ended, what it said, what it left, how long it took and how much memory it needed.
"""

from __future__ import annotations

import contextlib
import io
import time
from pathlib import Path
from typing import NamedTuple

from conformance.cli import ended
from tests.hostile.kind import Kind
from tests.hostile.server import serving

BUDGET = 10
"""Real seconds to wait at most, where the target has no clock to be moved."""


class Ending(NamedTuple):
    """`megabytes` are the most that this process held meanwhile, the server's included, `grown` those beyond what it held before."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float
    grown: float
    folder: Path


def run(kind: Kind, folder: Path) -> Ending:
    """Runs the command in this process."""
    with serving(kind) as url:
        began, held = time.monotonic(), peak(reset=True)
        chosen = [part for name in kind.only for part in ("--only", name)]
        code, out, err = command(
            "run", "--role", "platform", "--target", url, "--out", str(folder), "--seed", "1", "--budget", str(BUDGET), *chosen,
        )
        most = peak()
        return Ending(code, out, err, time.monotonic() - began, most, most - held, folder)


def command(*arguments: str) -> tuple[int, str, str]:
    """One command here: exit code, stdout, stderr."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = ended(arguments)
    return code, out.getvalue(), err.getvalue()


def peak(*, reset: bool = False) -> float:
    """The most memory that this process held since the last reset, in MB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
