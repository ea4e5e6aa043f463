"""Where a proof is kept: `prove.json` and `prove.html` in a folder, in place of an earlier proof.

In: a path, then the proof as data.  Out: files.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from conformance.errors import HulianError
from conformance.proving.page import render
from conformance.run_directory import as_json, written

DATA: Final = "prove.json"
PAGE: Final = "prove.html"


class Folder:
    """`claimed` makes it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def claimed(cls, path: Path) -> Folder:
        """A folder that can be written, which is seen before anything is run.  Raises `HulianError` unwritable."""
        try:
            path.mkdir(parents=True, exist_ok=True)
            probe = path / ".hulian"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise HulianError("unwritable", path=str(path), why=error.strerror or str(error)) from None
        return cls(path)

    @property
    def page(self) -> Path:
        return self.path / PAGE

    def write(self, shown: Mapping[str, Any]) -> None:
        """Raises `HulianError` unwritable."""
        written(self.path / DATA, as_json(shown))
        written(self.page, render(shown).encode("utf-8", "backslashreplace"))
