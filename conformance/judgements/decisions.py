"""Decisions: is a data request refused, or granted, as it should be?

In: a decision as it was told, what was asked for, what had been entered.  Out: flaws, each with its place in the decision.
Source: rule 10 of `specs/platform.openapi.yaml`; GO-10 to GO-13.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from conformance.judgements.fidelity import differences
from conformance.judgements.moments import at_instant

Decision = Callable[[object], Iterator["Gap"]]


@dataclass(frozen=True)
class Gap:
    """A flaw at a place of the decision; `kind` is a code of `reports/words/`."""

    kind: str
    pointer: str = ""
    expected: object = None
    seen: object = None
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


def registered(entry: Mapping[str, object]) -> Decision:
    """What is wrong with a consent that had to be registered as entered; a transfer abroad that nobody names is not agreed to."""

    def judged(consent: object) -> Iterator[Gap]:
        known = consent if isinstance(consent, Mapping) else {}
        for name, said in {"cross_border": False, **entry}.items():
            told = known.get(name, False if name == "cross_border" else None)
            if not means(said, told):
                yield Gap("differs", f"/{name}", said, told)

    return judged


def means(said: object, told: object) -> bool:
    """Whether a value is the same again: times by their instant, lists in any order."""
    if isinstance(said, list) and isinstance(told, list):
        return sorted(map(str, said)) == sorted(map(str, told))
    moment = at_instant(said) if isinstance(said, str) else None
    return moment == at_instant(told) if moment is not None and isinstance(told, str) else said == told


def refusal(decision: object) -> Iterator[Gap]:
    """What is wrong with a decision that had to be a refusal: it grants, or it gives data all the same."""
    said = decision.get("decision") if isinstance(decision, Mapping) else None
    if said != "refused":
        yield Gap("granted_without_ground", "/decision", "refused", said)
    data = decision.get("data") if isinstance(decision, Mapping) else None
    if isinstance(decision, Mapping) and "data" in decision and said == "refused":
        yield Gap("data_with_refusal", "/data", None, data)


def grant(expected: Mapping[str, object], fields: Collection[str]) -> Decision:
    """What is wrong with a decision that had to grant `fields`, of which `expected` is what is known of them.

    A phone may be replaced by a virtual number, which is another one; lists are compared as sets.
    """

    def judged(decision: object) -> Iterator[Gap]:
        said = decision.get("decision") if isinstance(decision, Mapping) else None
        if said != "granted":
            reason = decision.get("reason") if isinstance(decision, Mapping) else None
            yield Gap("refused_with_ground", "/decision", "granted", said, {"reason": reason})
            return
        data = decision.get("data") if isinstance(decision, Mapping) else None
        given = data if isinstance(data, Mapping) else {}
        for name in sorted(fields):
            value = expected.get(name)
            if name not in given:
                yield Gap("field_not_given", f"/data/{name}", value, None, {"field": name})
            elif name in expected and not (name.endswith("phone") and virtual(value, given[name])):
                yield from altered(name, value, given[name])

    return judged


def altered(name: str, value: object, given: object) -> Iterator[Gap]:
    """How a field that was given differs from what had been entered."""
    if isinstance(value, Collection) and isinstance(given, list) and not isinstance(value, str | Mapping):
        value, given = sorted(map(str, value)), sorted(set(map(str, given)))
    for difference in differences({name: value}, {name: given}):
        yield Gap(difference.word, f"/data{difference.pointer}", difference.expected, difference.seen)


def within(pieces: Mapping[str, Collection[str]]) -> Decision:
    """What a decision gives beyond the fields that it may: whole fields, or pieces of such in others (a phone's end in the name)."""

    def judged(decision: object) -> Iterator[Gap]:
        data = decision.get("data") if isinstance(decision, Mapping) else None
        for name, value in (data if isinstance(data, Mapping) else {}).items():
            if name not in pieces and value is not None:
                yield Gap("field_beyond_consent", f"/data/{name}", None, value, {"field": name})
            for piece in sorted(piece for piece in pieces.get(name, ()) if piece in str(value))[:1]:
                yield Gap("piece_beyond_consent", f"/data/{name}", None, value, {"field": name, "piece": piece})

    return judged


def virtual(entered: object, given: object) -> bool:
    """Whether a phone was replaced by a virtual number that is whole and another one."""
    if not isinstance(entered, Mapping) or not isinstance(given, Mapping) or given.get("kind") != "virtual":
        return False
    number = str(given.get("number", ""))
    return number != str(entered.get("number")) and number.strip("+").replace("-", "").isdigit()
