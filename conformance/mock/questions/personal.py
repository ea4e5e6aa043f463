"""Questions about personal information: consents, decisions on data requests, what analysts see, what is declared.

In: the request and what is known of it.  Out: honest answers.
"""

from __future__ import annotations

from collections.abc import Sequence

from conformance.mock.parties import Party
from conformance.mock.questions.question import Document, Question


class PurposeAllowed(Question[str | None], frozen=True):
    """The reason for which a purpose is refused whoever asks; None for delivery and value-added use."""

    caller: Party
    request: Document

    def honest(self) -> str | None:
        purpose = self.request["purpose"]
        if purpose == "data_mining":
            return "use_analytics"
        return None if purpose in ("delivery", "value_added") else "purpose_unrelated"


class CrossBorderBasis(Question[bool], frozen=True):
    """Whether a request from abroad names a ground; `basis` is the ground."""

    caller: Party
    request: Document
    basis: str | None

    def honest(self) -> bool:
        return self.basis is not None


class ConsentRegistered(Question[Document], frozen=True):
    """What is kept and returned of a consent that a merchant enters."""

    caller: Party
    document: Document

    def honest(self) -> Document:
        return self.document


class ConsentJudged(Question[str | None], frozen=True):
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


class DataDecision(Question[str], frozen=True):
    """The reason of the decision, which says whether it is a grant; `consignment` is what was asked for, if it exists."""

    caller: Party
    request: Document
    reason: str
    consignment: Document | None

    def honest(self) -> str:
        return self.reason


class DataGiven(Question[Document | None], frozen=True):
    """The data of a decision, None for none; `whole` is the consignment from which they were taken."""

    caller: Party
    request: Document
    decision: str
    data: Document | None
    whole: Document | None

    def honest(self) -> Document | None:
        return self.data


class SmallestCell(Question[int], frozen=True):
    """The least number of shipments that a cell of the analytics data set has."""

    caller: Party
    k: int

    def honest(self) -> int:
        return self.k


class ShipmentRef(Question[str], frozen=True):
    """The pseudonym of a shipment in one query; honestly random."""

    caller: Party
    consignment: Document
    random: str

    def honest(self) -> str:
        return self.random


class AnalyticsRow(Question[Document], frozen=True):
    """A row of the analytics data set; `consignment` is what it was made from."""

    caller: Party
    row: Document
    consignment: Document

    def honest(self) -> Document:
        return self.row


class StatusListed(Question[Sequence[Document]], frozen=True):
    """The lines of the exchange status that a party sees; honestly its own, an authority all."""

    caller: Party
    lines: Sequence[Document]

    def honest(self) -> Sequence[Document]:
        return self.lines


class RisksListed(Question[Sequence[Document]], frozen=True):
    """The risk assessments that a party sees."""

    caller: Party
    assessments: Sequence[Document]

    def honest(self) -> Sequence[Document]:
        return self.assessments


class DiscoveryShown(Question[Document], frozen=True):
    """The discovery document."""

    document: Document

    def honest(self) -> Document:
        return self.document


class CapabilityServed(Question[bool], frozen=True):
    """Whether the operations of a capability are served; honestly whenever it is declared."""

    capability: str
    declared: bool

    def honest(self) -> bool:
        return self.declared
