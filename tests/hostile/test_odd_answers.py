"""Answers in which any value may be of any type: scenarios go on, and checks say what is wrong instead of breaking."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from conformance.binding.line import InProcess
from conformance.engine import Order, observed
from conformance.express import EXPRESS, sandbox_cast, sandbox_secrets
from conformance.mock.platform import MockPlatform
from conformance.plan import Choice
from conformance.records import Unreached
from conformance.result import judged

ODD: tuple[Any, ...] = (None, 7, -1, 10**400, 1.5, True, "", [], {}, [[]], {"a": 1}, ["x"], "\ud800", "x" * 300, float("nan"))
SHARE = 0.06
"""Of the values of an answer, how many are odd."""
SPARED = ("/.well-known/hulian", "/oauth/token", "/sandbox")
"""Answers without which nothing else happens; `promises` has them."""


class Odd:
    """The mock, whose answers are odd by chance."""

    def __init__(self, app: Any, rng: Random) -> None:
        self._app, self._rng, self.router = app, rng, app

    def _bent(self, value: Any, deep: bool = False) -> Any:
        if deep and self._rng.random() < SHARE:
            return self._rng.choice(ODD)
        if isinstance(value, dict):
            return {name: self._bent(one, True) for name, one in value.items()}
        return [self._bent(one, True) for one in value] if isinstance(value, list) else value

    async def __call__(self, scope: Any, receive: Any, send: Callable[[Any], Any]) -> None:
        head: list[Any] = []

        async def sends(message: Any) -> None:
            if message["type"] == "http.response.start":
                head.append(message)
                return
            raw = message.get("body", b"")
            raw = json.dumps(self._bent(json.loads(raw))).encode() if raw else raw
            kept = [pair for pair in head[0]["headers"] if pair[0] != b"content-length"]
            await send({**head[0], "headers": [*kept, (b"content-length", b"%d" % len(raw))]})
            await send({**message, "body": raw})

        bends = scope["type"] == "http" and not scope["path"].startswith(SPARED)
        await self._app(scope, receive, sends if bends else send)

    def lifespan_context(self, app: Any) -> Any:
        return self._app.lifespan_context(self._app)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_no_type_breaks_a_scenario_or_a_check(seed: int) -> None:
    cast = sandbox_cast("platform", seed)
    order = Order(pack=EXPRESS, choice=Choice(role="platform", seed=seed), cast=cast, secrets=sandbox_secrets(cast))
    seen = observed(order, InProcess(lambda factory: Odd(MockPlatform(http_client_factory=factory).app, Random(seed))))
    assert not [one for one in seen.records if isinstance(one, Unreached)]
    run = judged(EXPRESS, seen.records, closing=seen.closing)
    assert run.outcome == "non-conformant"
    assert [(one["requirement"], one["reason"]) for one in run.report["verdicts"] if one["verdict"] == "error"] == []
