"""Questions about consignments and events: who performs, who sees what, what is kept, what is shown.

In: the record, whom it is about, the channel (`pull`, `push`, `read`, `data_request`, `public`).  Out: honest answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conformance.mock.parties import Party
from conformance.mock.questions.question import Document, Question


@dataclass(frozen=True, slots=True)
class OfferedCouriers(Question[Sequence[Document]]):
    """The couriers among which a merchant may choose, with their terms; honestly every interconnected one, on equal
    terms.
    """

    caller: Party
    offers: Sequence[Document]

    def honest(self) -> Sequence[Document]:
        return self.offers


@dataclass(frozen=True, slots=True)
class AssignedCourier(Question[str]):
    """The code of the courier that performs; honestly the one that the merchant chose.  `before` is set at a change."""

    caller: Party
    chosen: str
    before: str | None
    entered: Document

    def honest(self) -> str:
        return self.chosen


@dataclass(frozen=True, slots=True)
class ConsignmentStored(Question[Document]):
    """What is kept of a consignment, of what the merchant entered."""

    caller: Party
    operation: str
    entered: Document

    def honest(self) -> Document:
        return self.entered


@dataclass(frozen=True, slots=True)
class ChangeStored(Question[Document]):
    """What is applied of a merchant's change: a merge patch."""

    caller: Party
    consignment: Document
    patch: Document

    def honest(self) -> Document:
        return self.patch


@dataclass(frozen=True, slots=True)
class Kept(Question[bool]):
    """Whether an acknowledged consignment stays; a fault that says no loses it after the answer."""

    caller: Party
    consignment: Document

    def honest(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class FieldsShown(Question[Document]):
    """A consignment as one party sees it over one channel; honestly the same, whole, for all who are entitled."""

    consignment: Document
    to: Party
    channel: str

    def honest(self) -> Document:
        return self.consignment


@dataclass(frozen=True, slots=True)
class VisibleTo(Question[bool]):
    """Whether a record may be read by a party; `record` is the kind, `subject` its id, `owners` the codes of the entitled."""

    record: str
    subject: str
    owners: tuple[str, ...]
    to: Party
    operation: str

    def honest(self) -> bool:
        return self.to.code in self.owners


@dataclass(frozen=True, slots=True)
class FeedReady(Question[bool]):
    """Whether an entry stands in a party's feed yet; where it doesn't, the feed ends before it.  `age` in seconds of trade time."""

    operation: str
    entry: Document
    to: Party
    age: float

    def honest(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class FeedHas(Question[bool]):
    """Whether an entry stands in a party's list or feed at all; where it doesn't, it goes on without it.

    `age` is the seconds of trade time since it was recorded, 0 in lists that know no record time.
    """

    operation: str
    entry: Document
    to: Party
    age: float

    def honest(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class FeedPage(Question[Sequence[Document]]):
    """The items of a page of a feed, in the feed's order."""

    operation: str
    to: Party
    items: Sequence[Document]

    def honest(self) -> Sequence[Document]:
        return self.items


@dataclass(frozen=True, slots=True)
class EventAccepted(Question[bool]):
    """Whether a valid event of the performing courier is taken."""

    caller: Party
    event: Document

    def honest(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class EventStored(Question[Document | None]):
    """What is kept of an event; `latest` is the newest `occurred_at` known of the waybill."""

    caller: Party
    event: Document
    latest: str | None

    def honest(self) -> Document | None:
        return self.event


@dataclass(frozen=True, slots=True)
class EventKnown(Question[bool]):
    """Whether an event counts as posted before; honestly by its id alone."""

    caller: Party
    event: Document
    known: bool

    def honest(self) -> bool:
        return self.known


@dataclass(frozen=True, slots=True)
class RecordedAt(Question[float]):
    """The record time of an event, POSIX seconds of trade time."""

    caller: Party
    event: Document
    now: float

    def honest(self) -> float:
        return self.now


@dataclass(frozen=True, slots=True)
class Retraction(Question[Document | None]):
    """What a retraction does to the event that it names: None leaves it as it is, a document takes its place."""

    caller: Party
    original: Document
    retracting: Document

    def honest(self) -> Document | None:
        return None


@dataclass(frozen=True, slots=True)
class EventShown(Question[Document]):
    """An event as one party sees it over one channel."""

    event: Document
    to: Party
    channel: str

    def honest(self) -> Document:
        return self.event


@dataclass(frozen=True, slots=True)
class CurrentEvent(Question[Document | None]):
    """The event that gives a waybill its state: the last to occur that is not retracted."""

    events: Sequence[Document]
    default: Document | None

    def honest(self) -> Document | None:
        return self.default


@dataclass(frozen=True, slots=True)
class TrackingFound(Question[bool]):
    """Whether the public may track a waybill that exists."""

    courier: Party
    waybill_no: str

    @property
    def party(self) -> Party | None:
        return self.courier

    def honest(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class TrackingShown(Question[Document]):
    """The public view of a waybill; `consignment` is the whole record, of which nothing more may show."""

    waybill_no: str
    shown: Document
    consignment: Document

    def honest(self) -> Document:
        return self.shown


@dataclass(frozen=True, slots=True)
class MaskOf(Question[str]):
    """How a value looks in a view; `field` is `name`, `phone` or `detail`, `masked` what the mask makes of it."""

    field: str
    value: str
    view: str
    masked: str

    def honest(self) -> str:
        return self.masked


@dataclass(frozen=True, slots=True)
class DataFlows(Question[bool]):
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


@dataclass(frozen=True, slots=True)
class TakesNewConsignments(Question[bool]):
    """Whether new consignments may be entered for a courier; honestly not while an interruption of it is in effect."""

    to: Party
    interrupted: bool
    notices: tuple[Document, ...]

    def honest(self) -> bool:
        return not self.interrupted


@dataclass(frozen=True, slots=True)
class HandOver(Question[tuple[bool, bool]]):
    """After a change of courier: whether the former is told that it no longer performs, and the new that it does."""

    before: Document
    after: Document

    def honest(self) -> tuple[bool, bool]:
        return True, True


@dataclass(frozen=True, slots=True)
class EntryDemands(Question[tuple[tuple[str, str], ...]]):
    """What is demanded of an entry beyond the specification: places and codes; honestly nothing."""

    caller: Party
    entered: Document

    def honest(self) -> tuple[tuple[str, str], ...]:
        return ()


@dataclass(frozen=True, slots=True)
class WaybillRead(Question[str | None]):
    """A waybill number as it is kept; None where it is refused.  Honestly any number is kept as it is."""

    caller: Party
    waybill_no: str

    def honest(self) -> str | None:
        return self.waybill_no


@dataclass(frozen=True, slots=True)
class SubscriptionsAllowed(Question[int]):
    """How many subscriptions a party may have."""

    caller: Party
    event_types: tuple[str, ...]
    most: int

    def honest(self) -> int:
        return self.most


@dataclass(frozen=True, slots=True)
class SubscriptionShown(Question[Document]):
    """A subscription as its owner reads it; `secret` never belongs to it."""

    caller: Party
    document: Document
    secret: str

    def honest(self) -> Document:
        return self.document
