"""Writes the example report: `python -m tests.reporting.example` makes `reports/example/` from the sample."""

import json
from pathlib import Path

from conformance.reporting.html import render
from conformance.resources import folder

from .sample import sample


def example() -> dict[str, str]:
    """File name and text of each file of the example."""
    report = sample()
    return {
        "report.json": json.dumps(report, indent=1) + "\n",
        "report.html": render(report),
    }


def main() -> None:
    for name, text in example().items():
        Path(folder("reports") / "example" / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
