"""Pieces: everything that the target sent to anybody, cut into bodies, targets and headers, for what must not be anywhere.

In: evidence.  Out: the pieces by the kind of party that got them.  Nearly always nothing is in them, and then nobody need ask which message
they came from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import chain

from conformance.evidence import Evidence
from conformance.judgements.codings import utf8
from conformance.judgements.leaks import Pieces
from conformance.parties import IUT, Party
from conformance.records import Answer


def sent_to_kinds(evidence: Evidence) -> Mapping[str, Pieces]:
    """All pieces by the kind of party that got them; parties outside the cast are a kind of their own."""
    bodies: dict[str, dict[bytes, None]] = defaultdict(dict)
    texts: dict[str, set[str]] = defaultdict(set)
    for exchange in evidence.exchanges:
        if exchange.sender == IUT:
            kind = kind_of(evidence, exchange.answerer)
            bodies[kind][exchange.request.body.raw] = None
            texts[kind].update((exchange.request.target, *chain.from_iterable(exchange.request.headers)))
        elif isinstance(exchange.answer, Answer):
            kind = kind_of(evidence, exchange.sender)
            bodies[kind][exchange.answer.body.raw] = None
            texts[kind].update(chain.from_iterable(exchange.answer.headers))
    return {kind: Pieces((*bodies[kind], *map(utf8, sorted(texts[kind])))) for kind in bodies}


def kind_of(evidence: Evidence, party: Party) -> str:
    """What kind of party it is; one outside the cast is its own."""
    return evidence.cast[party].kind if party in evidence.cast else str(party)
