"""The judging digest: everything on which a verdict depends, as one hash.

In: catalogue, specifications, judging code and controls, locked versions, the Unicode version.  Out: SHA-256, hex.  Two runs with the same
digest judge alike.
"""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache
from importlib import metadata
from pathlib import Path

from conformance.resources import folder

LIBRARIES = ("msgspec", "jsonschema", "jsonschema-rs", "ahocorasick-rs", "phonenumberslite", "pyyaml")
DATA = ("specs", "fixtures/controls")
CODE = ("evidence", "expect", "outcomes", "judging", "check", "controls", "specification", "catalogue", "rules", "judgements", "checks")


@cache
def judging_digest() -> str:
    """Of this installation."""
    total = hashlib.sha256(unicodedata.unidata_version.encode())
    for name in LIBRARIES:
        total.update(f"{name}=={metadata.version(name)}\n".encode())
    for path in files():
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def files() -> list[Path]:
    """What verdicts depend on, in a fixed order."""
    package = Path(__file__).parent
    data = [path for name in DATA for path in folder(name).rglob("*") if path.is_file()]
    code = [path for name in CODE for path in (package / name).rglob("*.py")]
    code += [package / f"{name}.py" for name in CODE if (package / f"{name}.py").is_file()]
    return sorted({*data, *code}, key=lambda path: path.as_posix())
