"""Interruption notices: given, answered, reported, withdrawn; each step a version of its own, with its history.

In: calls of counterparts, and steps that the platform takes itself.  Out: answers, and `interruption.*` messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from conformance.mock import notice_dialogue, pages
from conformance.mock.calls import Answer, Call
from conformance.mock.feeds import Feed
from conformance.mock.notice_rules import NoticeRules
from conformance.mock.parties import AUTHORITY, BY_CODE, PLATFORM, Party
from conformance.mock.questions import HistoryEntry, NextState, NoticeForwarded, NoticeShown, NoticeStored
from conformance.mock.questions.question import Document
from conformance.mock.subscriptions import Subscriptions
from conformance.mock.world import World

SCOPE = ("consignments", "events", "tracking")


@dataclass(slots=True)
class Notices:
    """All notices; `stepped` is told of every notice after every step, the first included."""

    world: World
    rules: NoticeRules
    subscriptions: Subscriptions
    stepped: Callable[[Document, str], None]
    records: dict[str, Document] = field(default_factory=dict)
    reported: set[str] = field(default_factory=set)
    feeds: dict[str, Feed] = field(default_factory=dict)

    async def give(self, call: Call) -> Answer:
        """`giveNotice`."""
        self.rules.check_entry(call)
        entry = self.world.ask(NoticeStored(call.caller, call.body))
        notice = self.open(entry, call.caller, PLATFORM)
        return Answer(201, self.shown(notice, call.caller, "read"), {"Location": f"/interruption-notices/{notice['notice_id']}"})

    async def listing(self, call: Call) -> Answer:
        """`listNotices`."""
        feed = self._feed(call.caller.code)
        entries = self._entries(feed, pages.start(call), call.caller)
        return pages.feed_page(self.world, call, "/interruption-notices", entries, len(feed.keys), _last_step)

    async def get(self, call: Call) -> Answer:
        """`getNotice`."""
        return Answer(200, self.shown(call.found, call.caller, "read"))

    async def reply(self, call: Call) -> Answer:
        """`replyToNotice`."""
        self.rules.check_reply(call)
        return self._answered(call, call.body["reply"])

    async def report(self, call: Call) -> Answer:
        """`reportNotice`."""
        self.rules.check_texts(call)
        return self._answered(call, "report")

    async def withdraw(self, call: Call) -> Answer:
        """`withdrawNotice`."""
        self.rules.check_texts(call)
        return self._answered(call, "withdraw")

    def find(self, call: Call) -> Document:
        """The notice of the path, where the caller is a party to it, or an authority to which it was reported."""
        notice = self.records.get(id := call.path["notice_id"])
        if notice is None:
            raise call.absent()
        authorities = (AUTHORITY.code,) if notice["notice_id"] in self.reported else ()
        if not call.may_see("interruption_notice", id, notice["giver"], notice["receiver"], *authorities):
            raise call.absent(notice)
        return notice

    def open(self, entry: Document, giver: Party, receiver: Party) -> Document:
        """A new notice."""
        now = self.world.clock.stamp()
        notice: Document = {
            "notice_id": self.world.new_id("N"),
            "giver": giver.code,
            "receiver": receiver.code,
            **entry,
            "state": notice_dialogue.initial(),
            "given_at": now,
            "version": 1,
            "history": [{"event": "give", "by": giver.code, "at": now}],
        }
        self._keep(notice)
        self.stepped(notice, "give")
        return notice

    def take(self, id: str, event: str, by: str, **said: str) -> Document | None:
        """A step of the platform or the clock, where the table allows it now; None where it doesn't."""
        notice = self.records[id]
        to = self.world.ask(NextState(PLATFORM, notice, event, notice_dialogue.next_state(notice, event, by)))
        return None if to is None else self.step(notice, event, by, {"state": to}, said)

    def step(self, notice: Document, event: str, by: str, change: Document, said: Document) -> Document:
        """The notice after a step: its next version."""
        entry: Document = {"event": event, "by": by, "at": self.world.clock.stamp(), **said}
        written = self.world.ask(HistoryEntry(BY_CODE.get(by, PLATFORM), notice, entry))
        history = notice["history"] if written is None else [*notice["history"], written]
        notice = {**notice, **change, "version": notice["version"] + 1, "history": history}
        if event == "report":
            self.reported.add(notice["notice_id"])
        self._keep(notice)
        self.stepped(notice, event)
        return notice

    def shown(self, notice: Document, to: Party, channel: str) -> Document:
        """What a party sees of a notice."""
        return self.world.ask(NoticeShown(notice, to, channel))

    def tell(self, type: str, notice: Document, entitled: Iterable[Party]) -> None:
        """Tell parties of a notice as it stands."""
        for to in entitled:
            delay = self.world.ask(NoticeForwarded(to, type, notice))
            if delay is not None:
                self.world.background.start(self._tell_later, delay, type, notice, to)

    async def _tell_later(self, delay: float, type: str, notice: Document, to: Party) -> None:
        await self.world.clock.sleep(delay)
        self.subscriptions.tell(type, notice, (to,), lambda party: self.shown(notice, party, "push"))

    def _answered(self, call: Call, event: str) -> Answer:
        notice, by = self.records[call.found["notice_id"]], call.caller.code
        to = self.world.ask(NextState(call.caller, notice, event, notice_dialogue.next_state(notice, event, by)))
        if to is None:
            call.refuse("state_conflict")
            to = notice["state"]
        said = {name: call.body[name] for name in ("message", "proposal") if name in call.body}
        notice = self.step(notice, event, by, {"state": to}, said)
        return Answer(200, self.shown(notice, call.caller, "read"))

    def _keep(self, notice: Document) -> None:
        id = notice["notice_id"]
        self.records[id] = notice
        for party in (notice["giver"], notice["receiver"]):
            others = (known for known in self.subscriptions.notices.get(party, ()) if known["notice_id"] != id)
            self.subscriptions.notices[party] = (*others, notice)
        codes = [notice["giver"], notice["receiver"], *((AUTHORITY.code,) if id in self.reported else ())]
        for code in codes:
            self._feed(code).changed(id)

    def _feed(self, code: str) -> Feed:
        return self.feeds.setdefault(code, Feed())

    def _entries(self, feed: Feed, position: int, to: Party) -> Iterator[tuple[int, Document]]:
        for place, id in feed.since(position):
            yield place, self.shown(self.records[id], to, "read")


def _last_step(notice: Document) -> str:
    at: str = notice["history"][-1]["at"]
    return at
