"""Every kind of hostility once, measured: `make hostile`.

In: the name of a page.  Out: the page, and whether each kind ended as it should.  The command runs in this process, with less patience
than it usually has, so that seconds say what hostility costs beside waiting.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from conformance import observe
from conformance.binding.endurance import TRIES
from tests.hostile import promises, sayings, senders, wire
from tests.hostile.kind import KINDS
from tests.hostile.running import Ending, run

PARTS = (wire, sayings, promises, senders)
PATIENCE = 2.0
HEAD = """# Hostile systems

What `hulian run` does when the target misbehaves on purpose: measured by `make hostile` with servers on raw sockets (`tests/hostile/`), few
requirements, {patience:g} s for one exchange instead of 30. Kinds *at once* begin with the first request, the others after honest answers
of the mock. Megabytes are the most that the process held, the server's part included, and hardly shrink from one kind to the next.
Every run ended by itself and without a traceback; exit codes as in the README: 2 could not begin, 1 failed, 3 could not be decided,
0 where what was selected holds all the same.

What bounds a run: 1 MB of an answer is read, 256 KB are kept; an exchange takes 30 s at most; after {tries} patiences without an answer in
good time a party, or everybody, is not served any more, and after 600 s lost in all (`--budget`) nobody is; a Retry-After beyond 120 s is
not waited for; a clock that fails to move five times is given up; messages to our receivers are written down up to 50,000, and for quiet
between them we wait 25 s beyond what is usual. It stands in the journal (`Unreached`), and what depends on it ends inconclusive.

| kind | what it does | exit | s | MB |
|---|---|---|---|---|
"""


def measured(page: Path) -> int:
    """Writes the page; gives 1 where some kind did not end as it should."""
    setattr(observe, "PATIENCE", PATIENCE)  # noqa: B010 - mypy knows of no such export
    os.environ["HULIAN_LANG"] = "en"
    rows, wrong = [], 0
    for kind in KINDS.values():
        with tempfile.TemporaryDirectory() as folder:
            ending = run(kind, Path(folder) / "run")
        right = ending.code in kind.codes and "Traceback" not in ending.out + ending.err
        wrong += not right
        rows.append(row(kind.name, kind.says, ending))
        sys.stderr.write(f"{'' if right else 'WRONG: '}{rows[-1]}\n")
    page.write_text(HEAD.format(patience=PATIENCE, tries=TRIES) + "\n".join(rows) + "\n", "utf-8")
    return min(wrong, 1)


def row(name: str, says: str, ending: Ending) -> str:
    return f"| {name} | {says} | {ending.code} | {ending.seconds:.1f} | {ending.megabytes:.0f} |"


if __name__ == "__main__":
    sys.exit(measured(Path(sys.argv[1])))
