"""Questions about personal information: consents, decisions on data requests, what analysts see, what is declared.

In: the request and what is known of it.  Out: honest answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conformance.mock.parties import Party
from conformance.mock.questions.question import Document, Question


@dataclass(frozen=True, slots=True)
class PurposeAllowed(Question[str | None]):
    """The reason for which a purpose is refused whoever asks; None for delivery and value-added use."""

    caller: Party
    request: Document

    def honest(self) -> str | None:
        purpose = self.request["purpose"]
        if purpose == "data_mining":
            return "use_analytics"
        return None if purpose in ("delivery", "value_added") else "purpose_unrelated"


@dataclass(frozen=True, slots=True)
class CrossBorderBasis(Question[bool]):
    """Whether a request from abroad names a ground; `basis` is the ground."""

    caller: Party
    request: Document
    basis: str | None

    def honest(self) -> bool:
        return self.basis is not None


@dataclass(frozen=True, slots=True)
class ConsentRegistered(Question[Document]):
    """What is kept and returned of a consent that a merchant enters."""

    caller: Party
    document: Document

    def honest(self) -> Document:
        return self.document


@dataclass(frozen=True, slots=True)
class ConsentJudged(Question[str | None]):
    """What a consent lacks to carry a request for value-added use; None where it carries it.

    `consent` is empty for an unknown one; `now` is trade time in POSIX seconds.
    """

    caller: Party
    request: Document
    consent: Document
    same_order: bool
    same_recipient: bool
    withdrawn: bool
    expired: bool
    now: float

    def honest(self) -> str | None:
        if not (self.consent and self.same_order and self.same_recipient):
            return "consent_missing"
        if self.withdrawn:
            return "consent_withdrawn"
        if self.expired:
            return "consent_expired"
        return None if set(self.request["fields"]) <= set(self.consent["fields"]) else "consent_scope"


@dataclass(frozen=True, slots=True)
class DataDecision(Question[str]):
    """The reason of the decision, which says whether it is a grant; `consignment` is what was asked for, if it exists."""

    caller: Party
    request: Document
    reason: str
    consignment: Document | None

    def honest(self) -> str:
        return self.reason


@dataclass(frozen=True, slots=True)
class DataGiven(Question[Document | None]):
    """The data of a decision, None for none; `whole` is the consignment from which they were taken."""

    caller: Party
    request: Document
    decision: str
    data: Document | None
    whole: Document | None

    def honest(self) -> Document | None:
        return self.data


@dataclass(frozen=True, slots=True)
class SmallestCell(Question[int]):
    """The least number of shipments that a cell of the analytics data set has."""

    caller: Party
    k: int

    def honest(self) -> int:
        return self.k


@dataclass(frozen=True, slots=True)
class ShipmentRef(Question[str]):
    """The pseudonym of a shipment in one query; honestly random."""

    caller: Party
    consignment: Document
    random: str

    def honest(self) -> str:
        return self.random


@dataclass(frozen=True, slots=True)
class AnalyticsRow(Question[Document]):
    """A row of the analytics data set; `consignment` is what it was made from."""

    caller: Party
    row: Document
    consignment: Document

    def honest(self) -> Document:
        return self.row


@dataclass(frozen=True, slots=True)
class StatusListed(Question[Sequence[Document]]):
    """The lines of the exchange status that a party sees; honestly its own, an authority all."""

    caller: Party
    lines: Sequence[Document]

    def honest(self) -> Sequence[Document]:
        return self.lines


@dataclass(frozen=True, slots=True)
class RisksListed(Question[Sequence[Document]]):
    """The risk assessments that a party sees."""

    caller: Party
    assessments: Sequence[Document]

    def honest(self) -> Sequence[Document]:
        return self.assessments


@dataclass(frozen=True, slots=True)
class DiscoveryShown(Question[Document]):
    """The discovery document."""

    document: Document

    def honest(self) -> Document:
        return self.document


@dataclass(frozen=True, slots=True)
class CapabilityServed(Question[bool]):
    """Whether the operations of a capability are served; honestly whenever it is declared."""

    capability: str
    declared: bool

    def honest(self) -> bool:
        return self.declared
