"""Judging again: a journal that somebody kept, judged as on the day of the run.

In: a journal.  Out: the same verdicts, by the same functions.  Nothing that observes is imported.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

from conformance.collector import resting
from conformance.errors import HulianError
from conformance.express import EXPRESS
from conformance.journal import Reading, read
from conformance.pack import Pack
from conformance.plan import planned
from conformance.result import Run, judged

VIRTUAL = "http://iut."
"""How the target of a run in process is called."""


def rejudged(path: Path, *, partial: bool = False, pack: Pack = EXPRESS) -> Run:
    """Raises `HulianError`: no_journal, journal_altered, journal_unknown, journal_empty, and journal_truncated for one that lacks its
    end, unless `partial` says that what is there should be judged."""
    import_module(pack.vocabulary)  # its acts are record types
    with resting():
        reading = read(path)
    if (reading.cut or reading.ended is None) and not partial:
        rounds = {"rounds": reading.rounds, "of": len(planned(reading.started).rounds)}
        raise HulianError("journal_truncated", path=str(path), line=len(reading.records), **rounds)
    return judged(pack, reading.records, closing={"ended_at": ended_at(reading), "journal_digest": reading.chain})


def ended_at(reading: Reading) -> str | None:
    """When the run ended, by its own clock: when it started, and how long it took; nothing where time was virtual."""
    started, target = (reading.started.run.get(name) for name in ("started_at", "target"))
    if not isinstance(started, str):
        return None
    took = timedelta(microseconds=0 if str(target).startswith(VIRTUAL) else reading.records[-1].wire)
    return (datetime.fromisoformat(started) + took).isoformat(timespec="seconds")
