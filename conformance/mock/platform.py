"""The reference implementation of the role `platform`, as a Starlette application.

In: faults and variants to switch on, a clock and a client for webhooks where the caller brings its own.  Out: an ASGI app whose
lifespan holds everything that runs in the background; no threads.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager

import anyio
import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from conformance.mock import faults as known_faults
from conformance.mock.asking import Asker
from conformance.mock.calls import Answer, Call, Problem
from conformance.mock.consignment_rules import ConsignmentRules
from conformance.mock.consignments import Consignments
from conformance.mock.contract import Contract, contracts, scopes_of
from conformance.mock.couriers import Couriers
from conformance.mock.deliveries import Deliveries
from conformance.mock.discovery import CAPABILITIES, Discovery
from conformance.mock.event_rules import EventRules
from conformance.mock.events import Events
from conformance.mock.exchange import Exchanges, Function
from conformance.mock.gate import Gate
from conformance.mock.idempotency import Idempotency
from conformance.mock.limits import Limits
from conformance.mock.parties import ANYBODY, BY_CLIENT
from conformance.mock.questions import CredentialsAccepted, TokenLifetime
from conformance.mock.sandbox import Sandbox
from conformance.mock.subscriptions import Subscriptions
from conformance.mock.token_desk import TokenDesk
from conformance.mock.tokens import Tokens
from conformance.mock.tracking import Tracking
from conformance.mock.trade_clock import TradeClock
from conformance.mock.waybills import Waybills
from conformance.mock.world import World

ROLE = "platform"


class MockPlatform:
    """One platform with a state of its own; `app` is what answers."""

    def __init__(
        self,
        faults: Iterable[str] = (),
        variants: Iterable[str] = (),
        clock: Callable[[], float] | None = None,
        http_client_factory: Callable[[], httpx.AsyncClient] = httpx.AsyncClient,
        seed: int = 0,
        limits: Limits | None = None,
    ) -> None:
        """`clock` gives POSIX seconds, real or virtual.  Raises UnknownFault."""
        self.clock = TradeClock(clock)
        self._started: float | None = None
        bends = [bend for fault in known_faults.named([*variants, *faults]) for bend in fault.bends]
        asker = Asker(bends, self.since_start)
        self.world = World(asker, self.clock, limits or Limits(), random.Random(seed))
        self._client = http_client_factory
        self._deliveries = Deliveries(asker, self.clock)
        self.app = Starlette(
            routes=self._routes(self._functions()),
            lifespan=self._lifespan,
            exception_handlers={404: self._unknown, Exception: self._broken},
        )

    def since_start(self) -> float:
        """Seconds of trade time since the first question."""
        now = self.clock.now()
        if self._started is None:
            self._started = now
        return now - self._started

    def _functions(self) -> Mapping[str, Function]:
        """Every operation and what answers it."""
        world = self.world
        subscriptions = Subscriptions(world, self._deliveries, lambda party: False)
        waybills = Waybills(lambda parcel: False)
        rules = ConsignmentRules(world, lambda party: False)
        consignments = Consignments(world, rules, waybills, subscriptions)
        events = Events(world, EventRules(world), consignments, subscriptions)
        waybills.finished = events.finished
        self.tokens = self._tokens()
        sandbox = Sandbox(world)
        return {
            "getDiscovery": Discovery(world, CAPABILITIES).get,
            "listCouriers": Couriers(world, lambda party: None).listing,
            "createConsignment": consignments.create,
            "listConsignments": consignments.listing,
            "getConsignment": consignments.get,
            "updateConsignment": consignments.change,
            "cancelConsignment": consignments.cancel,
            "listConsignmentEvents": events.listing,
            "postEvents": events.post,
            "trackWaybill": Tracking(world, events).get,
            "createSubscription": subscriptions.create,
            "listSubscriptions": subscriptions.listing,
            "deleteSubscription": subscriptions.delete,
            "getClock": sandbox.clock,
            "advanceClock": sandbox.advance,
        }

    def _tokens(self) -> Tokens:
        ask, declared = self.world.ask, self.world.limits.token_lifetime_seconds
        return Tokens(
            BY_CLIENT,
            accepted=lambda client, known, right: ask(CredentialsAccepted(client, known, right)),
            lifetime=lambda party: ask(TokenLifetime(party, declared)),
            scopes=lambda party: scopes_of(ROLE, party.kind),
            now=self.clock.now,
        )

    def _routes(self, functions: Mapping[str, Function]) -> list[Route]:
        gate = Gate(self.world, self.tokens, frozenset(CAPABILITIES))
        keys = Idempotency()
        paths: dict[str, dict[str, tuple[Contract, Function]]] = {}
        self._exchanges = Exchanges(self.world, gate, keys, {})
        routes = [Route("/oauth/token", TokenDesk(self.world, self.tokens, self._exchanges))]
        for contract in contracts(ROLE).values():
            function = functions.get(contract.id, not_supported)
            if contract.id != "issueToken":
                paths.setdefault(contract.operation.path, {})[contract.operation.method] = (contract, function)
        for path, rules in sorted(paths.items(), key=lambda found: found[0].count("{")):
            routes.append(Route(path, Exchanges(self.world, gate, keys, rules)))
        return routes

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        async with self._client() as client, anyio.create_task_group() as tasks:
            self._deliveries.opened(tasks, client)
            yield
            tasks.cancel_scope.cancel()

    async def _unknown(self, request: Request, error: Exception) -> Response:
        return self._exchanges.refusal(ANYBODY, "", Problem("not_found"), {})

    async def _broken(self, request: Request, error: Exception) -> Response:
        return self._exchanges.refusal(ANYBODY, "", Problem("internal"), {})


async def not_supported(call: Call) -> Answer:
    """An operation of a capability that this mock does not have."""
    raise Problem("not_supported")


def app(
    faults: Iterable[str] = (),
    variants: Iterable[str] = (),
    clock: Callable[[], float] | None = None,
    http_client_factory: Callable[[], httpx.AsyncClient] = httpx.AsyncClient,
    seed: int = 0,
) -> Starlette:
    """A fresh platform.  Its lifespan must be entered before the first request, on the loop that serves it."""
    return MockPlatform(faults, variants, clock, http_client_factory, seed).app
