"""The reference implementation of the role `platform`, on Starlette's router.

In: faults and variants to switch on, a clock and a client for webhooks where the caller brings its own.  Out: an ASGI app whose
lifespan holds everything that runs in the background; no threads.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager

import anyio
from starlette.routing import Router
from starlette.types import ASGIApp, Receive, Scope, Send

from conformance.mock import faults as known_faults
from conformance.mock.analytics import Analytics
from conformance.mock.asking import Asker
from conformance.mock.background import Background
from conformance.mock.calls import Problem
from conformance.mock.consents import Consents
from conformance.mock.consignment_rules import ConsignmentRules
from conformance.mock.consignments import Consignments
from conformance.mock.contract import Contract, contracts, scopes_of
from conformance.mock.couriers import Couriers
from conformance.mock.data_requests import DataRequests
from conformance.mock.discovery import CAPABILITIES, Discovery
from conformance.mock.event_rules import EventRules
from conformance.mock.events import Events
from conformance.mock.exchange import Exchanges, Function
from conformance.mock.gate import Gate
from conformance.mock.idempotency import Idempotency
from conformance.mock.limits import Limits
from conformance.mock.monitoring import Monitoring
from conformance.mock.notice_course import NoticeCourse
from conformance.mock.notice_rules import NoticeRules
from conformance.mock.notices import Notices
from conformance.mock.parties import ANYBODY, BY_CLIENT
from conformance.mock.paths import Paths
from conformance.mock.posting import Post, Poster
from conformance.mock.public_notices import PublicNotices
from conformance.mock.questions import CredentialsAccepted, TokenKey, TokenLifetime
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
        http_client_factory: Callable[[], Poster] = Post,
        seed: int = 0,
        limits: Limits | None = None,
    ) -> None:
        """`clock` gives POSIX seconds, real or virtual.  Raises UnknownFault."""
        self.clock = TradeClock(clock)
        self._started: float | None = None
        bends = [bend for fault in known_faults.named([*variants, *faults]) for bend in fault.bends]
        asker = Asker(bends, self.since_start)
        self.world = World(asker, self.clock, limits or Limits(), random.Random(seed), Background())
        self._client = http_client_factory
        self._subscriptions = Subscriptions(self.world)
        tokens = self._tokens()
        gate = Gate(self.world, tokens, frozenset(CAPABILITIES))
        self._exchanges = Exchanges(self.world, gate, Idempotency(), {})
        desk = TokenDesk(self.world, tokens, self._exchanges)
        paths = Paths({"/oauth/token": desk, **self._answers(gate)}, broken=self._broken)
        # a path that is not in the specification is unknown, whatever it ends with
        self.app = Router(routes=[paths], redirect_slashes=False, default=self._unknown, lifespan=self._lifespan)

    def since_start(self) -> float:
        """Seconds of trade time since the first question."""
        now = self.clock.now()
        if self._started is None:
            self._started = now
        return now - self._started

    def _functions(self, gate: Gate) -> Mapping[str, Function]:
        """Every operation and what answers it."""
        world, subscriptions = self.world, self._subscriptions
        public = PublicNotices(world, subscriptions)
        course = NoticeCourse(world, public)
        notices = course.notices = Notices(world, NoticeRules(world), subscriptions, course.stepped)
        waybills = Waybills(lambda parcel: events.finished(parcel))
        rules = ConsignmentRules(world, lambda party: course.in_effect(party) is not None, subscriptions.notices)
        consignments = Consignments(world, rules, waybills, subscriptions, gate.capable)
        events = Events(world, EventRules(world), consignments, subscriptions)
        consents = Consents(world, consignments)
        couriers = Couriers(world, course.in_effect, subscriptions.notices)
        monitoring = Monitoring(world, subscriptions, course.in_effect)
        sandbox = Sandbox(world, notices)
        return {
            "getDiscovery": Function(Discovery(world, CAPABILITIES).get),
            "listCouriers": Function(couriers.listing, couriers.find),
            "createConsignment": Function(consignments.create),
            "listConsignments": Function(consignments.listing, consignments.find_feed),
            "getConsignment": Function(consignments.get, consignments.find_pulled),
            "updateConsignment": Function(consignments.change, consignments.find),
            "cancelConsignment": Function(consignments.cancel, consignments.find),
            "listConsignmentEvents": Function(events.listing, consignments.find),
            "postEvents": Function(events.post),
            "trackWaybill": Function(Tracking(world, events).get),
            "createSubscription": Function(subscriptions.create),
            "listSubscriptions": Function(subscriptions.listing),
            "deleteSubscription": Function(subscriptions.delete, subscriptions.find),
            "giveNotice": Function(notices.give),
            "listNotices": Function(notices.listing),
            "getNotice": Function(notices.get, notices.find),
            "replyToNotice": Function(notices.reply, notices.find),
            "reportNotice": Function(notices.report, notices.find),
            "withdrawNotice": Function(notices.withdraw, notices.find),
            "listPublicNotices": Function(public.listing),
            "giveConsent": Function(consents.give),
            "withdrawConsent": Function(consents.withdraw, consents.find),
            "requestData": Function(DataRequests(world, consignments, consents).decide),
            "listAnalyticsShipments": Function(Analytics(world, consignments).listing),
            "getExchangeStatus": Function(monitoring.status),
            "listRiskAssessments": Function(monitoring.risks),
            "getClock": Function(sandbox.clock),
            "advanceClock": Function(sandbox.advance),
            "interruptFromPlatform": Function(sandbox.interrupt),
        }

    def _tokens(self) -> Tokens:
        ask, declared = self.world.ask, self.world.limits.token_lifetime_seconds
        return Tokens(
            BY_CLIENT,
            key=lambda token: ask(TokenKey(token)),
            accepted=lambda client, known, right: ask(CredentialsAccepted(client, known, right)),
            lifetime=lambda party: ask(TokenLifetime(party, declared)),
            scopes=lambda party: scopes_of(ROLE, party.kind),
            now=self.clock.now,
        )

    def _answers(self, gate: Gate) -> dict[str, ASGIApp]:
        """What answers at each path."""
        functions = self._functions(gate)
        paths: dict[str, dict[str, tuple[Contract, Function]]] = {}
        for id, function in functions.items():
            contract = contracts(ROLE)[id]
            paths.setdefault(contract.operation.path, {})[contract.operation.method] = (contract, function)
        keys = Idempotency()
        return {path: Exchanges(self.world, gate, keys, rules) for path, rules in paths.items()}

    @asynccontextmanager
    async def _lifespan(self, app: Router) -> AsyncIterator[None]:
        async with self._client() as client, anyio.create_task_group() as tasks:
            self.world.background.opened(tasks)
            self._subscriptions.deliveries.opened(client)
            yield
            tasks.cancel_scope.cancel()

    async def _unknown(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._exchanges.refusal(ANYBODY, "", Problem("not_found"), {})(scope, receive, send)

    async def _broken(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._exchanges.refusal(ANYBODY, "", Problem("internal"), {})(scope, receive, send)


def app(
    faults: Iterable[str] = (),
    variants: Iterable[str] = (),
    clock: Callable[[], float] | None = None,
    http_client_factory: Callable[[], Poster] = Post,
    seed: int = 0,
) -> Router:
    """A fresh platform.  Its lifespan must be entered before the first request, on the loop that serves it."""
    return MockPlatform(faults, variants, clock, http_client_factory, seed).app
