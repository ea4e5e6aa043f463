"""A counterpart in a test: an HTTP client that knows its token, and receivers that keep what they are told.

In: a mock platform.  Out: `world()`, in which parties call it in virtual time.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import wraps
from typing import Any

import httpx
import trio
import trio.testing
from starlette.requests import Request
from starlette.responses import Response

from conformance.mock.parties import BY_CLIENT
from conformance.mock.platform import MockPlatform

SECRET = "whsec_" + "c2VjcmV0" * 4
EPOCH = 1_767_225_600.0  # 2026-01-01T00:00:00Z


class Inbox:
    """A webhook receiver: answers with `statuses`, one after the other, the last for ever."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses or (204,))
        self.heard: list[tuple[float, httpx.Headers, bytes]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope, receive)
        self.heard.append((trio.current_time(), httpx.Headers(scope["headers"]), await request.body()))
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        status = 500 if scope["path"].endswith("/dead") else status
        await Response(status_code=status)(scope, receive, send)

    @property
    def messages(self) -> list[dict[str, Any]]:
        import json

        return [json.loads(raw) for _, _, raw in self.heard]


class World:
    """The platform and clients of its counterparts."""

    def __init__(self, **options: Any) -> None:
        self.inboxes: dict[str, Inbox] = {}
        self.platform = MockPlatform(clock=lambda: EPOCH + trio.current_time(), http_client_factory=self._out, **options)
        self._clients = AsyncExitStack()
        self._tokens: dict[str, str] = {}
        self._ends: dict[str, float] = {}
        self.renews = False
        self.http: httpx.AsyncClient

    def _out(self) -> Any:
        return httpx.AsyncClient(mounts={f"http://{name}.localhost": httpx.ASGITransport(inbox) for name, inbox in self.inboxes.items()})

    async def call(self, who: str, method: str, target: str, body: Any = None, **headers: str) -> httpx.Response:
        """One exchange as a party; `who` empty for nobody."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if who:
            sent["Authorization"] = f"Bearer {await self.token(who)}"
        return await self.http.request(method, target, json=body, headers=sent)

    async def token(self, who: str) -> str:
        if who not in self._tokens or (self.renews and trio.current_time() >= self._ends[who]):
            party = next(party for party in BY_CLIENT.values() if party.name == who)
            form = {"grant_type": "client_credentials"}
            answer = await self.http.post("/oauth/token", data=form, auth=(party.client_id, party.client_secret))
            self._tokens[who] = answer.json()["access_token"]
            self._ends[who] = trio.current_time() + answer.json()["expires_in"]
        return self._tokens[who]

    async def subscribe(self, who: str, inbox: str, *types: str) -> httpx.Response:
        body = {"url": f"http://{inbox}.localhost/hook", "event_types": list(types), "secret": SECRET}
        return await self.call(who, "POST", "/subscriptions", body)

    async def consignment(self, key: str = "k-1", who: str = "merchant_1", **changes: Any) -> dict[str, Any]:
        answer = await self.call(who, "POST", "/consignments", entry(**changes), Idempotency_Key=key)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())


@asynccontextmanager
async def world(inboxes: Iterable[tuple[str, Inbox]] = (), **options: Any) -> AsyncIterator[World]:
    """A platform whose lifespan is on."""
    made = World(**options)
    made.inboxes.update(inboxes)
    app = made.platform.app
    async with app.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://mock") as made.http:
            yield made


def virtual(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run an async test in virtual time."""

    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        async def main() -> None:
            await test(*args, **kwargs)

        trio.run(main, clock=trio.testing.MockClock(autojump_threshold=0))

    return run


def entry(**changes: Any) -> dict[str, Any]:
    """A consignment as a merchant enters it."""
    return {
        "order_no": "O-1",
        "courier_code": "SBXA",
        "service_product": "standard",
        "sender": contact("王小明", "0571-88886666", "landline"),
        "recipient": contact("欧阳·买买提", "13800001111", "mobile"),
        "items": [{"name": "棉被", "category": "household", "quantity": 1}],
        "parcels": [{"parcel_no": "1", "weight_grams": 1200}],
        "payment_mode": "prepaid",
        "purpose": "delivery",
        **changes,
    }


def contact(name: str, number: str, kind: str) -> dict[str, Any]:
    address = {
        "region_code": "330106",
        "province": "浙江省",
        "city": "杭州市",
        "district": "西湖区",
        "detail": "文三路 90 号 3 号楼 2 单元 501 室",
    }
    return {"name": name, "phone": {"number": number, "kind": kind}, "address": address}


def event(id: str, code: str, occurred_at: str, **more: Any) -> dict[str, Any]:
    """An event as a courier reports it."""
    place = {"region_code": "330106", "city": "杭州市"}
    return {"event_id": id, "code": code, "occurred_at": occurred_at, "location": place, **more}
