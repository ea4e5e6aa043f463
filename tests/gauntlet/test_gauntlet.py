"""Servers that are no platforms never come near conformant: `make gauntlet` runs all of them, `make test` some."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest

from conformance.binding.line import InProcess
from conformance.engine import Order, observed
from conformance.errors import HulianError
from conformance.express import EXPRESS, sandbox_cast, sandbox_secrets
from conformance.plan import Choice
from conformance.result import Run, judged
from tests.gauntlet import neighbour
from tests.gauntlet.kinds import KINDS, Replayed, discovered, open_doors
from tests.gauntlet.server import line

SEED: Final = 2
"""Another than that of the run whose answers are replayed."""
RATE = "it throttles nobody, and says nothing of limits"
TOKENS = "all tokens are said to last equally long, and do: none is ever refused"
WHOLE = "what it shows is somebody else's, but whole and open; what it pushes goes to the right one"
EQUAL = "it does so to all couriers alike"
REFUSALS = "it exchanges answers of success only: its refusals are a lawful platform's"
PUSHED = "its webhooks are a lawful platform's"
PUBLIC = "what it shows without a key is a lawful platform's"
FORM = "each answer is a lawful platform's, given to the wrong one"
HONEST: Final[Mapping[str, Mapping[str, str]]] = {
    "says 200 and an example": {
        "NB-P-14": RATE, "NB-P-15": TOKENS,
        "SE-P-18": "nothing breaks it, and it answers afterwards as before",
        "MO-P-04": "its assessments are as an assessment has to be; whether they are true no test can see",
    },
    "forgets": {
        "NB-P-14": RATE, "NB-P-15": TOKENS,
        "MK-P-29": "it says back what it was given; that it has forgotten it shows in what the consent opens, MK-P-14",
    },
    "replays": {
        "NB-P-14": RATE, "NB-P-15": TOKENS,
        "MK-P-11": "the data set of a lawful platform shows no small group, whenever it is shown",
        "MO-P-04": "the assessments of a lawful platform",
        "SE-P-16": "a lawful platform's answers to the same calls are documented ones",
    },
    "neighbour": {
        **dict.fromkeys(("FC-P-01", "FC-P-02", "FC-P-05", "FC-P-06", "FC-P-11", "NB-P-05", "NB-P-06", "RN-P-01", "RN-P-03"), WHOLE),
        **dict.fromkeys(("NB-P-13", "NB-P-14", "NB-P-15", "NB-P-18"), EQUAL), "NB-P-02": EQUAL,
        **dict.fromkeys(("SE-P-01", "SE-P-02", "SE-P-03", "SE-P-04", "SE-P-14", "NT-P-02", "NT-P-03", "RN-P-04", "MK-P-26"), REFUSALS),
        "SE-P-26": REFUSALS,
        **dict.fromkeys(("SE-P-06", "SE-P-07", "SE-P-08", "SE-P-09", "NB-P-21", "NT-P-01", "NT-P-06", "NT-P-08", "NT-P-24"), PUSHED),
        **dict.fromkeys(("MK-P-30", "NB-P-29", "NT-P-07"), PUBLIC),
        **dict.fromkeys(("SE-P-16", "SE-P-23", "NT-P-16", "NT-P-18", "MO-P-04"), FORM),
    },
}
"""Requirements that a server of the gauntlet may pass, each with why that is true."""
SOME = ("says 200 and {}", "says 202", "says 401", "answers at random")


def ran(to: InProcess) -> Run:
    cast = sandbox_cast("platform", SEED)
    order = Order(pack=EXPRESS, choice=Choice(role="platform", seed=SEED), cast=cast, secrets=sandbox_secrets(cast))
    seen = observed(order, to)
    return judged(order.pack, seen.records, closing=seen.closing)


def fulfils_nothing(run: Run, name: str) -> None:
    """It is not conformant, it passes only what it may, and it breaks no check."""
    assert run.outcome == "non-conformant"
    passed = {one["requirement"] for one in run.report["verdicts"] if one["verdict"] == "pass"}
    assert passed - HONEST.get(name, {}).keys() == set()
    assert [one["reason"] for one in run.report["verdicts"] if one["verdict"] == "error"] == []


@pytest.mark.parametrize("name", [name if name in SOME else pytest.param(name, marks=pytest.mark.slow) for name in KINDS])
def test_a_server_that_does_nothing_passes_nothing(name: str) -> None:
    fulfils_nothing(ran(line(open_doors(KINDS[name]()))), name)


@pytest.mark.slow
def test_without_tokens_there_is_nothing_to_pass() -> None:
    fulfils_nothing(ran(line(discovered(KINDS["has only a discovery document"]()))), "has only a discovery document")


@pytest.mark.slow
def test_a_server_that_repeats_another_runs_answers_passes_nothing(healthy: Run) -> None:
    fulfils_nothing(ran(line(open_doors(Replayed(healthy.records)))), "replays")


@pytest.mark.slow
def test_a_platform_that_tells_everybody_what_others_were_told_passes_little() -> None:
    fulfils_nothing(ran(neighbour.line()), "neighbour")


@pytest.mark.parametrize("name", [name for name in KINDS if name not in ("says 200 and an example", "forgets", "answers at random")])
def test_without_a_discovery_document_there_is_no_run(name: str) -> None:

    with pytest.raises(HulianError) as raised:
        ran(line(KINDS[name]()))
    assert raised.value.exit_code == 2
