"""What a run would do, without doing it: the plan for the target, and its size from a rehearsal on the embedded mock.

In: an order and a line.  Out: the plan, which takes one request (the discovery document), and counts of what the same scenarios did
in virtual time.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from conformance.binding.line import Line
from conformance.engine import Order, in_loop, observed
from conformance.observe import House
from conformance.parties import IUT
from conformance.plan import Plan
from conformance.planning import plan
from conformance.records import Act, Exchange, Record
from conformance.scenario import scenarios_in


class Forecast(msgspec.Struct, frozen=True):
    """`requests` go to the target, `messages` come from it; `acts` counts what we would do there, by its name; `seconds` is business
    time; `people` how many different recipients there are."""

    plan: Plan
    requests: int
    messages: int
    acts: dict[str, int]
    people: int
    seconds: float


def foreseen(order: Order, line: Line, rehearsal: Line) -> Forecast:
    """Raises what a run would raise before its first scenario."""
    frozen: list[Plan] = []

    async def probed() -> None:
        frozen.append(await planned(order, line))

    in_loop(probed, virtual=line.virtual)
    played = {name for names in frozen[0].rounds for name in names} | {"prologue"}
    members = order.pack.cast(order.choice.role, order.choice.seed)
    alone = msgspec.structs.replace(
        order, cast=members, secrets=order.pack.secrets(members), phones=(), rate=None, journal=None
    )
    records = observed(alone, rehearsal).records
    mine = [one for one in records if not isinstance(one, Act | Exchange) or (one.scenario or "prologue") in played]
    exchanges = [one for one in mine if isinstance(one, Exchange)]
    acts = Counter(type(one).__name__ for one in mine if isinstance(one, Act))
    return Forecast(
        plan=frozen[0], requests=sum(one.answerer == IUT for one in exchanges), messages=sum(one.sender == IUT for one in exchanges),
        acts=dict(sorted(acts.items())), people=len(recipients(mine)), seconds=(records[-1].trade - records[0].trade) / 1e6,
    )


async def planned(order: Order, line: Line) -> Plan:
    """The plan as the target's discovery document makes it.  Nothing else is asked of the target: nobody has credentials here."""
    house = House(order.pack, line, msgspec.structs.replace(order.settings("plan"), secrets={}))
    async with house.opened():
        discovery = await house.probe()
        await house.binding.close()
    scenarios = list(scenarios_in(order.pack.scenarios))
    return plan(
        order.pack.catalogue(), order.choice, discovery=discovery, checks=order.selected(), scenarios=scenarios, cast=order.cast,
        nonce=order.nonce, heartbeat=order.pack.discovery, narrowed=order.checks is not None,
    )


def recipients(records: list[Record]) -> set[str]:
    """The names of those to whom something is sent."""
    found = set()
    for one in records:
        recipient = one.data.get("recipient") if isinstance(one, Act) and isinstance(one.data, dict) else None
        if isinstance(recipient, dict):
            found.add(str(recipient.get("name")))
    return found
