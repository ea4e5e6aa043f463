"""The kernel judges a lending library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from conformance.binding.line import Factory, InProcess
from conformance.engine import Order, run
from conformance.pack import Pack
from conformance.parties import Member, Party
from conformance.plan import Choice
from conformance.result import Run
from conformance.specification import Specification
from tests.another_field.catalogue import catalogue

HERE = Path(__file__).parent
CAST = (Member(party=Party("librarian"), kind="librarian"), Member(party=Party("reader"), kind="reader"))
LIBRARY = Pack(
    name="library", checks="tests.another_field.sentences", scenarios="tests.another_field.days",
    vocabulary="tests.another_field.words", stage="tests.another_field.words",
    specification=lambda role: Specification(HERE / "library.openapi.yaml"), catalogue=catalogue,
    cast=lambda role, seed: CAST, secrets=lambda cast: {}, discovery="getAbout",
)


def library(factory: Factory, *, forgets: bool = False, mixes_up: bool = False) -> Starlette:
    """A library that may forget loans or mix its readers up."""
    loans: list[Any] = []

    async def lend(request: Request) -> JSONResponse:
        loan = await request.json()
        if not forgets:
            loans.append({**loan, "reader": "R-2"} if mixes_up else loan)
        return JSONResponse(loan, 201)

    async def listed(request: Request) -> JSONResponse:
        return JSONResponse({"items": loans})

    async def about(request: Request) -> JSONResponse:
        return JSONResponse({"role": "library", "interface_version": "1.0", "capabilities": []})

    return Starlette(routes=[Route("/about", about), Route("/loans", lend, methods=["POST"]), Route("/loans", listed)])


def judged(**wrong: bool) -> Run:
    order = Order(pack=LIBRARY, choice=Choice(role="library", profile="plain"), cast=CAST, secrets={})
    return run(order, InProcess(lambda factory: library(factory, **wrong)))


@pytest.mark.parametrize(
    ("wrong", "verdicts", "outcome"),
    [
        ({}, {"LB-L-01": "pass", "LB-L-02": "pass"}, "conformant"),
        ({"forgets": True}, {"LB-L-01": "fail", "LB-L-02": "inconclusive"}, "non-conformant"),
        ({"mixes_up": True}, {"LB-L-01": "pass", "LB-L-02": "fail"}, "non-conformant"),
    ],
)
def test_the_kernel_knows_no_trade(wrong: dict[str, bool], verdicts: dict[str, str], outcome: str) -> None:
    result = judged(**wrong)
    assert result.verdicts == verdicts
    assert result.outcome == outcome
