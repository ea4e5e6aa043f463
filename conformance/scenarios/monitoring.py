"""Monitoring: what the platform shows of its connections and of the risks that it reckons with."""

from __future__ import annotations

from conformance.actors.trade import Trade
from conformance.scenario import scenario
from conformance.vocabulary import DISCOVERY, RISK, STATUS, DiscoveryRead, RisksRead, StatusRead


@scenario(shows={DiscoveryRead, StatusRead, RisksRead, DISCOVERY, STATUS, RISK}, requires={"monitoring"})
async def everybody_looks_at_the_connections(stage: Trade) -> None:
    """Merchants, couriers and the authority look at the state of the connections and at the risks."""
    await stage.nobody.reads_discovery()
    for onlooker in (stage.merchant_1, stage.courier_a, stage.courier_new, stage.authority):
        await onlooker.reads_the_status()
        await onlooker.reads_the_risks()
