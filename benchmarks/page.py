"""The page of figures, docs/benchmarks.md: each command writes its own section anew and leaves the others alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def with_section(page: str, title: str, lines: Sequence[str]) -> str:
    """The page with these lines under that heading, in the place of what stood there, or at the end."""
    parts = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    heading = f"## {title}\n"
    section = "\n".join((heading, *lines, ""))
    kept = [section if part.startswith(heading) else part.rstrip() + "\n" for part in parts]
    return "\n".join(kept if section in kept else [*kept, section])


def with_head(page: str, head: str) -> str:
    """The page with another text before its first section."""
    sections = re.split(r"^(?=## )", page, flags=re.MULTILINE)[1:]
    return "\n".join(part.rstrip() + "\n" for part in (head, *sections))
