"""Handing in notice: whole or lacking something, in time or too late, once or twice."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.actors.courier import Courier
from conformance.actors.notice import Notice
from conformance.actors.noticing import FORESEEN, HOUR, SUDDEN, the_public_reads
from conformance.actors.terms import DAY, FIRST_DAY, SOON, Terms
from conformance.actors.trade import Trade
from conformance.records import JSON
from conformance.scenario import scenario
from conformance.vocabulary import NOTICE, PROBLEM, NoticeGiven, NoticeRepeated, NoticeSpoiled, NoticesRead, PublicNoticesRead

MINUTE = 60.0


@scenario(shows={NoticeGiven, NoticeSpoiled, NOTICE, PROBLEM})
async def notices_that_lack_something(stage: Trade) -> None:
    """Each part of a notice once left out, once empty; times that cannot be; and the same notice whole."""
    await stage.sleep(FIRST_DAY)
    terms = Terms.of(stage.theatre.limits)
    for number, (pointer, how) in enumerate(spoilings(stage.courier_a.writes_notice("maintenance", starts_in=DAY))):
        courier, giver = stage.couriers[number % 3], stage.couriers[number % 2]
        body = courier.writes_notice(FORESEEN[number % 3], starts_in=terms.lead + HOUR)
        await courier.spoils_a_notice(spoiled(body, pointer, how), pointer, how)
        if number % 5 == 0:
            await giver.gives_notice(giver.writes_notice(FORESEEN[number % 3], starts_in=terms.lead + HOUR))
    for courier, reason in zip(stage.couriers[:2], FORESEEN, strict=False):
        backwards = courier.writes_notice(reason, starts_in=terms.lead + HOUR, lasts=-HOUR)
        await courier.spoils_a_notice(backwards, "/ends_at", "backwards")
        await courier.spoils_a_notice(courier.writes_notice(SUDDEN[0], starts_in=-HOUR, lasts=DAY), "/starts_at", "past")
    await stage.sleep(terms.publication + SOON)
    await the_public_reads(stage)
    await stage.heartbeat()


def spoilings(body: dict[str, JSON]) -> Iterator[tuple[str, str]]:
    """Where and how a notice can lack something; it need not say when it ends."""
    contact = {f"/contact/{name}": value for name, value in body["contact"].items()}
    places = {**{f"/{name}": value for name, value in body.items() if name != "ends_at"}, **contact}
    for pointer, value in places.items():
        yield pointer, "absent"
        if isinstance(value, list):
            yield pointer, "empty"
        elif isinstance(value, str) and pointer not in ("/reason", "/starts_at"):
            yield pointer, "blank"
        else:
            yield pointer, "null"


def spoiled(body: dict[str, JSON], pointer: str, how: str) -> dict[str, JSON]:
    """The notice with that part left out, or without content."""
    whole: dict[str, JSON] = {**body, "contact": dict(body["contact"])}
    *above, name = pointer.strip("/").split("/")
    holder = whole["contact"] if above else whole
    if how == "absent":
        del holder[name]
    else:
        holder[name] = {"empty": [], "blank": " 　", "null": None}[how]
    return whole


@scenario(shows={NoticeGiven, NOTICE, PROBLEM})
async def notices_given_too_late(stage: Trade) -> None:
    """Hours before, a day too late, just in time; and what nobody could foresee."""
    await stage.sleep(FIRST_DAY)
    terms = Terms.of(stage.theatre.limits)
    for number, reason in enumerate(FORESEEN):
        for place, ahead in enumerate((terms.lead + 5 * MINUTE, 6 * HOUR, terms.lead - DAY, terms.lead - HOUR)):
            courier = stage.couriers[(number + place) % 3 if place else number % 2]  # none of the newcomer's is taken
            await courier.gives_notice(courier.writes_notice(reason, starts_in=ahead), features=(f"reason:{reason}",))
    for number, reason in enumerate(SUDDEN):
        courier = stage.couriers[number % 2]
        await courier.gives_notice(courier.writes_notice(reason, starts_in=HOUR), features=(f"reason:{reason}",))
    await stage.sleep(terms.publication + SOON)
    await the_public_reads(stage)
    await stage.heartbeat()


@scenario(shows={NoticeGiven, NoticeRepeated, NoticesRead, PublicNoticesRead, NOTICE})
async def the_same_notice_again(stage: Trade) -> None:
    """A notice is sent again at once and many hours later; then another that says the same."""
    await stage.sleep(FIRST_DAY)
    given: list[tuple[Courier, Notice]] = []
    for courier in stage.couriers[:2]:
        body = courier.writes_notice("agreement_expired", starts_in=Terms.of(stage.theatre.limits).lead + DAY)
        given.append((courier, await courier.gives_notice(body)))
        await courier.repeats(given[-1][1])
    await stage.sleep(20 * HOUR)
    for courier, notice in given:
        await courier.repeats(notice)
        await courier.reads_notices()
        await courier.takes("withdraw", notice)
        again = await courier.gives_notice(notice.entered)
        await courier.reads_notice(notice)
        await courier.takes("withdraw", again)
    await the_public_reads(stage)
    await stage.heartbeat()
