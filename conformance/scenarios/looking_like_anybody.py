"""Looking like anybody: the same is done by whoever says that it tests and by whoever doesn't, for strangers and for old acquaintances."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Final, TypeVar

from conformance.actors.actor import Actor
from conformance.actors.courier import Courier
from conformance.actors.merchant import Merchant
from conformance.actors.trade import Trade
from conformance.actors.visiting import Visit, people
from conformance.guise import Guise
from conformance.records import JSON
from conformance.scenario import LAST, QUIET, scenario
from conformance.vocabulary import CONSIGNMENT, EVENT, Probed

A = TypeVar("A", bound=Actor)
TIMES: Final = 3
"""Groups of ways: what is missing counts when it is missing again."""
TWICE: Final = 2
ORDERS: Final = [order for order in permutations(("announced", "plain", "seen")) if order.index("announced") < order.index("seen")]
"""In which order the ways of a group may follow each other: nobody is an old acquaintance before the first visit."""


@scenario(shows={Probed, CONSIGNMENT, EVENT}, alone_on={QUIET})
async def the_same_in_both_guises(stage: Trade) -> None:
    """Merchants and couriers that announced themselves do the same announced, in plain clothes, and in plain clothes for the same people
    again.  Of a run that is not announced, the first way is only there to make acquaintances."""
    merchants, couriers = known(stage.merchants), known(stage.couriers)
    await stage.look()
    visits: list[Visit] = []
    for number in range(TIMES):
        merchant, courier, other = merchants[number % len(merchants)], *(couriers[(number + more) % len(couriers)] for more in (0, 1))
        acquaintance, stranger, entry = two_pairs(stage, merchant, courier)
        for way in stage.rng.choice(ORDERS):
            guise: Guise = "announced" if way == "announced" and not merchant.plain else "plain"
            who = stranger if way == "plain" else acquaintance
            name = "first" if way == "announced" and guise == "plain" else way
            visits.append(Visit(stage, f"guise:{number}", name, guise, merchant, courier, other, {**entry, **who}))
            await visits[-1].goes(whole=way != "seen")
    await ends(stage, visits)


@scenario(shows={Probed, CONSIGNMENT, EVENT}, alone_on={QUIET, LAST})
async def strangers_say_who_they_are(stage: Trade) -> None:
    """A merchant and a courier that were in plain clothes all the time do the same before and after they announce themselves once."""
    if all(merchant.plain for merchant in stage.merchants):
        return
    merchant, courier = unknown(stage.merchants), unknown(stage.couriers)
    await stage.look()
    visits: list[Visit] = []
    entries = [two_pairs(stage, merchant, courier) for _ in range(TWICE)]
    for way in ("before", "after"):
        for number, (one, other, entry) in enumerate(entries):
            who = one if way == "before" else other
            visits.append(Visit(stage, f"name:{number}", way, "plain", merchant, courier, known(stage.couriers)[0], {**entry, **who}))
            await visits[-1].goes(whole=number == 0)
        for party in (merchant, courier) if way == "before" else ():
            await party.dressed("announced").says_who_it_is()
    await ends(stage, visits)


def known(parties: Sequence[A]) -> list[A]:
    """Those that announce themselves; of a run that is not announced, everybody."""
    return [one for one in parties if not one.plain] or [*parties]


def unknown(parties: Sequence[A]) -> A:
    """The one in plain clothes."""
    return next(one for one in parties if one.plain)


def two_pairs(stage: Trade, merchant: Merchant, courier: Courier) -> tuple[dict[str, JSON], dict[str, JSON], dict[str, JSON]]:
    """Two pairs of a sender and a recipient that nobody could tell apart by their form, and what is entered for both."""
    four = people(stage, 4)
    one, other = ({"sender": four[at], "recipient": four[at + 1]} for at in (0, 2))
    return one, other, merchant.writes_out(courier)


async def ends(stage: Trade, visits: Sequence[Visit]) -> None:
    """Everything that is due has time to come; what had not come is looked for once more."""
    await stage.settle(longest=120)
    for visit in visits:
        await visit.looks_again()
