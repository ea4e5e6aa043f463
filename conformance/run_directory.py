"""The directory of one run: what is in it, how it is made, how it is read again.

In: where to put it, then a report and a configuration.  Out: `journal.jsonl`, `report.json`, `report.html`, `config.json` with its
digest (pytest adds `junit.xml` and `allure-results/`).  An existing run is never touched, and a run that did not take place
leaves nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from conformance.errors import HulianError
from conformance.report import FORMAT
from conformance.reporting.html import render

JOURNAL, REPORT, PAGE, CONFIG, DIGEST = "journal.jsonl", "report.json", "report.html", "config.json", "config.sha256"
HIDDEN: Final = re.compile(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)
"""Controls of terminals and of the direction of writing, which JSON lets stand as they are."""
RUNS: Final = Path("hulian-runs")
"""Where runs go when nobody says where."""

Report = dict[str, Any]


class RunDirectory:
    """One run's place.  `claimed` makes it, `at` reads one that is there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._made: list[Path] = []
        self._before: frozenset[Path] = frozenset()
        self._kept = False

    @classmethod
    def claimed(cls, out: Path | None, nonce: str) -> RunDirectory:
        """A directory for a new run.  Raises `HulianError` run_exists, unwritable."""
        if out is None:
            out = RUNS / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{nonce}"
        directory = cls(out)
        if any((out / name).exists() for name in (JOURNAL, REPORT, PAGE)):
            raise HulianError("run_exists", path=str(out))
        directory._make()
        return directory

    @classmethod
    def resumed(cls, path: Path) -> RunDirectory:
        """The directory of a run that is gone on with: whatever happens, nothing in it is taken away."""
        directory = cls(path)
        directory._before = frozenset(path.iterdir())
        directory._kept = True
        return directory

    def _make(self) -> None:
        missing = [place for place in (self.path, *self.path.parents) if not place.exists()]
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            probe = self.path / ".hulian"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise HulianError("unwritable", path=str(self.path), why=error.strerror or str(error)) from None
        self._made, self._before = missing, frozenset(self.path.iterdir())

    def forsaken(self) -> None:
        """The run did not take place: what was made for it goes away again.  A journal that came to its end stays, whatever broke."""
        if self._kept or self._observed():
            return
        for left in frozenset(self.path.iterdir()) - self._before:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        for folder in self._made:
            if any(folder.iterdir()):
                return
            folder.rmdir()

    def _observed(self) -> bool:
        try:
            return b'"record":"Ended"' in self.journal.read_bytes().rstrip().rpartition(b"\n")[2]
        except OSError:
            return False

    @property
    def journal(self) -> Path:
        return self.path / JOURNAL

    @property
    def page(self) -> Path:
        return self.path / PAGE

    def write(self, report: Report, config: Mapping[str, Any] | None = None) -> None:
        """Report in its forms, and the configuration as it held, without secrets."""
        written(self.path / REPORT, as_json(report))
        written(self.page, as_page(report))
        if config is not None:
            resolved = as_json(config)
            written(self.path / CONFIG, resolved)
            written(self.path / DIGEST, f"{hashlib.sha256(resolved).hexdigest()}  {CONFIG}\n".encode())

    def config(self) -> dict[str, Any]:
        """The configuration as it held; empty where the run left none."""
        try:
            found: dict[str, Any] = json.loads((self.path / CONFIG).read_bytes())
        except (OSError, ValueError):
            return {}
        return found

    def report(self) -> Report:
        return report_at(self.path)


def report_at(path: Path) -> Report:
    """The report of a run's directory, or in a file.  Raises `HulianError` no_run."""
    file = path / REPORT if path.is_dir() else path
    try:
        document = json.loads(file.read_bytes())
    except OSError as error:
        raise HulianError("no_run", path=str(path), why=error.strerror or str(error)) from None
    except ValueError as error:
        raise HulianError("no_run", path=str(path), why=f"{REPORT}: {error}") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise HulianError("no_run", path=str(path), why=f"{REPORT}: format != {FORMAT}")
    return document


def newest() -> Path | None:
    """The directory of the latest run of this working directory."""
    found = [place for place in (RUNS.iterdir() if RUNS.is_dir() else ()) if (place / REPORT).is_file()]
    return max(found, key=lambda place: (place / REPORT).stat().st_mtime, default=None)


def as_json(document: Mapping[str, Any]) -> bytes:
    """The same bytes for the same document.  A lone surrogate, which a target may send, stays the escape that it was; what does something
    on a terminal without being seen becomes one."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return (HIDDEN.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n").encode("utf-8", "backslashreplace")


def as_page(report: Report) -> bytes:
    return render(report).encode("utf-8", "backslashreplace")


def written(path: Path, content: bytes) -> None:
    """Writes the whole file or nothing.  Raises `HulianError` unwritable."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise HulianError("unwritable", path=str(path), why=error.strerror or str(error)) from None
