"""Going on with a run that was cut off: its journal says what was ordered, the configuration how the target is reached.

In: the run's directory, and a configuration without anything that the journal settles.  Out: the order for what is left.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from conformance.errors import HulianError

if TYPE_CHECKING:
    from conformance.ordering import Ordered

SETTLED = ("role", "target", "scope", "only", "profile", "seed", "unannounced")
"""Options that a run which goes on cannot be given anew."""


def resumed(run: Path, given: dict[str, Any]) -> Ordered:
    """The order.  Raises `HulianError`: no_journal, journal_…, run_ended, resume_alone, and whatever is wrong with the configuration."""
    from conformance.commands.options import configured
    from conformance.express import EXPRESS
    from conformance.journal import read
    from conformance.ordering import Note, ordered
    from conformance.plan import Choice, planned
    from conformance.run_directory import JOURNAL

    if any(given.get(name) for name in SETTLED):
        raise HulianError("resume_alone", options=", ".join(f"--{name}" for name in SETTLED if given.get(name)))
    import_module(EXPRESS.vocabulary)  # its acts are record types
    before = read(run / JOURNAL)
    if before.ended is not None and before.ended.reason == "complete":
        raise HulianError("run_ended", path=str(run))
    plan, told = planned(before.started), before.started.run
    chosen = Choice(
        role=plan.role, profile=plan.profile, scope=plan.themes, only=tuple(one.id for one in plan.entries), seed=plan.seed,
        announced=plan.announced,
    )
    whole = msgspec.structs.asdict(chosen)
    config = msgspec.structs.replace(configured(**{name: value for name, value in given.items() if name not in SETTLED}), **whole)
    found = ordered(msgspec.structs.replace(config, target=str(told["target"])))
    order = msgspec.structs.replace(found.order, choice=chosen, cast=plan.cast, before=before, journal=run / JOURNAL)
    note = Note("resumed", {"records": len(before.records), "rounds": before.rounds, "of": len(plan.rounds)})
    notes = (*found.notes, note, *([Note("cut")] if before.cut else []))
    return msgspec.structs.replace(found, order=order, notes=notes)
