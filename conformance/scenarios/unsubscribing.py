"""Unsubscribing: receivers that are taken away, or say themselves that they are gone, while business goes on."""

from __future__ import annotations

from contextlib import AsyncExitStack
from functools import partial
from typing import Final

from conformance.actors.trade import Trade
from conformance.binding.receivers import DOWN, Box
from conformance.scenario import QUIET, scenario
from conformance.vocabulary import (
    CONSIGNMENT,
    SUBSCRIPTION,
    ConsignmentEntered,
    ReceiverDown,
    ReceiverUp,
    Subscribed,
    Unsubscribed,
)

GONE: Final = 410
"""By this a receiver says that it unsubscribes (rule 11.5)."""
UNDER_WAY: Final = 11.0
"""Seconds after which no attempt is under way any more: it may take ten (rule 11.2)."""
SECOND_RETRY: Final = 50.0
"""Seconds within which the second retry comes where the first was refused (rule 11.3)."""


@scenario(
    shows={Subscribed, Unsubscribed, SUBSCRIPTION, ConsignmentEntered, ReceiverDown, ReceiverUp, CONSIGNMENT}, requires={"push"},
    alone_on={QUIET},
)
async def receivers_that_are_taken_away(stage: Trade) -> None:
    """Each courier takes a receiver away that has just refused a message; then another one says itself that it is gone."""
    await goes_away(stage, DOWN)
    await goes_away(stage, GONE)
    await stage.heartbeat()


async def goes_away(stage: Trade, status: int) -> None:
    """Receivers beside the main ones refuse a message and are there no more; then there are more messages, and the time for retries."""
    async with AsyncExitStack() as stack:
        for number, courier in enumerate(stage.couriers):
            await courier.subscribes(("consignment.created",))
            await stack.enter_async_context(courier.down(status))
            await stage.merchants[number % 2].creates_a_consignment(courier)
            await stage.until_so(partial(heard, courier.box), stage.theatre.limits.get("delivery_deadline_seconds", 60))
            if status != GONE:
                await courier.takes_away()
        await stage.sleep(UNDER_WAY)
        for number, courier in enumerate(stage.couriers):
            await stage.merchants[number % 2].creates_a_consignment(courier)
        await stage.sleep(SECOND_RETRY)
        await stage.look()
        for courier in stage.couriers:
            await courier.takes_away(again=True, said=status == GONE)


def heard(box: Box) -> bool:
    """Whether the receiver has answered anything."""
    return box.answered > 0
