"""Noticing: what parties do with interruption notices: give, repeat, reply, report, withdraw, read.

In: a stage.  Out: acts and exchanges; notices for the scenario to hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from conformance.actors.notice import Notice
from conformance.actors.reading import Reading
from conformance.binding.http import Reply
from conformance.clock import instant, moment
from conformance.dialogues import dialogue
from conformance.guise import unmarked
from conformance.records import JSON
from conformance.vocabulary import (
    NOTICE,
    NoticeGiven,
    NoticeRead,
    NoticeRepeated,
    NoticeSpoiled,
    NoticesRead,
    NoticeStepTaken,
    PublicNoticesRead,
)

if TYPE_CHECKING:
    from conformance.actors.trade import Trade

HOUR = 3600.0
DAY = 24 * HOUR
HARMLESS = ("tracking",)
"""What never stops, whatever a notice says (rule 12.7)."""
ALL = ("consignments", "events", "tracking")
INSIDE = "8157"
"""An extension: the phone of a contact that nobody outside can call."""
FORESEEN = ("maintenance", "agreement_expired", "other")
"""Reasons that are known long before (codes/notice_reasons.yaml, lead: true)."""
SUDDEN = ("security_incident", "force_majeure", "legal_order", "licence_lost")
"""Reasons that nobody can foresee."""
AT_LENGTH = "。附：" + "系统迁移分批进行，各批之间核对数据（Ａ、Ｂ两区），逾时顺延；" * 20 + "\n以上  供参考。"
"""What a careful writer adds: more than a usual column holds, in two lines, with two spaces and full width (rule 1.3)."""
ANSWERS = ("acknowledge", "propose", "accept", "reject")


class Noticing(Reading):
    """Verbs of whoever is party to a notice, or reads of one."""

    def writes_notice(
        self, reason: str, *, starts_in: float, lasts: float = HOUR, scope: Sequence[str] = HARMLESS, major_impact: bool = True,
        **more: JSON,
    ) -> dict[str, JSON]:
        """A complete notice; each says something that no other says.  `more` replaces single fields."""
        stage = self.stage
        number = stage.theatre.count("notice")
        mark, desk = self.mark(number), f"{int(self.mark(number)) % 9973}" if self.plain else f"{number}"
        start = stage.now + round(starts_in * 1e6)
        body: dict[str, JSON] = {
            "reason": reason,
            "scope": list(scope),
            "starts_at": moment(start),
            "ends_at": moment(start + round(lasts * 1e6)),
            "justification": f"数据中心迁移第{desk}批，接口停机。批次 {mark}",
            "contact": {"name": f"值班{desk}组", "phone": INSIDE, "email": f"duty-{desk}@courier.example"},
            "major_impact": major_impact,
            "arrangement": f"停机期间的数据于恢复后补传，在途快件照常派送。批次 {mark}",
        }
        return {**body, **more}

    async def gives_notice(self, body: dict[str, JSON], *, features: Sequence[str] = ()) -> Notice:
        """Gives the platform notice."""
        subject = self.stage.subject("N")
        act = NoticeGiven(by=self.party, about=(subject,), data=body, features=tuple(features))
        key = unmarked(self.stage.plan.nonce, subject, 0) if self.plain else f"{self.stage.plan.nonce}-{subject}"
        _, reply = await self.does(act, "giveNotice", body=body, headers={"idempotency-key": key})
        notice = Notice(subject, self.code, "giver", body, key, _at(body["starts_at"]), _at(body["ends_at"]))
        notice.shown(reply.json)
        return notice

    async def spoils_a_notice(self, body: dict[str, JSON], pointer: str, how: str) -> Reply:
        """Gives notice with something missing or empty."""
        act = NoticeSpoiled(by=self.party, about=(self.stage.subject("N"),), intent="malformed", data={"pointer": pointer, "how": how})
        _, reply = await self.does(act, "giveNotice", body=body)
        return reply

    async def repeats(self, notice: Notice) -> Reply:
        """Sends the same notice again."""
        act = NoticeRepeated(by=self.party, about=(notice.subject,), data=notice.entered)
        _, reply = await self.does(act, "giveNotice", body=notice.entered, headers={"idempotency-key": notice.key})
        return reply

    async def takes(self, event: str, notice: Notice) -> Reply:
        """Tries a step of the dialogue, allowed or not."""
        number = self.stage.theatre.count("step")
        body: dict[str, JSON] = {"message": f"说明 {self.mark(number)}{AT_LENGTH if number % 3 == 0 else ''}"}
        if event in ANSWERS:
            body["reply"] = event
        if event == "propose":
            body["proposal"] = f"停机改在凌晨，恢复后半小时内补传。提议 {self.mark(number)}{AT_LENGTH if number % 2 == 0 else ''}"
        if event == "report":
            body["authorities"] = ["commerce", "postal"]
        act = NoticeStepTaken(by=self.party, about=(notice.subject,), data={"event": event, "role": notice.role, "body": body})
        operation = dialogue("notice").operations[event]
        _, reply = await self.does(act, operation, path={"notice_id": notice.id}, body=body)
        if reply.ok:
            notice.shown(reply.json)
        return reply

    async def reads_notice(self, notice: Notice) -> Reply:
        """How does it stand?"""
        act = NoticeRead(by=self.party, about=(notice.subject,))
        _, reply = await self.does(act, "getNotice", path={"notice_id": notice.id})
        if reply.ok:
            notice.shown(reply.json)
        return reply

    async def reads_notices(self) -> list[JSON]:
        """Every notice to which it is a party."""
        def act(cursor: str | None, walk: int) -> NoticesRead:
            return NoticesRead(by=self.party, data={"cursor": cursor, "walk": walk})

        return await self.walks("listNotices", act, limit=100)

    async def reads_public_notices(self) -> bool:
        """Everything that is published, without showing who it is; gives whether it came to the end."""
        walk = self.stage.theatre.count("walk")
        cursor: str | None = None
        seen: set[str | None] = set()
        while cursor not in seen:
            seen.add(cursor)
            act = PublicNoticesRead(by=self.party, data={"cursor": cursor, "walk": walk})
            query: dict[str, str | int] = {"limit": 100} if cursor is None else {"limit": 100, "cursor": cursor}
            _, reply = await self.does(act, "listPublicNotices", query=query, token="")
            following = reply.get("next_cursor")
            if not reply.ok or not isinstance(following, str):
                return reply.ok
            cursor = following
        return False


async def the_public_reads(stage: Trade) -> None:
    """A user reads the public notices; merchants too, where nothing is sent to them."""
    if await stage.consumer.reads_public_notices():
        stage.watched(stage.consumer.party, "pull", 0, NOTICE)
    for merchant in stage.merchants if "push" not in stage.theatre.capabilities else ():
        await merchant.reads_public_notices()


async def merchants_look_at_their_choice(stage: Trade) -> None:
    """Each merchant asks which couriers it can choose now."""
    for merchant in stage.merchants:
        await merchant.asks_for_couriers()


def _at(text: JSON) -> int:
    return instant(str(text))
