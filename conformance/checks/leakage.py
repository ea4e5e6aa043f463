"""Leakage: what of whom was sent to somebody who is not entitled to it.

In: evidence.  Out: exposures: whose value, in which form, where.  Values are those that exist nowhere else: whole names, phones,
and the part of an address around its door.  Every form is searched for of people whom outsiders or mistakes were about; of the
rest the plain forms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

from conformance.checks.persons import Contact, Persons
from conformance.evidence import Evidence
from conformance.judgements.doors import doors
from conformance.judgements.leaks import Canaries, Leak
from conformance.judgements.patterns import HASHES
from conformance.parties import IUT, Party, Subject
from conformance.records import JSON, Answer, Exchange

TOP: Final = 12
"""Subjects whose people are searched for in every form."""
FOCUS: Final = 60
"""Values of other people that are: more would take longer than the run."""
BATCH: Final = 100
"""Pieces that are searched together."""
DIGESTED: Final = 150
"""Subjects whose people are searched for in digests."""
TAIL: Final = 14
"""Characters of an address, up to its door, by which it is recognised."""
OUTSIDERS: Final = frozenset({"consumer", "nobody", "analyst", "third_party"})
"""Kinds of parties that are entitled to nobody's data as such."""
DIGESTS: Final = frozenset({*HASHES, "md5-16"})


Leaks: TypeAlias = tuple[Leak, ...]


class Exposure(NamedTuple):
    """A value in a message: what it is (such as recipient.phone; of two people it may be both), its text, form, and where it stood."""

    whats: tuple[str, ...]
    text: str
    form: str
    where: str

    def named(self) -> dict[str, JSON]:
        """As the parameters of a finding."""
        return {"what": self.whats[0], "form": self.form, "where": self.where, "seen": self.text}

    @property
    def digest(self) -> bool:
        """Whether it is an unkeyed hash of the value."""
        return is_digest(self.form)


class Leakage:
    """Searches messages for the people of a run."""

    def __init__(self, evidence: Evidence) -> None:
        self.persons = evidence.derived(Persons)
        owners: dict[str, set[tuple[Subject, int]]] = {}
        what_of: dict[str, list[str]] = {}
        plain: set[str] = set()
        for contact in (one for contacts in self.persons.contacts.values() for one in contacts):
            recognisable = tuple(values(contact))
            plain.update(text for _, text in recognisable)
            for what, text in (*recognisable, *fingerprinted(contact)):
                owners.setdefault(text, set()).add((contact.subject, contact.act))
                what_of.setdefault(text, []).append(what)
        self._what: Final = {text: tuple(whats) for text, whats in what_of.items()}
        focus = focused(evidence)
        thorough = frozenset(chosen(owners, focus)) & plain
        looked_at = frozenset(focus[:DIGESTED])
        hashed = frozenset(text for text, found in owners.items() if any(one in looked_at for one, _ in found)) - thorough
        kept = tuple(text for text in owners if text in plain or text in hashed)
        self._canaries: Final = compiled(kept, frozenset(plain - thorough), hashed)
        self._known: Final[tuple[dict[bytes, Leaks], dict[bytes, Leaks]]] = ({}, {})
        self._texts: Final[dict[bytes, frozenset[str]]] = {}
        self._strange: Final[dict[tuple[Party, str, bool], bool]] = {}
        self._holders: Final = owners
        for subject, entries in self.persons.texts.items():
            for act, entered in entries:
                for leak in self._canaries.find(entered.encode("utf-8", "surrogatepass")):
                    owners[leak.canary].add((subject, act))  # by chance
        self._common: Final = frozenset(self._elsewhere(evidence))

    def _elsewhere(self, evidence: Evidence) -> Iterator[str]:
        """Values that requests of ours held about something else: who was told them may have them from there."""
        for exchange in evidence.exchanges:
            act = evidence.act_of(exchange)
            about = frozenset(act.about) if act is not None else frozenset()
            if exchange.answerer == IUT and exchange.request.body.size:
                yield from (leak.canary for leak in self._find(exchange.request.body.raw) if about.isdisjoint(self.holders(leak.canary)))

    def skim(self, pieces: Iterable[bytes], *, unfolded: bool = False) -> None:
        """Searches many small pieces together, since nearly all of them hold nothing."""
        rest = iter(dict.fromkeys(pieces))
        while batch := tuple(islice(rest, BATCH)):
            joined = b"\n=".join(batch)
            if not (self._canaries.find_unfolded(joined) if unfolded else self._canaries.find(joined)):
                self._known[unfolded].update(dict.fromkeys(batch, ()))

    def anybody(self, data: bytes, where: str = "body", *, unfolded: bool = False) -> Iterator[Exposure]:
        """Everybody's values in the data; `unfolded` finds them in the common codings even of those who are not in focus."""
        return (self._exposure(leak, where) for leak in self._find(data, unfolded))

    def _exposure(self, leak: Leak, where: str) -> Exposure:
        return Exposure(self._what[leak.canary], leak.canary, leak.encoding, where)

    def _find(self, data: bytes, unfolded: bool = False) -> Leaks:
        """What stands in the data, searched for once however many checks ask."""
        known = self._known[unfolded]
        if data not in known:
            known[data] = self._canaries.find_unfolded(data) if unfolded else self._canaries.find(data)
        return known[data]

    def texts_in(self, data: bytes) -> frozenset[str]:
        """Which values stand in the data."""
        if data not in self._texts:
            self._texts[data] = frozenset(leak.canary for leak in self._find(data))
        return self._texts[data]

    def of(self, subject: Subject, data: bytes) -> Iterator[Exposure]:
        """The values of one consignment's people in the data."""
        return (exposure for exposure in self.anybody(data) if subject in self.holders(exposure.text))

    def holders(self, text: str) -> frozenset[Subject]:
        """Every consignment in whose entered texts a value stands."""
        return frozenset(subject for subject, _ in self._holders[text])

    def texts(self, subject: Subject, since: int) -> frozenset[str]:
        """What was entered of a consignment's people with that act or after it, and stands nowhere else."""
        late = (contact for contact in self.persons.contacts[subject] if contact.act >= since)
        return frozenset(text for contact in late for _, text in values(contact) if self.holders(text) == {subject})

    def strangers(
        self, party: Party, data: bytes, where: str = "body", *, former: bool = True, unfolded: bool = False, digest: bool = False
    ) -> Iterator[Exposure]:
        """The values, or their digests, of people whom the party may not know; a `former` courier knows its consignments, or only
        until it lost them."""
        for leak in self._find(data, unfolded):
            if is_digest(leak.encoding) == digest and self._is_strange(party, leak.canary, former):
                yield self._exposure(leak, where)

    def _is_strange(self, party: Party, text: str, former: bool) -> bool:
        """Whether the party may know nobody of whom the value is, and was not told it by us."""
        key = party, text, former
        if key not in self._strange:
            owners = self._holders[text]
            known = any(self.persons.may_know(party, subject, 0 if former else act) for subject, act in owners)
            self._strange[key] = not known and text not in self._common
        return self._strange[key]


def is_digest(form: str) -> bool:
    """Whether the form of a value is an unkeyed hash."""
    return form != "plain" and not DIGESTS.isdisjoint(form.split("+"))


@lru_cache(maxsize=2)
def compiled(texts: tuple[str, ...], brief: frozenset[str], hashed: frozenset[str]) -> Canaries:
    """The values compiled; several runs with the same seed search for the same."""
    return Canaries({text: text for text in texts}, brief, hashed)


def chosen(owners: Mapping[str, set[tuple[Subject, int]]], focus: list[Subject]) -> Iterator[str]:
    """The values that are searched for in every form: those of whom most was asked, and every so many of the others asked about."""
    top, others = frozenset(focus[:TOP]), frozenset(focus[TOP:])
    yield from (text for text, found in owners.items() if any(subject in top for subject, _ in found))
    rest = [text for text, found in owners.items() if any(subject in others for subject, _ in found)]
    yield from rest[:: -(-len(rest) // FOCUS) or 1]


def focused(evidence: Evidence) -> list[Subject]:
    """The subjects that requests of outsiders, and requests that went wrong, were about, the most frequent first."""
    found: Counter[Subject] = Counter()
    for exchange in evidence.exchanges:
        act = evidence.act_of(exchange)
        outsider = exchange.sender in evidence.cast and evidence.cast[exchange.sender].kind in OUTSIDERS
        if act is not None and (outsider or failed(exchange)):
            found.update(act.about)
    return [subject for subject, _ in found.most_common()]


def failed(exchange: Exchange) -> bool:
    """Whether the answer was an error."""
    return isinstance(exchange.answer, Answer) and exchange.answer.status >= 400


def values(contact: Contact) -> Iterator[tuple[str, str]]:
    """What makes somebody recognisable, each with what it is."""
    name, phone, address = (contact.value.get(field) for field in ("name", "phone", "address"))
    detail = address.get("detail") if isinstance(address, dict) else None
    found = {
        "name": name, "phone": phone.get("number") if isinstance(phone, dict) else None, "address": around_door(detail),
    }
    return ((f"{contact.role}.{what}", text) for what, text in found.items() if isinstance(text, str) and text)


def fingerprinted(contact: Contact) -> Iterator[tuple[str, str]]:
    """What somebody would take a digest of, beside the values themselves: the whole address, name and phone in one."""
    address = contact.value.get("address")
    detail = address.get("detail") if isinstance(address, dict) else None
    if isinstance(detail, str):
        yield f"{contact.role}.address", detail
    name, phone = contact.value.get("name"), contact.value.get("phone")
    number = phone.get("number") if isinstance(phone, dict) else None
    if isinstance(name, str) and isinstance(number, str):
        yield from ((f"{contact.role}.person", joint) for joint in (f"{name}{number}", f"{name}|{number}", f"{number}{name}"))


def around_door(detail: JSON) -> str | None:
    """The end of an address with its door, or all of it where it has none."""
    if not isinstance(detail, str):
        return None
    found = doors(detail)
    end = found[-1].end + 1 if found else len(detail)
    return detail[max(0, end - TAIL) : end]


def may_be_shown(exposure: Exposure) -> bool:
    """Whether it is an address without a door, which no mask need hide."""
    address = all(what.endswith("address") for what in exposure.whats)
    return address and exposure.form == "plain" and not doors(exposure.text)
