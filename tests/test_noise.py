"""A noisy line is nobody's fault: `make noise` runs a hundred seeds of everything, this a sample."""

from __future__ import annotations

from collections import Counter

import anyio
import pytest
from trio.testing import MockClock

from conformance.binding.noise import Noise, Weather
from conformance.demo import line
from conformance.engine import Order, run
from conformance.express import EXPRESS, sandbox_cast, sandbox_secrets
from conformance.plan import Choice
from conformance.proving.stillness import stillness


def fates(seed: int, times: int, loss: float) -> list[str]:
    """What became of so many exchanges."""

    async def all_of_them() -> list[str]:
        noise, arrived, found = Noise(seed, Weather(loss=loss)), [False], []

        async def exchange() -> None:
            arrived[0] = True

        for _ in range(times):
            arrived[0] = False
            try:
                await noise.carried(exchange)
                found.append("carried")
            except ConnectionResetError:
                found.append("answer lost" if arrived[0] else "not arrived")
        return found

    return anyio.run(all_of_them, backend="trio", backend_options={"clock": MockClock(autojump_threshold=0)})


def test_of_what_is_lost_half_arrives_and_only_its_answer_does_not() -> None:
    counted = Counter(fates(1, 2000, 0.2))
    assert counted["carried"] == pytest.approx(1600, abs=80)
    assert counted["answer lost"] == pytest.approx(counted["not arrived"], abs=60)


def test_a_seed_gives_the_same_noise_again() -> None:
    assert fates(3, 200, 0.1) == fates(3, 200, 0.1) != fates(4, 200, 0.1)


@pytest.mark.parametrize(("seed", "only"), [(1, ("NT-*",)), (2, ("SE-P-09", "SE-P-15", "SE-P-17", "NB-P-21", "FC-P-*"))])
def test_the_healthy_mock_is_not_blamed_for_noise(seed: int, only: tuple[str, ...]) -> None:
    cast = sandbox_cast("platform", seed)
    order = Order(pack=EXPRESS, choice=Choice(role="platform", seed=seed, only=only), cast=cast, secrets=sandbox_secrets(cast))
    with stillness():  # the same weather for the same exchanges, every time
        assert run(order, line(noise=seed)).outcome == "conformant"


def test_a_fault_is_caught_on_a_noisy_line_too() -> None:
    cast = sandbox_cast("platform", 1)
    order = Order(pack=EXPRESS, choice=Choice(role="platform", seed=1, only=("NT-P-14",)), cast=cast, secrets=sandbox_secrets(cast))
    with stillness():
        assert run(order, line(["notice-twice"], noise=1)).verdicts["NT-P-14"] == "fail"
