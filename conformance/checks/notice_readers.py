"""Readers of notices: who was shown one whole, with its contact and its talks, and who may be.

In: evidence.  Out: tellings of whole notices, and whether each was for who got it.  Source: rule 12.10 of the interface.
"""

from __future__ import annotations

from collections.abc import Iterator

from conformance.evidence import Evidence, Telling
from conformance.judgements.dialogue import steps, whole
from conformance.parties import IUT
from conformance.untrusted import named
from conformance.vocabulary import NOTICE


def shown(evidence: Evidence) -> Iterator[Telling]:
    """Every time that a whole notice was shown to somebody; the operator of the sandbox plays the platform."""
    return (told for told in evidence.told(NOTICE) if whole(told.value) and told.to != IUT and evidence.cast[told.to].kind != "operator")


def entitled(evidence: Evidence, told: Telling) -> bool:
    """Whether it went to a party of the notice, or to an authority once it had been reported."""
    member = evidence.cast[told.to]
    if member.kind == "authority":
        return any(step.event == "report" for step in steps(told.value)) or told.value.get("state") == "reported"
    return member.code in {named(told.value.get(role)) for role in ("giver", "receiver")}
