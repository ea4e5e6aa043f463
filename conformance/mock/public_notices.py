"""Public notices: what everybody may read of an interruption, without logging in (rule 12.6).

In: notices that were published.  Out: the public list, and `interruption.published` messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from conformance.mock import pages
from conformance.mock.calls import Answer, Call
from conformance.mock.feeds import Feed
from conformance.mock.parties import Party
from conformance.mock.questions import NoticeForwarded, NoticePublished, PublicNotice
from conformance.mock.questions.question import Document
from conformance.mock.subscriptions import Subscriptions
from conformance.mock.world import World

_FIELDS = (
    "notice_id",
    "giver",
    "receiver",
    "reason",
    "scope",
    "starts_at",
    "ends_at",
    "justification",
    "arrangement",
    "state",
    "published_at",
)


@dataclass(slots=True)
class PublicNotices:
    """Published notices in order of publication."""

    world: World
    subscriptions: Subscriptions
    records: dict[str, Document] = field(default_factory=dict)
    feed: Feed = field(default_factory=Feed)

    async def listing(self, call: Call) -> Answer:
        """`listPublicNotices`."""
        entries = self._entries(pages.start(call))
        return pages.feed_page(self.world, call, "/public-notices", entries, len(self.feed.keys), pages.recorded("published_at"))

    def delay(self, notice: Document) -> float | None:
        """How long until a notice is published; None for never."""
        return self.world.ask(NoticePublished(notice))

    def publish(self, notice: Document) -> None:
        """The notice stands in public from now on."""
        self.records[notice["notice_id"]] = notice
        self.feed.changed(notice["notice_id"])

    def follow(self, notice: Document) -> None:
        """A published notice took a step."""
        if notice["notice_id"] in self.records:
            self.records[notice["notice_id"]] = notice

    def tell(self, notice: Document, to: Party) -> None:
        """Tell a party of the publication."""
        delay = self.world.ask(NoticeForwarded(to, "interruption.published", notice))
        if delay is not None:
            self.world.background.start(self._tell_later, delay, notice, to)

    async def _tell_later(self, delay: float, notice: Document, to: Party) -> None:
        await self.world.clock.sleep(delay)
        self.subscriptions.tell("interruption.published", public(notice), (to,), lambda party: public(notice))

    def _entries(self, position: int) -> Iterator[tuple[int, Document]]:
        for place, id in self.feed.since(position):
            shown = self.world.ask(PublicNotice(self.records[id], public(self.records[id])))
            if shown is not None:
                yield place, shown


def public(notice: Document) -> Document:
    """What of a notice is public."""
    return {name: notice[name] for name in _FIELDS if name in notice}
