"""Views: masked contacts as somebody was shown them, beside what had been entered.

In: evidence.  Out: for each view the contacts that it may show; judgements of its fields; what views of one person give together.
Rows of the data set name nobody: a row is somebody's where its name and its phone both fit them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from conformance.checks.persons import ROLES, Contact, Persons
from conformance.evidence import Evidence, Seen, Telling
from conformance.judgements import masks, phones
from conformance.judgements.alignment import STARS, shown_places
from conformance.judgements.doors import doors
from conformance.judgements.flaw import Flaw
from conformance.judgements.graphemes import clusters, is_letter
from conformance.parties import Subject
from conformance.records import JSON
from conformance.vocabulary import ANALYTICS, TRACKING

LEAST_DIGITS: Final = 3
"""So many digits of a phone must fit before a row counts as somebody's."""
Rule = Callable[..., Flaw | None]
FIELDS: Final[Mapping[str, Rule]] = {"name": masks.name_flaw, "phone": masks.phone_flaw, "address": masks.address_flaw}


class View(NamedTuple):
    """One masked contact as shown; `entered` are those whom it may be, the latest last."""

    shown: Seen
    entered: tuple[Contact, ...]


def tracked(evidence: Evidence) -> Iterator[View]:
    """Every contact that public tracking showed of our consignments."""
    persons = evidence.derived(Persons)
    for telling in evidence.told(TRACKING):
        for role in ROLES:
            entered = [contact for subject in sorted(telling.about) for contact in persons.as_of(subject, role, telling.at)]
            if entered and telling[role].there:
                yield View(telling[role], tuple(entered))


def analysed(evidence: Evidence) -> Iterator[View]:
    """Every row of the data set that is somebody's of ours and nobody else's."""
    fit = Fit(evidence)
    for telling in evidence.told(ANALYTICS):
        owners = fit.owners(telling)
        if len(owners) == 1:
            yield View(telling["recipient"], tuple(owners))


class Fit:
    """Finds whose a masked row can be."""

    def __init__(self, evidence: Evidence) -> None:
        persons = evidence.derived(Persons)
        found = [one for contacts in persons.contacts.values() for one in contacts if one.role == "recipient"]
        self._contacts = [(one, phones.digits(phones.split(text_of(one.value, "phone")).main)) for one in found]
        self._groups: dict[tuple[str, str], list[Contact]] = defaultdict(list)
        for contact in found:
            courier = evidence.cast[persons.tenures[contact.subject][-1].courier].code
            self._groups[str(contact.value["address"]["region_code"])[:4], courier].append(contact)

    def owners(self, row: Telling) -> list[Contact]:
        """Everybody whose name and phone the row may show, and who had been entered by then."""
        recipient = row["recipient"].value
        phone, name = phones.split(text_of(recipient, "phone")).main, clusters(text_of(recipient, "name"))
        if len(phones.digits(phone)) >= LEAST_DIGITS:
            chosen = [contact for contact, digits in self._contacts if fits(digits, phone, str.isdigit)]
        else:
            chosen = self._group(row)
        return [one for one in chosen if one.since <= row.at and fits(clusters(text_of(one.value, "name")), name, is_letter)]

    def _group(self, row: Telling) -> list[Contact]:
        """Everybody in the row's group, if all of them are ours."""
        ours = self._groups.get((str(row["region_code"].value)[:4], str(row["courier_code"].value)), [])
        size = row["cell_size"].value
        return ours if isinstance(size, int) and len({one.subject for one in ours}) >= size else []


def fits(value: Sequence[str], view: Sequence[str], counts: Callable[[str], bool]) -> bool:
    """Whether everything that a masked view shows stands in the value, in that order and at that place."""
    kept = [character for character in view if counts(character) or character in STARS]
    places = shown_places([character for character in value if counts(character)], kept)
    return places is not None and len(places) == sum(counts(character) for character in kept)


def text_of(contact: JSON, field: str) -> str:
    """A field of a contact, masked or not, as one text: the phone's number, the address's detail."""
    value = contact.get(field) if isinstance(contact, Mapping) else None
    if isinstance(value, Mapping):
        value = value.get("number" if field == "phone" else "detail")
    return value if isinstance(value, str) else ""


def hides(view: View, field: str, hidden: int | None = None) -> Callable[[JSON], Flaw | None]:
    """A judgement: whether the view's field hides enough of everybody whom it may show."""
    rule = FIELDS[field] if hidden is None else partial(FIELDS[field], hidden=hidden)

    def judged(_: JSON) -> Flaw | None:
        shown = text_of(view.shown.value, field)
        flaws = (rule(text_of(contact.value, field), shown) or beside(contact, view, field) for contact in told_apart(view, field))
        return next((flaw for flaw in flaws if flaw is not None), None)

    return judged


def told_apart(view: View, field: str) -> list[Contact]:
    """Those whom the field may show, but for who is part of the latest by chance: 邓 was corrected to 邓润鞅, of whom 邓** is shown."""
    latest = text_of(view.entered[-1].value, field)
    return [contact for contact in view.entered if (text := text_of(contact.value, field)) == latest or text not in latest]


def beside(contact: Contact, view: View, field: str) -> Flaw | None:
    """What must be hidden and stands beside the masked text: a phone's extension, a door among the regions."""
    value, shown = contact.value.get(field), view.shown.value.get(field)
    if not isinstance(value, Mapping) or not isinstance(shown, Mapping):
        return None
    if field == "phone":
        return extension_flaw(value, shown)
    detail, regions = text_of(contact.value, field), "".join(str(shown.get(level, "")) for level in ("province", "city", "district"))
    moved = [door for door in doors(detail) if detail[door.start : door.end + 1] in regions]
    return Flaw(f"{moved[0].kind}_shown", {"number": detail[moved[0].start : moved[0].end], "shown": regions}) if moved else None


def extension_flaw(entered: Mapping[str, JSON], shown: Mapping[str, JSON]) -> Flaw | None:
    """Whether the extension that was entered can be read; that of a virtual number put in its place is another."""
    number = str(shown.get("number", ""))
    extension = shown.get("extension") or phones.split(number).extension
    if not entered.get("extension") or extension != entered["extension"]:
        return None
    return Flaw("extension_shown", {"extension": str(extension), "shown": number})


class Joined(NamedTuple):
    """All views of one field of one person."""

    contact: Contact
    field: str
    views: tuple[str, ...]
    last: Seen

    def flaw(self, hidden: Mapping[str, int]) -> Flaw | None:
        """What they give together beyond what one may; `hidden` is how much of a field must stay hidden."""
        rule = partial(FIELDS[self.field], hidden=hidden[self.field]) if self.field in hidden else FIELDS[self.field]
        return masks.joined_flaw(rule, text_of(self.contact.value, self.field), self.views)


def joined(evidence: Evidence) -> Iterator[Joined]:
    """What was shown of each person more than once, on whatever page, at whatever time, to whomever."""
    seen: dict[tuple[Subject, int, str, str], list[tuple[Contact, Seen, str]]] = defaultdict(list)
    for view in (*tracked(evidence), *analysed(evidence)):
        for contact in view.entered:
            for field in FIELDS:
                shown = text_of(view.shown.value, field)
                seen[contact.subject, contact.act, contact.role, field].append((contact, view.shown, shown))
    for (*_, field), shows in seen.items():
        if len(shows) > 1:
            contact, last, _ = shows[-1]
            yield Joined(contact, field, tuple(dict.fromkeys(text for _, _, text in shows)), last)
