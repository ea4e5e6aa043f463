"""Corrections: does a later version say what the merchant changed?

In: a merge patch, and the record as it arrived.  Out: flaws with their places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from conformance.judgements.faithful import Alteration, at
from conformance.judgements.fidelity import differences
from conformance.judgements.reachability import diallable
from conformance.records import JSON
from conformance.untrusted import MISSING


def corrected(change: Mapping[str, JSON]) -> Callable[[JSON], Iterator[Alteration]]:
    """A judgement: recipient and remarks are those of the change; what it took away is not there."""
    phone = at(change, "/recipient/phone")
    recipient = {name: value for name, value in (change.get("recipient") or {}).items() if name != "phone"}
    wanted = {name: value for name, value in {**change, "recipient": recipient}.items() if value}

    def judged(arrived: JSON) -> Iterator[Alteration]:
        for one in differences(wanted, arrived):
            yield Alteration(one.word, one.pointer, one.expected, one.seen, {"other": one.other or ""})
        if "remarks" in change and change["remarks"] is None and at(arrived, "/remarks") is not MISSING:
            yield Alteration("stale", "/remarks", None, at(arrived, "/remarks"))
        if phone is not MISSING:
            for flaw in diallable(phone, frozenset())(at(arrived, "/recipient/phone")):
                yield Alteration(flaw.kind, f"/recipient/phone{flaw.pointer}", flaw.expected, flaw.seen, flaw.params)

    return judged
