"""Questions about consignments and events: who performs, who sees what, what is kept, what is shown.

In: the record, whom it is about, the channel (`pull`, `push`, `read`, `data_request`, `public`).  Out: honest answers.
"""

from __future__ import annotations

from collections.abc import Sequence

from conformance.mock.parties import Party
from conformance.mock.questions.question import Document, Question


class OfferedCouriers(Question[Sequence[Document]], frozen=True):
    """The couriers among which a merchant may choose, with their terms; honestly every interconnected one, on equal
    terms.
    """

    caller: Party
    offers: Sequence[Document]

    def honest(self) -> Sequence[Document]:
        return self.offers


class AssignedCourier(Question[str], frozen=True):
    """The code of the courier that performs; honestly the one that the merchant chose.  `before` is set at a change."""

    caller: Party
    chosen: str
    before: str | None
    entered: Document

    def honest(self) -> str:
        return self.chosen


class ConsignmentStored(Question[Document], frozen=True):
    """What is kept of a consignment, of what the merchant entered."""

    caller: Party
    operation: str
    entered: Document

    def honest(self) -> Document:
        return self.entered


class ChangeStored(Question[Document], frozen=True):
    """What is applied of a merchant's change: a merge patch."""

    caller: Party
    consignment: Document
    patch: Document

    def honest(self) -> Document:
        return self.patch


class Kept(Question[bool], frozen=True):
    """Whether an acknowledged consignment stays; a fault that says no loses it after the answer."""

    caller: Party
    consignment: Document

    def honest(self) -> bool:
        return True


class FieldsShown(Question[Document], frozen=True):
    """A consignment as one party sees it over one channel; honestly the same, whole, for all who are entitled."""

    consignment: Document
    to: Party
    channel: str

    def honest(self) -> Document:
        return self.consignment


class VisibleTo(Question[bool], frozen=True):
    """Whether a record may be read by a party; `record` is the kind, `subject` its id, `owners` the codes of the entitled."""

    record: str
    subject: str
    owners: tuple[str, ...]
    to: Party
    operation: str

    def honest(self) -> bool:
        return self.to.code in self.owners


class FeedReady(Question[bool], frozen=True):
    """Whether an entry stands in a party's feed yet; where it doesn't, the feed ends before it.  `age` in seconds of trade time."""

    operation: str
    entry: Document
    to: Party
    age: float

    def honest(self) -> bool:
        return True


class FeedHas(Question[bool], frozen=True):
    """Whether an entry stands in a party's list or feed at all; where it doesn't, it goes on without it.

    `age` is the seconds of trade time since it was recorded, 0 in lists that know no record time.
    """

    operation: str
    entry: Document
    to: Party
    age: float

    def honest(self) -> bool:
        return True


class FeedPage(Question[Sequence[Document]], frozen=True):
    """The items of a page of a feed, in the feed's order."""

    operation: str
    to: Party
    items: Sequence[Document]

    def honest(self) -> Sequence[Document]:
        return self.items


class EventAccepted(Question[bool], frozen=True):
    """Whether a valid event of the performing courier is taken."""

    caller: Party
    event: Document

    def honest(self) -> bool:
        return True


class EventStored(Question[Document | None], frozen=True):
    """What is kept of an event; `latest` is the newest `occurred_at` known of the waybill."""

    caller: Party
    event: Document
    latest: str | None

    def honest(self) -> Document | None:
        return self.event


class EventKnown(Question[bool], frozen=True):
    """Whether an event counts as posted before; honestly by its id alone."""

    caller: Party
    event: Document
    known: bool

    def honest(self) -> bool:
        return self.known


class RecordedAt(Question[float], frozen=True):
    """The record time of an event, POSIX seconds of trade time."""

    caller: Party
    event: Document
    now: float

    def honest(self) -> float:
        return self.now


class Retraction(Question[Document | None], frozen=True):
    """What a retraction does to the event that it names: None leaves it as it is, a document takes its place."""

    caller: Party
    original: Document
    retracting: Document

    def honest(self) -> Document | None:
        return None


class EventShown(Question[Document], frozen=True):
    """An event as one party sees it over one channel."""

    event: Document
    to: Party
    channel: str

    def honest(self) -> Document:
        return self.event


class EventListed(Question[bool], frozen=True):
    """Whether an event stands in the feed that a party reads; honestly all do for merchants, and its own for a courier."""

    event: Document
    to: Party

    def honest(self) -> bool:
        return self.to.kind != "courier" or self.event["courier_code"] == self.to.code


class CurrentEvent(Question[Document | None], frozen=True):
    """The event that gives a waybill its state: the last to occur that is not retracted."""

    events: Sequence[Document]
    default: Document | None

    def honest(self) -> Document | None:
        return self.default


class TrackingFound(Question[bool], frozen=True):
    """Whether the public may track a waybill that exists."""

    courier: Party
    waybill_no: str

    @property
    def party(self) -> Party | None:
        return self.courier

    def honest(self) -> bool:
        return True


class TrackingShown(Question[Document], frozen=True):
    """The public view of a waybill; `consignment` is the whole record, of which nothing more may show."""

    waybill_no: str
    shown: Document
    consignment: Document

    def honest(self) -> Document:
        return self.shown


class MaskOf(Question[str], frozen=True):
    """How a value looks in a view; `field` is `name`, `phone` or `detail`, `masked` what the mask makes of it."""

    field: str
    value: str
    view: str
    masked: str

    def honest(self) -> str:
        return self.masked


class DataFlows(Question[bool], frozen=True):
    """Whether data of a consignment already entered goes `out` to a counterpart or `in` from it; honestly always.

    An interruption in effect stops new consignments only: what was entered before goes on to its end (rule 12.7).  `notices` are all
    between the counterpart and the platform, in whatever state; `now` is trade time in POSIX seconds.
    """

    to: Party
    direction: str
    operation: str
    data: Document | None
    notices: tuple[Document, ...]
    now: float

    def honest(self) -> bool:
        return True


class Withheld(Question[str | None], frozen=True):
    """The notice for which a courier is shown as not available; honestly the one `in_effect`.  `notices` are all of its own, `now` is
    trade time in POSIX seconds."""

    to: Party
    in_effect: str | None
    notices: tuple[Document, ...]
    now: float

    def honest(self) -> str | None:
        return self.in_effect


class TakesNewConsignments(Question[bool], frozen=True):
    """Whether new consignments may be entered for a courier; honestly not while an interruption of it is in effect."""

    to: Party
    interrupted: bool
    notices: tuple[Document, ...]

    def honest(self) -> bool:
        return not self.interrupted


class BegunAnew(Question[Document], frozen=True):
    """The record as the new courier finds it after a change: `before` is what the former had, `released` has neither number nor status."""

    before: Document
    released: Document

    def honest(self) -> Document:
        return self.released


class HandOver(Question[tuple[bool, bool]], frozen=True):
    """After a change of courier: whether the former is told that it no longer performs, and the new that it does."""

    before: Document
    after: Document

    def honest(self) -> tuple[bool, bool]:
        return True, True


class EntryDemands(Question[tuple[tuple[str, str], ...]], frozen=True):
    """What is demanded of an entry beyond the specification: places and codes; honestly nothing."""

    caller: Party
    entered: Document

    def honest(self) -> tuple[tuple[str, str], ...]:
        return ()


class RuleHolds(Question[bool], frozen=True):
    """Whether what breaks a rule is refused; `code` is what the refusal says, `pointer` the place."""

    caller: Party
    operation: str
    code: str
    pointer: str = ""

    def honest(self) -> bool:
        return True


class CancelledAgain(Question[bool], frozen=True):
    """Whether a cancellation that comes again is answered by the same record, honestly yes; a fault that says no refuses it."""

    caller: Party
    consignment: Document

    def honest(self) -> bool:
        return True


class StateTold(Question[bool], frozen=True):
    """Whether the courier is sent `consignment.updated` since events changed the state; honestly not (rule 7.7)."""

    consignment: Document

    def honest(self) -> bool:
        return False


class WaybillRead(Question[str | None], frozen=True):
    """A waybill number as it is kept; None where it is refused.  Honestly any number is kept as it is."""

    caller: Party
    waybill_no: str

    def honest(self) -> str | None:
        return self.waybill_no


class WaybillConflicts(Question[bool], frozen=True):
    """Whether a number may not be reported under: `present` is the one that the parcel has, `used` whether it ever meant another parcel,
    `taken` whether it means one that is under way (rule 8.1)."""

    caller: Party
    waybill_no: str
    present: str | None
    used: bool
    taken: bool

    def honest(self) -> bool:
        return self.present != self.waybill_no if self.present is not None else self.taken


class SubscriptionsAllowed(Question[int], frozen=True):
    """How many subscriptions a party may have."""

    caller: Party
    event_types: tuple[str, ...]
    most: int

    def honest(self) -> int:
        return self.most


class SubscriptionShown(Question[Document], frozen=True):
    """A subscription as its owner reads it; `secret` never belongs to it."""

    caller: Party
    document: Document
    secret: str

    def honest(self) -> Document:
        return self.document
