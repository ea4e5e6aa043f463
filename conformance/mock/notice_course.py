"""What the platform does about a notice in the course of time: acknowledge, answer, publish, lapse, report, begin, end.

In: every step of every notice.  Out: the platform's own steps, at their times on the trade clock, and who is told of which step.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from conformance.mock.notice_dialogue import CLOCK
from conformance.mock.notices import Notices
from conformance.mock.parties import AUTHORITY, BY_CODE, MERCHANTS, PLATFORM, Party
from conformance.mock.public_notices import PublicNotices
from conformance.mock.questions import (
    Acknowledged,
    InterruptionBegins,
    InterruptionEnds,
    NoticeLapses,
    NoticeReported,
    OwnNoticeTo,
    ProposalAnswered,
)
from conformance.mock.questions.question import Document
from conformance.mock.trade_clock import posix
from conformance.mock.world import World

_PLATFORM_REPLIES = frozenset({"acknowledge", "propose", "accept", "reject"})
_LET_BEGIN = "平台按通知所定时间办理。 The platform goes by the time that the notice names."


@dataclass(slots=True)
class NoticeCourse:
    """Drives notices; bound to them after both are made."""

    world: World
    public: PublicNotices
    notices: Notices = field(init=False)

    def stepped(self, notice: Document, event: str) -> None:
        """A notice took a step."""
        self.public.follow(notice)
        by, other = notice["history"][-1]["by"], counterpart(notice)
        start = self.world.background.start
        if event == "give":
            self._given(notice, other)
        elif event in _PLATFORM_REPLIES and by == PLATFORM.code:
            self.notices.tell("interruption.replied", notice, (other,))
        elif event == "propose":
            start(self._answer, notice, other)
        elif event in ("reject", "lapse") and notice["state"] == "failed" and _platform_reports(notice):
            start(self._report, notice)
        elif event == "report":
            untold = () if by == other.code else (other,)
            self.notices.tell("interruption.reported", notice, (AUTHORITY, *untold))
        elif event == "withdraw":
            reported = (AUTHORITY,) if notice["notice_id"] in self.notices.reported else ()
            untold = () if by == other.code else (other,)
            self.notices.tell("interruption.withdrawn", notice, (*untold, *reported))

    def _given(self, notice: Document, other: Party) -> None:
        start = self.world.background.start
        if notice["giver"] == PLATFORM.code:
            told: tuple[Party, ...] = self.world.ask(OwnNoticeTo(other, notice))
            self.notices.tell("interruption.notified", notice, told)
        else:
            start(self._acknowledge, notice, other)
        start(self._publish, notice, other)
        start(self._lapse, notice)
        start(self._begin_and_end, notice, other)

    async def _acknowledge(self, notice: Document, other: Party) -> None:
        if await self._waited(self.world.ask(Acknowledged(other, notice))):
            self.notices.take(notice["notice_id"], "acknowledge", PLATFORM.code)

    async def _answer(self, notice: Document, other: Party) -> None:
        """Accept the counterpart's proposal, unless something else has happened since."""
        waited = await self._waited(self.world.ask(ProposalAnswered(other, notice)))
        if waited and self.notices.records[notice["notice_id"]]["state"] == "negotiating":
            self.notices.take(notice["notice_id"], "accept", PLATFORM.code)

    async def _publish(self, notice: Document, other: Party) -> None:
        if not await self._waited(self.public.delay(notice)):
            return
        now = self.notices.records[notice["notice_id"]]
        published = self.notices.step(now, "publish", PLATFORM.code, {"published_at": self.world.clock.stamp()}, {})
        self.public.publish(published)
        for to in (*MERCHANTS, *(() if other in MERCHANTS else (other,))):
            self.public.tell(published, to)

    async def _lapse(self, notice: Document) -> None:
        limits = self.world.limits
        due = posix(notice["starts_at"]) - limits.publication_deadline_seconds
        if due < posix(notice["given_at"]) + limits.acknowledgement_deadline_seconds:
            return
        await self.world.clock.sleep_until(due)
        if self.world.ask(NoticeLapses(notice)):
            self.notices.take(notice["notice_id"], "lapse", CLOCK)

    async def _report(self, notice: Document) -> None:
        if await self._waited(self.world.ask(NoticeReported(notice))):
            self.notices.take(notice["notice_id"], "report", PLATFORM.code, message=_LET_BEGIN)

    async def _begin_and_end(self, notice: Document, other: Party) -> None:
        await self.world.clock.sleep_until(self.world.ask(InterruptionBegins(other, notice, posix(notice["starts_at"]))))
        self.notices.take(notice["notice_id"], "begin", CLOCK)
        if "ends_at" not in notice:
            return
        await self.world.clock.sleep_until(self.world.ask(InterruptionEnds(other, notice, posix(notice["ends_at"]))))
        if self.notices.take(notice["notice_id"], "end", CLOCK) is not None:
            self.notices.subscriptions.resume(other)

    async def _waited(self, delay: float | None) -> bool:
        if delay is None:
            return False
        await self.world.clock.sleep(delay)
        return True

    def in_effect(self, party: Party) -> str | None:
        """The id of the notice in effect that stops new consignments for a party."""
        for id, notice in self.notices.records.items():
            if notice["state"] == "effective" and "consignments" in notice["scope"] and counterpart(notice) == party:
                return id
        return None


def counterpart(notice: Document) -> Party:
    """The party of a notice that is not the platform."""
    return BY_CODE[notice["receiver"] if notice["giver"] == PLATFORM.code else notice["giver"]]


def _platform_reports(notice: Document) -> bool:
    return notice["giver"] == PLATFORM.code and notice["major_impact"] is True
