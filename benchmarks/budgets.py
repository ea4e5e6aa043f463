"""Measures what the project promises about speed, and says where a promise is broken: `make bench`.

In: the installed `hulian` command.  Out: a table, and exit code 1 when a budget is exceeded.  Medians of several runs,
whole processes, seconds on the clock of the wall.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HULIAN = str(Path(sys.executable).with_name("hulian"))
START = "import conformance, sys; sys.exit()"
IN_PROCESS = """
import conformance
with conformance.mock.platform(faults=[]) as sut:
    conformance.run(role="platform", target=sut, seed=1)
"""


@dataclass(frozen=True)
class Budget:
    """A command and the seconds that it may take."""

    name: str
    command: Sequence[str]
    seconds: float
    runs: int


BUDGETS = (
    Budget("import conformance", (sys.executable, "-c", START), 0.1, 9),
    Budget("hulian --help", (HULIAN, "--help"), 0.3, 9),
    Budget("hulian requirements", (HULIAN, "requirements", "--role", "platform"), 1.0, 5),
    Budget("whole run in process", (sys.executable, "-c", IN_PROCESS), 5.0, 3),
    Budget("hulian demo", (HULIAN, "demo"), 15.0, 1),
)


def measure(budget: Budget, place: Path) -> float:
    """Median seconds of the command; RuntimeError with its words when it fails."""
    took = []
    for _ in range(budget.runs):
        start = time.perf_counter()
        run = subprocess.run(budget.command, cwd=place, capture_output=True, text=True, check=False)
        took.append(time.perf_counter() - start)
        if run.returncode:
            raise RuntimeError(f"{budget.name}: exit code {run.returncode}\n{run.stderr[-2000:]}")
    return statistics.median(took)


def main() -> int:
    """0 when every budget is kept."""
    kept = True
    with tempfile.TemporaryDirectory(prefix="hulian-bench-") as place:
        for budget in BUDGETS:
            seconds = measure(budget, Path(place))
            kept = kept and seconds <= budget.seconds
            verdict = "" if seconds <= budget.seconds else "  TOO SLOW"
            print(f"{budget.name:24} {seconds:7.2f} s   budget {budget.seconds:5.1f} s{verdict}", flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
