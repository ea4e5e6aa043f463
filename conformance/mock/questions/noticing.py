"""Questions about interruption notices: taken, told, published, reported, answered, and when.

In: the notice and who is concerned.  Out: honest answers.  Delays are seconds of trade time; None means never.
"""

from __future__ import annotations

from conformance.mock.parties import Party
from conformance.mock.questions.question import Document, Question


class NoticeStored(Question[Document], frozen=True):
    """What is kept of a notice that was given."""

    caller: Party
    notice: Document

    def honest(self) -> Document:
        return self.notice


class LeadTimeNeeded(Question[float], frozen=True):
    """Seconds that must lie between a notice and the interruption's start."""

    caller: Party
    notice: Document
    declared: int

    def honest(self) -> float:
        return float(self.declared)


class Acknowledged(Question[float | None], frozen=True):
    """How long until the platform acknowledges a counterpart's notice; honestly a few seconds."""

    to: Party
    notice: Document

    def honest(self) -> float | None:
        return 5.0


class ProposalAnswered(Question[float | None], frozen=True):
    """How long until the platform accepts a counterpart's proposal; honestly half a minute."""

    to: Party
    notice: Document

    def honest(self) -> float | None:
        return 30.0


class NoticeLapses(Question[bool], frozen=True):
    """Whether talks without agreement count as failed when their time is over."""

    notice: Document

    def honest(self) -> bool:
        return True


class NextState(Question[str | None], frozen=True):
    """The state to which a step leads; `allowed` is what the table names, None where it allows no such step."""

    caller: Party
    notice: Document
    event: str
    allowed: str | None

    def honest(self) -> str | None:
        return self.allowed


class HistoryEntry(Question[Document | None], frozen=True):
    """What the history says of a step; None leaves it out."""

    caller: Party
    notice: Document
    entry: Document

    def honest(self) -> Document | None:
        return self.entry


class NoticeForwarded(Question[float | None], frozen=True):
    """How long until a party entitled to it is told of a notice, a reply, a report, a publication, a withdrawal
    (`type`).
    """

    to: Party
    type: str
    notice: Document

    def honest(self) -> float | None:
        return 0.0


class NoticePublished(Question[float | None], frozen=True):
    """How long until a notice stands in the public notices; honestly at once."""

    notice: Document

    def honest(self) -> float | None:
        return 0.0


class NoticeReported(Question[float | None], frozen=True):
    """How long after failed talks the platform reports its own notice of major impact to the authorities."""

    notice: Document

    def honest(self) -> float | None:
        return 0.0


class NoticeShown(Question[Document], frozen=True):
    """A notice as one party sees it over one channel (`read`, `push`)."""

    notice: Document
    to: Party
    channel: str

    def honest(self) -> Document:
        return self.notice


class PublicNotice(Question[Document | None], frozen=True):
    """A notice as it stands in the public notices; None takes it out.  `notice` is the whole record."""

    notice: Document
    shown: Document

    def honest(self) -> Document | None:
        return self.shown


class OwnNotice(Question[Document], frozen=True):
    """What the platform writes in a notice of its own; `now` is trade time in POSIX seconds."""

    to: Party
    notice: Document
    now: float

    def honest(self) -> Document:
        return self.notice


class OwnNoticeTo(Question[tuple[Party, ...]], frozen=True):
    """Whom the platform tells of its own notice; honestly the counterpart concerned."""

    counterpart: Party
    notice: Document

    def honest(self) -> tuple[Party, ...]:
        return (self.counterpart,)


class InterruptionBegins(Question[float], frozen=True):
    """When a notice takes effect, POSIX seconds; honestly at the time that it names."""

    to: Party
    notice: Document
    starts_at: float

    def honest(self) -> float:
        return self.starts_at


class InterruptionEnds(Question[float], frozen=True):
    """When a notice's effect ends, POSIX seconds; honestly at the time that it names."""

    to: Party
    notice: Document
    ends_at: float

    def honest(self) -> float:
        return self.ends_at


class GapFilled(Question[bool], frozen=True):
    """Whether what happened during an interruption is given once it is over."""

    to: Party
    type: str
    data: Document

    def honest(self) -> bool:
        return True
