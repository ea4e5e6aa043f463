"""Giving notice: couriers tell the platform that they will stop, talk about it, report, withdraw, and go on until then."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from conformance.actors.business import Business
from conformance.actors.courier import Courier
from conformance.actors.notice import Notice
from conformance.actors.noticing import ALL, DAY, HOUR
from conformance.actors.talks import Talks
from conformance.actors.terms import SOON, Terms
from conformance.actors.trade import Trade
from conformance.records import JSON
from conformance.scenario import scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    EVENT,
    NOTICE,
    PROBLEM,
    ConsignmentCorrected,
    ConsignmentEntered,
    EventsReported,
    NoticeGiven,
    NoticeRead,
    NoticeRepeated,
    NoticeSpoiled,
    NoticesRead,
    NoticeStepTaken,
    PublicNoticesRead,
)

FORESEEN = ("maintenance", "agreement_expired", "other")
"""Reasons that are known long before (codes/notice_reasons.yaml, lead: true)."""
SUDDEN = ("security_incident", "force_majeure", "legal_order", "licence_lost")
MINUTE = 60.0


@scenario(shows={NoticeGiven, NoticeSpoiled, NOTICE, PROBLEM})
async def notices_that_lack_something(stage: Trade) -> None:
    """Each part of a notice once left out, once empty; and the same notice whole."""
    terms = Terms.of(stage.theatre.limits)
    for number, (pointer, how) in enumerate(spoilings(stage.courier_a.writes_notice("maintenance", starts_in=DAY))):
        courier = stage.couriers[number % 2]
        body = courier.writes_notice(FORESEEN[number % 3], starts_in=terms.lead + HOUR)
        await courier.spoils_a_notice(spoiled(body, pointer, how), pointer, how)
        if number % 5 == 0:
            await courier.takes("withdraw", await courier.gives_notice(body))
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
    terms = Terms.of(stage.theatre.limits)
    for number, reason in enumerate(FORESEEN):
        courier = stage.couriers[number % 2]
        for ahead in (6 * HOUR, terms.lead - DAY, terms.lead - HOUR, terms.lead + 5 * MINUTE):
            notice = await courier.gives_notice(courier.writes_notice(reason, starts_in=ahead), features=(f"reason:{reason}",))
            if notice.id:
                await courier.takes("withdraw", notice)
    for number, reason in enumerate(SUDDEN):
        courier = stage.couriers[number % 2]
        notice = await courier.gives_notice(courier.writes_notice(reason, starts_in=HOUR), features=(f"reason:{reason}",))
        if notice.id:
            await courier.takes("withdraw", notice)
    await stage.heartbeat()


@scenario(shows={NoticeGiven, NoticeStepTaken, NoticeRead, PublicNoticesRead, NOTICE, PROBLEM})
async def talks_about_couriers_notices(stage: Trade) -> None:
    """Every step that the table of the dialogue has for who gives notice, and every one that it has not."""
    courier = stage.courier_b
    talks, terms = Talks(stage, courier, "giver"), Terms.of(stage.theatre.limits)

    async def one(number: int) -> None:
        way = talks.table.walks("giver")[number]
        sudden = way[0].event == "begin"
        reason, ahead = ("security_incident", 3 * HOUR) if sudden else (FORESEEN[number % 3], terms.lead + DAY)
        await talks.leads(await courier.gives_notice(courier.writes_notice(reason, starts_in=ahead)), way)

    await stage.together(*(partial(one, number) for number in range(len(talks.table.walks("giver")))))
    await stage.sleep(terms.publication + SOON)
    await stage.consumer.reads_public_notices()
    await courier.reads_notices()
    await stage.heartbeat()


@scenario(shows={
    NoticeGiven, NoticeRead, PublicNoticesRead, NOTICE, ConsignmentEntered, ConsignmentCorrected, CONSIGNMENT, EventsReported, EVENT,
})
async def a_courier_gives_notice_and_goes_on_until_then(stage: Trade) -> None:
    """Both sides work as ever until the interruption begins; merchants and users hear of it in time."""
    courier, terms = stage.courier_a, Terms.of(stage.theatre.limits)
    notice = await courier.gives_notice(courier.writes_notice("maintenance", starts_in=terms.lead + HOUR, scope=ALL))
    business = Business(stage, courier, stage.courier_new, f"notice:{notice.subject}")
    await business.a_round()
    await the_public_hears_of(stage, notice, courier)
    await business.a_round()
    await stage.sleep(terms.lead / 2)
    await business.a_round()
    await stage.until(notice.starts_at - round(10 * MINUTE * 1e6))
    await business.a_round()
    for at in (notice.starts_at, notice.ends_at):
        await stage.until(at + round(SOON * 1e6))
        await courier.reads_notice(notice)
    await stage.heartbeat()


@scenario(shows={
    NoticeGiven, NoticeStepTaken, NoticeRead, PublicNoticesRead, NOTICE, ConsignmentEntered, ConsignmentCorrected, CONSIGNMENT,
    EventsReported, EVENT,
})
async def a_courier_thinks_better_of_it(stage: Trade) -> None:
    """Notices are published, then withdrawn; the time at which they would have begun is like any other."""
    courier, terms = stage.courier_b, Terms.of(stage.theatre.limits)
    notices = [
        await courier.gives_notice(courier.writes_notice(reason, starts_in=terms.lead + 2 * DAY, lasts=DAY, scope=ALL))
        for reason in FORESEEN[:2]
    ]
    await the_public_hears_of(stage, notices[-1], courier)
    for notice in notices:
        await courier.takes("withdraw", notice)
    await stage.sleep(terms.publication + SOON)
    await stage.consumer.reads_public_notices()
    await stage.until(notices[-1].starts_at + round(SOON * 1e6))
    business = Business(stage, courier, stage.courier_new, f"notice:{notices[-1].subject}")
    await business.a_round()
    await stage.sleep(HOUR)
    await business.a_round()
    for notice in notices:
        await courier.reads_notice(notice)
    await stage.heartbeat()


async def the_public_hears_of(stage: Trade, notice: Notice, courier: Courier) -> None:
    """Waits until the platform must have acknowledged and published a notice that was just given, and looks."""
    terms = Terms.of(stage.theatre.limits)
    due = max(terms.acknowledgement, terms.publication)
    await stage.sleep(due + SOON)
    await courier.reads_notice(notice)
    await stage.consumer.reads_public_notices()
    for merchant in stage.merchants:
        await merchant.reads_public_notices()


@scenario(shows={NoticeGiven, NoticeRepeated, NoticesRead, PublicNoticesRead, NOTICE})
async def the_same_notice_again(stage: Trade) -> None:
    """A notice is sent again at once and many hours later; then another that says the same."""
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
    await stage.consumer.reads_public_notices()
    await stage.heartbeat()


@scenario(shows={NoticeGiven, NoticeStepTaken, NoticeRead, NOTICE})
async def several_notices_at_once(stage: Trade) -> None:
    """Two couriers have several notices each; what happens to one is nothing to the others."""
    terms = Terms.of(stage.theatre.limits)
    held = [
        (courier, await courier.gives_notice(courier.writes_notice(reason, starts_in=terms.lead + DAY)))
        for reason in FORESEEN for courier in stage.couriers[:2]
    ]

    async def all_are_read() -> None:
        for courier, notice in held:
            await courier.reads_notice(notice)

    await stage.sleep(terms.acknowledgement + SOON)
    await all_are_read()
    for (courier, notice), events in zip(held, (("propose", "reject", "report"), ("withdraw",), ("propose",)), strict=False):
        for event in events:
            await courier.takes(event, notice)
            await all_are_read()
    await stage.until(held[0][1].starts_at + round(SOON * 1e6))
    await all_are_read()
    await stage.heartbeat()


@scenario(shows={NoticeGiven, NoticeStepTaken, NoticeRead, NoticesRead, NOTICE})
async def couriers_report_that_talks_failed(stage: Trade) -> None:
    """Talks end without agreement and may hurt many; the couriers report it."""
    terms = Terms.of(stage.theatre.limits)
    couriers = stage.couriers[:2]
    for reason in ("other", "agreement_expired"):
        notices = [await courier.gives_notice(courier.writes_notice(reason, starts_in=terms.lead + DAY)) for courier in couriers]
        await stage.sleep(terms.acknowledgement + SOON)
        for courier, notice in zip(couriers, notices, strict=True):
            await courier.reads_notice(notice)
            for event in ("propose", "reject", "report") if reason == "other" else ():
                await courier.takes(event, notice)
    await stage.until(notices[0].starts_at - round((terms.publication - 2 * SOON) * 1e6))
    for courier, notice in zip(couriers, notices, strict=True):
        await courier.reads_notice(notice)
        if notice.state == "failed":
            await courier.takes("report", notice)
    await stage.sleep(terms.publication + SOON)
    await stage.authority.reads_notices()
    await stage.heartbeat()
