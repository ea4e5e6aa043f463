"""Made-up faults and results."""

from __future__ import annotations

from conformance.proving.matrix import Fault
from conformance.proving.units import Place, Told, Unit

LATE = Fault("late", "NB-P-01", {"zh": "迟", "en": "late"}, questions=("Delay",))
LOST = Fault("lost", "FC-P-01", {"zh": "丢", "en": "lost"}, also=("FC-P-09",), questions=("Kept",))
HEALTHY = Unit("healthy")
HERE = Place("createConsignment", "/recipient/name", "missing")
THERE = Place("getConsignment", "/remarks", "missing")


def unit(fault: Fault) -> Unit:
    return Unit("fault", fault.id, fault.requirement)


def told(
    about: Unit, verdicts: dict[str, str], places: dict[str, tuple[Place, ...]] | None = None, *, reason: str = "precondition"
) -> Told:
    """What a unit came to, everything at level must."""
    reasons = {name: reason for name, verdict in verdicts.items() if verdict == "inconclusive"}
    return Told(about, verdicts, dict.fromkeys(verdicts, "must"), reasons, places or {}, 1.0)


def came(fault: Fault, verdict: str, **others: str) -> Told:
    """What the unit of a fault came to; other requirements are written NB_P_02."""
    return told(unit(fault), {fault.requirement: verdict, **{name.replace("_", "-"): word for name, word in others.items()}})
