"""Noise: a line in process on which everything takes a random time, and now and then a connection is lost.

In: a seed, and how much.  Out: the same line, disturbed in both directions: our requests, and the target's messages.  Half of what is
lost never arrives, of the other half only the answer is lost.  Time is virtual.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping
from math import exp
from typing import Any, TypeVar

import anyio
import msgspec

from conformance.binding.inside import Posted, Poster
from conformance.binding.line import ASGI, Factory, InProcess
from conformance.binding.message import Connections, Incoming, Outgoing

A = TypeVar("A")


class Weather(msgspec.Struct, frozen=True):
    """One way takes `median` seconds in the middle, lognormally spread with `sigma`; a part `loss` of all exchanges is lost."""

    median: float = 0.02
    sigma: float = 0.6
    loss: float = 0.01


class Noise:
    """Carries messages through the weather; seeded."""

    def __init__(self, seed: int, weather: Weather) -> None:
        self._rng, self._weather = random.Random(f"noise:{seed}"), weather

    async def carried(self, exchange: Callable[[], Awaitable[A]]) -> A:
        """There, and back again.  Raises ConnectionResetError where the connection is lost."""
        fate = self._rng.random()
        await self._way()
        if fate < self._weather.loss / 2:
            raise ConnectionResetError("the connection was lost")
        answer = await exchange()
        await self._way()
        if fate < self._weather.loss:
            raise ConnectionResetError("the connection was lost")
        return answer

    async def _way(self) -> None:
        await anyio.sleep(self._weather.median * exp(self._rng.gauss(0.0, self._weather.sigma)))


class Disturbed:
    """One party's connections, through the noise."""

    def __init__(self, quiet: Connections, noise: Noise) -> None:
        self._quiet, self._noise = quiet, noise

    async def send(self, request: Outgoing) -> Incoming:
        return await self._noise.carried(lambda: self._quiet.send(request))

    async def close(self) -> None:
        await self._quiet.close()


class NoisyPoster(Poster):
    """The target's client for its messages, through the noise."""

    def __init__(self, app: ASGI, noise: Noise) -> None:
        super().__init__(app)
        self._noise = noise

    async def post(self, url: str, *, content: bytes, headers: Mapping[str, str]) -> Posted:
        quiet = super().post
        return await self._noise.carried(lambda: quiet(url, content=content, headers=headers))


class Noisy(InProcess):
    """A line to a target in this process, through the noise."""

    def __init__(self, make: Callable[[Factory], Any], options: tuple[str, ...] = (), *, seed: int, weather: Weather | None = None) -> None:
        self._noise = Noise(seed, weather or Weather())
        super().__init__(make, options)

    def connections(self) -> Connections:
        return Disturbed(super().connections(), self._noise)

    def _outbound(self) -> Poster:
        return NoisyPoster(self._deliver, self._noise)
