"""Questions about personal information: consents, decisions on data requests, what analysts see.

In: the request and what is known of it.  Out: honest answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from conformance.mock.parties import Party
from conformance.mock.questions.question import Document, Question


@dataclass(frozen=True, slots=True)
class ConsentValid(Question[bool]):
    """Whether a consent carries a data request.  Each fact is one condition; all must hold."""

    caller: Party
    consent: Document
    request: Document
    same_order: bool
    same_purpose: bool
    same_recipient: bool
    unexpired: bool
    withdrawn: bool

    def honest(self) -> bool:
        return self.same_order and self.same_purpose and self.same_recipient and self.unexpired and not self.withdrawn


@dataclass(frozen=True, slots=True)
class DataDecision(Question[tuple[str, str]]):
    """`granted` or `refused`, and the reason code."""

    caller: Party
    request: Document
    decision: str
    reason: str

    def honest(self) -> tuple[str, str]:
        return self.decision, self.reason


@dataclass(frozen=True, slots=True)
class DataGiven(Question[Document]):
    """The data of a granted request; `whole` is the consignment from which it was taken."""

    caller: Party
    request: Document
    data: Document
    whole: Document

    def honest(self) -> Document:
        return self.data


@dataclass(frozen=True, slots=True)
class SmallestCell(Question[int]):
    """The least number of shipments that a row of the analytics data set stands for."""

    caller: Party
    k: int

    def honest(self) -> int:
        return self.k


@dataclass(frozen=True, slots=True)
class AnalyticsRows(Question[Sequence[Document]]):
    """The rows of the analytics data set; `sources` are the consignments behind them, in no order that matters."""

    caller: Party
    rows: Sequence[Document]
    sources: Sequence[Document]

    def honest(self) -> Sequence[Document]:
        return self.rows


@dataclass(frozen=True, slots=True)
class ExchangeStatusShown(Question[Document]):
    """What the exchange status says of one counterpart."""

    to: Party
    status: Document

    def honest(self) -> Document:
        return self.status


@dataclass(frozen=True, slots=True)
class RiskShown(Question[Sequence[Document]]):
    """The risk assessments."""

    assessments: Sequence[Document]

    def honest(self) -> Sequence[Document]:
        return self.assessments


@dataclass(frozen=True, slots=True)
class DiscoveryShown(Question[dict[str, Any]]):
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
