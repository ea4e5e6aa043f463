"""Allowances: tokens, subscriptions, requests a minute: does everybody get as much?"""

from __future__ import annotations

from typing import Final

from conformance.actors.courier import Courier
from conformance.actors.trade import COURIER_TYPES, Trade
from conformance.binding.receivers import Box
from conformance.scenario import CLOCK, QUIET, scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    DISCOVERY,
    SUBSCRIPTION,
    BurstSent,
    ConsignmentCancelled,
    ConsignmentCorrected,
    ConsignmentEntered,
    DiscoveryRead,
    Subscribed,
    TokenTaken,
    TokenUsed,
)

BURSTS: Final = 3
SIZE: Final = 60
"""Requests a burst: the least that a platform may allow a minute (rule 14.2) are refused to nobody, and a lower limit shows."""
LARGE: Final = 200
"""As many where far more are allowed: what only one courier may not send of six hundred a minute shows."""
WINDOW: Final = 60.0
"""Seconds in which requests are counted (rule 4.1)."""
ROOMY: Final = 3000
"""Where so many are allowed, what was sent in the minute before leaves room for a burst."""
SUBSCRIPTIONS: Final = 10
"""As many each client may have at least (rule 11.5)."""
ALMOST: Final = 0.95
"""The part of its stated life after which a token must still be good."""


@scenario(shows={BurstSent, DiscoveryRead, DISCOVERY}, alone_on={QUIET})
async def bursts_in_turn(stage: Trade) -> None:
    """Three times each courier sends as many requests as anybody may a minute, one right after the other, in changing order."""
    allowed = stage.theatre.limits.get("rate_per_minute", SIZE)
    await stage.pause(WINDOW if allowed < ROOMY else 0.0)
    await stage.nobody.reads_discovery()
    size = LARGE if allowed >= ROOMY else SIZE
    for number in range(BURSTS):
        waits = [await courier.sends_a_burst(number, size) for courier in stage.rng.sample(stage.couriers, len(stage.couriers))]
        await stage.pause(max(WINDOW if allowed < 2 * SIZE else 0.0, min(max(waits), 2 * WINDOW)))


@scenario(shows={TokenTaken, TokenUsed}, alone_on={CLOCK})
async def tokens_until_their_last_minute(stage: Trade) -> None:
    """Each courier takes a token twice, and another one right after it, and uses the first when most of its stated life is over."""
    for _ in range(2):
        taken = [(courier, stage.now, await courier.takes_a_token()) for courier in stage.rng.sample(stage.couriers, len(stage.couriers))]
        for courier, _, _ in taken:
            await courier.takes_a_token()
        lives = [reply.get("expires_in") for _, _, reply in taken]
        known = [life for life in lives if isinstance(life, int | float) and life > 0]
        await stage.sleep(max(known, default=0.0) * ALMOST)
        for courier, since, reply in taken:
            await courier.uses_a_token(str(reply.get("access_token")), stage.now - since)


@scenario(
    shows={
        Subscribed, ConsignmentEntered, ConsignmentCorrected, ConsignmentCancelled, SUBSCRIPTION, CONSIGNMENT,
    },
    alone_on={QUIET}, requires={"push"},
)
async def as_many_receivers_as_one_may_have(stage: Trade) -> None:
    """Each courier registers receivers, for single types of message and for all, until it has as many as anybody may have."""
    wanted: list[tuple[str, ...]] = [(kind,) for kind in COURIER_TYPES]
    wanted += [COURIER_TYPES] * (SUBSCRIPTIONS - 1 - len(wanted))
    made: list[tuple[Courier, Box, str]] = []
    for kinds in wanted:
        for courier in stage.rng.sample(stage.couriers, len(stage.couriers)):
            await courier.subscribes(kinds)
            made.append((courier, courier.box, courier.subscription))
    for courier in stage.couriers:
        for merchant in stage.merchants:
            consignment = await merchant.creates_a_consignment(courier)
            await merchant.corrects(consignment, recipient=stage.people.person().contact())
            await merchant.cancels(consignment)
    await stage.settle(longest=120)
    for courier, receiver, subscription in made:
        await courier.unsubscribes(receiver, subscription)
